"""The balance in a real browser: exact amounts in and out, undone, followed until they are paid, and the reserve."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Route, expect
from tests.e2e.browser import opened
from tests.e2e.test_page import WIDE, Api, Visit
from tests.harmony import Harmony

LEDGER = "/api/v1/harmony/ledger"
WHISPERER = "/api/v1/harmony/whisperer"


@dataclass(frozen=True)
class Holder:
    """Somebody with 100 practice-USDC of their own."""

    id: str
    token: str


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with opened() as found:
        yield found


@pytest.fixture
def api(running_harmony: Harmony) -> Api:
    return Api(running_harmony)


@pytest.fixture
def visit(browser: Browser, running_harmony: Harmony) -> Iterator[Visit]:
    visitor = Visit(browser, running_harmony, "light", WIDE)
    yield visitor
    visitor.context.close()
    assert visitor.faults == []
    assert visitor.strangers == []


@pytest.fixture
def holder(api: Api, running_harmony: Harmony) -> Holder:
    token = api.person("Robin Invented", "seeker")
    person = str(api.ask("GET", "/auth/me", token=token)["id"])
    granted = {"amount_usdc": "100", "principal": person}
    answer = running_harmony.ask("POST", f"{LEDGER}/grant", json=granted, headers={"Idempotency-Key": person})
    assert answer.is_success, answer.text
    return Holder(person, token)


def free(api: Api, holder: Holder) -> str:
    return str(api.ask("GET", f"{WHISPERER}/balance", token=holder.token)["available_balance_usdc"])


def test_an_amount_goes_in_to_its_last_millionth_and_is_taken_back(visit: Visit, api: Api, holder: Holder) -> None:
    visit.sign_in(holder.id)
    page = visit.open("/balance")
    expect(page.get_by_text("Nothing has moved yet.")).to_be_visible()
    page.get_by_label("Amount to deposit").fill("12.000001")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="The balance")).to_contain_text("12.000001 practice-USDC")
    expect(page.get_by_role("list", name="History").get_by_role("listitem").first).to_contain_text("Deposit")
    assert free(api, holder) == "12.000001"
    page.get_by_role("button", name="Undo: withdraw 12.000001").click()
    settlement = page.get_by_role("region", name="Settlement")
    expect(settlement.get_by_role("status")).to_have_text("Paid")
    expect(settlement.get_by_role("list", name="Progress")).not_to_contain_text("not yet")
    assert free(api, holder) == "0.000000"
    page.get_by_role("list", name="History").get_by_role("link", name="Paid out").click()
    expect(page.get_by_role("region", name="Settlement")).to_contain_text("12.000001")


def test_an_amount_that_would_be_rounded_or_is_too_much_is_not_sent(visit: Visit, holder: Holder) -> None:
    visit.sign_in(holder.id)
    page = visit.open("/balance")
    form = page.get_by_role("form", name="Deposit")
    for typed, said in (
        ("1.0000001", "Nothing is rounded"),
        ("1,5", "no exact amount"),
        ("100.000001", "Only 100.000000"),
    ):
        form.get_by_label("Amount to deposit").fill(typed)
        expect(form.get_by_role("alert")).to_contain_text(said)
        expect(form.get_by_role("button")).to_be_disabled()
    form.get_by_label("Amount to deposit").fill("0.5")
    form.get_by_role("button", name="Deposit 0.500000 practice-USDC").click()
    done = page.get_by_role("region", name="What you just did")
    expect(done).to_contain_text("cannot be undone at once")


def test_what_the_server_says_against_an_amount_stands_at_its_field(visit: Visit, holder: Holder) -> None:
    """The limit of one deposit is known to the server alone; a page that has not heard it still says it."""
    visit.sign_in(holder.id)
    page = visit.open("/balance")
    told = {
        "status": 422,
        "code": "balances.amount_out_of_range",
        "message": "the amount is at most 50.000000 practice-USDC",
        "hint": "Name an amount within the limits that the message says.",
        "details": {"field": "amount_usdc"},
    }
    page.route(f"**{WHISPERER}/deposit", lambda route: route.fulfill(status=422, json=told))
    form = page.get_by_role("form", name="Deposit")
    form.get_by_label("Amount to deposit").fill("60")
    form.get_by_role("button").click()
    expect(form.get_by_role("alert")).to_contain_text("The amount is at most 50.000000 practice-USDC.")
    expect(form.get_by_role("alert")).to_contain_text("Name an amount within the limits")
    expect(form.get_by_label("Amount to deposit")).to_have_value("60")


def test_a_deposit_whose_answer_was_lost_is_sent_again_and_happens_once(visit: Visit, api: Api, holder: Holder) -> None:
    visit.sign_in(holder.id)
    page = visit.open("/balance")
    keys: list[str] = []

    def lose_the_first_answer(route: Route) -> None:
        keys.append(route.request.headers["idempotency-key"])
        if len(keys) == 1:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route(f"**{WHISPERER}/deposit", lose_the_first_answer)
    page.get_by_label("Amount to deposit").fill("5")
    form = page.get_by_role("form", name="Deposit")
    form.get_by_role("button", name="Deposit 5.000000").click()
    form.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("region", name="What you just did")).to_contain_text("deposited")
    assert len(keys) == 2
    assert keys[0] == keys[1]
    assert free(api, holder) == "5.000000"


def test_the_history_is_paged_and_the_reserve_is_proven_to_an_operator(visit: Visit, holder: Holder) -> None:
    for number in range(11):
        headers = {"Idempotency-Key": f"deposit-{number}", "Authorization": f"Bearer {holder.token}"}
        body = {"amount_usdc": "1"}
        assert visit.context.request.post(f"{WHISPERER}/deposit", data=body, headers=headers).ok
    visit.sign_in(holder.id)
    page = visit.open("/balance")
    pages = page.get_by_role("navigation", name="Pages of the history")
    expect(pages).to_contain_text("1 to 10 of 11")
    pages.get_by_role("button", name="Older").click()
    expect(pages).to_contain_text("11 to 11 of 11")
    expect(page.get_by_role("link", name="Reserve")).to_have_count(0)

    visit.sign_in()
    page = visit.open("/balance")
    page.get_by_role("link", name="Reserve").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Reserve")
    expect(page.get_by_text("Covered", exact=True)).to_be_visible()
    expect(page.get_by_text(re.compile(r"\d+ holders?"))).to_be_visible()
