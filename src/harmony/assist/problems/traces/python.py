"""Python: frames outermost first, then the error; chains, groups, syntax errors, and the short form of pytest.

A frame's source is its first line as printed: the marks under it, later lines of the statement and repetitions
("[Previous line repeated 996 more times]") differ between versions and say nothing more.
"""

from __future__ import annotations

import builtins
import re
from dataclasses import dataclass, field, replace

from harmony.assist.problems.model import Failure, Frame
from harmony.assist.problems.traces.grammar import Example, number
from harmony.assist.problems.traces.pattern import Pattern
from harmony.assist.problems.traces.stacks import CAUSES_LIMIT_ITEMS, Draft, Stack

_HEADER = Pattern(r"(?P<indent>[\s|+]{0,200})(?:Exception Group )?Traceback \(most recent call last\):")
_FRAME = Pattern(
    r'(?P<indent>[\s|]{0,200}?)\s{0,2}File "(?P<path>[^"]{1,1000})", line (?P<line>\d{1,9})'
    r"(?:, in (?P<function>.{1,300}))?$"
)
_ERROR = Pattern(r"(?P<indent>[\s|]{0,200})(?P<type>[^\W\d][\w.]{0,300})(?:: (?P<message>.{0,2000}))?$")
_CHAIN = Pattern(
    r"[\s|]{0,200}(?:During handling of the above exception, another exception occurred:|"
    r"The above exception was the direct cause of the following exception:)$"
)
_NO_SOURCE = Pattern(r"[\s|]{0,200}(?:[~^ ]{1,2000}$|\[Previous line repeated \d{1,9} more times?\])")
_PYTEST_ERROR = Pattern(
    r"E\s{1,40}(?P<type>[^\W\d][\w.]{0,200}(?:Error|Exception|Warning|Exit|Interrupt))(?:: (?P<message>.{0,2000}))?$"
)
_PYTEST_ASSERT = Pattern(r"E\s{1,40}(?P<message>assert .{1,2000})$")
_PYTEST_END = Pattern(r"(?P<path>[^\s:]{1,500}\.py):(?P<line>\d{1,9}):(?: (?P<type>[\w.]{1,200}))?$")
_PYTEST_DEFINED = Pattern(r"\s{4,80}(?:async )?def (?P<function>\w{1,200})\(")
_PYTEST_FRAME = Pattern(r"(?P<path>[^\s:]{1,500}\.py):(?P<line>\d{1,9}): in (?P<function>[\w<>]{1,200})$")
_LIBRARY = Pattern(
    r"site-packages|dist-packages|[\\/]lib(?:64)?[\\/]python\d|[\\/]Lib[\\/]|^<(?:frozen|attrs|decorator|__array)|"
    r"^/usr/(?:lib|share)/|[\\/]importlib[\\/]"
)
PATTERNS = (
    *(_HEADER, _FRAME, _ERROR, _CHAIN, _NO_SOURCE, _LIBRARY),
    *(_PYTEST_ERROR, _PYTEST_ASSERT, _PYTEST_END, _PYTEST_DEFINED, _PYTEST_FRAME),
)

_SHARED_WITH_JAVASCRIPT = frozenset({"TypeError", "SyntaxError"})
ERRORS = (
    frozenset(
        name for name, value in vars(builtins).items() if isinstance(value, type) and issubclass(value, BaseException)
    )
    - _SHARED_WITH_JAVASCRIPT
)
"""Names that only a Python program gives its errors."""

EXAMPLES = (
    Example(
        "Traceback (most recent call last):\n"
        '  File "/srv/a.py", line 2, in load\n'
        "    return cache[key]\n"
        "           ~~~~~^^^^^\n"
        "KeyError: 'kiln'\n"
        "\n"
        "The above exception was the direct cause of the following exception:\n"
        "\n"
        "Traceback (most recent call last):\n"
        '  File "/usr/lib/python3.11/asyncio/runners.py", line 190, in run\n'
        "    return runner.run(main)\n"
        '  File "/srv/a.py", line 9, in main\n'
        "    await load(\n"
        "        1)\n"
        "shop.LoadError: no kiln\n",
        "shop.LoadError",
        "no kiln",
        ("main",),
        ("run",),
        ("KeyError",),
    ),
    Example(
        "  + Exception Group Traceback (most recent call last):\n"
        '  |   File "/srv/a.py", line 3, in <module>\n'
        "  |     run()\n"
        "  | ExceptionGroup: many (1 sub-exception)\n"
        "  +-+---------------- 1 ----------------\n"
        "    | Traceback (most recent call last):\n"
        '    |   File "/srv/a.py", line 8, in bake\n'
        "    |     heat(oven)\n"
        "    | ValueError: too cold\n"
        "    +------------------------------------\n",
        "ValueError",
        "too cold",
        ("bake",),
    ),
    Example(
        "  File \"/srv/shop/glaze.py\", line 5\n    else if True:\n         ^^\nSyntaxError: expected ':'\n",
        "SyntaxError",
        "expected ':'",
        ("<module>",),
    ),
    Example(
        "    def test_fire():\n"
        ">       fire(None)\n"
        "\n"
        "tests/test_kiln.py:5: \n"
        "_ _ _ _ _ _ _ _ _ \n"
        "\n"
        "    def fire(oven):\n"
        ">       oven.heat()\n"
        "E       AttributeError: 'NoneType' object has no attribute 'heat'\n"
        "\n"
        "kiln.py:2: AttributeError\n",
        "AttributeError",
        "'NoneType' object has no attribute 'heat'",
        ("test_fire", "fire"),
    ),
    Example(
        "Traceback (most recent call last):\n"
        '  File "/srv/deep.py", line 9, in <module>\n    down(1)\n'
        '  File "/srv/deep.py", line 4, in down\n    return down(n + 1)\n           ^^^^^^^^^^^\n'
        '  File "/srv/deep.py", line 4, in down\n    return down(n + 1)\n           ^^^^^^^^^^^\n'
        "  [Previous line repeated 996 more times]\n"
        "RecursionError: maximum recursion depth exceeded\n",
        "RecursionError",
        "maximum recursion depth exceeded",
        ("<module>", "down", "down"),
    ),
)


