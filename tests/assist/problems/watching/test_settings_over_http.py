"""Modes, privacy levels and the false-alarm budget, as they are chosen and as they hold."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.assist.conftest import Live
from tests.assist.problems.watching.events import FAILURE, agent_steps, alarms, choose, fixing, notifications, send
from tests.assist.stories import LOG, json_of, report

from harmony.adapters.db.pool import Database
from harmony.assist.problems.jobs import forget, tell_held
from harmony.assist.problems.pipelines import PipelineKind
from harmony.assist.problems.stuck.delivery import ALARMS_A_WINDOW, WINDOW, Mode
from harmony.assist.problems.stuck.model import Event, Kind, Privacy, Remedy, Role
from harmony.assist.problems.watched import (
    ALARM_KEPT_DAYS,
    RUN_KEPT_DAYS,
    AlarmState,
    Settings,
    next_digest,
    state_of_new,
)
from harmony.assist.problems.watching import choosing, runs, telling
from harmony.assist.problems.watching.runs import Batch
from harmony.kernel.clock import VirtualClock

SETTINGS = "/v1/detection/settings"
ASK = [{"eventId": "ask", "kind": "say", "text": "I am completely stuck"}]


async def loop(live: Live, name: str, **more: Any) -> Any:
    """A run of its own that raises one alarm."""
    return await send(live, agent_steps(4), run=name, **more)


async def test_who_never_chose_has_sensible_defaults(live: Live) -> None:
    found = await json_of(await live["wanda"].get(SETTINGS), 200)
    assert found == {
        "assistanceMode": "Proactive",
        "privacyLevel": "Standard",
        "alarmsADay": ALARMS_A_WINDOW,
        "alarmsAllowed": ALARMS_A_WINDOW,
        "alarmsAllowedHours": 24,
        "digestHour": 9,
        "timezone": "UTC",
        "updatedAt": None,
    }


async def test_what_was_chosen_holds_for_its_owner_and_is_journalled(live: Live, admitted: Database) -> None:
    chosen = await choose(live, assistanceMode="on-demand", privacyLevel="OPEN", alarmsADay=20, digestHour=23)
    assert chosen == await json_of(await live["wanda"].get(SETTINGS), 200)
    assert (chosen["assistanceMode"], chosen["privacyLevel"], chosen["alarmsADay"]) == ("On-demand", "Open", 20)
    assert (await json_of(await live["wilbur"].get(SETTINGS), 200))["assistanceMode"] == "Proactive"
    (told,) = await journalled(live, admitted, "assist.detection.set")
    assert told == {"user_id": "wanda-seeker", "mode": "on_demand", "privacy": "open", "alarms_a_day": 20}


WRONG: list[dict[str, Any]] = [
    {"assistanceMode": "Always"},
    {"privacyLevel": ""},
    {"alarmsADay": -1},
    {"alarmsADay": 21},
    {"digestHour": 24},
    {"timezone": "Mars/Olympus"},
    {"timezone": "../etc/passwd"},
    {"captain": 1},
]


async def test_settings_that_make_no_sense_are_refused_and_change_nothing(live: Live) -> None:
    await choose(live, alarmsADay=7)
    for wrong in WRONG:
        assert (await live["wanda"].put(SETTINGS, json=wrong)).status_code == 422, wrong
    assert (await json_of(await live["wanda"].get(SETTINGS), 200))["alarmsADay"] == 7


async def test_an_alarm_beyond_the_budget_is_a_nudge_and_is_not_told(live: Live, clock: VirtualClock) -> None:
    await choose(live, alarmsADay=2)
    states = [(await loop(live, name))["alarmState"] for name in ("a", "b", "c")]
    assert states == ["told", "told", "beyond_budget"]
    assert len(await notifications(live)) == 2
    clock.advance(WINDOW.total_seconds())
    assert (await loop(live, "d"))["alarmState"] == "told"


async def test_an_alarm_that_stands_is_told_once_there_is_room_and_never_when_it_was_no_problem(
    live: Live, clock: VirtualClock
) -> None:
    await choose(live, alarmsADay=1)
    await loop(live, "first")
    beyond, wrong = await loop(live, "second"), await loop(live, "third")
    assert (beyond["alarmState"], wrong["alarmState"]) == ("beyond_budget", "beyond_budget")
    clock.advance(2 * WINDOW.total_seconds())
    grown = await send(live, agent_steps(8, first=8), run="second")
    assert (grown["alarmId"], grown["alarmState"]) == (beyond["alarmId"], "told")
    assert len(await notifications(live)) == 2
    await live["wanda"].post(f"/v1/detection/alarms/{wrong['alarmId']}/answer", json={"answer": "wrong"})
    clock.advance(4 * WINDOW.total_seconds())
    assert (await send(live, agent_steps(8, first=8), run="third"))["alarmState"] == "beyond_budget"
    assert len(await notifications(live)) == 2


async def test_no_problem_lowers_what_is_allowed_and_right_raises_it_again(live: Live, admitted: Database) -> None:
    await choose(live, alarmsADay=2)
    first, second = [(await loop(live, name))["alarmId"] for name in ("a", "b")]
    path = "/v1/detection/alarms/{}/answer"
    answered = await json_of(await live["wanda"].post(path.format(first), json={"answer": "wrong"}), 200)
    assert answered["answer"] == "wrong"
    assert (await json_of(await live["wanda"].get(SETTINGS), 200))["alarmsAllowed"] == 1
    again = await json_of(await live["wanda"].post(path.format(first), json={"answer": "wrong"}), 200)
    assert again == answered, "the same answer again changes nothing"
    assert (await json_of(await live["wanda"].get(SETTINGS), 200))["alarmsAllowed"] == 1
    other = await live["wanda"].post(path.format(first), json={"answer": "right"})
    assert (other.status_code, other.json()["code"]) == (409, "problems.alarm_answered")
    await json_of(await live["wanda"].post(path.format(second), json={"answer": "right"}), 200)
    assert (await json_of(await live["wanda"].get(SETTINGS), 200))["alarmsAllowed"] == 2
    kinds = [told["answer"] for told in await journalled(live, admitted, "assist.alarm.answered")]
    assert kinds == ["wrong", "right"]


async def test_answers_move_the_confidence_of_the_next_alarm_of_that_kind(live: Live, clock: VirtualClock) -> None:
    first = await loop(live, "a")
    (before,) = await alarms(live)
    await live["wanda"].post(f"/v1/detection/alarms/{first['alarmId']}/answer", json={"answer": "wrong"})
    clock.advance(60)
    await loop(live, "b")
    after = (await alarms(live))[0]
    assert after["confidenceScore"] < before["confidenceScore"]


async def test_an_alarm_is_answered_by_its_owner_only(live: Live) -> None:
    first = await loop(live, "a")
    answer = await live["wilbur"].post(f"/v1/detection/alarms/{first['alarmId']}/answer", json={"answer": "wrong"})
    assert (answer.status_code, answer.json()["code"]) == (404, "problems.alarm_unknown")


async def test_on_demand_nothing_is_told_unless_asked(live: Live) -> None:
    await choose(live, assistanceMode="On-demand")
    found = await loop(live, "a")
    assert (found["stuck"], found["alarmState"]) == (True, "quiet")
    assert await notifications(live) == []
    assert (await send(live, ASK, source="editor", run="asking"))["alarmState"] == "told"
    assert len(await notifications(live)) == 1


async def test_scheduled_alarms_come_as_one_digest_at_the_users_hour(live: Live, clock: VirtualClock) -> None:
    await choose(live, assistanceMode="Scheduled", digestHour=18, timezone="America/New_York")
    assert [(await loop(live, name))["alarmState"] for name in ("a", "b")] == ["held", "held"]
    hours = 23 - clock.now().hour  # 18:00 in New York in January
    clock.advance(hours * 3600 - 1)
    assert await tell_held(live.database) == 0
    assert await notifications(live) == []
    clock.advance(1)
    assert await tell_held(live.database) == 2
    assert await tell_held(live.database) == 0
    (digest,) = await notifications(live)
    assert digest["title"] == "What was noticed since the last digest: 2"
    assert digest["body"].count("the same failure 4 times") == 2
    assert {alarm["state"] for alarm in await alarms(live)} == {"told"}


async def test_held_alarms_wait_no_longer_when_the_mode_changes(live: Live) -> None:
    for mode, state, told in (("Proactive", "told", 1), ("On-demand", "quiet", 1)):
        await choose(live, assistanceMode="Scheduled")
        held = await loop(live, mode)
        assert held["alarmState"] == "held"
        await choose(live, assistanceMode=mode)
        assert await tell_held(live.database) == 1
        found = {alarm["alarmId"]: alarm["state"] for alarm in await alarms(live)}
        assert found[held["alarmId"]] == state
        assert len(await notifications(live)) == told


async def test_under_high_privacy_only_fingerprints_are_kept_of_a_run(live: Live, admitted: Database) -> None:
    await choose(live, privacyLevel="High")
    found = await send(live, fixing(6), source="editor")
    assert (found["kind"], found["stuck"], found["contextId"]) == ("edit_run_fail", True, None)
    kept = await everything(admitted)
    assert not [word for word in ("kiln", "cobalt", "pytest", "Traceback", "fire") if word in kept]
    (told,) = await notifications(live)
    assert ">" not in told["body"], "nothing of what was read is quoted"


async def test_under_high_privacy_words_are_not_listened_to(live: Live) -> None:
    await choose(live, privacyLevel="High")
    assert not (await send(live, ASK, source="editor"))["stuck"]


async def test_under_standard_privacy_the_users_words_are_heard_and_not_kept(live: Live, admitted: Database) -> None:
    words = [{"eventId": "1", "kind": "say", "text": "I am completely stuck with the celadon"}]
    found = await send(live, words, source="editor")
    assert found["stuck"]
    assert "celadon" not in await everything(admitted)
    assert "celadon" not in str(found)


async def test_under_open_privacy_the_users_words_are_quoted_to_the_user(live: Live) -> None:
    await choose(live, privacyLevel="Open")
    words = [{"eventId": "1", "kind": "say", "text": "I am completely stuck with the celadon"}]
    found = await send(live, words, source="editor")
    assert "celadon" in found["evidence"][0]["text"]


async def test_under_high_privacy_a_report_is_answered_and_only_its_fingerprint_is_kept(
    live: Live, admitted: Database
) -> None:
    await choose(live, privacyLevel="High")
    found = await report(live)
    assert found["evidence"]
    assert found["classification"]["category"] == "cross-platform-compatibility"
    problem = await json_of(await live["wanda"].get(f"/v1/problems/{found['contextId']}"), 200)
    assert problem["fingerprint"] == found["fingerprint"]
    kept = (problem["log"], problem["command"], problem["errorType"], problem["errorMessage"], problem["evidence"])
    assert kept == (None, None, "", "", [])
    again = await live["wanda"].post("/v1/detect-problem", json={"log": LOG}, headers={"Idempotency-Key": "once"})
    assert again.json()["occurrences"] == 2, "it is met again by its fingerprint"
    assert "morning.csv" not in await everything(admitted)


async def test_otherwise_a_report_is_kept_redacted(live: Live) -> None:
    for level in ("Standard", "Open"):
        await choose(live, privacyLevel=level)
        found = await report(live)
        problem = await json_of(await live["wanda"].get(f"/v1/problems/{found['contextId']}"), 200)
        assert problem["log"] == LOG


async def test_another_privacy_level_begins_every_run_anew_and_high_silences_old_alarms(
    live: Live, admitted: Database
) -> None:
    await loop(live, "a")
    await choose(live, privacyLevel="High")
    assert (await json_of(await live["wanda"].get("/v1/activity/runs"), 200))["items"] == []
    assert (await alarms(live))[0]["evidence"] == []
    await loop(live, "a")
    await choose(live, privacyLevel="High", alarmsADay=1)
    assert len((await json_of(await live["wanda"].get("/v1/activity/runs"), 200))["items"]) == 1


async def test_what_fell_silent_is_forgotten_after_the_time_of_its_privacy_level(
    live: Live, clock: VirtualClock
) -> None:
    for who, level in (("wanda", "High"), ("wilbur", "Standard"), ("olga", "Open")):
        await choose(live, who, privacyLevel=level)
        await loop(live, "a", who=who)
    left = []
    for days in (1, 6, 23, 60):
        clock.advance(days * 86_400 + 1)
        await forget(live.database)
        counts = [
            len((await live[who].get("/v1/activity/runs")).json()["items"]) for who in ("wanda", "wilbur", "olga")
        ]
        left.append(counts)
    assert left == [[0, 1, 1], [0, 0, 1], [0, 0, 0], [0, 0, 0]]
    assert list(RUN_KEPT_DAYS.values()) == [1, 7, 30]
    assert ALARM_KEPT_DAYS == 90
    assert await alarms(live, "olga") == []


def test_every_kind_of_alarm_has_words_of_its_own() -> None:
    assert set(telling.SAID) == {*Kind, *get_args(PipelineKind)}
    assert set(telling.ADVICE) == set(telling.TITLES) == set(Remedy)


@pytest.mark.parametrize(
    ("mode", "asked", "within", "state"),
    [
        (Mode.PROACTIVE, False, True, "told"),
        (Mode.PROACTIVE, False, False, "beyond_budget"),
        (Mode.PROACTIVE, True, False, "beyond_budget"),
        (Mode.ON_DEMAND, False, False, "quiet"),
        (Mode.ON_DEMAND, True, True, "told"),
        (Mode.SCHEDULED, False, True, "held"),
        (Mode.SCHEDULED, False, False, "beyond_budget"),
        (Mode.SCHEDULED, True, True, "told"),
    ],
)
def test_mode_and_budget_decide_what_becomes_of_an_alarm(
    mode: Mode, asked: bool, within: bool, state: AlarmState
) -> None:
    assert state_of_new(mode, asked=asked, within_budget=within) == state


@given(
    st.integers(0, 2 * 366 * 24 * 3600),
    st.integers(0, 23),
    st.sampled_from(["UTC", "America/New_York", "Asia/Kolkata", "Pacific/Apia", "Australia/Lord_Howe"]),
)
def test_the_next_digest_is_ahead_and_at_most_a_day_and_a_bit_away(after: int, hour: int, zone: str) -> None:
    instant = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(seconds=after)
    found = next_digest(instant, Settings("u", Mode.SCHEDULED, digest_hour=hour, timezone=zone))
    assert timedelta(0) < found - instant <= timedelta(hours=25)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    limit=st.integers(0, 4),
    stream=st.lists(
        st.tuples(st.integers(0, 20), st.booleans(), st.sampled_from(["wrong", "silent"])), min_size=8, max_size=16
    ),
)
async def test_never_more_alarms_a_day_than_allowed_whatever_comes(
    admitted: Database, clock: VirtualClock, limit: int, stream: list[tuple[int, bool, str]]
) -> None:
    """Every step may come from another process: nothing but the database remembers."""
    user = f"person-{limit}-{abs(hash(tuple(stream)))}"
    await set_up(admitted, user, limit)
    told: list[datetime] = []
    for number, (hours, asks, answer) in enumerate(stream):
        clock.advance(hours * 3600)
        run: list[Event] = [Event(Role.USER, "I am completely stuck")] if asks else failing()
        batch = Batch("agent", f"run {number}", tuple(map(str, range(len(run)))), tuple(run))
        async with admitted.begin() as uow:
            found = await runs.watch(uow, user, batch)
        assert found.alarm is not None
        if found.alarm.state != "told":
            continue
        told.append(clock.now())
        if answer == "wrong":
            async with admitted.begin() as uow:
                await telling.answer(uow, user, found.alarm.id, "wrong")
        assert sum(clock.now() - at < WINDOW for at in told) <= limit


def failing() -> list[Event]:
    step = [Event(Role.AGENT, tool="shell", args="make"), Event(Role.TOOL, FAILURE, error=True)]
    return step * 4


async def set_up(database: Database, user: str, limit: int) -> None:
    async with database.begin() as uow:
        await choosing.choose(uow, Settings(user, Mode.PROACTIVE, Privacy.STANDARD, limit))


async def journalled(live: Live, database: Database, kind: str) -> list[dict[str, Any]]:
    await live.stamp()
    async with database.reading() as connection:
        rows = await connection.fetch("SELECT payload FROM journal_entries WHERE kind = $1 ORDER BY revision", kind)
    return [dict(row["payload"]) for row in rows]


async def everything(database: Database) -> str:
    """All that is kept in any table, as text."""
    async with database.reading() as connection:
        names = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        parts = [await connection.fetch(f"SELECT t::text AS row FROM {row['tablename']} t") for row in names]
    return "\n".join(item["row"] for part in parts for item in part)
