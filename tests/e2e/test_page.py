"""The page in a real browser, against a real Harmony: signing in, the orchestra, one request as it unfolds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, Protocol

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect
from tests.e2e.browser import need, opened

ROOT = Path(__file__).parents[2]
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
SCREENSHOTS = ROOT / ".build" / "screenshots"

WIDE = (1200, 860)
SMALL = (360, 740)
PATIENCE_MS = 15_000
OPERATOR = "operator"
LOG = """Traceback (most recent call last):
  File "/home/rowan/report.py", line 22, in <module>
    rows = load("january.csv")
  File "/home/rowan/report.py", line 9, in load
    return open("data\\\\" + name)
FileNotFoundError: [Errno 2] No such file or directory: 'data\\\\january.csv'
"""

CHAPTERS = (
    "Problem detected",
    "No known solution",
    "[0-9] experts? ranked",
    "Offered to Noor Invented",
    "Session",
    "Escrow",
    "(Checked by running it|Not checked by running)",
    "Paid",
    "Contribution valued",
    "Remembered",
)
"""What a whole story comes to; where no isolation is to be had, the seeker reviews instead of the check."""

Theme = Literal["light", "dark"]


class RunningHarmony(Protocol):
    url: str
    operator_token: str

    def sign_in_link(self, principal: str = OPERATOR) -> str: ...


class Api:
    """The interfaces as a program uses them: what the page shows is made through these."""

    def __init__(self, harmony: RunningHarmony) -> None:
        self._client = httpx.Client(base_url=harmony.url, timeout=30, trust_env=False)
        self._operator_token = harmony.operator_token

    def ask(self, method: str, path: str, body: Any = None, *, token: str | None = None) -> Any:
        headers = {"Authorization": f"Bearer {token or self._operator_token}"}
        answer = self._client.request(method, path, json=body, headers=headers)
        assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json()

    def person(self, name: str, role: str) -> str:
        """A person with this role; the answer is their token."""
        principal = self.ask("POST", "/auth/principals", {"kind": "person", "name": name, "roles": [role]})
        body = {"label": "page test", "principal_id": principal["id"], "days": 1}
        return str(self.ask("POST", "/auth/tokens", body)["token"])

    def request(self) -> str:
        """A reported failure for which help is asked; the answer is the request's id."""
        found = self.ask("POST", "/v1/detect-problem", {"log": LOG, "command": "python report.py", "exitCode": 1})
        return str(self.ask("POST", "/v1/requests", {"contextId": found["contextId"]})["requestId"])


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with opened() as found:
        yield found


@pytest.fixture
def api(running_harmony: RunningHarmony) -> Api:
    return Api(running_harmony)


class Visit:
    """One visitor: a window of their own, and everything that went wrong in it."""

    def __init__(self, browser: Browser, harmony: RunningHarmony, theme: Theme, size: tuple[int, int]) -> None:
        self.harmony = harmony
        self.context: BrowserContext = browser.new_context(
            base_url=harmony.url,
            color_scheme=theme,
            viewport={"width": size[0], "height": size[1]},
            reduced_motion="reduce",
            permissions=["clipboard-read", "clipboard-write"],
        )
        self.context.set_default_timeout(PATIENCE_MS)
        self.page: Page = self.context.new_page()
        self.faults: list[str] = []
        self.strangers: list[str] = []
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("request", self._asked)

    def sign_in(self, principal: str = OPERATOR) -> Page:
        self.page.goto(self.harmony.sign_in_link(principal))
        expect(self.page.get_by_role("heading", level=1)).to_have_text("What needs you now")
        return self.page

    def open(self, path: str) -> Page:
        """The page at ``path`` with everything on it loaded."""
        self.page.goto(path)
        expect(self.page.get_by_role("heading", level=1)).to_be_visible()
        expect(self.page.locator("main [aria-busy=true]")).to_have_count(0)
        return self.page

    def _heard(self, message: ConsoleMessage) -> None:
        # The browser itself notes every refusal (401, 404) as an error; those are the page's daily bread.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.faults.append(message.text)

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.harmony.url, "data:", "blob:")):
            self.strangers.append(request.url)


@pytest.fixture
def visit(browser: Browser, running_harmony: RunningHarmony) -> Iterator[Visit]:
    """A visitor in a wide, light window; nothing may have gone wrong in it, and no stranger been asked."""
    with_faults = Visit(browser, running_harmony, "light", WIDE)
    yield with_faults
    with_faults.context.close()
    assert with_faults.faults == []
    assert with_faults.strangers == []


def test_the_one_time_link_signs_in_and_leaves_no_secret_behind(visit: Visit) -> None:
    page = visit.sign_in()
    assert "#" not in page.url
    (cookie,) = [cookie for cookie in visit.context.cookies() if cookie.get("name") == "harmony_session"]
    assert cookie.get("httpOnly") and cookie.get("sameSite") == "Strict"
    assert page.evaluate("document.cookie") == ""


