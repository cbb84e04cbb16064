"""A web hook received: proved, read, taken once, judged."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from harmony.adapters.db.unit_of_work import UnitOfWork
from harmony.assist.problems.errors import DeliveryReplayed, HookForged, HookUnreadable, TooManyDeliveries
from harmony.assist.problems.hooks import github, gitlab, recognition
from harmony.assist.problems.hooks.signatures import sent_by_gitlab, signed_by_github
from harmony.assist.problems.pipelines import (
    DELIVERIES_A_DAY_LIMIT,
    DELIVERY_KEPT_DAYS,
    HISTORY_LIMIT_ITEMS,
    CiSource,
    JobOutcome,
)
from harmony.assist.problems.store import pipelines as store
from harmony.assist.problems.store import watched
from harmony.assist.problems.stuck.model import Privacy
from harmony.assist.problems.watched import Alarm, Settings
from harmony.assist.problems.watching import telling

DELIVERY_ID_LIMIT_CHARS = 100
GITHUB_ID = ("x-github-delivery",)
GITLAB_IDS = ("webhook-id", "idempotency-key", "x-gitlab-event-uuid")
"""The first that is there; the older ones for a GitLab that does not sign."""

Reason = Literal["judged", "repeated", "nothing to judge", "too old", "privacy"]


@dataclass(frozen=True, slots=True)
class Delivery:
    """A proved web hook: its own id, its body's hash, what ended."""

    id: str
    body_hash: bytes
    outcomes: tuple[JobOutcome, ...]


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a delivery: how many outcomes were new, which alarms were raised."""

    reason: Reason
    outcomes: int = 0
    alarms: tuple[Alarm, ...] = ()


def prove(
    source: CiSource | None, secret: str | None, headers: Mapping[str, str], body: bytes, now: datetime
) -> CiSource:
    """The source that really sent it; refuses everything else in the same words, known source or not."""
    if source is not None and secret is not None:
        github_sent = source.provider == "github" and signed_by_github(headers, body, secret)
        gitlab_sent = source.provider == "gitlab" and sent_by_gitlab(headers, body, secret, now)
        if github_sent or gitlab_sent:
            return source
    raise HookForged("this web hook was not sent by a source known here")


def read(source: CiSource, headers: Mapping[str, str], body: bytes, now: datetime) -> Delivery:
    """What a proved web hook tells. Pure."""
    ids = GITHUB_ID if source.provider == "github" else GITLAB_IDS
    name = next((headers[header] for header in ids if headers.get(header)), "")
    if not name or len(name) > DELIVERY_ID_LIMIT_CHARS or not (name.isascii() and name.isprintable()):
        raise HookUnreadable("the delivery has no id that can be used", field=ids[0])
    try:
        payload: Any = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise HookUnreadable("the body is not JSON", field="body") from error
    if not isinstance(payload, dict):
        raise HookUnreadable("the body is not a JSON object", field="body")
    if source.provider == "github":
        found = github.outcomes(headers.get("x-github-event", ""), payload, now)
    else:
        found = gitlab.outcomes(headers.get("x-gitlab-event", ""), payload, now)
    return Delivery(name, hashlib.sha256(body).digest(), tuple(found))


async def receive(uow: UnitOfWork, source: CiSource, delivery: Delivery) -> Received:
    """Take a delivery once and judge what it tells; refuses one that was changed and sent again.

    A delivery without anything to judge, too old for its id to be remembered, or for somebody whose privacy is high
    leaves no trace.
    """
    await watched.one_at_a_time(uow, source.user_id)
    settings = await watched.settings(uow.connection, source.user_id)
    if settings.privacy is Privacy.HIGH:
        return Received("privacy")
    if not delivery.outcomes:
        return Received("nothing to judge")
    oldest = uow.now - timedelta(days=DELIVERY_KEPT_DAYS)
    young = [outcome for outcome in delivery.outcomes if outcome.ended_at > oldest]
    if not young:
        return Received("too old")
    if await store.taken_since(uow.connection, source.id, uow.now - timedelta(days=1)) >= DELIVERIES_A_DAY_LIMIT:
        raise TooManyDeliveries(f"a source delivers at most {DELIVERIES_A_DAY_LIMIT} times in 24 hours")
    taken = await store.take(uow, source.id, delivery.id, delivery.body_hash)
    if taken == "replayed":
        raise DeliveryReplayed("this delivery was taken before, in another form")
    if taken == "repeated":
        return Received("repeated")
    await store.delivered(uow, source.id)
    judged = [await _judged(uow, settings, source, outcome) for outcome in young]
    alarms = tuple(alarm for is_new, alarm in judged if is_new and alarm is not None)
    return Received("judged", sum(is_new for is_new, _ in judged), alarms)


async def _judged(
    uow: UnitOfWork, settings: Settings, source: CiSource, outcome: JobOutcome
) -> tuple[bool, Alarm | None]:
    """Whether the outcome is new, and the alarm that it leads to.

    A workflow is judged by its jobs where those are told.
    """
    if settings.privacy is not Privacy.OPEN:
        outcome = replace(outcome, url=None)
    if not await store.add_outcome(uow, source.id, outcome):
        return False, None
    if not outcome.job and await store.has_jobs(uow.connection, source.id, outcome):
        return True, None
    history = await store.history(uow.connection, source.id, outcome, HISTORY_LIMIT_ITEMS)
    signal = recognition.recognise(history, outcome)
    if signal is None:
        return True, None
    right, wrong = await telling.answers_before(uow, source.user_id, signal.kind)
    alarm = Alarm(
        id=uow.ids.new("alarm"),
        user_id=source.user_id,
        source="ci",
        subject=source.id,
        kind=signal.kind,
        confidence_percent=round(100 * recognition.confidence(signal, right, wrong)),
        rounds=signal.rounds,
        obstacle="",
        remedy=recognition.remedy(signal),
        state="quiet",
        lines=recognition.lines(signal),
        context_id=None,
        raised_at=uow.now,
    )
    return True, await telling.raise_alarm(uow, settings, alarm)
