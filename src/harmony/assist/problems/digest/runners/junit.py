"""JUnit and TestNG as Maven, Ant, the console launcher and JUnit's own text runner print them."""

from __future__ import annotations

from harmony.assist.problems.digest.patterns import Pattern
from harmony.assist.problems.digest.runners.runner import Example, Runner, Tally

_RUN = Pattern(
    r"~Tests run: <run>, {1,3}Failures: <failed>(?:, {1,3}(?:Errors: <errors>"
    r"|Aborted: \d{1,9}))?(?:, {1,3}Skipped: <skipped>)?"
    r"(?:, {1,3}Flakes: \d{1,9})?(?:, {1,3}Time elapsed: <seconds> ?(?:s|sec|secs|ms)?)?(?P<rest>.{0,400})$"
)
_LAUNCHED = Pattern(r"Test: <name> took [\d.,]{1,12} ?sec(?:\(s\))? (?:FAILED|ABORTED|Caused an ERROR): ")
_CLASS = Pattern(r"Test (?P<name>[\w$]{1,100}(?:\.[\w$]{1,100}){1,12}) FAILED(?: \((?:crashed|timeout)\))?$")
_SUITE = Pattern(r"~(?:Testsuite:|Running) (?P<name>[\w.$]{1,300})$")
_BLOCK = Pattern(r"~<name>(?: --)? {1,4}Time elapsed: [\d.,]{1,20} ?(?:s|sec|secs|ms)? {1,4}<<< (?:FAILURE|ERROR)!")
_METHOD = Pattern(r"(?P<method>.{1,300}?)(?: on instance .{1,300})?\((?P<owner>[\w.$]{1,300})\)$")
_DOTTED = Pattern(r"(?P<owner>[\w.$]{1,300})\.(?P<method>[^.\s(]{1,200}(?:[(\[ {].{0,200})?)$")
_ENTRY = Pattern(
    r"\s{1,8}(?P<owner>[\w$.]{1,200}?)(?:>[\w$.]{1,200}?)?\.(?P<method>[\w$]{1,200}(?:\[[^\]]{0,100}\])?)"
    r"(?::\d{1,7}|(?:->|»| ).{0,2000}|$)"
)
_OLD_ENTRY = Pattern(
    r"\s{1,8}(?P<method>[\w$]{1,200}(?:\[[^\]]{0,100}\])?)(?: on instance"
    r" \S{1,300}?)?\((?P<owner>[\w.$]{1,300})\)(?::|$)"
)
_CASE = Pattern(
    r"~Testcase: (?P<method>.{1,300}?)(?:\((?P<owner>[\w.$]{1,300})\))?"
    r"(?: took [\d.,]{1,12} ?s(?:ec)?)?(?::\s{0,4}(?P<verdict>FAILED|Caused an ERROR))?$"
)
_CASE_VERDICT = Pattern(r"\s{0,8}(?:FAILED|Caused an ERROR)$")
_SOURCE = Pattern(r"~MethodSource \[className = '(?P<owner>[^']{1,300})', methodName = '(?P<method>[^']{1,200})'")
_LAUNCHER = Pattern(r"~\[ {0,12}<run> tests (?P<word>found|failed|skipped|aborted|started|successful) {0,12}\]$")
_TEXT_OK = Pattern(r"OK \(<run> tests?\)$")
_NUMBERED = Pattern(r"\d{1,6}\) (?P<method>[\w$ ]{1,200}(?:\[[^\]]{0,100}\])?)\((?P<owner>[\w.$]{1,300})\)$")
_TESTNG = Pattern(r"~Total tests run: <run>,(?: Passes: \d{1,9},)? Failures: <failed>, Skips: <skipped>")
_WHY = Pattern(r"\s{0,8}(?:[a-z][\w$]{0,60}\.){1,12}[A-Z][\w$]{0,100}(?:Error|Exception|Failure|Mismatch\w{0,9})\b")
_SECTIONS = ("Failed tests:", "Tests in error:", "Failures:", "Errors:")


