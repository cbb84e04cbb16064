"""The language of conditions: its tree, its reader, its bounds. Nothing in it can do anything but compare numbers.

condition  = and { "or" and }
and        = not { "and" not }
not        = "not" not | comparison
comparison = sum [ ( > | >= | < | <= | == | != ) sum ]
sum        = product { ( + | - ) product }
product    = unary { ( * | / ) unary }
unary      = "-" unary | NUMBER | "true" | "false" | "(" condition ")" | call | series
call       = ( rate | increase | avg | min | max | sum | count | p50 | p90 | p95 | p99 | absent | age ) "(" series ")"
           | "quantile" "(" NUMBER "," series ")"
series     = NAME [ "{" LABEL ( = | != ) "text" { "," … } "}" ] [ "[" DURATION "]" ]
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, NoReturn

from harmony.coordination.alerts.errors import ConditionUnfit
from harmony.coordination.metrics.model import QUANTILES, STALE_SECONDS

CONDITION_LIMIT_CHARACTERS = 500
DEPTH_LIMIT = 20
NODES_LIMIT = 100
WINDOW_DEFAULT_SECONDS = 300.0
WINDOW_LIMIT_SECONDS = 3_600.0
NAME_LIMIT_CHARACTERS = 64

RANGED = frozenset({"rate", "increase", "avg", "min", "max", "sum", "count", "quantile", *QUANTILES})
CALLS = RANGED | {"absent", "age"}
PER_MINUTE = "_per_minute"
PER_SECOND = "_per_second"
_UNITS = {"s": 1.0, "m": 60.0, "h": 3_600.0}
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?)|(?P<name>[A-Za-z_][A-Za-z0-9_.:]*)"
    r'|(?P<text>"(?:[^"\\\x00-\x1f]|\\["\\])*")|(?P<mark>>=|<=|==|!=|[-+*/()<>=,{}\[\]]))'
)
_DURATION = re.compile(r"\s*(\d{1,6})\s*([smh])\s*\]")

Type = Literal["number", "truth"]


@dataclass(frozen=True, slots=True)
class Matcher:
    label: str
    value: str
    equal: bool

    def fits(self, labels: dict[str, str]) -> bool:
        return (labels.get(self.label, "") == self.value) is self.equal


@dataclass(frozen=True, slots=True)
class Series:
    """Which numbers of a component; ``seconds`` is how far a call looks back."""

    name: str
    matchers: tuple[Matcher, ...] = ()
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Number:
    value: float


@dataclass(frozen=True, slots=True)
class Truth:
    value: bool


@dataclass(frozen=True, slots=True)
class Call:
    """``share`` is the quantile's."""

    function: str
    series: Series
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Unary:
    operator: Literal["-", "not"]
    operand: Node


@dataclass(frozen=True, slots=True)
class Binary:
    operator: str
    left: Node
    right: Node


Node = Number | Truth | Series | Call | Unary | Binary


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    column: int
    end: int


def parse(text: str) -> Node:
    """The condition's tree; raises ``ConditionUnfit`` with the column, counted from 1, at which it is not one."""
    if len(text) > CONDITION_LIMIT_CHARACTERS:
        _refuse(f"a condition has at most {CONDITION_LIMIT_CHARACTERS} characters", CONDITION_LIMIT_CHARACTERS)
    reader = _Reader(text)
    node = reader.condition(0)
    if reader.token.kind != "end":
        _refuse(f"nothing may follow here, but {reader.token.text!r} does", reader.token.column)
    if type_of(node) != "truth":
        _refuse("a condition is true or false; compare the number with another", len(text))
    return node


