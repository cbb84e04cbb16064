"""What a job's history says: failing again and again, red after green, or red and green on the same commit. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from harmony.assist.problems.pipelines import COMMIT_SHOWN_CHARS, JobOutcome, PipelineSignal
from harmony.assist.problems.stuck.delivery import RUNGS
from harmony.assist.problems.stuck.evidence import DOUBT_KEPT_A_ROUND, LINES_LIMIT
from harmony.assist.problems.stuck.model import Line, Remedy
from harmony.assist.problems.stuck.weights import PRIOR_RIGHT, PRIOR_WRONG

FAILURES_NEEDED = 3


def recognise(history: Sequence[JobOutcome], about: JobOutcome) -> PipelineSignal | None:
    """What ``about``, one of the history (oldest first), adds to it.

    Said once and again each time the number has doubled. What comes late and changes nothing about the present is not
    said, apart from a job found to be flaky.
    """
    return _flaky(history, about) or _red(history, about)


def confidence(signal: PipelineSignal, right: int, wrong: int) -> float:
    """The share of right ones among this user's answers to such signals, with the prior of what is unmeasured; each
    round beyond the threshold leaves ``DOUBT_KEPT_A_ROUND`` of the doubt."""
    doubt = (wrong + PRIOR_WRONG) / (right + wrong + PRIOR_RIGHT + PRIOR_WRONG)
    return 1.0 - doubt * DOUBT_KEPT_A_ROUND ** (signal.rounds - signal.needed)


def remedy(signal: PipelineSignal) -> Remedy:
    """A nudge first, known solutions when the number has doubled, a person when it has doubled again."""
    doubled = (signal.rounds // signal.needed).bit_length() - 1
    return RUNGS[min(doubled, len(RUNGS) - 1)]


def lines(signal: PipelineSignal) -> tuple[Line, ...]:
    """The evidence, oldest first; of too many the newest."""
    shown = signal.seen[-LINES_LIMIT:]
    return tuple(Line(at, _line(outcome)) for at, outcome in enumerate(shown, len(signal.seen) - len(shown)))


def _flaky(history: Sequence[JobOutcome], about: JobOutcome) -> PipelineSignal | None:
    same = [one for one in history if one.commit_id == about.commit_id]
    others = {one.passed for one in same if one.object_id != about.object_id}
    if others != {not about.passed}:
        return None
    ends: dict[str, set[bool]] = {}
    for one in history:
        ends.setdefault(one.commit_id, set()).add(one.passed)
    commits = sum(len(found) > 1 for found in ends.values())
    return PipelineSignal("flaky_job", commits, 1, tuple(same)) if _doubled(commits, 1) else None


def _red(history: Sequence[JobOutcome], about: JobOutcome) -> PipelineSignal | None:
    branch = [one for one in history if one.branch == about.branch]
    if about.passed or not branch or branch[-1].object_id != about.object_id:
        return None
    greens = [at for at, one in enumerate(branch) if one.passed]
    streak = len(branch) - 1 - greens[-1] if greens else len(branch)
    if streak >= FAILURES_NEEDED and _doubled(streak, FAILURES_NEEDED):
        return PipelineSignal("failing_pipeline", streak, FAILURES_NEEDED, tuple(branch[-streak:]))
    known_flaky = any(one.passed and one.commit_id == about.commit_id for one in branch)
    if streak == 1 and greens and about.is_main and not known_flaky:
        return PipelineSignal("went_red", 1, 1, tuple(branch[-2:]))
    return None


def _doubled(rounds: int, needed: int) -> bool:
    times, rest = divmod(rounds, needed)
    return rest == 0 and times.bit_count() == 1


def _line(outcome: JobOutcome) -> str:
    ended = "passed" if outcome.passed else "failed"
    where = f"{outcome.repository} {outcome.branch}".strip()
    link = f" {outcome.url}" if outcome.url else ""
    commit = outcome.commit_id[:COMMIT_SHOWN_CHARS]
    return f"{outcome.title}: {ended} on {where} at {commit}, {outcome.ended_at:%Y-%m-%d %H:%M} UTC{link}"
