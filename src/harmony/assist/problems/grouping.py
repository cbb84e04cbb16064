"""The verbs of grouping: a reported failure put in its place, what is like it, and what a person decided.

Failures that share a fingerprint are one group. A person may merge two fingerprints, split two that were merged, or
split one whose own frames do not tell its causes apart (from then on its library frames count too). Decisions are the
person's own, are remembered, can be undone, and never contradict one another.
"""

from __future__ import annotations

import re
from dataclasses import asdict, replace
from typing import Any

from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.assist.problems import fingerprints
from harmony.assist.problems.errors import (
    FingerprintUnknown,
    GroupingContradicts,
    GroupingEmpty,
    GroupingUnknown,
    GroupTooLarge,
)
from harmony.assist.problems.fingerprints import Fingerprint, Step
from harmony.assist.problems.index import CHAIN_LIMIT_ITEMS, FOUND_LIMIT_ITEMS, keys_of, sketch_of
from harmony.assist.problems.model import Grouping, Reading, Verdict
from harmony.assist.problems.similarity import Comparison, compare, likeness
from harmony.assist.problems.store import reports as store
from harmony.commons.journal.service import append
from harmony.kernel.ids import looks_like_id
from harmony.kernel.paging import Page, encode_cursor
from harmony.kernel.redaction.service import redact
from harmony.messages.assist import GroupingDecided, GroupingUndone

GROUP_LIMIT_ITEMS = 64
_FORM = re.compile(r"[0-9a-f]{32}\Z")


async def placed(uow: UnitOfWork, user_id: str, reading: Reading, *, remembered: bool = True) -> Reading:
    """The reading under the fingerprint that this person's decisions give it; its failure is known from now on.

    Not ``remembered``, what it is compared by is not kept: it is met again by its fingerprint and nothing else.
    """
    if reading.decisive is None:
        return reading
    print_ = fingerprints.take(reading.decisive)
    about = await store.groupings_about(uow.connection, user_id, [print_.value])
    if any(grouping.one == grouping.other for grouping in about):
        print_ = replace(print_, app="")
    if not remembered:
        return replace(reading, fingerprint=print_.value)
    sketch = sketch_of(print_)
    await store.know(uow, user_id, print_.value, asdict(print_), sketch, list(keys_of(print_, sketch)))
    return replace(reading, fingerprint=print_.value)


async def group_of(connection: Connection, user_id: str, fingerprint: str) -> tuple[str, ...]:
    """The fingerprints merged with this one, itself first; at most ``GROUP_LIMIT_ITEMS``."""
    group, edge = [fingerprint], [fingerprint]
    while edge and len(group) < GROUP_LIMIT_ITEMS:
        about = await store.groupings_about(connection, user_id, edge)
        joined = {name for grouping in about if grouping.verdict == "merge" for name in (grouping.one, grouping.other)}
        edge = sorted(joined - set(group))
        group += edge
    return tuple(group[:GROUP_LIMIT_ITEMS])


async def decide(uow: UnitOfWork, user_id: str, one: str, other: str, verdict: Verdict, reason: str) -> Grouping:
    """Remember that two fingerprints are one failure or are not.

    Refuses fingerprints that this person never reported, a merge across a split, and a split of two that other merges
    still join.
    """
    await store.one_at_a_time(uow, user_id)
    for name, field in ((one, "one"), (other, "other")):
        if await _kept(uow.connection, user_id, name) is None:
            raise FingerprintUnknown("you reported no such failure", field=field)
    if one == other and verdict == "merge":
        raise GroupingEmpty("both fingerprints are the same", field="other")
    first, second = sorted((one, other))
    if verdict == "merge":
        await _check_merge(uow.connection, user_id, first, second)
    decided = await store.decide(
        uow, Grouping(uow.ids.new("grouping"), user_id, first, second, verdict, redact(reason).text, uow.now)
    )
    if verdict == "split" and first != second and second in await group_of(uow.connection, user_id, first):
        raise GroupingContradicts("other merges still join the two", field="verdict")
    await append(uow, GroupingDecided(decided.id, user_id, first, second, verdict), subject=decided.id)
    return decided


