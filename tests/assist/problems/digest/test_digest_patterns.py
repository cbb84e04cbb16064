"""No pattern of the digest can run away: a structural proof over every one, then bait through the whole pass."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest

from harmony.assist.problems import digest as package
from harmony.assist.problems.digest import lines
from harmony.assist.problems.digest.clues import CLUES, GATES, PLACE_STEM, SIGNS
from harmony.assist.problems.digest.digest import digest_of
from harmony.assist.problems.digest.patterns import Pattern
from harmony.assist.problems.digest.runners.catalogue import RUNNERS
from harmony.kernel.redaction.safety import danger

BAIT_CHARS = 4_000


def everything() -> Iterator[tuple[str, Pattern]]:
    """Every pattern in every module of the package, wherever it hangs."""
    seen: set[int] = set()

    def within(thing: object, depth: int) -> Iterator[Pattern]:
        if isinstance(thing, Pattern):
            yield thing
        elif depth and id(thing) not in seen:
            seen.add(id(thing))
            parts: list[object] = []
            if isinstance(thing, dict):
                parts = list(thing.values())
            elif isinstance(thing, tuple | list | set | frozenset):
                parts = list(thing)
            elif hasattr(thing, "__slots__") and not isinstance(thing, type):
                parts = [getattr(thing, name, None) for name in thing.__slots__]
            for part in parts:
                yield from within(part, depth - 1)

    for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        module = importlib.import_module(found.name)
        for name, thing in vars(module).items():
            for pattern in within(thing, 6):
                yield f"{found.name}.{name}", pattern


ALL = list({pattern.template: (name, pattern) for name, pattern in everything()}.values())


def test_the_search_for_patterns_finds_those_of_runners_services_and_clues() -> None:
    assert len(ALL) > 200


@pytest.mark.parametrize(("name", "pattern"), ALL, ids=[f"{at}-{name}" for at, (name, _) in enumerate(ALL)])
def test_a_pattern_cannot_run_away(name: str, pattern: Pattern) -> None:
    assert not danger(pattern.expanded()), pattern.template


def test_the_escape_pattern_cannot_run_away() -> None:
    assert not danger(lines.ESCAPE_SOURCE)


def test_the_proof_would_find_a_pattern_that_runs_away() -> None:
    assert danger(Pattern(r"(a+)+$").expanded())


def test_every_stem_of_a_clue_passes_the_gate() -> None:
    for clue in CLUES:
        for stem in clue.stems.split("|"):
            open_gate = stem == PLACE_STEM or stem in SIGNS or any(gate in stem for gate in GATES)
            wider = any(stem in gate for gate in GATES)
            assert open_gate or wider or re.search(r"\w", stem), (clue.reason, stem)


@pytest.mark.parametrize(
    "unit", ["a", " ", "=", "_", ".", "(", "1", "✖ ", "Error:", "FAILED ", "a.", "a:1:", "\t", "\\", "[x] ", "> "]
)
def test_bait_is_read_in_a_moment(unit: str) -> None:
    bait = (unit * BAIT_CHARS)[:BAIT_CHARS]
    heads = sorted({head for runner in RUNNERS for head in runner.heads})
    text = "\n".join(
        [bait, *(f"{head} {bait}" for head in heads), *(f"{bait} {tail}" for r in RUNNERS for tail in r.tails)]
    )
    assert digest_of([text.encode()]).n_lines > len(heads)
