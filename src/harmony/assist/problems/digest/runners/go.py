"""go test, gotestsum and Ginkgo."""

from __future__ import annotations

from harmony.assist.problems.digest.patterns import Pattern
from harmony.assist.problems.digest.runners.runner import Example, Plain, Runner, Tally

_RESULT = Pattern(r" {0,40}--- (?P<word>FAIL|PASS|SKIP): (?P<name>[^\s(]{1,400}) \([\d.]{1,12} ?s(?:econds)?\)")
_SUM = Pattern(
    r"DONE (?:\d{1,9} runs?, )?<run> tests?(?:, <skipped> skipped)?(?:, <failed> failures?)?(?:, <errors> errors?)?"
)
_SUM_NAME = Pattern(r"=== FAIL: (?P<package>\S{1,300}) (?P<name>[^\s(]{1,400})")
_WHY = Pattern(r"\s{2,40}[\w./-]{1,200}\.go:\d{1,7}: ?\S|\s{1,12}(?:Error:|Error Trace:)|panic: ")


class GoReader:
    """Counts result lines; a parent's line follows or precedes its subtests' and is counted like them."""

    def __init__(self) -> None:
        self._tally = Tally(has_total=True)
        self.seen = {"FAIL": 0, "PASS": 0, "SKIP": 0}
        self.blame_until = 0
        self.running = False
        self.heard: tuple[int, str] | None = None
        """What a running test said: with ``-v`` the reason comes before the result, and before a skipped one's too."""

    @property
    def tally(self) -> Tally:
        if not self._tally.summarised and any(self.seen.values()):
            ran, failed = self.seen["PASS"] + self.seen["FAIL"], self.seen["FAIL"]
            self._tally.add({"run": str(ran), "failed": str(failed), "skipped": str(self.seen["SKIP"])})
        return self._tally

    def read(self, text: str, line: int) -> bool:
        if text[:7] == "=== RUN":
            self.running, self.heard, self.blame_until = True, None, 0
        elif found := _RESULT.match(text):
            self._result(found["word"], found["name"], line)
        elif text[:5] == "DONE " and (found := _SUM.match(text)):
            self._tally.add(found.groupdict())
        elif text[:9] == "=== FAIL:" and (found := _SUM_NAME.match(text)):
            self._tally.fail(found["name"], line)
            self.blame_until = line + 6
        elif self.running and self.heard is None and _WHY.match(text):
            self.heard = (line, text)
        elif line < self.blame_until and _WHY.match(text):
            self._tally.blame(line, text)
            self.blame_until = 0
        return self.running or line < self.blame_until

    def _result(self, word: str, name: str, line: int) -> None:
        self.seen[word] += 1
        self.blame_until = 0
        if word == "FAIL":
            self._tally.fail(name, line)
            if self.heard is not None:
                self._tally.blame(*self.heard)
            else:
                self.blame_until = line + 6
        self.running, self.heard = False, None


GO = Runner(
    name="go test",
    framework="go",
    reader=GoReader,
    heads=("---", "DONE", "="),
    examples=(
        Example(
            """\
=== RUN   TestFill
--- PASS: TestFill (0.00s)
=== RUN   TestBoil
--- FAIL: TestBoil (0.01s)
    kettle_test.go:12: got 99, want 100
--- SKIP: TestPour (0.00s)
FAIL
FAIL\tgithub.com/tea/kettle\t0.012s
""",
            failed=1,
            ran=2,
            skipped=1,
            failed_tests=("TestBoil",),
        ),
        Example(
            "=== RUN   TestPour\n    kettle_test.go:5: later\n--- SKIP: TestPour (0.00s)\n"
            "=== RUN   TestBoil\n    kettle_test.go:9: got 99\n--- FAIL: TestBoil (0.00s)\nFAIL\n",
            failed=1,
            ran=1,
            skipped=1,
            failed_tests=("TestBoil",),
            why="kettle_test.go:9: got 99",
        ),
        Example(
            '{"Action":"output","Package":"tea","Test":"TestBoil","Output":"--- FAIL: TestBoil (0.00s)\\n"}\n'
            '{"Action":"output","Package":"tea","Test":"TestBoil","Output":"    kettle_test.go:9: got 99\\n"}\n'
            '{"Action":"fail","Package":"tea","Test":"TestBoil","Elapsed":0}\n',
            failed=1,
            ran=1,
            failed_tests=("TestBoil",),
            why="kettle_test.go:9: got 99",
        ),
        Example(
            "=== FAIL: kettle TestBoil (0.01s)\n    kettle_test.go:12: got 99\n\nDONE 5 tests, 1 failure in 0.5s\n",
            failed=1,
            ran=5,
            failed_tests=("TestBoil",),
        ),
    ),
)
GINKGO = Runner(
    name="ginkgo",
    framework="ginkgo",
    reader=Plain(
        counts=(
            Pattern(r"~(?:FAIL|SUCCESS)! -- <ok> Passed \| <failed> Failed \| \d{1,9} Pending \| <skipped> Skipped"),
        ),
        names=(Pattern(r"~\[Fail\] <name>$"), Pattern(r"~\[FAIL\] <name>$")),
    ),
    heads=("FAIL!", "SUCCESS!", "[Fail]", "[FAIL]"),
    examples=(
        Example(
            "[Fail] Kettle [It] boils\nkettle_test.go:9\n\nRan 3 of 4 Specs in 0.1 seconds\n"
            "FAIL! -- 2 Passed | 1 Failed | 0 Pending | 1 Skipped\n",
            failed=1,
            ran=3,
            skipped=1,
            failed_tests=("Kettle [It] boils",),
        ),
    ),
)
RUNNERS = (GO, GINKGO)
