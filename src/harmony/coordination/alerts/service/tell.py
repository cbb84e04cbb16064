"""Tell of groups: one message for all of a group's alerts that fired or ended, each of them once."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from harmony.adapters.db.pool import Database
from harmony.adapters.db.unit_of_work import UnitOfWork
from harmony.commons.journal.service import append
from harmony.commons.notifications.service import notify
from harmony.coordination.alerts import store
from harmony.coordination.alerts.built_in import FOLLOWS
from harmony.coordination.alerts.rules import (
    INHIBITIONS,
    SUPPRESSED_LOOK_SECONDS,
    Alert,
    Rule,
    inhibited,
)
from harmony.coordination.alerts.service.judge import every_rule
from harmony.coordination.alerts.store import Group
from harmony.kernel.redaction.service import redact, redact_value
from harmony.messages.alerts import AlertsTold

RECIPIENT = "operator"
LINES_LIMIT = 20
FACTS_LIMIT_ALERTS = 50
GROUPS_LIMIT = 500


async def tell_due(database: Database) -> int:
    """Tell of every group that is due; how many were looked at."""
    for count in range(GROUPS_LIMIT):
        async with database.begin() as uow:
            if not await tell_next(uow):
                return count
    return GROUPS_LIMIT


async def tell_next(uow: UnitOfWork) -> bool:
    """Tell of one group that is due. Message and marks are one transaction: told once, however it ends."""
    group = await store.take_group(uow)
    if group is None:
        return False
    alerts = await store.of_group(uow, group.key)
    rules = {rule.name: rule for rule in await every_rule(uow.connection)}
    muted = [alert for alert in alerts if _is_muted(alert, rules, uow)]
    fired = [one for one in alerts if one.state == "firing" and one.told_at is None and one not in muted]
    kept_back = await _suppressed(uow, fired)
    fired = [one for one in fired if one.id not in kept_back]
    ended = [one for one in alerts if one.state == "resolved" and one not in muted]
    going_on = [one for one in alerts if one.state == "firing" and one.told_at is not None and one not in muted]
    reminded = [one for one in going_on if _is_reminded(one, group, uow)]
    if fired or ended or reminded:
        await _send(uow, group, fired, ended, reminded, rules)
        await store.mark_told(uow, _ids(fired), _ids(ended), _ids(reminded))
    waits = []
    if muted or kept_back:
        waits.append(SUPPRESSED_LOOK_SECONDS)
    if group.repeat_seconds is not None and (going_on or fired):
        waits.append(group.repeat_seconds)
    due_at = uow.now + timedelta(seconds=min(waits)) if waits else None
    await store.settle_group(uow, group.key, due_at, uow.now if fired or ended or reminded else None)
    return True


async def _suppressed(uow: UnitOfWork, fired: Sequence[Alert]) -> set[str]:
    """Which of them a silence or another alert keeps back."""
    if not fired:
        return set()
    silences = await store.silences(uow.connection, uow.now)
    sources: list[dict[str, str]] = []
    if any(one.place.rule in inhibition.targets for one in fired for inhibition in INHIBITIONS):
        sources = await store.firing_labels(uow.connection, sorted({one.source for one in INHIBITIONS}))
    return {
        one.id
        for one in fired
        if any(silence.covers(one.labels, uow.now) for silence in silences) or inhibited(one.labels, sources)
    }


async def _send(
    uow: UnitOfWork,
    group: Group,
    fired: Sequence[Alert],
    ended: Sequence[Alert],
    reminded: Sequence[Alert],
    rules: dict[str, Rule],
) -> None:
    counts = [
        f"{len(some)} {word}"
        for some, word in ((fired, "firing"), (reminded, "still firing"), (ended, "resolved"))
        if some
    ]
    subject = f"{hashlib.sha256(group.key.encode()).hexdigest()[:32]}:{group.messages + 1}"
    lines = [f"firing: {one.summary}" for one in (*fired, *reminded)] + [f"resolved: {one.summary}" for one in ended]
    if len(lines) > LINES_LIMIT:
        lines = [*lines[:LINES_LIMIT], f"and {len(lines) - LINES_LIMIT} more"]
    shown_elsewhere = all(
        rules[one.place.rule].condition == FOLLOWS for one in (*fired, *ended, *reminded) if one.place.rule in rules
    )
    facts = {
        "group": group.key,
        "status": "firing" if fired or reminded else "resolved",
        "alerts": [_facts(one) for one in (*fired, *reminded, *ended)[:FACTS_LIMIT_ALERTS]],
        "left_out": max(0, len(fired) + len(reminded) + len(ended) - FACTS_LIMIT_ALERTS),
    }
    clean: Any = redact_value(facts)
    notification = await notify(
        uow,
        recipient=RECIPIENT,
        kind="alert.group",
        subject=subject,
        title=redact(f"{group.title}: {', '.join(counts)}").text,
        body=redact("\n".join(lines)).text,
        channels=group.channels,
        in_app=not shown_elsewhere,
        facts=clean,
    )
    told = AlertsTold(group.key, notification or "", list(group.channels), len(fired), len(ended), len(reminded))
    await append(uow, told, subject=subject)


def _facts(alert: Alert) -> dict[str, Any]:
    return {
        "alert_id": alert.id,
        "alert_name": alert.place.rule,
        "component_id": alert.place.target,
        "state": alert.state,
        "value": alert.value,
        "labels": dict(alert.labels),
        "summary": alert.summary,
        "since": alert.since.isoformat(),
        "ended_at": alert.ended_at.isoformat() if alert.ended_at else None,
    }


def _is_muted(alert: Alert, rules: dict[str, Rule], uow: UnitOfWork) -> bool:
    rule = rules.get(alert.place.rule)
    return rule is not None and rule.is_muted(uow.now)


def _is_reminded(alert: Alert, group: Group, uow: UnitOfWork) -> bool:
    last = alert.reminded_at or alert.told_at
    return (
        group.repeat_seconds is not None
        and last is not None
        and uow.now - last >= timedelta(seconds=group.repeat_seconds)
    )


def _ids(alerts: Sequence[Alert]) -> list[str]:
    return [alert.id for alert in alerts]
