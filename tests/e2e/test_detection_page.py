"""Detection in a real browser: alarms with their lines and answers, settings with their meaning, corrected classes."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from tests.assist.problems.watching.events import agent_steps
from tests.e2e.browser import opened
from tests.e2e.test_page import LOG, WIDE, Visit
from tests.harmony import Harmony
from tests.people import Person, invented


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with opened() as found:
        yield found


@pytest.fixture
def visit(browser: Browser, running_harmony: Harmony) -> Iterator[Visit]:
    visitor = Visit(browser, running_harmony, "light", WIDE)
    yield visitor
    visitor.context.close()
    assert visitor.faults == []
    assert visitor.strangers == []


@pytest.fixture
def person(running_harmony: Harmony) -> Person:
    return invented(running_harmony, "seeker")


def test_an_alarm_shows_its_lines_and_is_answered_once(visit: Visit, person: Person) -> None:
    activity = {"source": "agent", "runId": "firing the kiln", "events": agent_steps(4)}
    assert person.live("POST", "/v1/activity", json=activity).json()["stuck"]
    visit.sign_in(person.id)
    page = visit.open("/problems")
    page.get_by_role("navigation", name="Problems").get_by_role("link", name="Alarms").click()
    alarm = page.get_by_role("list", name="Alarms", exact=True).get_by_role("listitem").first
    expect(alarm).to_contain_text("An agent's run")
    expect(alarm).to_contain_text("% sure")
    expect(alarm.get_by_role("figure").get_by_role("listitem").first).to_contain_text("kiln")
    expect(page.get_by_text("You are told of at most 3 in 24 hours")).to_be_visible()
    alarm.get_by_role("button", name="This was no problem").click()
    expect(alarm.get_by_text("No problem", exact=True)).to_be_visible()
    expect(alarm.get_by_role("button", name="It was right")).to_have_count(0)
    expect(page.get_by_text("fewer because of your answers")).to_be_visible()
    [kept] = person.live("GET", "/v1/detection/alarms").json()["items"]
    assert kept["answer"] == "wrong"


def test_nothing_noticed_says_what_to_do(visit: Visit, person: Person) -> None:
    visit.sign_in(person.id)
    page = visit.open("/problems/alarms")
    expect(page.get_by_text("Nothing was noticed.")).to_be_visible()
    expect(page.get_by_text(".venv/bin/harmony watch")).to_be_visible()


def test_settings_are_chosen_refused_at_their_field_and_undone(visit: Visit, person: Person) -> None:
    visit.sign_in(person.id)
    page = visit.open("/settings")
    page.get_by_role("link", name="detection settings").click()
    page.get_by_role("radio", name=re.compile("^Scheduled")).check(force=True)
    page.get_by_label("Alarms in 24 hours").fill("21")
    page.get_by_label("Your zone").fill("Atlantis/Main")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_label("Alarms in 24 hours")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Alarms in 24 hours").fill("5")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("There is no such time zone.")).to_be_visible()
    page.get_by_label("Your zone").fill("Europe/Lisbon")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("radio", name=re.compile("^Proactive"))).to_be_checked()
    kept = person.live("GET", "/v1/detection/settings").json()
    assert (kept["assistanceMode"], kept["alarmsADay"], kept["timezone"]) == ("Proactive", 3, "UTC")


def test_high_privacy_is_chosen_after_what_it_empties_was_named(visit: Visit, person: Person) -> None:
    visit.sign_in(person.id)
    page = visit.open("/settings/detection")
    page.get_by_role("radio", name=re.compile("^High")).check(force=True)
    expect(page.get_by_text("the evidence of earlier alarms is emptied")).to_be_visible()
    page.get_by_role("button", name="Save with privacy High").click()
    expect(page.get_by_text(re.compile("^Chosen "))).to_be_visible()
    expect(page.get_by_role("button", name="Undo")).to_have_count(0)
    assert person.live("GET", "/v1/detection/settings").json()["privacyLevel"] == "High"


def test_a_problem_is_given_another_class_and_the_old_one_back(visit: Visit, person: Person) -> None:
    context = person.live("POST", "/v1/detect-problem", json={"log": LOG}).json()["contextId"]
    visit.sign_in(person.id)
    page = visit.open(f"/problems/reports/{context}")
    page.get_by_role("button", name="Give another class").click()
    page.get_by_label("Category").select_option("filesystem")
    page.get_by_label("What of it").select_option("disk-full")
    page.get_by_label("Why (may be left out)").fill("the volume was at 100 %")
    page.get_by_role("button", name="It is disk full").click()
    expect(page.get_by_text("Corrected to Filesystem, disk full: the volume was at 100 %")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Undo: back to")).click()
    expect(page.get_by_text("disk full")).to_have_count(0)
    found = person.live("GET", f"/v1/problems/{context}/classification").json()
    assert found["corrected"]["subcategory"] == found["subcategory"]
