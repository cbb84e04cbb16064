"""The wire shapes of watching: activity as it is sent, what it comes to, settings, alarms."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, JsonValue

from harmony.assist.problems.model import LOG_LIMIT_BYTES, Action
from harmony.assist.problems.schemas import Command, KnownSolutionView, NextStep, solution_view
from harmony.assist.problems.stuck.delivery import ALARMS_A_WINDOW_LIMIT, Mode
from harmony.assist.problems.stuck.events import read_event
from harmony.assist.problems.stuck.model import Event, Finding, Privacy, Remedy, Verdict
from harmony.assist.problems.watched import EVENTS_LIMIT_ITEMS, Alarm, Answer, Settings, Watch, WatchedRun
from harmony.assist.problems.watching.editor import EditorEvent, EditorKind, as_event
from harmony.assist.problems.watching.runs import Batch, verdict_of
from harmony.assist.wire import Label, Line, Prose, Wire

ACTIONS: dict[Remedy, Action] = {
    Remedy.NUDGE: "nudge",
    Remedy.KNOWN_SOLUTIONS: "known_solution",
    Remedy.PERSON: "expert_assistance",
}
Output = Annotated[str, Field(max_length=LOG_LIMIT_BYTES)]


def _capitalised(value: object) -> object:
    """The specification writes ``On-demand``; ``on-demand`` is understood too."""
    return value.capitalize() if isinstance(value, str) else value


AssistanceMode = Annotated[Literal["Proactive", "On-demand", "Scheduled"], BeforeValidator(_capitalised)]
PrivacyLevel = Annotated[Literal["High", "Standard", "Open"], BeforeValidator(_capitalised)]

MODES: dict[Mode, AssistanceMode] = {
    Mode.PROACTIVE: "Proactive",
    Mode.ON_DEMAND: "On-demand",
    Mode.SCHEDULED: "Scheduled",
}
LEVELS: dict[Privacy, PrivacyLevel] = {Privacy.HIGH: "High", Privacy.STANDARD: "Standard", Privacy.OPEN: "Open"}


class RunEvent(Wire):
    """One event of an agent's run, as ``harmony stuck`` reads it. ``eventId`` is yours, one for each event of a run."""

    event_id: Label
    role: Label | None = Field(default=None, description="user, agent or tool; others count as nothing but a place")
    text: JsonValue = None
    tool: Line = ""
    args: JsonValue = None
    name: Line = ""
    error: bool | None = None

    def noun(self) -> Event:
        return read_event(self.model_dump(exclude_none=True, exclude={"event_id"}))


class EditorActivity(Wire):
    """What an editor saw: ``edit`` and ``undo`` of a file (``path``), ``run`` of a command, what the person does
    ``say``. The exit code of a run that was broken off is left out."""

    event_id: Label
    kind: EditorKind
    path: Line = ""
    command: Command = ""
    exit_code: int | None = Field(default=None, ge=-(2**31), le=2**32)
    output: Output = ""
    text: Prose = ""

    def noun(self) -> Event:
        said = self.text if self.kind == "say" else self.output
        return as_event(EditorEvent(self.event_id, self.kind, self.path or self.command, said, self.exit_code))


class AgentRun(Wire):
    run_id: Label = Field(description="your name for the run")
    events: list[RunEvent] = Field(min_length=1, max_length=EVENTS_LIMIT_ITEMS)


class ReportActivity(AgentRun):
    """Events of one agent's run, in their order; events that were sent before are passed over."""


class EditorRun(Wire):
    source: Literal["editor"]
    run_id: Label = Field(description="your name for the run, such as a working folder and a day")
    events: list[EditorActivity] = Field(min_length=1, max_length=EVENTS_LIMIT_ITEMS)


class AgentSource(AgentRun):
    source: Literal["agent"]


Activity = Annotated[EditorRun | AgentSource, Field(discriminator="source")]


class LineView(Wire):
    """``at`` counts the events of the run from 0."""

    at: int
    text: str


class ActivityView(Wire):
    """What the events come to. ``alarmAt``: the event with which the run was stuck for the first time."""

    run_id: str
    watched_run_id: str
    accepted: int
    repeated: int
    events: int
    stuck: bool
    nudge: bool
    score: float
    alarm_at: int | None
    kind: str | None
    confidence_score: float | None
    rounds: int
    surmountable: bool
    obstacle: str
    hints: list[str]
    evidence: list[LineView]
    suggested_action: Action
    alarm_id: str | None
    alarm_state: str | None
    context_id: str | None
    known_solutions: list[KnownSolutionView]
    actions: list[NextStep]

    @classmethod
    def of(cls, watched: Watch) -> ActivityView:
        verdict, alarm = watched.verdict, watched.alarm
        return cls(
            **_standing(watched.run, verdict),
            accepted=watched.accepted,
            repeated=watched.repeated,
            suggested_action=ACTIONS[watched.remedy] if watched.remedy else "none",
            alarm_id=alarm.id if alarm else None,
            alarm_state=alarm.state if alarm else None,
            context_id=alarm.context_id if alarm else None,
            known_solutions=[solution_view(solution) for solution in watched.known_solutions],
            actions=_next_steps(watched),
        )


