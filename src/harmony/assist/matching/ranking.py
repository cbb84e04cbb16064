"""Who fits a request, and why. Pure: facts in, order out.

``fit`` says how well somebody's skills cover what is asked; without it there is nothing, however famous or free they
are. ``circumstances`` (platform, availability, reputation, load, language) then move the score within the share that
they are given. Whole percents throughout, so that ties are ties.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from harmony.assist.experts.model import (
    PRIOR_RATING_TENTHS,
    SESSION_HOURS_ASSUMED,
    Expert,
    Presence,
    Skill,
    SkillLevel,
    next_opening,
    presence,
)
from harmony.assist.experts.skills import normal, similarity

FIT_SHARE = 60
"""What skill alone gives, of 100; the rest is for circumstances."""
CIRCUMSTANCES: dict[str, int] = {"availability": 35, "reputation": 25, "platform": 20, "language": 10, "load": 10}
"""The weights of the circumstances; they sum to 100."""

MINIMUM_FIT = 5
SPECIALIZATION: SkillLevel = "Advanced"
PRESENCE_VALUES: dict[Presence, int] = {"available": 100, "busy": 40, "away": 30, "do_not_disturb": 0}
SESSIONS_THAT_BUSY = 3
STARS_FULL_TENTHS = 50
MINUTES_FREE = (5, 10)
MINUTES_ENGAGED = (15, 20)


@dataclass(frozen=True, slots=True)
class Need:
    """What is asked: normal names of skills, the platforms it is about, the language to speak."""

    skills: tuple[str, ...]
    platforms: tuple[str, ...] = ()
    language: str = ""
    channels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Load:
    """What an expert already carries: sessions open now, and requests accepted within a week."""

    sessions: int = 0
    accepted_this_week: int = 0


@dataclass(frozen=True, slots=True)
class Match:
    """An expert with a score from 0 to 100 and the reasons in words."""

    expert: Expert
    score: int
    presence: Presence
    response: str
    channel: str
    reasons: tuple[str, ...]


def rank(need: Need, experts: Iterable[tuple[Expert, Load]], now: datetime) -> list[Match]:
    """Those who fit, best first; ties by rating, then sessions, then the older profile."""
    matches = [_match(need, expert, load, now) for expert, load in experts if _fit(need, expert) >= MINIMUM_FIT]
    return sorted(
        matches,
        key=lambda match: (
            -match.score,
            -match.expert.standing.score_tenths,
            -match.expert.standing.sessions,
            match.expert.id,
        ),
    )


def _match(need: Need, expert: Expert, load: Load, now: datetime) -> Match:
    fit = _fit(need, expert)
    present = presence_of(expert, load, now)
    values = {
        "availability": PRESENCE_VALUES[present],
        "reputation": 100 * expert.standing.score_tenths // STARS_FULL_TENTHS,
        "platform": _platform(need, expert),
        "language": _language(need, expert),
        "load": max(0, 100 - 100 * load.sessions // SESSIONS_THAT_BUSY),
    }
    around = sum(CIRCUMSTANCES[name] * value for name, value in values.items()) // 100
    return Match(
        expert=expert,
        score=fit * (100 * FIT_SHARE + (100 - FIT_SHARE) * around) // 10_000,
        presence=present,
        response=_response(expert, load, present, now),
        channel=_channel(need, expert),
        reasons=tuple(_reasons(need, expert, load, present, values)),
    )


def presence_of(expert: Expert, load: Load, now: datetime) -> Presence:
    """The schedule's word, unless the week's hours or the open sessions are used up."""
    found = presence(expert.availability, now)
    hours = expert.availability.max_weekly_hours
    used_up = hours is not None and load.accepted_this_week * SESSION_HOURS_ASSUMED >= hours
    if found == "available" and (used_up or load.sessions >= SESSIONS_THAT_BUSY):
        return "busy"
    return found


def _fit(need: Need, expert: Expert) -> int:
    """The mean, over the skills asked, of the best that the expert has for each."""
    if not need.skills:
        return 0
    return sum(_best(asked, expert)[0] for asked in need.skills) // len(need.skills)


def _best(asked: str, expert: Expert) -> tuple[int, Skill | None]:
    """How well one skill is covered, and by which of the expert's."""
    found = [(similarity(asked, skill.name) * skill.strength // 100, skill) for skill in _known(expert)]
    return max(found, key=lambda pair: (pair[0], pair[1].name), default=(0, None))


def _known(expert: Expert) -> Sequence[Skill]:
    """The skills, and the specializations and platforms as skills whose years are unknown."""
    named = {skill.name for skill in expert.skills}
    further = [shown for shown in (*expert.specializations, *expert.platforms) if normal(shown) not in named]
    return [*expert.skills, *(Skill(normal(shown), shown, SPECIALIZATION, 0) for shown in further)]


def _platform(need: Need, expert: Expert) -> int:
    """The share of the platforms asked that the expert has worked on; 50 when none is asked."""
    if not need.platforms:
        return 50
    known = _platform_names(expert)
    return 100 * len([platform for platform in need.platforms if platform in known]) // len(need.platforms)


def _language(need: Need, expert: Expert) -> int:
    if not need.language or not expert.languages:
        return 50
    spoken = {language.language.lower() for language in expert.languages}
    return 100 if need.language.lower() in spoken else 0


def _response(expert: Expert, load: Load, present: Presence, now: datetime) -> str:
    """When an answer may be expected, in words."""
    if present == "available":
        low, high = MINUTES_ENGAGED if load.sessions else MINUTES_FREE
        return f"{low}-{high} minutes"
    opening = next_opening(expert.availability, now)
    if opening is None:
        return "not within a week"
    if opening <= now:
        return "when the present sessions end"
    return f"in about {ceil((opening - now) / timedelta(hours=1))} hours"


def _channel(need: Need, expert: Expert) -> str:
    """The channel that both like, otherwise the expert's first, otherwise Harmony's own."""
    liked = {channel.lower() for channel in need.channels}
    shared = [channel for channel in expert.communication.channels if channel.lower() in liked]
    return next(iter([*shared, *expert.communication.channels]), "in-app")


def _reasons(need: Need, expert: Expert, load: Load, present: Presence, values: dict[str, int]) -> Iterable[str]:
    for asked in need.skills:
        value, skill = _best(asked, expert)
        if skill is None or value == 0:
            yield f"knows nothing close to {asked}"
        else:
            years = f", {_counted(skill.years, 'year')}" if skill.years else ""
            related = "" if skill.name == asked else f" (for {asked})"
            yield f"{skill.shown}: {skill.level}{years}{related}"
    if need.platforms and values["platform"]:
        yield "has worked on " + ", ".join(p for p in need.platforms if p in _platform_names(expert))
    yield {
        "available": "available now",
        "busy": "busy with other sessions",
        "away": "outside their hours",
        "do_not_disturb": "does not want to be disturbed",
    }[present]
    standing = expert.standing
    stars = f"{standing.score_tenths // 10}.{standing.score_tenths % 10} of 5"
    yield f"{stars} from {_counted(standing.sessions, 'session')}" if standing.sessions else _newcomer()
    if load.sessions:
        yield _counted(load.sessions, "open session")
    if need.language and values["language"] == 100:
        yield f"speaks {need.language}"


def _platform_names(expert: Expert) -> set[str]:
    return {normal(platform) for platform in expert.platforms} | {skill.name for skill in expert.skills}


def _newcomer() -> str:
    return f"no sessions yet, counted as {PRIOR_RATING_TENTHS // 10}.{PRIOR_RATING_TENTHS % 10} of 5"


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"
