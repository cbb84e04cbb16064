"""Following a contract: its final logs, in order and each once, or how far the chain went back behind what was final.

Whoever follows keeps ``Mark``s, the places up to which it has taken everything in. ``look`` says what comes next. A
chain that is merely behind (an endpoint that lags) is no chain that went back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from harmony.adapters.chains.errors import AnswerRefused
from harmony.adapters.chains.model import Log
from harmony.adapters.chains.ports import LOGS_LIMIT_BLOCKS, Chain

TAKEN_LIMIT_LOGS = 200
"""At one time; the range is halved until it holds no more, down to one block."""


@dataclass(frozen=True, slots=True)
class Mark:
    number: int
    hash: str


@dataclass(frozen=True, slots=True)
class Forward:
    """All logs from after one mark up to and including ``mark``."""

    logs: tuple[Log, ...]
    mark: Mark


@dataclass(frozen=True, slots=True)
class Back:
    """What was taken in after ``mark`` is no longer so."""

    mark: Mark


async def look(chain: Chain, address: str, marks: Sequence[Mark]) -> Forward | Back | None:
    """What comes after the newest of ``marks`` (newest first; the last one is where following began)."""
    newest = marks[0]
    at = await chain.block(newest.number)
    if at is None:
        return None
    if at.hash != newest.hash:
        return Back(await _ancestor(chain, marks))
    final = (await chain.head()).number - chain.settings.finality_blocks
    if final <= newest.number:
        return None
    last = min(final, newest.number + LOGS_LIMIT_BLOCKS)
    while True:
        found = await _between(chain, address, newest, last)
        if len(found.logs) <= TAKEN_LIMIT_LOGS or last == newest.number + 1:
            return found
        last = newest.number + (last - newest.number + 1) // 2


async def _ancestor(chain: Chain, marks: Sequence[Mark]) -> Mark:
    for mark in marks[1:]:
        at = await chain.block(mark.number)
        if at is not None and at.hash == mark.hash:
            return mark
    # Not even the beginning is there: another chain under the same name, to be followed from the same place.
    beginning = await chain.block(marks[-1].number)
    if beginning is None:
        raise AnswerRefused("the chain is shorter than where following began")
    return Mark(beginning.number, beginning.hash)


async def _between(chain: Chain, address: str, after: Mark, last: int) -> Forward:
    """The logs up to ``last``, all of one and the same branch; raises ``AnswerRefused`` when they are not."""
    logs = await chain.logs(address, after.number + 1, last)
    first, end = await chain.block(after.number + 1), await chain.block(last)
    if first is None or end is None or first.parent != after.hash:
        raise AnswerRefused("the chain changed while it was read")
    hashes = {end.number: end.hash, first.number: first.hash}
    places: set[tuple[int, int]] = set()
    for log in logs:
        if log.block_number not in hashes:
            at = await chain.block(log.block_number)
            hashes[log.block_number] = at.hash if at else ""
        place = (log.block_number, log.index)
        if log.address != address or not after.number < log.block_number <= last or place in places:
            raise AnswerRefused("the chain told a log that was not asked for")
        if hashes[log.block_number] != log.block_hash:
            raise AnswerRefused("the chain told a log of another branch")
        places.add(place)
    return Forward(tuple(sorted(logs, key=lambda log: (log.block_number, log.index))), Mark(end.number, end.hash))