class RunView(Wire):
    run_id: str
    watched_run_id: str
    source: str
    privacy_level: str
    events: int
    stuck: bool
    nudge: bool
    score: float
    alarm_at: int | None
    kind: str | None
    confidence_score: float | None
    rounds: int
    surmountable: bool
    obstacle: str
    hints: list[str]
    evidence: list[LineView]
    alarm_id: str | None
    begun_at: datetime
    seen_at: datetime

    @classmethod
    def of(cls, run: WatchedRun) -> RunView:
        return cls(
            **_standing(run, verdict_of(run)),
            source=run.source,
            privacy_level=LEVELS[run.privacy],
            alarm_id=run.alarm_id,
            begun_at=run.begun_at,
            seen_at=run.seen_at,
        )


class RunList(Wire):
    items: list[RunView]


class ChooseSettings(Wire):
    """The words of the specification's help preferences (section 3.2). What is left out takes its default."""

    assistance_mode: AssistanceMode = "Proactive"
    privacy_level: PrivacyLevel = "Standard"
    alarms_a_day: int = Field(
        default=Settings("").alarms_a_day,
        ge=0,
        le=ALARMS_A_WINDOW_LIMIT,
        description="the most alarms in any 24 hours that you did not confirm",
    )
    digest_hour: int = Field(default=Settings("").digest_hour, ge=0, le=23, description="in the mode Scheduled")
    timezone: Label = Settings("").timezone

    def noun(self, user_id: str) -> Settings:
        mode = next(mode for mode, name in MODES.items() if name == self.assistance_mode)
        privacy = next(level for level, name in LEVELS.items() if name == self.privacy_level)
        return Settings(user_id, mode, privacy, self.alarms_a_day, self.digest_hour, self.timezone)


class SettingsView(Wire):
    """``updatedAt`` is null for who never chose. ``alarmsAllowed`` is what "this was no problem" has left of
    ``alarmsADay``, in ``alarmsAllowedHours``."""

    assistance_mode: AssistanceMode
    privacy_level: PrivacyLevel
    alarms_a_day: int
    alarms_allowed: int
    alarms_allowed_hours: int
    digest_hour: int
    timezone: str
    updated_at: datetime | None


class AnswerAlarm(Wire):
    answer: Answer = Field(description='"right", or "wrong": this was no problem')


class AlarmView(Wire):
    alarm_id: str
    source: str
    subject: str
    kind: str
    said: str
    confidence_score: float
    rounds: int
    surmountable: bool
    obstacle: str
    suggested_action: Action
    state: str
    evidence: list[LineView]
    context_id: str | None
    raised_at: datetime
    told_at: datetime | None
    answer: Answer | None

    @classmethod
    def of(cls, alarm: Alarm, said: str) -> AlarmView:
        return cls(
            alarm_id=alarm.id,
            source=alarm.source,
            subject=alarm.subject,
            kind=alarm.kind,
            said=said,
            confidence_score=alarm.confidence_percent / 100,
            rounds=alarm.rounds,
            surmountable=not alarm.obstacle,
            obstacle=alarm.obstacle,
            suggested_action=ACTIONS[alarm.remedy],
            state=alarm.state,
            evidence=[LineView(at=line.at, text=line.text) for line in alarm.lines],
            context_id=alarm.context_id,
            raised_at=alarm.raised_at,
            told_at=alarm.told_at,
            answer=alarm.answer,
        )


class AlarmList(Wire):
    items: list[AlarmView]
    next_cursor: str | None


def batch_of(source: Literal["editor", "agent"], body: EditorRun | AgentRun, events: tuple[Event, ...]) -> Batch:
    return Batch(source, body.run_id, tuple(event.event_id for event in body.events), events)


def _standing(run: WatchedRun, verdict: Verdict) -> dict[str, Any]:
    finding: Finding | None = verdict.standing
    return {
        "run_id": run.name,
        "watched_run_id": run.id,
        "events": verdict.events,
        "stuck": verdict.stuck,
        "nudge": verdict.nudge,
        "score": verdict.score,
        "alarm_at": verdict.alarm_at,
        "kind": finding.kind.value if finding else None,
        "confidence_score": finding.confidence if finding else None,
        "rounds": finding.rounds if finding else 0,
        "surmountable": finding.surmountable if finding else True,
        "obstacle": finding.obstacle if finding else "",
        "hints": list(finding.hints) if finding else [],
        "evidence": [LineView(at=line.at, text=line.text) for line in finding.lines] if finding else [],
    }


def _next_steps(watched: Watch) -> list[NextStep]:
    steps = [
        NextStep(action="known_solution", method="GET", path=f"/v1/knowledge-base/articles/{solution.article_id}")
        for solution in watched.known_solutions
    ]
    alarm = watched.alarm
    if watched.remedy is Remedy.PERSON and alarm is not None and alarm.context_id is not None:
        body = {"contextId": alarm.context_id}
        steps.append(NextStep(action="expert_assistance", method="POST", path="/v1/requests", body=body))
    return steps