def test_a_link_that_was_used_says_so_and_how_to_make_another(visit: Visit, browser: Browser) -> None:
    link = visit.harmony.sign_in_link()
    visit.page.goto(link)
    expect(visit.page.get_by_role("heading", name="What needs you now")).to_be_visible()
    second = Visit(browser, visit.harmony, "light", WIDE)
    second.page.goto(link)
    expect(second.page.get_by_role("alert")).to_contain_text("identity.link_refused")
    expect(second.page.get_by_text(".venv/bin/harmony token link")).to_be_visible()
    second.context.close()


def test_signing_in_goes_on_to_where_one_wanted_to_go(visit: Visit) -> None:
    visit.page.goto("/orchestra")
    expect(visit.page.get_by_role("heading", name="You are signed out")).to_be_visible()
    visit.page.goto(visit.harmony.sign_in_link())
    expect(visit.page.get_by_role("heading", name="Orchestra")).to_be_visible()


def test_signing_out_ends_the_session_everywhere(visit: Visit) -> None:
    visit.sign_in()
    visit.open("/settings").get_by_role("button", name="Sign out").click()
    expect(visit.page.get_by_role("heading", name="You are signed out")).to_be_visible()
    visit.page.goto("/problems")
    expect(visit.page.get_by_role("heading", name="You are signed out")).to_be_visible()


def test_the_orchestra_shows_its_components_and_a_newcomer_without_reloading(visit: Visit, api: Api) -> None:
    visit.sign_in()
    page = visit.open("/orchestra")
    expect(page.get_by_role("status").filter(has_text="Live")).to_be_visible()
    for name in ("global-nexus-001", "harmony-live-001", "harmony-settlement-001"):
        expect(page.get_by_role("row", name=re.compile(name))).to_contain_text("Healthy")
    newcomer = {"component": "visiting-band", "version": "1.0.0", "port": 4321, "capabilities": ["guesting"]}
    component_id = api.ask("POST", "/conductor/register", newcomer)["component_id"]
    expect(page.get_by_role("row", name=re.compile(component_id))).to_be_visible()
    expect(page.get_by_role("list", name="Recent events")).to_contain_text(f"{component_id} registered")


def test_offline_says_so_and_goes_on_by_itself(visit: Visit) -> None:
    visit.sign_in()
    page = visit.open("/orchestra")
    visit.context.set_offline(True)
    expect(page.get_by_text("This device is offline")).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("harmony-live-001"))).to_be_visible()
    visit.context.set_offline(False)
    expect(page.get_by_text("This device is offline")).to_have_count(0)
    expect(page.get_by_role("status").filter(has_text="Live")).to_be_visible()


def test_a_request_unfolds_on_the_page_while_it_happens(visit: Visit, api: Api) -> None:
    visit.sign_in()
    request_id = api.request()
    page = visit.open(f"/problems/{request_id}")
    expect(page.get_by_role("heading", level=1)).to_have_text("FileNotFoundError")
    evidence = page.get_by_role("listitem", name="Problem detected")
    expect(evidence).to_contain_text("% sure")
    expect(evidence.get_by_role("figure")).to_contain_text("No such file or directory")

    expert = api.person("Wren Invented", "expert")
    skills = [{"skill": "Python", "level": "Expert", "yearsExperience": 9}]
    profile = api.ask("POST", "/v1/experts", {"expertise": skills}, token=expert)
    offer = api.ask("POST", f"/v1/requests/{request_id}/offers", {"expertId": profile["expertId"]})
    expect(page.get_by_role("listitem", name=re.compile("^Offered to"))).to_contain_text("Waits for an answer")

    session = api.ask("POST", f"/v1/offers/{offer['offerId']}/accept", token=expert)["sessionId"]
    expect(page.get_by_role("listitem", name=re.compile("^Offered to"))).to_contain_text("Accepted")
    api.ask("POST", f"/v1/sessions/{session}/messages", {"body": "Join the path with pathlib."}, token=expert)
    expect(page.get_by_role("listitem", name="Session")).to_contain_text("Join the path with pathlib.")


def test_the_whole_story_stands_on_one_page(visit: Visit, told_story: dict[str, Any]) -> None:
    visit.sign_in(_fact(told_story, "seeker_id"))
    page = visit.open(f"/problems/{_fact(told_story, 'request_id')}")
    chapters = page.get_by_role("list", name="The request as it unfolds").get_by_role("heading", level=2)
    expect(chapters).to_have_text([re.compile(f"^{chapter}") for chapter in CHAPTERS])
    expect(page.get_by_role("listitem", name="Session")).to_contain_text("Context shared by consent")
    expect(page.get_by_role("listitem", name="Escrow")).to_contain_text("20.000000 practice-USDC")
    paid = page.get_by_role("listitem", name="Paid")
    expect(paid).to_contain_text("17.000000 practice-USDC released to Noor Invented")
    expect(paid).to_contain_text("3.000000 practice-USDC")
    page.get_by_text(re.compile("^Trail of")).click()
    expect(page.get_by_text(told_story["trace_id"][-8:]).first).to_be_visible()


