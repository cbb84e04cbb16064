"""Who fits comes first: skill before fame, the free before the busy, and ties always in one order."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from harmony.assist.experts.model import (
    Absence,
    Availability,
    Communication,
    Expert,
    Skill,
    SkillLevel,
    Slot,
    SpokenLanguage,
    Standing,
)
from harmony.assist.experts.skills import normal
from harmony.assist.matching.ranking import Load, Match, Need, rank

MONDAY_NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
NEED = Need(skills=("python", "file-handling"), platforms=("linux", "windows"), language="English")


def expert(
    number: int, *skills: tuple[str, SkillLevel, int], rating: tuple[int, int] = (0, 0), **facts: object
) -> Expert:
    found = Expert(
        id=f"expert-{number:032x}",
        principal_id=f"person-{number}",
        name=f"Person {number}",
        skills=tuple(Skill(normal(name), name, level, years) for name, level, years in skills),
        specializations=(),
        platforms=(),
        languages=(),
        availability=Availability(),
        communication=Communication(),
        registered_at=MONDAY_NOON,
        standing=Standing(*rating),
    )
    return replace(found, **facts)  # type: ignore[arg-type]  # whichever field a test names


def order(*experts: Expert | tuple[Expert, Load], need: Need = NEED, now: datetime = MONDAY_NOON) -> list[Match]:
    return rank(need, [item if isinstance(item, tuple) else (item, Load()) for item in experts], now)


def ids(matches: list[Match]) -> list[str]:
    return [match.expert.id for match in matches]


GOOD = expert(1, ("Python", "Expert", 8), ("File handling", "Advanced", 5))
FAIR = expert(2, ("Python", "Intermediate", 2), ("File handling", "Beginner", 1))


def test_the_better_skilled_comes_first_whatever_the_order_of_asking() -> None:
    assert ids(order(GOOD, FAIR)) == ids(order(FAIR, GOOD)) == [GOOD.id, FAIR.id]


def test_fame_without_skill_stays_behind_skill_without_fame() -> None:
    famous = replace(FAIR, standing=Standing(500, 2_500), platforms=("Linux", "Windows"))
    unknown = replace(GOOD, standing=Standing(3, 6))
    assert ids(order(famous, unknown)) == [unknown.id, famous.id]


def test_who_knows_nothing_of_it_is_not_matched_however_famous() -> None:
    assert order(expert(3, ("React", "Expert", 9), rating=(900, 4_500))) == []


def test_of_two_equally_skilled_the_better_rated_comes_first() -> None:
    rated = replace(GOOD, id="expert-" + "f" * 32, standing=Standing(40, 196))
    assert ids(order(GOOD, rated)) == [rated.id, GOOD.id]


def test_one_perfect_rating_does_not_outdo_a_long_good_record() -> None:
    once = replace(GOOD, standing=Standing(1, 5))
    long = replace(GOOD, id="expert-" + "f" * 32, standing=Standing(200, 940))
    assert ids(order(once, long)) == [long.id, once.id]


def test_of_two_equally_skilled_the_one_who_is_free_comes_first() -> None:
    asleep = Availability(timezone="UTC", schedule=(Slot("Monday", time(20), time(22)),))
    away = replace(GOOD, availability=asleep)
    free = replace(GOOD, id="expert-" + "f" * 32)
    first, second = order(away, free)
    assert (first.expert.id, first.presence, first.response) == (free.id, "available", "5-10 minutes")
    assert (second.presence, second.response) == ("away", "in about 8 hours")


def test_load_and_used_up_hours_make_busy() -> None:
    limited = replace(GOOD, availability=Availability(max_weekly_hours=2))
    (match,) = order((limited, Load(sessions=1, accepted_this_week=2)))
    assert match.presence == "busy"
    (match,) = order((limited, Load(sessions=1, accepted_this_week=1)))
    assert (match.presence, match.response) == ("available", "15-20 minutes")


def test_do_not_disturb_is_respected() -> None:
    absent = Availability(absences=(Absence(MONDAY_NOON - timedelta(days=1), MONDAY_NOON + timedelta(days=2)),))
    (match,) = order(replace(GOOD, availability=absent))
    assert (match.presence, match.response) == ("do_not_disturb", "in about 48 hours")


def test_related_skills_and_synonyms_count_less_than_the_skill_itself() -> None:
    near = expert(4, ("py", "Expert", 8), ("File systems", "Advanced", 5))
    matches = order(near, GOOD)
    assert ids(matches) == [GOOD.id, near.id]
    assert "File systems: Advanced, 5 years (for file-handling)" in matches[1].reasons
    assert "py: Expert, 8 years" in matches[1].reasons


def test_platform_and_language_count() -> None:
    here = replace(GOOD, id="expert-" + "f" * 32, platforms=("Linux", "Windows"))
    speaks = replace(GOOD, id="expert-" + "e" * 32, languages=(SpokenLanguage("english", "Native"),))
    mute = replace(GOOD, id="expert-" + "d" * 32, languages=(SpokenLanguage("Esperanto", "Native"),))
    assert ids(order(mute, GOOD, speaks, here)) == [here.id, speaks.id, GOOD.id, mute.id]
    assert "has worked on linux, windows" in order(here)[0].reasons


def test_the_channel_is_one_that_both_like() -> None:
    need = replace(NEED, channels=("email",))
    likes = replace(GOOD, communication=Communication(("discord", "Email")))
    assert [match.channel for match in order(likes, need=need)] == ["Email"]
    assert [match.channel for match in order(likes)] == ["discord"]
    assert [match.channel for match in order(GOOD)] == ["in-app"]


@given(st.permutations(range(8)))
def test_ties_have_one_order(shuffled: list[int]) -> None:
    alike = [expert(number, ("Python", "Expert", 8)) for number in shuffled]
    assert ids(order(*alike)) == [f"expert-{number:032x}" for number in range(8)]


@given(
    st.sampled_from(["Beginner", "Intermediate", "Advanced", "Expert"]),
    st.integers(0, 80),
    st.integers(0, 300),
    st.integers(0, 10),
)
def test_scores_stay_between_none_and_all(level: SkillLevel, years: int, sessions: int, open_sessions: int) -> None:
    one = expert(1, ("Python", level, years), rating=(sessions, 5 * sessions))
    for match in order((one, Load(open_sessions, open_sessions))):
        assert 0 <= match.score <= 100