@dataclass(slots=True)
class PythonReader:
    """Where the reading of a Python traceback stands."""

    stack: Stack = field(default_factory=Stack)
    indent: str | None = None
    before: Failure | None = None
    """The failure that the next one is chained to."""
    shown: Draft | None = None
    """Pytest's failure that still lacks the place where it was raised."""
    function: str = ""
    marked: str = ""
    """What pytest's long form shows: the function it is in, the line that it marks."""
    latest: Failure | None = None

    def begins(self, line: str) -> bool:
        match = _HEADER.match(line) if "Traceback (most" in line else None
        if match is None:
            return False
        self.stack, self.indent = Stack(), match["indent"].replace("+", "|")
        return True

    def inside(self, at: int, line: str) -> Draft | bool:
        """The failure that ``line`` ends, or whether the line belongs to a traceback."""
        if self._frame(at, line):
            return True
        if self.indent is None:
            if _CHAIN.match(line):
                self.before = self.latest
                return True
            return False
        match = _ERROR.match(line)
        if match is None or match["indent"] != self.indent:
            self._source(line)
            return bool(line.strip())
        return self._end(match, at)

    def pytest(self, at: int, line: str) -> Draft | bool:
        """Pytest's tracebacks: places without a header, errors behind an ``E``; the long form shows functions whole."""
        if line.startswith(">  "):
            self.marked = line[1:].strip()
        elif " def " in line:
            defined = _PYTEST_DEFINED.match(line)
            self.function = defined["function"] if defined else self.function
        elif ".py:" in line and self._place(at, line):
            return True
        place = _PYTEST_FRAME.match(line)
        if place is not None:
            self.stack.add(_frame(place["path"], place["function"], place["line"], at))
            return True
        if not line.startswith("E  "):
            return False
        typed, spoken = _PYTEST_ERROR.match(line), _PYTEST_ASSERT.match(line)
        if typed is None and spoken is None:
            return False
        error_type = typed["type"] if typed else "AssertionError"
        message = (typed or spoken or line)["message"] or ""  # type: ignore[index]  # one of the two matched
        frames, self.stack = self.stack.frames(), Stack()
        rank = 3 if frames else 2
        self.shown = Draft(Failure(error_type, message.strip(), line.strip(), at, "python", frames, rank))
        return self.shown

    def _place(self, at: int, line: str) -> bool:
        """Where the function shown in the long form stands; with a type, what it raised."""
        match = _PYTEST_END.match(line)
        if match is None or not self.marked:
            return False
        frame = replace(_frame(match["path"], self.function or "<module>", match["line"], at), source=self.marked)
        self.function = self.marked = ""
        if match["type"] is None:
            self.stack.add(frame)
        elif self.shown is not None:
            failure = self.shown.failure
            self.shown.failure = replace(failure, frames=(*failure.frames, frame), rank=3)
        self.shown = None
        return True

    def _frame(self, at: int, line: str) -> bool:
        match = _FRAME.match(line) if 'File "' in line else None
        if match is None:
            return False
        if self.indent is None:
            # A file that does not compile has a frame and no header.
            self.stack, self.indent = Stack(), match["indent"]
        self.stack.add(_frame(match["path"], match["function"] or "<module>", match["line"], at))
        return True

    def _source(self, line: str) -> None:
        newest = self.stack.newest
        if newest is not None and not newest.source and line.strip() and not _NO_SOURCE.match(line):
            self.stack.correct(replace(newest, source=line.strip(" |\t")))

    def _end(self, match: re.Match[str], at: int) -> Draft:
        causes = () if self.before is None else (*self.before.causes, self.before)[-CAUSES_LIMIT_ITEMS:]
        failure = Failure(
            error_type=match["type"],
            message=(match["message"] or "").strip(),
            text=match.string.strip(),
            line=at,
            language="python",
            frames=self.stack.frames(),
            rank=3,
            causes=causes,
        )
        self.stack, self.indent, self.before, self.latest = Stack(), None, None, failure
        return Draft(failure)


def _frame(path: str, function: str, line: str, at: int) -> Frame:
    return Frame(path, function.strip(), number(line), bool(_LIBRARY.search(path)), at=at)
