"""What of the findings reaches the user, and when: a false-alarm budget that holds over time, and three modes.

An alarm costs a token and gives it back when the user says that it was right, so what is spent are alarms that were
wrong or left without a word. Tokens come back at a daily rate up to a fixed number: in the first ``d`` days, however
many, at most ``capacity + d * a_day`` unconfirmed alarms are sounded, whatever the stream. Beyond that an alarm becomes
a nudge.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from harmony.assist.problems.stuck.model import Finding, Level, Remedy

TOKENS_A_DAY = 2.0
CAPACITY_TOKENS = 3.0
REPORT_EVERY = timedelta(days=1)


class Mode(StrEnum):
    """``proactive``: at once; ``on_demand``: only when asked; ``scheduled``: gathered, one report at a time."""

    PROACTIVE = "proactive"
    ON_DEMAND = "on_demand"
    SCHEDULED = "scheduled"


@dataclass(frozen=True, slots=True)
class AlarmBudget:
    """One user's tokens as of ``at``."""

    tokens: float
    at: datetime
    a_day: float = TOKENS_A_DAY
    capacity: float = CAPACITY_TOKENS


def opened(now: datetime, a_day: float = TOKENS_A_DAY, capacity: float = CAPACITY_TOKENS) -> AlarmBudget:
    """A full budget."""
    return AlarmBudget(capacity, now, a_day, capacity)


def filled(budget: AlarmBudget, now: datetime) -> AlarmBudget:
    """The budget as of ``now``; a clock that went back gives nothing and takes nothing."""
    days = max(0.0, (now - budget.at) / timedelta(days=1))
    return replace(budget, tokens=min(budget.capacity, budget.tokens + days * budget.a_day), at=max(now, budget.at))


def charged(budget: AlarmBudget, finding: Finding, now: datetime) -> tuple[Finding, AlarmBudget]:
    """``finding`` as it may be said now, and what is left. Nudges are free; an alarm beyond the budget becomes one."""
    budget = filled(budget, now)
    if finding.level is not Level.ALARM:
        return finding, budget
    if budget.tokens >= 1.0:
        return finding, replace(budget, tokens=budget.tokens - 1.0)
    return replace(finding, level=Level.NUDGE, remedy=Remedy.NUDGE), budget


def confirmed(budget: AlarmBudget, now: datetime) -> AlarmBudget:
    """The user says of one sounded alarm that it was right: its token comes back."""
    budget = filled(budget, now)
    return replace(budget, tokens=min(budget.capacity, budget.tokens + 1.0))


def due(mode: Mode, *, asked: bool, last: datetime, now: datetime, every: timedelta = REPORT_EVERY) -> bool:
    """Whether findings are told now, ``last`` being when some were told before. Who asks is always answered."""
    if asked or mode is Mode.PROACTIVE:
        return True
    return mode is Mode.SCHEDULED and now - last >= every
