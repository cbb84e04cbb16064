"""The nouns of pipelines: who may send web hooks, how a job ended, what that says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Provider = Literal["github", "gitlab"]
PipelineKind = Literal["failing_pipeline", "went_red", "flaky_job"]

SOURCES_LIMIT_ITEMS = 20
"""Sources of one person."""
OUTCOMES_LIMIT_ITEMS = 200
"""Outcomes read from one delivery; of a pipeline with more jobs, the first that failed."""
HISTORY_LIMIT_ITEMS = 50
"""Outcomes of one job that are looked at."""
OUTCOME_KEPT_DAYS = 90
DELIVERY_KEPT_DAYS = 30
"""A delivery that tells of something older than this is not looked at: its id may be forgotten."""
DELIVERIES_A_DAY_LIMIT = 2_000
"""Of one source, in any 24 hours."""
OUTCOMES_KEPT_ITEMS = 20_000
"""Of one source: the newest."""
NAME_LIMIT_CHARS = 200
COMMIT_SHOWN_CHARS = 12


@dataclass(frozen=True, slots=True)
class CiSource:
    """Somebody's leave for one provider to send web hooks. ``generation`` counts its secrets."""

    id: str
    user_id: str
    provider: Provider
    name: str
    key_id: str
    generation: int
    created_at: datetime
    delivered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class JobOutcome:
    """How a job, or a workflow as a whole (``job`` is empty), ended. ``url`` only where privacy is open."""

    object_id: str
    repository: str
    workflow: str
    job: str
    branch: str
    is_main: bool
    commit_id: str
    passed: bool
    ended_at: datetime
    url: str | None = None

    @property
    def title(self) -> str:
        return " / ".join(part for part in (self.workflow, self.job) if part)


@dataclass(frozen=True, slots=True)
class PipelineSignal:
    """What a job's history says now, with the outcomes that say so, oldest first."""

    kind: PipelineKind
    rounds: int
    needed: int
    seen: tuple[JobOutcome, ...]
