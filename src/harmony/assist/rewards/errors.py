"""Refusals of rewards."""

from __future__ import annotations

from harmony.kernel.errors import Conflict, Invalid, NotFound


class ContributionUnknown(NotFound):
    code = "rewards.contribution_unknown"
    hint = "A contribution is valued once the payment for its work has been released."


class ScoreInvalid(Invalid):
    code = "rewards.score_invalid"
    hint = "A score is a whole number from 0 to 100."


class SessionAbandoned(Conflict):
    code = "rewards.session_abandoned"
    hint = "Only a session that was not abandoned is a contribution."
