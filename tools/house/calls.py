"""Calls that this house does not make, each with what to write instead."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from house.source import Finding, Rule, Source, dotted

CLOCK = Rule(
    "clock",
    "code that reads the machine's clock cannot be tested without waiting, nor replayed from a seed",
    "take `uow.now`, or a `Clock` by the door and call its now(), monotonic() or sleep()",
)
CHANCE = Rule(
    "chance",
    "a draw that nobody injected cannot be replayed",
    "take `uow.chance` or a `Chance` by the door; for identifiers `uow.ids.new(prefix)`",
)
PRINT = Rule(
    "print",
    "what a server has to say belongs in structured, redacted logs; only commands speak to a person",
    "log with structlog, or move the words to apps/cli",
)
ENVIRON = Rule(
    "environ",
    "settings read in one place can be listed, checked and documented; handing the environment on whole is fine",
    "add a field to the settings and take the value by the door",
)
FLOAT_MONEY = Rule(
    "float-money",
    "a float cannot hold most decimal amounts, so sums drift",
    "keep `Amount`; read with money.parse, write with money.decimal, divide with money.split or money.share",
)
DYNAMIC = Rule(
    "dynamic-code",
    "text that becomes code is the shortest way from input to intrusion",
    "use json or msgspec for data, a dispatch table for choice, an argument list for commands",
)
ASSERT = Rule(
    "assert",
    "assert disappears under `python -O`, and its error names no remedy",
    "raise a named refusal for input, RuntimeError for a broken promise; narrowing a type by assert is fine",
)
BROAD_EXCEPT = Rule(
    "broad-except",
    "catching everything hides the mistakes of tomorrow",
    "name the exceptions, or say on the line or the next why everything must be caught here",
)
RULES = (CLOCK, CHANCE, PRINT, ENVIRON, FLOAT_MONEY, DYNAMIC, ASSERT, BROAD_EXCEPT)


@dataclass(frozen=True)
class Ban:
    """Names (a final dot bans everything below) that only ``allowed`` paths may use."""

    rule: Rule
    names: Sequence[str]
    allowed: tuple[str, ...] = ()


BANS = (
    Ban(
        CLOCK,
        (
            "datetime.now datetime.utcnow datetime.today datetime.datetime.now datetime.datetime.utcnow "
            "datetime.datetime.today date.today datetime.date.today time.time time.time_ns time.monotonic "
            "time.monotonic_ns time.perf_counter time.sleep asyncio.sleep"
        ).split(),
        ("src/harmony/kernel/clock.py",),
    ),
    Ban(
        CHANCE,
        "random. secrets. numpy.random. np.random. os.urandom uuid.uuid1 uuid.uuid4 uuid1 uuid4".split(),
        ("src/harmony/kernel/chance.py",),
    ),
    Ban(PRINT, ("print",), ("src/harmony/apps/cli",)),
    Ban(ENVIRON, ("os.environ.get", "os.environ[]", "os.getenv", "os.putenv"), ("src/harmony/apps/cli",)),
    Ban(DYNAMIC, "eval exec os.system os.popen pickle. marshal. shelve. yaml.load".split()),
)
BACKGROUND_SLEEP = ("src/harmony/adapters", "src/harmony/apps/runtime")
"""These wait for outside parts and processes, whose time is the machine's."""

MONEY_WORDS = ("amount", "minor", "price", "fee", "balance", "payout", "escrow")


def check(source: Source) -> Iterator[Finding]:
    """Every banned call of one file below ``src``."""
    if not source.under("src"):
        return
    names = _imported(source.tree)
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Name | ast.Attribute | ast.Subscript):
            yield from _banned(source, node, names)
        if isinstance(node, ast.Call):
            yield from _shell(source, node)
            yield from _float_of_money(source, node)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
            yield from _division_of_money(source, node)
        if isinstance(node, ast.Assert) and not _narrows(node.test):
            yield from source.finding(ASSERT, node.lineno, "assert as a check at run time")
        if isinstance(node, ast.ExceptHandler):
            yield from _broad(source, node)


def _imported(tree: ast.Module) -> dict[str, str]:
    """Local name to the full name it stands for, so that an alias hides nothing."""
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.asname: alias.name for alias in node.names if alias.asname}
            found |= {alias.name.split(".")[0]: alias.name.split(".")[0] for alias in node.names if not alias.asname}
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return found


def _banned(source: Source, node: ast.Name | ast.Attribute | ast.Subscript, names: dict[str, str]) -> Iterator[Finding]:
    local = dotted(node.value) + "[]" if isinstance(node, ast.Subscript) else dotted(node)
    head, _, rest = local.partition(".")
    if head in names:
        full = ".".join(filter(None, (names[head], rest)))
    elif "." in local:
        return  # an attribute of a local object, whatever it is called
    else:
        full = local
    for ban in BANS:
        hit = any(full == name or (name.endswith(".") and full.startswith(name)) for name in ban.names)
        if not hit or source.under(*ban.allowed) or _excepted(source, ban.rule, full):
            continue
        yield from source.finding(ban.rule, node.lineno, f"`{full}` is not used here")


def _excepted(source: Source, rule: Rule, full: str) -> bool:
    if full == "asyncio.sleep":
        return source.under(*BACKGROUND_SLEEP)
    return rule is ENVIRON and ("settings" in source.path.parts or source.path.name == "settings.py")


def _narrows(test: ast.expr) -> bool:
    """``assert isinstance(x, Y)`` and ``assert x is not None`` only tell the type checker what is known already."""
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        return all(map(_narrows, test.values))
    if isinstance(test, ast.Call):
        return dotted(test.func) == "isinstance"
    return isinstance(test, ast.Compare) and isinstance(test.ops[0], ast.IsNot) and len(test.ops) == 1


def _shell(source: Source, call: ast.Call) -> Iterator[Finding]:
    for keyword in call.keywords:
        if keyword.arg == "shell" and isinstance(keyword.value, ast.Constant) and keyword.value.value:
            yield from source.finding(DYNAMIC, call.lineno, "a command line is handed to a shell")


def _float_of_money(source: Source, call: ast.Call) -> Iterator[Finding]:
    if dotted(call.func) == "float" and call.args and _speaks_of_money(call.args[0]):
        yield from source.finding(FLOAT_MONEY, call.lineno, "float() of an amount")


def _division_of_money(source: Source, node: ast.BinOp) -> Iterator[Finding]:
    if any(isinstance(side, ast.Attribute) and side.attr == "minor" for side in (node.left, node.right)):
        yield from source.finding(FLOAT_MONEY, node.lineno, "minor units divided with `/` become a float")


def _speaks_of_money(node: ast.AST) -> bool:
    said = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    said |= {part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute)}
    return any(word in name.lower().split("_") for name in said for word in MONEY_WORDS)


def _broad(source: Source, handler: ast.ExceptHandler) -> Iterator[Finding]:
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    broad = any(kind is None or dotted(kind) in ("Exception", "BaseException") for kind in kinds)
    explained = any(line in source.comments for line in (handler.lineno - 1, handler.lineno, handler.lineno + 1))
    if broad and not explained:
        yield from source.finding(BROAD_EXCEPT, handler.lineno, "a broad except without its reason")