class JunitReader:
    """Totals count where there are any (Maven), else the sums of the suites (Ant), else what the rest printed."""

    def __init__(self) -> None:
        self._tally = Tally(has_total=True)
        self.totals = Tally(has_total=True)
        self.suites = Tally(has_total=True)
        self.others = Tally(has_total=True)
        self.launcher: dict[str, str | None] = {}
        self.suite = ""
        self.fresh = self.ant = False
        self.blocks: dict[str, int] = {}
        self.entries: dict[str, int] = {}
        self.told: dict[int, str] = {}
        self.section = ""
        self.case: tuple[str, int] | None = None
        self.announced = ""
        self.classes: dict[str, int] = {}
        self.blame_until = 0

    @property
    def tally(self) -> Tally:
        self._settle(None)
        if not self._tally.tests:
            for name, line in self.classes.items():
                self._tally.fail(name, line)
        for group in (self.totals, self.suites, self.others):
            if group.summarised:
                self._tally.counts, self._tally.summarised = group.counts, True
                break
        return self._tally

    def read(self, text: str, line: int) -> bool:
        head = text.strip()
        if head.startswith(("Tests run:", "Total tests run:")):
            self._ran(text, line)
        elif "<<< " in text and (found := _BLOCK.match(text)):
            self.blocks.setdefault(self._spelled(found["name"]), line)
            self.blame_until = line + 3
        elif head.startswith(("Running ", "Testsuite: ")) and (found := _SUITE.match(text)):
            self.fresh = self.fresh or found["name"] != self.suite
            self.suite, self.ant = found["name"], self.ant or head[0] == "T"
        elif head.startswith(_SECTIONS):
            self.section = "entries"
            self._entry(text[text.index(":") + 1 :], line)
        elif head[:8] == "Testcase" or self.case:
            self._case(text, line)
        else:
            self._rest(text, head, line)
        return bool(self.section or self.case) or line < self.blame_until

    def _ran(self, text: str, line: int) -> None:
        found = _RUN.match(text)
        if found is None:
            if found := _TESTNG.match(text):
                self.others.add(found.groupdict())
            return
        groups = found.groupdict()
        if groups["seconds"] is None:
            (self.totals if groups["errors"] is not None else self.others).add(groups)
            self._settle(int(groups["failed"] or 0) + int(groups["errors"] or 0))
        elif self.fresh or " in " in (groups["rest"] or "") or not self.ant:
            self.suites.add(groups)
            self.fresh = False

    def _settle(self, broken: int | None) -> None:
        """The names of one module: the blocks above, or the list in the results when that has more."""
        names = self.blocks
        if len(self.entries) > len(self.blocks) and (broken is None or len(self.blocks) < broken):
            names = self.entries
            for line, text in self.told.items():
                self._tally.blame(line, text)
        for name, line in names.items():
            self._tally.fail(name, line)
        self.blocks, self.entries, self.told, self.section = {}, {}, {}, ""

    def _entry(self, text: str, line: int) -> None:
        text = "  " + text.strip()
        if found := (_OLD_ENTRY.match(text) or _ENTRY.match(text)):
            self.entries.setdefault(f"{found['method']}({found['owner']})", line)
            if len(text) > found.end("method") + 12:
                self.told[line] = text

    def _case(self, text: str, line: int) -> None:
        if found := _CASE.match(text):
            owner, self.announced = found["owner"] or self.suite, found["method"]
            self.case = (f"{owner}.{found['method']}", line)
            if not found["verdict"]:
                return
        elif found := _LAUNCHED.match(text.strip()):
            self._tally.fail(f"{self.announced}.{found['name']}", line)
            self._tally.blame(line, text)
            return
        elif not self.case or not _CASE_VERDICT.match(text):
            self.case = None
            return
        if self.case:
            self._tally.fail(*self.case)
            self.blame_until = line + 3
        self.case = None

    def _rest(self, text: str, head: str, line: int) -> None:
        if self.section == "source" and (found := _SOURCE.match(text)):
            self._tally.fail(f"{found['owner']}.{found['method']}", line)
        elif self.section == "source" and head[:3] == "=> ":
            self._tally.blame(line, text)
        elif head[:1] == "[" and (found := _LAUNCHER.match(text)):
            self._launched(found["word"], found["run"])
        elif head.startswith("OK (") and (found := _TEXT_OK.match(head)):
            self.others.add(found.groupdict())
        elif found := _NUMBERED.match(text):
            self.entries.setdefault(f"{found['method']}({found['owner']})", line)
        elif head[:5] == "Test " and (found := _CLASS.match(head)):
            self.classes.setdefault(found["name"], line)
        elif head.startswith("Failures (") and head.endswith("):"):
            self.section = "source"
        elif self.section == "entries" and head:
            self._entry(text, line)
        elif self.blame_until > line and _WHY.match(text):
            self._tally.blame(line, text)
            self.blame_until = 0

    def _launched(self, word: str, number: str) -> None:
        keys = {"found": "run", "failed": "failed"}
        if word in keys:
            self.launcher[keys[word]] = number
        elif word in ("skipped", "aborted"):
            self.launcher["skipped"] = str(int(self.launcher.get("skipped") or 0) + int(number))
        if word == "failed":
            self.others.add(self.launcher)
            self.launcher, self.section = {}, ""

    def _spelled(self, name: str) -> str:
        if found := _METHOD.match(name):
            return f"{found['method']}({found['owner']})"
        if name == self.suite or (name.count(".") > 1 and name.rpartition(".")[2][:1].isupper() and " " not in name):
            return f"({name})"
        if found := _DOTTED.match(name):
            return f"{found['method']}({found['owner']})"
        return f"{name}({self.suite})" if self.suite else name


