"""What of the findings reaches the user, and when: a false-alarm budget that holds over time, modes, the next word.

In any ``WINDOW`` at most ``limit`` alarms are sounded that the user did not confirm, whatever the stream: what is
beyond that is not said aloud. "This was no problem" halves what is allowed, and below one alarm a window it doubles the
window; "this was right" takes one such halving back and does not count.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from harmony.assist.problems.stuck.model import Finding, Kind, Level, Remedy
from harmony.assist.problems.stuck.weights import PRIOR_RIGHT, PRIOR_WRONG, counts

WINDOW = timedelta(days=1)
ALARMS_A_WINDOW = 3
ALARMS_A_WINDOW_LIMIT = 20
STRIKES_LIMIT = 6
"""More of "no problem" than this changes nothing: an alarm every 32 windows at least, for who allows one a window."""
RUNGS: tuple[Remedy, ...] = (Remedy.NUDGE, Remedy.KNOWN_SOLUTIONS, Remedy.PERSON)


class Mode(StrEnum):
    """``proactive``: at once; ``on_demand``: only when asked; ``scheduled``: gathered, one digest a day."""

    PROACTIVE = "proactive"
    ON_DEMAND = "on_demand"
    SCHEDULED = "scheduled"


@dataclass(frozen=True, slots=True)
class AlarmBudget:
    """One user's: how many alarms a window, when some were sounded, how often one was called no problem."""

    limit: int = ALARMS_A_WINDOW
    sounded: tuple[datetime, ...] = ()
    strikes: int = 0


def allowed(budget: AlarmBudget) -> tuple[int, timedelta]:
    """How many alarms in which time, strikes counted in; an alarm needs a limit of one."""
    share = budget.limit >> budget.strikes
    if share or not budget.limit:
        return share, WINDOW
    return 1, WINDOW * 2 ** (budget.strikes - budget.limit.bit_length() + 1)


def charged(budget: AlarmBudget, now: datetime) -> AlarmBudget | None:
    """The budget after an alarm that is sounded now; None when it may not be sounded.

    A clock that went back gives nothing: what lies ahead of ``now`` was sounded within the window.
    """
    count, window = allowed(budget)
    if sum(now - at < window for at in budget.sounded) >= count:
        return None
    newest = sorted((*budget.sounded, now))[-ALARMS_A_WINDOW_LIMIT:]
    return replace(budget, sounded=tuple(newest))


def confirmed(budget: AlarmBudget, sounded_at: datetime) -> AlarmBudget:
    """The user says of an alarm that it was right: it does not count, and one strike is taken back."""
    sounded = list(budget.sounded)
    if sounded_at in sounded:
        sounded.remove(sounded_at)
    return replace(budget, sounded=tuple(sounded), strikes=max(0, budget.strikes - 1))


def struck(budget: AlarmBudget) -> AlarmBudget:
    """The user says of an alarm that it was no problem."""
    return replace(budget, strikes=min(STRIKES_LIMIT, budget.strikes + 1))


def quietened(finding: Finding) -> Finding:
    """An alarm beyond the budget becomes a nudge."""
    return replace(finding, level=Level.NUDGE, remedy=Remedy.NUDGE)


def next_rung(finding: Finding, before: int) -> int:
    """Which of ``RUNGS`` is tried now, from 1, ``before`` being the one tried last (0 for none).

    A nudge first, known solutions second, a person third, however strong the finding. Who asks is not held back; past
    what trying again cannot remove, solutions are left out.
    """
    wanted = RUNGS.index(finding.remedy) + 1
    if finding.kind is Kind.ASK:
        return max(wanted, before)
    step = 2 if before and finding.obstacle else 1
    return max(before, min(wanted, before + step))


def calibrated(finding: Finding, right: int, wrong: int) -> float:
    """The finding's confidence with this user's own answers to such alarms counted in.

    It is the share of right ones (Laplace, with ``PRIOR_RIGHT`` and ``PRIOR_WRONG``) among those of the training and
    the user's together; the doubt that the rounds have taken off stays off in proportion.
    """
    trained_right, trained_wrong = counts(finding.kind, finding.level)
    doubt = _doubt(trained_right, trained_wrong)
    own = _doubt(trained_right + right, trained_wrong + wrong)
    return round(1.0 - min(1.0, (1.0 - finding.confidence) * own / doubt), 3)


def _doubt(right: int, wrong: int) -> float:
    return (wrong + PRIOR_WRONG) / (right + wrong + PRIOR_RIGHT + PRIOR_WRONG)
