"""The page's "I'm stuck": a log is pasted, read while typing, shown with what is hidden, and reported without it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect
from tests.e2e.browser import need, opened
from tests.e2e.test_page import AXE, SCREENSHOTS, SMALL, WIDE, RunningHarmony, Theme, Visit

from harmony.assist.problems.model import LOG_LIMIT_BYTES

SECRET = "ghp_" + "a1B2c3D4e5F6" * 3
MAIL = "pat.potter@example.org"
LOG = f"""$ git clone https://{SECRET}@git.example.org/kiln.git && pytest
mailing the report to {MAIL}
tests/test_kiln.py::test_heats PASSED
tests/test_kiln.py::test_reads FAILED
Traceback (most recent call last):
  File "/srv/kiln/load.py", line 12, in read_rows
    with open(path) as handle:
FileNotFoundError: [Errno 2] No such file or directory: 'C:\\\\figures\\\\morning.csv'
FAILED tests/test_kiln.py::test_reads - FileNotFoundError
=================== 1 failed, 1 passed, 2 skipped in 0.12s ===================
"""
FIELD = "Paste what failed, or drop a log here"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with opened() as found:
        yield found


@pytest.fixture
def visit(browser: Browser, running_harmony: RunningHarmony) -> Iterator[Visit]:
    visitor = Visit(browser, running_harmony, "light", WIDE)
    yield visitor
    visitor.context.close()
    assert visitor.faults == []
    assert visitor.strangers == []


def box(page: Page) -> Locator:
    return page.get_by_role("region", name="I’m stuck")


def hidden(page: Page) -> Locator:
    return page.get_by_role("list", name="Hidden before it is sent").get_by_role("listitem")


def test_a_pasted_log_is_read_and_reported_without_its_secret(visit: Visit) -> None:
    page = visit.sign_in()
    page.get_by_label(FIELD).fill(LOG)
    expect(box(page).get_by_text("Failed", exact=True)).to_be_visible()
    expect(box(page)).to_contain_text("2 ran · 1 failed · 2 skipped · pytest")
    expect(box(page)).to_contain_text("Filesystem, missing file")
    decisive = box(page).get_by_role("figure").get_by_role("listitem")
    expect(decisive.first).to_contain_text("FileNotFoundError: [Errno 2] No such file")
    expect(decisive.first).to_contain_text("uncaught exception")
    secret, mail = hidden(page).all()
    expect(secret).to_contain_text("Always hidden")
    expect(secret.locator("mark")).to_have_text(re.compile(r"^\[SECRET:[\w-]+:1\]$"))
    expect(secret.get_by_role("button")).to_have_count(0)
    expect(mail.locator("mark")).to_have_text("[PERSONAL:email:1]")
    assert SECRET not in box(page).inner_text()
    expect(page.get_by_role("status").filter(has_text="2 things hidden")).to_have_count(1)

    with page.expect_request("**/v1/detect-problem") as sent:
        page.get_by_role("button", name="Report it (2 things hidden)").click()
    assert SECRET not in (sent.value.post_data or "")
    page.wait_for_url("**/problems/reports/*")
    expect(page.get_by_role("heading", level=1)).to_have_text("FileNotFoundError")
    stored = page.request.get(f"/v1/problems/{page.url.rsplit('/', 1)[-1]}").json()
    assert "FileNotFoundError" in stored["log"]
    assert SECRET not in json.dumps(stored)
    assert MAIL not in json.dumps(stored)


def test_what_is_private_is_made_readable_by_a_clear_act_and_hidden_again(visit: Visit) -> None:
    page = visit.sign_in()
    page.get_by_label(FIELD).fill(LOG)
    mail = hidden(page).nth(1)
    mail.get_by_role("button", name="Do not hide: the email in line 2").click()
    expect(mail.locator("mark")).to_have_text("[PERSONAL:email:1]")
    mail.get_by_role("button", name="Send it readable: the email in line 2").click()
    expect(mail.locator("mark")).to_have_text(MAIL)
    expect(mail).to_contain_text("Readable")
    expect(page.get_by_role("button", name="Report it (1 thing hidden, 1 readable)")).to_be_visible()
    page.get_by_label(FIELD).press_sequentially("and more")
    expect(mail.locator("mark")).to_have_text(MAIL)
    page.get_by_text(re.compile("^The text as it will be sent")).click()
    whole = page.get_by_role("region", name="The text as it will be sent")
    expect(whole).to_contain_text(MAIL)
    expect(whole).not_to_contain_text(SECRET)
    mail.get_by_role("button", name="Hide again: the email in line 2").click()
    expect(whole).not_to_contain_text(MAIL)
    expect(page.get_by_role("button", name="Report it (2 things hidden)")).to_be_visible()


def test_the_whole_way_is_gone_with_the_keyboard(visit: Visit) -> None:
    visit.sign_in()
    page = visit.open("/problems")
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog", name="Go to a page or do something")).to_be_visible()
    page.keyboard.type("paste")
    expect(page.get_by_role("menuitem")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_label(FIELD)).to_be_focused()
    page.keyboard.insert_text(LOG)
    expect(hidden(page)).to_have_count(2)
    _tab_to(page, "Do not hide: the email in line 2")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=re.compile("^Send it readable"))).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=re.compile("^Hide again"))).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=re.compile("^Do not hide"))).to_be_focused()
    _tab_to(page, "Report it (2 things hidden)")
    page.keyboard.press("Enter")
    page.wait_for_url("**/problems/reports/*")


def test_a_dropped_file_is_read_and_of_a_long_one_its_end(visit: Visit, tmp_path: Path) -> None:
    page = visit.sign_in()
    long = tmp_path / "long.log"
    long.write_text("all is well\n" * (LOG_LIMIT_BYTES // 6) + LOG, encoding="utf-8")
    page.locator("input[type=file]").set_input_files(long)
    expect(box(page)).to_contain_text("its last 256 kB were taken")
    expect(hidden(page)).to_have_count(2)
    assert len(page.get_by_label(FIELD).input_value().encode()) <= LOG_LIMIT_BYTES
    drop = """(field, log) => {
        const data = new DataTransfer();
        data.items.add(new File([log], "dropped.log"));
        field.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
    }"""
    page.get_by_label(FIELD).evaluate(drop, LOG)
    expect(page.get_by_label(FIELD)).to_have_value(LOG)
    expect(box(page)).not_to_contain_text("its last 256 kB")
    page.get_by_role("button", name="Clear").click()
    expect(page.get_by_label(FIELD)).to_have_value("")
    expect(hidden(page)).to_have_count(0)


def test_what_is_packed_is_refused_with_a_remedy(visit: Visit, tmp_path: Path) -> None:
    page = visit.sign_in()
    page.get_by_label(FIELD).fill("kept")
    packed = tmp_path / "logs.zip"
    packed.write_bytes(b"PK\x03\x04rest")
    page.locator("input[type=file]").set_input_files(packed)
    expect(page.get_by_role("alert")).to_contain_text("logs.zip is packed. Unpack it")
    expect(page.get_by_label(FIELD)).to_have_value("kept")


def test_a_log_is_text_whatever_it_says(visit: Visit) -> None:
    page = visit.sign_in()
    page.get_by_label(FIELD).fill(f"ValueError: <img src=x onerror=alert(1)> {MAIL}")
    expect(box(page).get_by_role("figure")).to_contain_text("<img src=x onerror=alert(1)>")
    assert box(page).locator("img").count() == 0


def test_offline_the_text_is_kept_and_read_as_soon_as_it_can_be(visit: Visit) -> None:
    page = visit.sign_in()
    visit.context.set_offline(True)
    page.get_by_label(FIELD).fill(LOG)
    expect(box(page).get_by_role("alert")).to_contain_text("Harmony does not answer")
    visit.context.set_offline(False)
    expect(hidden(page)).to_have_count(2)
    expect(box(page).get_by_role("alert")).to_have_count(0)
    expect(page.get_by_label(FIELD)).to_have_value(LOG)


def test_a_report_that_failed_is_said_and_can_be_sent_again(visit: Visit) -> None:
    page = visit.sign_in()
    page.get_by_label(FIELD).fill(LOG)
    report = page.get_by_role("button", name="Report it (2 things hidden)")
    keys: list[str | None] = []

    def lose(route: Route) -> None:
        keys.append(route.request.headers.get("idempotency-key"))
        route.abort()

    page.route("**/v1/detect-problem", lose)
    report.click()
    expect(box(page).get_by_role("alert")).to_contain_text("Harmony does not answer")
    page.unroute("**/v1/detect-problem")
    with page.expect_request("**/v1/detect-problem") as sent:
        report.click()
    assert keys == [sent.value.headers.get("idempotency-key")]
    page.wait_for_url("**/problems/reports/*")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, SMALL], ids=["wide", "small"])
def test_the_box_breaks_no_rule_of_accessibility_and_never_scrolls_sideways(
    browser: Browser, running_harmony: RunningHarmony, theme: Theme, size: tuple[int, int]
) -> None:
    axe = need(AXE, "axe-core is missing: run `make setup`, or `npm ci` in web/").read_text(encoding="utf-8")
    visitor = Visit(browser, running_harmony, theme, size)
    page = visitor.sign_in()
    name = f"stuck-{theme}-{size[0]}"
    found = [("empty", _look(page, axe, f"{name}-empty"))]
    page.get_by_label(FIELD).fill(LOG)
    hidden(page).nth(1).get_by_role("button", name=re.compile("^Do not hide")).click()
    found.append(("asked", _look(page, axe, f"{name}-asked")))
    hidden(page).nth(1).get_by_role("button", name=re.compile("^Send it readable")).click()
    page.get_by_text(re.compile("^The text as it will be sent")).click()
    page.get_by_text(re.compile("failed test by name")).click()
    found.append(("readable", _look(page, axe, f"{name}-readable")))
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    visitor.context.set_offline(True)
    page.get_by_label(FIELD).fill("something else")
    expect(box(page).get_by_role("alert")).to_be_visible()
    found.append(("offline", _look(page, axe, f"{name}-offline")))
    visitor.context.close()
    assert [one for one in found if one[1]] == []
    assert visitor.faults == []


def _look(page: Page, axe: str, name: str) -> list[str]:
    """A photograph, and what axe has against it."""
    expect(box(page).get_by_text("Reading", exact=True)).to_have_count(0)
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)
    page.evaluate(axe)
    found: list[str] = page.evaluate(
        "axe.run().then(({violations}) => violations.map(v => `${v.id}: ${v.nodes[0].html}`))"
    )
    return found


def _tab_to(page: Page, name: str) -> None:
    """Press Tab until the button of this name has the focus."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.get_by_role("button", name=name, exact=True).evaluate("node => node === document.activeElement"):
            return
    raise AssertionError(f"the keyboard never came to {name!r}")