def test_the_same_failure_again_is_answered_from_what_was_remembered(visit: Visit, told_story: dict[str, Any]) -> None:
    visit.sign_in(_fact(told_story, "seeker_id"))
    page = visit.open(f"/problems/reports/{_fact(told_story, 'second_context_id')}")
    known = page.get_by_role("listitem", name="Known solutions")
    expect(known).to_contain_text("It answered exactly this failure before.")
    expect(known).to_contain_text("pathlib")


def test_an_unknown_request_shows_what_happened_and_what_to_do(visit: Visit) -> None:
    visit.sign_in()
    page = visit.open("/problems/request-that-never-was")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_role("button", name="Try again")).to_be_visible()


def test_everything_can_be_reached_with_the_keyboard(visit: Visit) -> None:
    visit.sign_in()
    page = visit.open("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog", name="Go to a page or do something")).to_be_visible()
    page.keyboard.type("orch")
    expect(page.get_by_role("menuitem")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Orchestra")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_contain_text("Go to Problems")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("g")
    page.keyboard.press("p")
    expect(page.get_by_role("heading", level=1)).to_have_text("Problems")


def test_a_theme_is_chosen_once_and_stays(visit: Visit) -> None:
    visit.sign_in()
    page = visit.open("/settings")
    page.get_by_role("radio", name="Dark").check(force=True)
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.reload()
    expect(page.get_by_role("radio", name="Dark")).to_be_checked()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_a_token_is_revoked_only_after_it_was_named(visit: Visit, api: Api) -> None:
    visit.sign_in()
    me = visit.context.request.get("/auth/me").json()["id"]
    api.ask("POST", "/auth/tokens", {"label": "token of the page test", "principal_id": me, "days": 1})
    page = visit.open("/settings")
    row = page.get_by_role("list", name="Tokens").get_by_role("listitem").filter(has_text="token of the page test")
    row.first.get_by_role("button", name="Revoke token of the page test").click()
    row.first.get_by_role("button", name="Revoke “token of the page test” for good").click()
    expect(row.first).to_contain_text("Revoked")


def test_a_command_is_copied(visit: Visit) -> None:
    visit.page.goto("/sign-in")
    visit.page.get_by_role("button", name=re.compile("^Copy the command")).click()
    assert visit.page.evaluate("navigator.clipboard.readText()") == ".venv/bin/harmony token link"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_page_breaks_a_rule_of_accessibility(
    browser: Browser, running_harmony: RunningHarmony, api: Api, told_story: dict[str, Any], theme: Theme
) -> None:
    axe = need(AXE, "axe-core is missing: run `make setup`, or `npm ci` in web/").read_text(encoding="utf-8")
    visitor = Visit(browser, running_harmony, theme, WIDE)
    found = {"sign-in": _violations(visitor.open("/sign-in"), axe)}
    _photograph(visitor.page, f"sign-in-{theme}")
    for principal, pages in _pages(api, told_story).items():
        visitor.sign_in(principal)
        for name, path in pages.items():
            found[name] = _violations(visitor.open(path), axe)
            _photograph(visitor.page, f"{name}-{theme}")
    visitor.page.keyboard.press("Control+k")
    expect(visitor.page.get_by_role("menuitem").first).to_be_visible()
    found["palette"] = _violations(visitor.page, axe)
    _photograph(visitor.page, f"palette-{theme}")
    visitor.context.close()
    assert {name: violations for name, violations in found.items() if violations} == {}
    assert visitor.faults == []


def test_at_360_pixels_nothing_scrolls_sideways(
    browser: Browser, running_harmony: RunningHarmony, api: Api, told_story: dict[str, Any]
) -> None:
    visitor = Visit(browser, running_harmony, "light", SMALL)
    for principal, pages in _pages(api, told_story).items():
        visitor.sign_in(principal)
        for name, path in pages.items():
            page = visitor.open(path)
            assert page.evaluate("document.documentElement.scrollWidth") <= SMALL[0], name
            expect(page.get_by_role("navigation", name="Main")).to_be_in_viewport()
            _photograph(page, f"{name}-360")
    visitor.context.close()


def _fact(story: dict[str, Any], name: str) -> str:
    """What a step of the told story came to."""
    return str(next(step["ids"][name] for step in story["steps"] if name in step["ids"]))


def _pages(api: Api, story: dict[str, Any]) -> dict[str, dict[str, str]]:
    """The pages to look at, by who looks: the told story is private to its people."""
    of_the_seeker = {
        "story": f"/problems/{_fact(story, 'request_id')}",
        "report": f"/problems/reports/{_fact(story, 'second_context_id')}",
        "problems": "/problems",
    }
    of_the_operator = {
        "now": "/",
        "orchestra": "/orchestra",
        "request": f"/problems/{api.request()}",
        "settings": "/settings",
        "missing": "/no-such-page",
    }
    return {_fact(story, "seeker_id"): of_the_seeker, OPERATOR: of_the_operator}


def _violations(page: Page, axe: str) -> list[str]:
    page.evaluate(axe)
    found: list[str] = page.evaluate(
        "axe.run().then(({violations}) => violations.map(v => `${v.id}: ${v.nodes[0].html}`))"
    )
    return found


def _photograph(page: Page, name: str) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)
