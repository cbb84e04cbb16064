"""Raise, move and end alerts: each change with its entry in the journal, in one transaction for many."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from harmony.adapters.db.pool import Database
from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.commons.journal.model import Told
from harmony.commons.journal.service import append_many
from harmony.coordination.alerts import store
from harmony.coordination.alerts.built_in import BUILT_IN, FOLLOWS
from harmony.coordination.alerts.rules import Alert, Place, Rule, State, moved, raised
from harmony.coordination.alerts.watch import Move, Raise, Watch
from harmony.coordination.metrics import service as metrics
from harmony.coordination.metrics.intake import Intake
from harmony.messages.alerts import AlertCancelled, AlertFired, AlertMoved, AlertPending, AlertResolved

MOVES_LIMIT = 2_000
"""In one transaction."""
_TOLD: Mapping[State, type[AlertMoved]] = {
    "pending": AlertPending,
    "firing": AlertFired,
    "resolved": AlertResolved,
    "cancelled": AlertCancelled,
}


async def every_rule(connection: Connection) -> list[Rule]:
    """The rules that were configured, and the built-in ones as they were or came."""
    kept = await store.rules(connection)
    names = {rule.name for rule in kept}
    return kept + [rule for rule in BUILT_IN if rule.name not in names]


async def refresh(database: Database, watch: Watch, intake: Intake) -> bool:
    """Read the rules and alerts again if a rule has changed; whether they were read."""
    async with database.reading() as connection:
        version = await store.rules_version(connection)
        if watch.version == version:
            return False
        rules, alerts = await every_rule(connection), await store.active(connection)
        wanted = watch.take_rules(rules, FOLLOWS)
        await metrics.track(connection, intake, wanted, database.clock.now())
    watch.take_alerts(alerts)
    watch.heard_since = watch.heard_since or database.clock.now()
    watch.version = version
    return True


async def judge(database: Database, watch: Watch, intake: Intake, touched: set[str] | None, *, timely: bool) -> int:
    """Look at the conditions and write down what moves; how many alerts did."""
    found = list(watch.judge(intake.tracks, touched, database.clock.now(), timely=timely))
    for begin in range(0, len(found), MOVES_LIMIT):
        async with database.begin() as uow:
            await write(uow, watch, found[begin : begin + MOVES_LIMIT])
    return len(found)


async def write(uow: UnitOfWork, watch: Watch, changes: Sequence[Raise | Move]) -> list[Alert]:
    """Write changes down; those that another has made meanwhile are left out. What others may follow is told last."""
    fresh = [
        (raised(uow.ids.new("alert"), one.place, one.rule, one.value, uow.now, uow.trace), one.rule)
        for one in changes
        if isinstance(one, Raise)
    ]
    moves = [one for one in changes if isinstance(one, Move)]
    taken = await store.add(uow, [alert for alert, _ in fresh]) if fresh else set()
    taken |= await store.move(uow, [(one.before, one.after) for one in moves]) if moves else set()
    kept = [(alert, rule) for alert, rule in fresh if alert.id in taken]
    kept += [(one.after, one.rule) for one in moves if one.after.id in taken]
    quiet = {one.after.id for one in moves if one.before.state == one.after.state}
    append_many(uow, [_told(alert, uow) for alert, _ in kept if alert.id not in quiet])
    to_tell = {
        alert.group_key: (alert.place.rule, rule)
        for alert, rule in kept
        if alert.state in ("firing", "resolved") and alert.id not in quiet
    }
    await store.make_due(uow, to_tell)
    complete = len(taken) == len(changes)
    uow.after_commit(lambda: _keep(watch, [alert for alert, _ in kept], complete))
    return [alert for alert, _ in kept]


async def follow(uow: UnitOfWork, watch: Watch, rule: Rule, target: str, truth: bool) -> None:
    """What an entry of the journal says of a built-in alert; a repetition changes nothing."""
    found = await store.active_of(uow, rule.name, target)
    if truth:
        changes: list[Raise | Move] = [
            Move(alert, replace(alert, false_since=None), rule) for alert in found if alert.false_since is not None
        ]
        if not found and rule.enabled:
            changes.append(Raise(Place(rule.name, target), rule, None))
    else:
        changes = [
            Move(alert, after, rule) for alert in found if (after := moved(alert, False, rule, uow.now)) is not alert
        ]
    if changes:
        await write(uow, watch, changes)


def _told(alert: Alert, uow: UnitOfWork) -> Told:
    kind = _TOLD[alert.state]
    message = kind(alert.id, alert.place.rule, alert.place.target, alert.labels["severity"], alert.value)
    return Told(message, alert.id, uow.actor, alert.trace, kind.KIND)


def _keep(watch: Watch, alerts: Iterable[Alert], complete: bool) -> None:
    for alert in alerts:
        watch.keep(alert)
    if not complete:  # another process was first: read again how things stand
        watch.version = None
