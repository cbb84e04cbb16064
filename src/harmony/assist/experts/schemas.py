"""The wire shapes of experts, as the specification prints them (live-product-brief.md, sections 3.1 and 10.4)."""

from __future__ import annotations

from datetime import datetime, time
from typing import Annotated

from pydantic import AfterValidator, Field

from harmony.assist.experts.model import (
    SCHEDULE_LIMIT_ITEMS,
    SKILLS_LIMIT_ITEMS,
    WEEKLY_HOURS_LIMIT,
    YEARS_LIMIT,
    Absence,
    Availability,
    Communication,
    Day,
    Expert,
    Presence,
    Profile,
    Skill,
    SkillLevel,
    Slot,
    SpokenLanguage,
)
from harmony.assist.experts.skills import normal
from harmony.assist.wire import Instant, Label, Labels, Line, Wire, storable
from harmony.kernel.money import decimal

CHANNELS_LIMIT_ITEMS = 10

Clock = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$"), AfterValidator(storable)]
"""A time of day, hours and minutes: 09:00."""


class SkillEntry(Wire):
    skill: Label
    level: SkillLevel
    years_experience: int = Field(default=0, ge=0, le=YEARS_LIMIT)

    def noun(self) -> Skill:
        return Skill(normal(self.skill), self.skill, self.level, self.years_experience)

    @classmethod
    def of(cls, skill: Skill) -> SkillEntry:
        return cls(skill=skill.shown, level=skill.level, years_experience=skill.years)


class ScheduleEntry(Wire):
    day: Day
    start_time: Clock
    end_time: Clock

    def noun(self) -> Slot:
        return Slot(self.day, time.fromisoformat(self.start_time), time.fromisoformat(self.end_time))


class DoNotDisturb(Wire):
    start: Instant = Field(alias="from")
    until: Instant

    @classmethod
    def of(cls, absence: Absence) -> DoNotDisturb:
        return cls.model_validate({"from": absence.start, "until": absence.end})


class AvailabilityEntry(Wire):
    timezone: Label = "UTC"
    schedule: tuple[ScheduleEntry, ...] = Field(default=(), max_length=SCHEDULE_LIMIT_ITEMS)
    max_weekly_hours: int | None = Field(default=None, ge=1, le=WEEKLY_HOURS_LIMIT)
    do_not_disturb: tuple[DoNotDisturb, ...] = Field(default=(), max_length=SCHEDULE_LIMIT_ITEMS)

    def noun(self) -> Availability:
        return Availability(
            timezone=self.timezone,
            schedule=tuple(entry.noun() for entry in self.schedule),
            max_weekly_hours=self.max_weekly_hours,
            absences=tuple(Absence(period.start, period.until) for period in self.do_not_disturb),
        )

    @classmethod
    def of(cls, availability: Availability) -> AvailabilityEntry:
        schedule = [
            ScheduleEntry(day=slot.day, start_time=slot.start.strftime("%H:%M"), end_time=slot.end.strftime("%H:%M"))
            for slot in availability.schedule
        ]
        return cls(
            timezone=availability.timezone,
            schedule=tuple(schedule),
            max_weekly_hours=availability.max_weekly_hours,
            do_not_disturb=tuple(DoNotDisturb.of(absence) for absence in availability.absences),
        )


class CommunicationPreferences(Wire):
    preferred_channels: tuple[Label, ...] = Field(default=(), max_length=CHANNELS_LIMIT_ITEMS)
    response_time_expectation: Line = ""


class LanguageEntry(Wire):
    language: Label
    fluency: Line = ""


class RegisterExpert(Wire):
    user_id: Label | None = None
    expertise: tuple[SkillEntry, ...] = Field(min_length=1, max_length=SKILLS_LIMIT_ITEMS)
    specializations: Labels = ()
    platform_experience: Labels = ()
    languages: tuple[LanguageEntry, ...] = Field(default=(), max_length=CHANNELS_LIMIT_ITEMS)
    availability: AvailabilityEntry = AvailabilityEntry()
    communication_preferences: CommunicationPreferences = CommunicationPreferences()

    def noun(self) -> Profile:
        preferences = self.communication_preferences
        return Profile(
            skills=tuple(entry.noun() for entry in self.expertise),
            specializations=self.specializations,
            platforms=self.platform_experience,
            languages=tuple(SpokenLanguage(entry.language, entry.fluency) for entry in self.languages),
            availability=self.availability.noun(),
            communication=Communication(preferences.preferred_channels, preferences.response_time_expectation),
        )


class ExpertView(Wire):
    """``reputationScore`` is 0 to 5; ``reputationPoints`` a decimal that is never money."""

    expert_id: str
    user_id: str
    name: str
    expertise: list[SkillEntry]
    specializations: list[str]
    platform_experience: list[str]
    languages: list[LanguageEntry]
    availability: AvailabilityEntry
    communication_preferences: CommunicationPreferences
    presence: Presence
    reputation_score: float
    reputation_points: str
    completed_sessions: int
    registered_at: datetime

    @classmethod
    def of(cls, expert: Expert, presence: Presence) -> ExpertView:
        return cls(
            expert_id=expert.id,
            user_id=expert.principal_id,
            name=expert.name,
            expertise=[SkillEntry.of(skill) for skill in expert.skills],
            specializations=list(expert.specializations),
            platform_experience=list(expert.platforms),
            languages=[LanguageEntry(language=spoken.language, fluency=spoken.fluency) for spoken in expert.languages],
            availability=AvailabilityEntry.of(expert.availability),
            communication_preferences=CommunicationPreferences(
                preferred_channels=expert.communication.channels,
                response_time_expectation=expert.communication.response_time,
            ),
            presence=presence,
            reputation_score=expert.standing.score_tenths / 10,
            reputation_points=decimal(expert.standing.points),
            completed_sessions=expert.standing.sessions,
            registered_at=expert.registered_at,
        )


class ExpertList(Wire):
    items: list[ExpertView]
    next_cursor: str | None