JUNIT = Runner(
    name="junit",
    framework="JUnit",
    reader=JunitReader,
    heads=(
        *("Tests", "Total", "Testsuite:", "Testcase:", "Running", "Failed", "Failures:", "Errors:", "Failures", "OK"),
        *("0)", "[", "Test"),
    ),
    holds=("<<< ",),
    examples=(
        Example(
            """\
[INFO] Running org.tea.KettleTest
[ERROR] Tests run: 3, Failures: 1, Errors: 0, Skipped: 1, Time elapsed: 0.01 s <<< FAILURE! - in org.tea.KettleTest
[ERROR] boils(org.tea.KettleTest)  Time elapsed: 0.005 s  <<< FAILURE!
java.lang.AssertionError: expected:<100> but was:<99>
\tat org.tea.KettleTest.boils(KettleTest.java:28)
[INFO] Results:
[INFO]
[ERROR] Failures:
[ERROR]   KettleTest.boils:28 expected:<100> but was:<99>
[INFO]
[ERROR] Tests run: 3, Failures: 1, Errors: 0, Skipped: 1
""",
            failed=1,
            ran=3,
            skipped=1,
            failed_tests=("boils(org.tea.KettleTest)",),
        ),
        Example(
            """\
Results :

Failed tests:
  KettleTest.boils:673 expected:<100> but was:<99>
Tests in error:
  CupTest>VesselTest.pours:21->helper:9 » NullPointer

Tests run: 9, Failures: 1, Errors: 1, Skipped: 0
""",
            failed=2,
            ran=9,
            failed_tests=("boils(KettleTest)", "pours(CupTest)"),
        ),
        Example(
            """\
    [junit] Testsuite: org.tea.KettleTest
    [junit] Tests run: 2, Failures: 1, Errors: 0, Skipped: 0, Time elapsed: 1.429 sec
    [junit] Testcase: fills took 0.001 sec
    [junit] Testcase: boils took 1.429 sec
    [junit] \tFAILED
    [junit] expected:<100> but was:<99>
""",
            failed=1,
            ran=2,
            failed_tests=("org.tea.KettleTest.boils",),
        ),
        Example(
            """\
[junitlauncher] Running org.tea.KettleTest
[junitlauncher] Tests run: 3, Failures: 1, Aborted: 0, Skipped: 1, Time elapsed: 0.029 sec
Testcase: org.tea.KettleTest
Test: boils() took 15 sec(s) FAILED: java.net.SocketTimeoutException: connect timed out
""",
            failed=1,
            ran=3,
            skipped=1,
            failed_tests=("org.tea.KettleTest.boils()",),
        ),
        Example(
            """\
[ERROR] Tests run: 2, Failures: 1, Errors: 0, Skipped: 0, Time elapsed: 0.01 s <<< FAILURE! -- in org.tea.KettleTest
[ERROR] org.tea.KettleTest.boils -- Time elapsed: 0.005 s <<< FAILURE!
org.opentest4j.AssertionFailedError: expected: <100> but was: <99>
[ERROR] Tests run: 2, Failures: 1, Errors: 0, Skipped: 0
""",
            failed=1,
            ran=2,
            failed_tests=("boils(org.tea.KettleTest)",),
        ),
        Example(
            """\
    [junit] Running org.tea.KettleTest
    [junit] Tests run: 2, Failures: 1, Errors: 0, Skipped: 0, Time elapsed: 1.4 sec
    [junit] Test org.tea.KettleTest FAILED
""",
            failed=1,
            ran=2,
            failed_tests=("org.tea.KettleTest",),
        ),
        Example("JUnit version 4.12\n...\nTime: 1.2\n\nOK (3 tests)\n", failed=0, ran=3),
    ),
)
RUNNERS = (JUNIT,)