async def list_groupings(connection: Connection, user_id: str, before: str | None, limit: int) -> Page[Grouping]:
    found = await store.groupings(connection, user_id, before, limit + 1)
    return Page(tuple(found[:limit]), encode_cursor(found[limit - 1].id) if len(found) > limit else None)


async def undo(uow: UnitOfWork, user_id: str, grouping_id: str) -> None:
    if not looks_like_id(grouping_id, "grouping") or not await store.undo(uow, user_id, grouping_id):
        raise GroupingUnknown("you made no such decision", field="groupingId")
    await append(uow, GroupingUndone(grouping_id, user_id), subject=grouping_id)


async def similar(
    connection: Connection, user_id: str, fingerprint: str, *, limit: int = FOUND_LIMIT_ITEMS
) -> tuple[tuple[str, ...], list[tuple[str, Comparison]]]:
    """The group of a known fingerprint, and this person's failures most like it, best first, each explained."""
    print_ = await _kept(connection, user_id, fingerprint)
    if print_ is None:
        raise FingerprintUnknown("you reported no such failure", field="fingerprint")
    group = await group_of(connection, user_id, fingerprint)
    nearest = await nearest_of(connection, user_id, print_, limit=limit)
    split = {
        name
        for grouping in await store.groupings_about(connection, user_id, [fingerprint])
        if grouping.verdict == "split"
        for name in (grouping.one, grouping.other)
    }
    found: list[tuple[str, Comparison]] = []
    for name in dict.fromkeys([*group[1:], *(name for name, _ in nearest if name != fingerprint)]):
        other = await _kept(connection, user_id, name)
        if other is not None:
            decided: Verdict | None = "merge" if name in group else "split" if name in split else None
            found.append((name, compare(print_, other, decided)))
    return group, found[:limit]


async def nearest_of(
    connection: Connection, user_id: str, print_: Fingerprint, *, limit: int = FOUND_LIMIT_ITEMS
) -> list[tuple[str, float]]:
    """The PostgreSQL index: known fingerprints most like this one and how like they are, best first."""
    sketch = sketch_of(print_)
    keys = list(keys_of(print_, sketch))
    met = await store.candidates(connection, user_id, keys, sketch.kind, CHAIN_LIMIT_ITEMS)
    graded = [(1.0 if name == print_.value else likeness(sketch, known), name) for name, known in met]
    graded.sort(key=lambda item: (-item[0], item[1]))
    return [(name, grade) for grade, name in graded[:limit]]


async def _check_merge(connection: Connection, user_id: str, one: str, other: str) -> None:
    """Refuse a merge that would put two together which this person keeps apart."""
    first, second = await group_of(connection, user_id, one), await group_of(connection, user_id, other)
    joined = set(first) | set(second)
    if len(joined) > GROUP_LIMIT_ITEMS:
        raise GroupTooLarge(f"a group holds at most {GROUP_LIMIT_ITEMS} fingerprints", field="other")
    for grouping in await store.groupings_about(connection, user_id, sorted(joined)):
        apart = grouping.verdict == "split" and grouping.one != grouping.other
        if apart and {grouping.one, grouping.other} <= joined and (grouping.one, grouping.other) != (one, other):
            raise GroupingContradicts(f"{grouping.one} and {grouping.other} were split ({grouping.id})", field="other")


async def _kept(connection: Connection, user_id: str, fingerprint: str) -> Fingerprint | None:
    kept = await store.known(connection, user_id, fingerprint) if _FORM.match(fingerprint) else None
    return None if kept is None else _fingerprint(kept)


def _fingerprint(kept: dict[str, Any]) -> Fingerprint:
    steps = tuple(Step(**step) for step in kept["steps"])
    causes = tuple((kind, message) for kind, message in kept["causes"])
    return Fingerprint(**{**kept, "steps": steps, "causes": causes})
