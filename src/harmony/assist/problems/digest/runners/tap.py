"""The Test Anything Protocol and who speaks it: node's own runner, tap, bats, prove."""

from __future__ import annotations

from harmony.assist.problems.digest.patterns import Pattern
from harmony.assist.problems.digest.runners.runner import Example, Runner, Tally

_POINT = Pattern(
    r"(?P<indent>[ \t]{0,80})(?P<word>ok|not ok) \d{1,9}\b(?: -)? ?(?P<name>.{0,500}?)"
    r"(?: # (?P<directive>SKIP|TO[D]O|skip|to[d]o)\b.{0,400}| # time=.{1,30})?$"
)
_COUNTS = (
    Pattern(r"[#ℹ] tests {1,9}<run>$"),
    Pattern(r"[#ℹ] fail {1,9}<failed>$"),
    Pattern(r"[#ℹ] (?:skip|skipped) {1,9}<skipped>$"),
    Pattern(r"Asserts: {1,6}(?:<failed> failed, )?(?:\d{1,9} passed, )?(?:\d{1,9} \w{1,9}, ){0,2}of <run>$"),
)
_WHY = Pattern(r"[ \t]{1,40}(?:error: ['\"|>]|operator: )|# {2,6}(?:got: |`|\(in test)|[ \t]{2,12}\w{1,40}Error\b")
_FILES = Pattern(r"Files=\d{1,9}, Tests=<run>,")
_FILE = Pattern(r"(?P<name>[\w./-]{1,300}\.t) {1,80}\(Wstat: .{1,80}Failed: <failed>\)")
_FAILED_POINT = Pattern(r"# {1,9}Failed test\b")
WHY_LINES = 12


class TapReader:
    """Counts the points of the outermost level, unless a summary counts for it."""

    def __init__(self) -> None:
        self._tally = Tally(has_total=True)
        self.points = {"ok": 0, "failed": 0, "skipped": 0}
        self.blame_until = 0

    @property
    def tally(self) -> Tally:
        if not self._tally.summarised and any(self.points.values()):
            ran = self.points["ok"] + self.points["failed"]
            groups: dict[str, str | None] = {"run": str(ran), "failed": str(self.points["failed"])}
            self._tally.add(groups | {"skipped": str(self.points["skipped"])})
        return self._tally

    def read(self, text: str, line: int) -> bool:
        for pattern in _COUNTS:
            if found := pattern.match(text):
                self._tally.add(found.groupdict())
                return False
        if found := _POINT.match(text):
            self._point(found["word"] == "ok", found["name"].strip(), found["directive"], bool(found["indent"]), line)
        elif line < self.blame_until and _WHY.match(text):
            self._tally.blame(line, text)
            self.blame_until = 0
        return line < self.blame_until

    def _point(self, passed: bool, name: str, directive: str | None, inner: bool, line: int) -> None:
        self.blame_until = 0
        if not passed and directive is None:
            self._tally.fail(name, line)
            self.blame_until = line + WHY_LINES
        if not inner:
            self.points["skipped" if directive else "ok" if passed else "failed"] += 1


class ProveReader:
    """A file's line in the summary names it and says how many of its points failed."""

    def __init__(self) -> None:
        self.tally = Tally(has_total=True)

    def read(self, text: str, line: int) -> bool:
        if found := _FILES.match(text):
            self.tally.add(found.groupdict())
        elif found := _FILE.match(text):
            self.tally.add({"failed": found["failed"]})
            self.tally.fail(found["name"], line)
        elif _FAILED_POINT.match(text):
            self.tally.blame(line, text)
        return False


TAP = Runner(
    name="tap",
    framework="tap",
    reader=TapReader,
    heads=("not", "ok", "#", "ℹ", "Asserts:"),
    examples=(
        Example(
            """\
TAP version 13
ok 1 - fills
not ok 2 - boils
  ---
  operator: equal
# tests 2
# pass  1
# fail  1
""",
            failed=1,
            ran=2,
            failed_tests=("boils",),
        ),
        Example(
            "1..4\nok 1 fills\n    ok 1 - inner\nnot ok 2 boils\n#   `[ 1 -eq 2 ]' failed\nok 3 pours # skip later\n"
            "not ok 4 sings # TO"
            "DO later\n",
            failed=1,
            ran=2,
            skipped=2,
            failed_tests=("boils",),
        ),
    ),
)
PROVE = Runner(
    name="prove",
    framework="prove",
    reader=ProveReader,
    heads=("#",),
    holds=("Files=", "(Wstat:"),
    runs=("tap",),
    examples=(
        Example(
            "#   Failed test 'boils'\nt/kettle.t .. \nFailed 1/3 subtests \n\nTest Summary Report\n-----\n"
            "t/kettle.t (Wstat: 256 Tests: 3 Failed: 1)\n  Failed test:  2\nFiles=2, Tests=6,  1 wallclock secs\n"
            "Result: FAIL\nFailed 1/2 test programs. 1/6 subtests failed.\n",
            failed=1,
            ran=6,
            failed_tests=("t/kettle.t",),
            why="#   Failed test 'boils'",
        ),
    ),
)
RUNNERS = (TAP, PROVE)
