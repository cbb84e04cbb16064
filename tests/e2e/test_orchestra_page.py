"""The orchestra in a real browser: why a status is, the Conductor's doubt, drain, queues, events, shared state."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from tests.e2e.browser import opened
from tests.e2e.test_page import WIDE, Api, RunningHarmony, Visit

SILENT = 10
"""So many that fall at once are not believed (at least 8 leases, more than 3 of them)."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with opened() as found:
        yield found


@pytest.fixture
def api(running_harmony: RunningHarmony) -> Api:
    return Api(running_harmony)


@pytest.fixture
def visit(browser: Browser, running_harmony: RunningHarmony) -> Iterator[Visit]:
    visitor = Visit(browser, running_harmony, "light", WIDE)
    yield visitor
    visitor.context.close()
    assert visitor.faults == []
    assert visitor.strangers == []


def member(api: Api, component: str, interval_seconds: int = 30) -> str:
    body = {
        "component": component,
        "version": "1.0.0",
        "port": 4321,
        "capabilities": ["guesting"],
        "heartbeat_interval": interval_seconds,
    }
    return str(api.ask("POST", "/conductor/register", body)["component_id"])


def dead_letter(api: Api, queue: str, message_type: str) -> None:
    sent = {"from": "page", "to": queue, "message_type": message_type, "payload": {"entity": "unknown"}}
    api.ask("POST", "/conductor/queue/send", sent)
    [held] = api.ask("GET", f"/conductor/queue/receive?component={queue}&limit=1")["messages"]
    ended = {"message_id": held["message_id"], "lease_id": held["lease_id"], "reason": "no such entity"}
    api.ask("POST", "/conductor/queue/terminate", ended)


def test_a_status_is_told_with_its_evidence_and_the_component_drained_and_given_back(visit: Visit, api: Api) -> None:
    component_id = member(api, "told-band")
    visit.sign_in()
    page = visit.open("/orchestra")
    page.get_by_role("link", name=component_id).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(component_id)
    changes = page.get_by_role("list", name="Changes of its status")
    expect(changes.get_by_role("listitem", name="Joined")).to_contain_text("taken at its word")

    api.ask("POST", "/conductor/heartbeat", {"component_id": component_id, "status": "overloaded", "metrics": {}})
    expect(changes.get_by_role("listitem", name="Degraded")).to_contain_text("says of itself that it is “overloaded”")
    expect(page.get_by_role("heading", name="Why it is degraded")).to_be_visible()

    page.get_by_role("button", name="Drain: give it nothing new").click()
    expect(page.get_by_text("Draining", exact=True)).to_be_visible()
    assert api.ask("GET", f"/conductor/services/{component_id}")["draining"]
    page.get_by_role("button", name="Give it work again").click()
    expect(page.get_by_role("button", name="Drain: give it nothing new")).to_be_visible()
    assert not api.ask("GET", f"/conductor/services/{component_id}")["draining"]
    api.ask("POST", "/conductor/deregister", {"component_id": component_id})


def test_the_conductor_says_why_it_doubts_itself_and_one_click_ends_it(visit: Visit, api: Api) -> None:
    visit.sign_in()
    page = visit.open("/orchestra")
    silent = [member(api, f"mute-band-{number}", interval_seconds=1) for number in range(SILENT)]
    doubt = page.get_by_role("region", name="The Conductor doubts itself")
    expect(doubt).to_contain_text(re.compile(r"components would fall at once, and more than \d+ is likelier"))
    doubt.get_by_role("button", name="Trust what is heard again").click()
    expect(doubt).to_have_count(0)
    expect(page.get_by_role("list", name="Earlier doubts")).to_contain_text("ended by you")
    for component_id in silent:
        api.ask("POST", "/conductor/deregister", {"component_id": component_id})


def test_a_dead_letter_shows_its_reason_and_is_put_back(visit: Visit, api: Api) -> None:
    for message_type in ("index-first", "index-second", "index-third"):
        dead_letter(api, "page-hub", message_type)
    visit.sign_in()
    page = visit.open("/orchestra/queues")
    expect(page.get_by_role("row", name=re.compile("page-hub"))).to_contain_text("3 dead")
    page.get_by_role("link", name="page-hub").click()
    letters = page.get_by_role("list", name="Dead letters").get_by_role("listitem")
    expect(letters).to_have_count(3)
    expect(letters.first).to_contain_text("Reason: no such entity")
    letters.filter(has_text="index-second").get_by_role("button", name=re.compile("^Put back index-second")).click()
    expect(letters).to_have_count(2)
    page.get_by_role("button", name="Put 2 dead letters back").click()
    expect(page.get_by_text("Nothing died here.")).to_be_visible()
    [queue] = api.ask("GET", "/conductor/queue?component=page-hub")["queues"]
    assert (queue["ready"], queue["dead"]) == (3, 0)


def test_events_come_live_are_filtered_and_stand_still_while_paused(visit: Visit, api: Api) -> None:
    visit.sign_in()
    page = visit.open("/orchestra/events")
    page.get_by_role("radio", name="Everything").check(force=True)
    expect(page.get_by_role("status").filter(has_text="Live")).to_be_visible()
    api.ask("POST", "/conductor/broadcast", {"from": "page", "event_type": "lantern-lit", "data": {"colour": "amber"}})
    events = page.get_by_role("list", name="Events").get_by_role("listitem")
    expect(events.first).to_contain_text("lantern-lit")
    page.get_by_role("button", name="Pause").click()
    api.ask("POST", "/conductor/broadcast", {"from": "page", "event_type": "lantern-out", "data": {}})
    going_on = page.get_by_role("button", name=re.compile("^Go on, [0-9]+ new"))
    expect(going_on).to_be_visible()
    expect(events.filter(has_text="lantern-out")).to_have_count(0)
    going_on.click()
    expect(events.filter(has_text="lantern-out")).to_have_count(1)
    page.get_by_label("Containing").fill("amber")
    expect(events).to_have_count(1)
    events.first.locator("summary").click()
    expect(events.first).to_contain_text('"colour": "amber"')


def test_a_shared_key_shows_its_versions_and_changes_while_one_looks(visit: Visit, api: Api) -> None:
    key = "echo:page:greeting"
    api.ask("PUT", f"/conductor/state/{key}", {"value": "good morning"})
    visit.sign_in()
    page = visit.open("/orchestra/state")
    page.get_by_label("Keys that begin with").fill("echo:page:")
    row = page.get_by_role("list", name="Keys").get_by_role("listitem").filter(has_text=key)
    expect(row).to_contain_text("good morning")
    now = api.ask("PUT", f"/conductor/state/{key}", {"value": "good evening"})
    expect(row).to_contain_text(f"version {now['version']}")
    row.locator("summary").click()
    expect(row.get_by_role("list", name=f"Earlier versions of {key}")).to_contain_text("good morning")
    page.get_by_label("Keys that begin with").fill("echo:nobody:")
    expect(page.get_by_text("No key begins so.")).to_be_visible()
