"""The answer for a person: one screen that says what failed, where and why. Pure: lines of marked text."""

from __future__ import annotations

from collections.abc import Callable

from harmony.assist.problems.digest.model import BROKEN, NAMES_A_TEST, OK, Digest
from harmony.assist.problems.digest.wire import printable

TESTS_SHOWN = 10
LINES_SHOWN = 4
FACTS_SHOWN = 6
Tint = Callable[[str, str], str]
RED, GREEN, YELLOW, BOLD, DIM, PLAIN = "31", "32", "33", "1", "2", "0"


def told(digest: Digest, name: str, *, colour: bool, width: int) -> list[str]:
    """At most a screenful of lines for one log. Nothing of the log can reach the terminal as a command."""
    tint = _coloured if colour else _plain
    lines = [_verdict(digest, name, tint)]
    if digest.failing_command:
        lines.append(f"  command  {_cut(digest.failing_command, width - 11)}")
    if digest.status != OK:
        lines += _why(digest, tint, width)
    lines += _tests(digest, tint, width)
    facts = [f"{key} {value}" for key, value in list(digest.environment.items())[:FACTS_SHOWN]]
    if facts:
        lines.append(tint(DIM, "  on       " + _cut(", ".join(facts), width - 11)))
    lines += [tint(DIM, f"  note     {note}") for note in digest.notes]
    return lines


def _verdict(digest: Digest, name: str, tint: Tint) -> str:
    sign, code = {OK: ("✔ ok", GREEN), BROKEN: ("✘ failed", RED)}.get(digest.status, ("■ cancelled", YELLOW))
    counts = digest.counts
    parts = [printable(name)] if name != "-" else []
    if counts.broken:
        parts.append(f"{counts.broken} of {max(counts.ran, counts.broken)} tests failed")
    elif counts.ran:
        parts.append(f"{counts.ran} tests passed")
    if counts.skipped:
        parts.append(f"{counts.skipped} skipped")
    parts += [part for part in ("+".join(digest.frameworks), digest.build_system, digest.service) if part]
    if not counts.ran and digest.status != OK:
        parts.append(printable(digest.status_reason))
    return f"{tint(f'{BOLD};{code}', sign)}  {' · '.join(parts)}"


def _why(digest: Digest, tint: Tint, width: int) -> list[str]:
    lines: list[str] = []
    explaining = [one for one in digest.decisive_lines if one.reason != NAMES_A_TEST]
    for one in explaining[:LINES_SHOWN]:
        label = "  why      " if not lines else "           "
        place = f"line {one.line}  "
        text = _cut(one.text, width - len(label) - len(place))
        lines.append(label + tint(DIM, place) + (tint(f"{BOLD};{RED}", text) if not lines else text))
        if len(lines) == 1:
            lines.append(tint(DIM, f"           because: {one.reason}"))
    return lines


def _tests(digest: Digest, tint: Tint, width: int) -> list[str]:
    lines: list[str] = []
    for test in digest.failed_tests[:TESTS_SHOWN]:
        label = "  failed   " if not lines else "           "
        place = f"line {test.line}  "
        lines.append(label + tint(DIM, place) + _cut(test.name, width - len(label) - len(place)))
    more = len(digest.failed_tests) - TESTS_SHOWN
    return [*lines, f"           … and {more} more"] if more > 0 else lines


def _cut(text: str, width: int) -> str:
    return printable(text.strip(), max(20, width))


def _coloured(code: str, text: str) -> str:
    return f"\x1b[{code}m{text}\x1b[{PLAIN}m"


def _plain(code: str, text: str) -> str:
    return text
