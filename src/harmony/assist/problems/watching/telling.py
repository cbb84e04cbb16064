"""An alarm: raised under the user's mode and budget, told once a rung, answered by the user."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.assist.problems.errors import AlarmAnswered, AlarmUnknown
from harmony.assist.problems.store import watched as store
from harmony.assist.problems.stuck.delivery import Mode, charged, confirmed, struck
from harmony.assist.problems.stuck.model import Privacy, Remedy
from harmony.assist.problems.watched import (
    ANSWERS_COUNTED_DAYS,
    DIGEST_LIMIT_ITEMS,
    Alarm,
    AlarmState,
    Answer,
    Settings,
    alarm_may_move,
    state_of_new,
)
from harmony.commons.journal.service import append
from harmony.commons.notifications.service import notify
from harmony.kernel.ids import looks_like_id
from harmony.kernel.paging import Page, encode_cursor
from harmony.messages.assist import AlarmAnswered as AnswerGiven
from harmony.messages.assist import AlarmRaised, AlarmTold

SAID = {
    "repeated_error": "the same failure {rounds} times",
    "same_action": "the same action {rounds} times with the same result",
    "cycle": "the same steps {rounds} times over",
    "drift": "{rounds} attempts that hardly differ and end alike",
    "monologue": "{rounds} messages without any action",
    "edit_run_fail": "{rounds} edits, and still the same failure",
    "abandoned_attempts": "{rounds} attempts made and taken back",
    "ask": "somebody asks for help",
    "failing_pipeline": "the same job failed {rounds} times in a row",
    "went_red": "a job that was green fails on the main branch",
    "flaky_job": "a job is red and green on the same commit",
}
ADVICE = {
    Remedy.NUDGE: "Stop for a moment: what was expected, what came instead, what has not been changed yet?",
    Remedy.KNOWN_SOLUTIONS: "Others may have met this: look at what is known.",
    Remedy.PERSON: "Trying again will hardly get past this: ask a person.",
}
TITLES = {
    Remedy.NUDGE: "Going in circles? {said}",
    Remedy.KNOWN_SOLUTIONS: "Still there: {said}",
    Remedy.PERSON: "Time for a second pair of eyes: {said}",
}


async def answers_before(uow: UnitOfWork, user_id: str, kind: str) -> tuple[int, int]:
    """How often this person lately called such an alarm right, and wrong."""
    found = await store.answers(uow.connection, user_id, kind, uow.now - timedelta(days=ANSWERS_COUNTED_DAYS))
    return found["right"], found["wrong"]


async def raise_alarm(uow: UnitOfWork, settings: Settings, alarm: Alarm, *, asked: bool = False) -> Alarm:
    """Keep a new alarm and tell it, hold it or leave it, as mode and budget say; beyond the budget it is a nudge."""
    alarm = await _decided(uow, settings, alarm, asked=asked)
    if alarm.state == "told":
        await _notify(uow, settings, alarm)
    await store.keep_alarm(uow, alarm)
    await append(
        uow,
        AlarmRaised(
            alarm_id=alarm.id,
            user_id=alarm.user_id,
            source=alarm.source,
            alarm_kind=alarm.kind,
            confidence_percent=alarm.confidence_percent,
            rounds=alarm.rounds,
            surmountable=not alarm.obstacle,
            remedy=alarm.remedy.value,
            state=alarm.state,
        ),
        subject=alarm.id,
    )
    return alarm


async def grow(uow: UnitOfWork, settings: Settings, before: Alarm, now: Alarm) -> Alarm:
    """An alarm that stands already has grown: kept as it is now, and told when another remedy is its turn.

    What was not told when it began may be told now, when mode and budget allow it; what the user called no problem is
    not told again.
    """
    if before.answer is None and before.state != "held" and before.state != "told":
        now = await _decided(uow, settings, now, asked=False)
        if not alarm_may_move(before.state, now.state):
            now = replace(now, state=before.state)
    await store.keep_alarm(uow, now)
    fresh = before.state != "told" or now.remedy is not before.remedy
    if now.state == "told" and now.answer != "wrong" and fresh:
        await _notify(uow, settings, now)
        await append(uow, AlarmTold(now.id, now.user_id, now.remedy.value), subject=now.id)
    return now


async def _decided(uow: UnitOfWork, settings: Settings, alarm: Alarm, *, asked: bool) -> Alarm:
    """The alarm with what becomes of it; the budget is charged for what is told or held."""
    spent = None
    if settings.mode is not Mode.ON_DEMAND or asked:
        spent = charged(await store.budget(uow.connection, settings), uow.now)
    state = state_of_new(settings.mode, asked=asked, within_budget=spent is not None)
    if spent is None:
        remedy = Remedy.NUDGE if state == "beyond_budget" and not asked else alarm.remedy
        return replace(alarm, state=state, remedy=remedy)
    await store.spend(uow, settings.user_id, spent)
    return replace(alarm, state=state, sounded_at=uow.now, told_at=uow.now if state == "told" else None)


async def list_alarms(connection: Connection, user_id: str, before: str | None, limit: int) -> Page[Alarm]:
    found = await store.alarms(connection, user_id, before, limit + 1)
    return Page(tuple(found[:limit]), encode_cursor(found[limit - 1].id) if len(found) > limit else None)


async def answer(uow: UnitOfWork, user_id: str, alarm_id: str, given: Answer) -> Alarm:
    """What the user says of an alarm: it is remembered, moves the budget, and counts in the confidence of the next.

    Once; the same answer again changes nothing, another is refused.
    """
    await store.one_at_a_time(uow, user_id)
    known = looks_like_id(alarm_id, "alarm")
    found = await store.alarm(uow.connection, user_id, alarm_id) if known else None
    if found is None:
        raise AlarmUnknown("you have no such alarm", field="alarmId")
    if found.answer == given:
        return found
    if found.answer is not None:
        raise AlarmAnswered(f"this alarm was called {found.answer}", field="answer")
    budget = await store.budget(uow.connection, await store.settings(uow.connection, user_id))
    moved = struck(budget) if given == "wrong" else confirmed(budget, found.sounded_at or uow.now)
    await store.spend(uow, user_id, moved)
    answered = replace(found, answer=given, answered_at=uow.now)
    await store.keep_alarm(uow, answered)
    await append(uow, AnswerGiven(found.id, user_id, found.kind, given), subject=found.id)
    return answered


async def tell_held(uow: UnitOfWork, settings: Settings) -> int:
    """Tell what was held, in one digest; or leave it to be looked at when the user has chosen so. How many."""
    held = await store.held(uow.connection, settings.user_id)
    state: AlarmState = "quiet" if settings.mode is Mode.ON_DEMAND else "told"
    for alarm in held:
        told_at = uow.now if state == "told" else None
        await store.keep_alarm(uow, replace(alarm, state=state, told_at=told_at))
        if state == "told":
            await append(uow, AlarmTold(alarm.id, alarm.user_id, alarm.remedy.value), subject=alarm.id)
    if held and state == "told":
        lines = [f"- {said(alarm)}. {ADVICE[alarm.remedy]}" for alarm in held[:DIGEST_LIMIT_ITEMS]]
        more = [f"and {len(held) - len(lines)} more"] if len(held) > len(lines) else []
        await notify(
            uow,
            recipient=settings.user_id,
            kind="detection.digest",
            subject=held[0].id,
            title=f"What was noticed since the last digest: {len(held)}",
            body="\n".join(lines + more),
        )
    return len(held)


def said(alarm: Alarm) -> str:
    """What was noticed, in a few words of our own: nothing of what was read."""
    return SAID[alarm.kind].format(rounds=alarm.rounds)


async def _notify(uow: UnitOfWork, settings: Settings, alarm: Alarm) -> None:
    """Once for each alarm and remedy. What was read is quoted below our own words, where privacy allows it."""
    quoted = [] if settings.privacy is Privacy.HIGH else [f"> {line.text}" for line in alarm.lines]
    obstacle = [f"In the way: {alarm.obstacle}."] if alarm.obstacle else []
    await notify(
        uow,
        recipient=alarm.user_id,
        kind=f"detection.{alarm.remedy.value}",
        subject=alarm.id,
        title=TITLES[alarm.remedy].format(said=said(alarm)),
        body="\n".join([ADVICE[alarm.remedy], *obstacle, *quoted]),
    )
