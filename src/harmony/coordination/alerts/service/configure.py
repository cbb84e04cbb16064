"""Set up what is looked for, take it away, and keep alerts from being told for a while."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.commons.journal.service import append
from harmony.commons.notifications import service as notifications
from harmony.coordination.alerts import store
from harmony.coordination.alerts.built_in import BUILT_IN
from harmony.coordination.alerts.condition import looked_at, parse
from harmony.coordination.alerts.errors import (
    AlertUnknown,
    BuiltInFixed,
    ConditionUnfit,
    SilenceUnknown,
    SummaryUnfit,
    TooManyRules,
)
from harmony.coordination.alerts.rules import (
    RULES_LIMIT,
    SILENCES_LIMIT,
    Alert,
    Match,
    Rule,
    Silence,
    unknown_places,
)
from harmony.coordination.alerts.service.judge import every_rule
from harmony.messages.alerts import AlertConfigured, AlertRemoved, AlertsSilenced, SilenceEnded


def checked(rule: Rule) -> Rule:
    """A rule whose condition and summary can be read; raises ``ConditionUnfit`` and ``SummaryUnfit``."""
    if not rule.built_in:
        parse(rule.condition)
    unknown = unknown_places(rule.summary or "")
    if unknown:
        raise SummaryUnfit(f"nothing is called {unknown[0]!r}", field="summary", details={"unknown": unknown[:8]})
    return rule


async def configure(uow: UnitOfWork, rule: Rule, *, condition_given: bool) -> tuple[Rule, list[str]]:
    """Set up an alert or change it; the rule as it stands and warnings of what will not work yet.

    Raises what ``checked`` raises, ``BuiltInFixed`` and ``TooManyRules``.
    """
    await store.lock_rules(uow)
    built_in = next((one for one in BUILT_IN if one.name == rule.name), None)
    if built_in is not None:
        if condition_given and rule.condition != built_in.condition:
            raise BuiltInFixed("the condition of a built-in alert is fixed", field="condition")
        rule = replace(
            rule,
            condition=built_in.condition,
            components=built_in.components,
            by=built_in.by,
            summary=rule.summary or built_in.summary,
            built_in=True,
        )
    elif not condition_given:
        raise ConditionUnfit("column 1: a condition is wanted", field="condition", details={"column": 1})
    checked(rule)
    kept = await store.rules(uow.connection)
    if len(kept) >= RULES_LIMIT and all(one.name != rule.name for one in kept):
        raise TooManyRules(f"there are {RULES_LIMIT} alerts", details={"limit": RULES_LIMIT})
    version = await store.save_rule(uow, rule)
    await append(uow, AlertConfigured(rule.name, rule.condition, version), subject=rule.name)
    return replace(rule, version=version), await warnings_of(uow.connection, rule)


async def warnings_of(connection: Connection, rule: Rule) -> list[str]:
    """What is accepted and yet will not work as things are."""
    there = await notifications.channel_names(connection)
    found = [
        f"the channel {name} is not configured: PUT /channels/{name} sets it up; until then it is told in the page only"
        for name in rule.channels
        if name not in there
    ]
    if not rule.built_in and not looked_at(parse(rule.condition)) and rule.repeat_seconds is None:
        found.append("the condition looks at no metric; with repeat_seconds it is a dead-man's switch")
    return found


async def remove(uow: UnitOfWork, name: str) -> None:
    """Take an alert away; what of it fires is ended and told so. Raises ``AlertUnknown`` and ``BuiltInFixed``."""
    await store.lock_rules(uow)
    if any(one.name == name for one in BUILT_IN):
        raise BuiltInFixed("a built-in alert stays; configure it with enabled false", field="alert_name")
    if not await store.remove_rule(uow, name):
        raise AlertUnknown("there is no such alert", field="alert_name")
    await append(uow, AlertRemoved(name), subject=name)


async def list_rules(connection: Connection) -> list[Rule]:
    return sorted(await every_rule(connection), key=lambda rule: rule.name)


async def list_alerts(
    connection: Connection, states: list[str], name: str | None, before: str | None, limit: int
) -> list[Alert]:
    """Newest first."""
    return await store.listed(connection, states, name, before, limit)


async def silence(
    uow: UnitOfWork, matchers: tuple[Match, ...], begins_at: datetime, ends_at: datetime, reason: str
) -> Silence:
    """Tell nothing of what matches for a while; raises ``TooManyRules``."""
    standing = await store.silences(uow.connection, uow.now)
    if len(standing) >= SILENCES_LIMIT:
        raise TooManyRules(f"there are {SILENCES_LIMIT} silences", details={"limit": SILENCES_LIMIT})
    made = Silence(uow.ids.new("silence"), matchers, begins_at, ends_at, reason, uow.actor)
    await store.add_silence(uow, made)
    await append(uow, AlertsSilenced(made.id, ends_at.isoformat()), subject=made.id)
    return made


async def list_silences(connection: Connection, now: datetime) -> list[Silence]:
    return await store.silences(connection, now)


async def end_silence(uow: UnitOfWork, silence_id: str) -> None:
    """Tell again; raises ``SilenceUnknown``."""
    if not await store.end_silence(uow, silence_id):
        raise SilenceUnknown("there is no such silence", field="silence_id")
    await append(uow, SilenceEnded(silence_id), subject=silence_id)
