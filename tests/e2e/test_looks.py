"""How the pages of the orchestra, of balances and of detection look: at 360 pixels and wide, light and dark, to axe."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from tests.assist.problems.watching.events import agent_steps
from tests.e2e.browser import need, opened
from tests.e2e.test_orchestra_page import dead_letter
from tests.e2e.test_page import AXE, LOG, SCREENSHOTS, SMALL, WIDE, Api, Theme, Visit
from tests.harmony import Harmony


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with opened() as found:
        yield found


@pytest.fixture(scope="module")
def pages(running_harmony: Harmony) -> dict[str, str]:
    """Pages with something on them, by name."""
    api = Api(running_harmony)
    dead_letter(api, "looked-at-hub", "index")
    api.ask("PUT", "/conductor/state/echo:page:looked-at", {"value": {"mode": "calm"}})
    activity = {"source": "agent", "runId": "looked at", "events": agent_steps(4)}
    api.ask("POST", "/v1/activity", activity)
    report = api.ask("POST", "/v1/detect-problem", {"log": LOG})["contextId"]
    money = "/api/v1/harmony"
    for act, body in (("ledger/grant", {"principal": "operator"}), ("whisperer/deposit", {})):
        key = {"Idempotency-Key": f"looks {act}".replace(" ", "-")}
        answer = running_harmony.ask("POST", f"{money}/{act}", json={"amount_usdc": "7.25", **body}, headers=key)
        assert answer.is_success, answer.text
    withdrawn = running_harmony.ask(
        "POST", f"{money}/whisperer/withdraw", json={"amount_usdc": "2"}, headers={"Idempotency-Key": "looks-out"}
    ).json()
    return {
        "component": "/orchestra/components/harmony-live-001",
        "queues": "/orchestra/queues",
        "queue": "/orchestra/queues/looked-at-hub/default",
        "events": "/orchestra/events",
        "state": "/orchestra/state",
        "balance": "/balance",
        "reserve": "/balance/reserve",
        "settlement": f"/balance/settlements/{withdrawn['settlement_id']}",
        "alarms": "/problems/alarms",
        "detection": "/settings/detection",
        "classified": f"/problems/reports/{report}",
    }


@pytest.mark.parametrize(("theme", "size"), [("light", SMALL), ("dark", WIDE)])
def test_no_page_breaks_a_rule_of_accessibility_or_scrolls_sideways(
    browser: Browser, running_harmony: Harmony, pages: dict[str, str], theme: Theme, size: tuple[int, int]
) -> None:
    axe = need(AXE, "axe-core is missing: run `make setup`, or `npm ci` in web/").read_text(encoding="utf-8")
    visitor = Visit(browser, running_harmony, theme, size)
    visitor.sign_in()
    found = {}
    for name, path in pages.items():
        page = visitor.open(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], name
        page.evaluate(axe)
        found[name] = page.evaluate(
            "axe.run().then(({violations}) => violations.map(v => `${v.id}: ${v.nodes[0].html}`))"
        )
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SCREENSHOTS / f"{name}-{theme}.png")
    visitor.context.close()
    assert {name: violations for name, violations in found.items() if violations} == {}
    assert visitor.faults == []