def type_of(node: Node) -> Type:
    match node:
        case Truth() | Call(function="absent") | Unary(operator="not"):
            return "truth"
        case Binary(operator=operator) if operator not in ("+", "-", "*", "/"):
            return "truth"
        case _:
            return "number"


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it."""
    yield node
    match node:
        case Unary(operand=operand):
            yield from walk(operand)
        case Binary(left=left, right=right):
            yield from walk(left)
            yield from walk(right)
        case Call(series=series):
            yield series


def looked_at(node: Node) -> dict[str, float]:
    """Which metrics the condition looks at, and how many seconds back.

    ``errors_per_minute`` also looks at the counters ``errors`` and ``errors_total``, of which it is the rate where a
    component does not report it itself.
    """
    found: dict[str, float] = {}
    for one in walk(node):
        if isinstance(one, Series):
            seconds = one.seconds or float(STALE_SECONDS)
            for name, least in ((one.name, seconds), *((base, 60.0) for base in bases(one.name))):
                found[name] = max(found.get(name, 0.0), least)
    return found


def bases(name: str) -> tuple[str, ...]:
    """The counters of which a name is the rate."""
    for suffix in (PER_MINUTE, PER_SECOND):
        if name.endswith(suffix) and len(name) > len(suffix):
            base = name.removesuffix(suffix)
            return (base, f"{base}_total")
    return ()


def moves_with_time(node: Node) -> bool:
    """Whether the truth can change although no sample comes, sooner than by staleness."""
    return any(isinstance(one, Call) or (isinstance(one, Series) and bool(bases(one.name))) for one in walk(node))


class _Reader:
    """Reads from left to right; bounded in depth and nodes, so that hostile text costs microseconds."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._nodes = 0
        self.token = self._next(0)

    def condition(self, depth: int) -> Node:
        node = self._all_of(depth)
        while self._accept("or"):
            node = self._logic("or", node, self._all_of(depth))
        return node

    def _all_of(self, depth: int) -> Node:
        node = self._inverse(depth)
        while self._accept("and"):
            node = self._logic("and", node, self._inverse(depth))
        return node

    def _inverse(self, depth: int) -> Node:
        column = self.token.column
        if self._accept("not"):
            operand = self._inverse(self._deeper(depth))
            self._want(operand, "truth", column)
            return self._made(Unary("not", operand))
        return self._comparison(depth)

    def _comparison(self, depth: int) -> Node:
        column = self.token.column
        left = self._sum(depth)
        if self.token.text in (">", ">=", "<", "<=", "==", "!=") and self.token.kind == "mark":
            operator = self._take().text
            self._want(left, "number", column)
            column = self.token.column
            right = self._sum(depth)
            self._want(right, "number", column)
            return self._made(Binary(operator, left, right))
        if self.token.text == "=":
            _refuse("equality is written ==", self.token.column)
        return left

    def _sum(self, depth: int) -> Node:
        return self._chain(depth, ("+", "-"), self._product)

    def _product(self, depth: int) -> Node:
        return self._chain(depth, ("*", "/"), self._unary)

    def _chain(self, depth: int, operators: tuple[str, ...], operand: Callable[[int], Node]) -> Node:
        column = self.token.column
        node = operand(depth)
        while self.token.kind == "mark" and self.token.text in operators:
            operator = self._take().text
            self._want(node, "number", column)
            after = self.token.column
            right = operand(depth)
            self._want(right, "number", after)
            node = self._made(Binary(operator, node, right))
        return node

    def _unary(self, depth: int) -> Node:
        token = self._take()
        if token.text == "-":
            column = self.token.column
            operand = self._unary(self._deeper(depth))
            self._want(operand, "number", column)
            return self._made(Unary("-", operand))
        if token.text == "(":
            inner = self.condition(self._deeper(depth))
            self._expect(")")
            return inner
        if token.kind == "number":
            return self._made(Number(float(token.text)))
        if token.kind == "name":
            return self._named(token)
        raise _unfit("a number, a metric or a function is wanted here", token.column)

    def _named(self, token: _Token) -> Node:
        if token.text in ("true", "false"):
            return self._made(Truth(token.text == "true"))
        if token.text in ("and", "or", "not"):
            _refuse(f"{token.text!r} stands between conditions, not here", token.column)
        if self.token.text == "(" and self.token.kind == "mark":
            return self._call(token)
        series = self._series(token)
        if series.seconds is not None:
            _refuse("a range belongs into a function, such as avg(…)", token.column)
        return self._made(series)

    def _call(self, token: _Token) -> Node:
        if token.text not in CALLS:
            _refuse(f"there is no function {token.text[:32]!r}; there are {', '.join(sorted(CALLS))}", token.column)
        self._expect("(")
        share = None
        if token.text == "quantile":
            number = self._take()
            if number.kind != "number" or not 0.0 <= float(number.text) <= 1.0:
                _refuse("a share from 0 to 1 is wanted here", number.column)
            share = float(number.text)
            self._expect(",")
        name = self._take()
        if name.kind != "name":
            _refuse("a metric is wanted here", name.column)
        series = self._series(name)
        self._expect(")")
        if series.seconds is None:
            series = Series(series.name, series.matchers, WINDOW_DEFAULT_SECONDS)
        return self._made(Call(token.text, series, share if share is not None else QUANTILES.get(token.text)))

    def _series(self, name: _Token) -> Series:
        if len(name.text) > NAME_LIMIT_CHARACTERS:
            _refuse(f"a metric's name has at most {NAME_LIMIT_CHARACTERS} characters", name.column)
        matchers: list[Matcher] = []
        if self._accept("{"):
            while not self._accept("}"):
                if matchers:
                    self._expect(",")
                matchers.append(self._matcher())
        return Series(name.text, tuple(matchers), self._range())

    def _matcher(self) -> Matcher:
        label = self._take()
        if label.kind != "name":
            _refuse("the name of a label is wanted here", label.column)
        sign = self._take()
        if sign.text not in ("=", "!="):
            _refuse("= or != is wanted here", sign.column)
        value = self._take()
        if value.kind != "text":
            _refuse('a text in "quotes" is wanted here', value.column)
        self._count(value.column)
        return Matcher(label.text, re.sub(r"\\(.)", r"\1", value.text[1:-1]), sign.text == "=")

    def _range(self) -> float | None:
        if not (self.token.text == "[" and self.token.kind == "mark"):
            return None
        found = _DURATION.match(self._text, self.token.end)
        if found is None:
            _refuse("a range is written [30s], [5m] or [1h]", self.token.column)
        seconds = int(found[1]) * _UNITS[found[2]]
        if not 1.0 <= seconds <= WINDOW_LIMIT_SECONDS:
            _refuse(f"a range is 1 s to {WINDOW_LIMIT_SECONDS:.0f} s long", self.token.column)
        self.token = self._next(found.end())
        return seconds

    def _logic(self, operator: str, left: Node, right: Node) -> Node:
        self._want(left, "truth", self.token.column)
        self._want(right, "truth", self.token.column)
        return self._made(Binary(operator, left, right))

    def _made(self, node: Node) -> Node:
        self._count(self.token.column)
        return node

    def _count(self, column: int) -> None:
        self._nodes += 1
        if self._nodes > NODES_LIMIT:
            _refuse(f"a condition has at most {NODES_LIMIT} parts", column)

    def _deeper(self, depth: int) -> int:
        if depth >= DEPTH_LIMIT:
            _refuse(f"a condition is at most {DEPTH_LIMIT} levels deep", self.token.column)
        return depth + 1

    def _want(self, node: Node, wanted: Type, column: int) -> None:
        if type_of(node) != wanted:
            _refuse("a number is wanted here" if wanted == "number" else "something true or false is wanted", column)

    def _take(self) -> _Token:
        taken = self.token
        if taken.kind != "end":
            self.token = self._next(taken.end)
        return taken

    def _accept(self, text: str) -> bool:
        if self.token.text == text and self.token.kind != "text":
            self._take()
            return True
        return False

    def _expect(self, text: str) -> None:
        if not self._accept(text):
            _refuse(f"{text!r} is wanted here", self.token.column)

    def _next(self, place: int) -> _Token:
        found = _TOKEN.match(self._text, place)
        if found is None:
            rest = self._text[place:]
            column = place + len(rest) - len(rest.lstrip()) + 1
            if rest.strip():
                _refuse(f"{rest.strip()[:1]!r} means nothing here", column)
            return _Token("end", "", column, len(self._text))
        kind = found.lastgroup or ""
        return _Token(kind, found[kind], found.start(kind) + 1, found.end())


def _refuse(reason: str, column: int) -> NoReturn:
    raise _unfit(reason, column)


def _unfit(reason: str, column: int) -> ConditionUnfit:
    return ConditionUnfit(f"column {column}: {reason}", field="condition", details={"column": column})
