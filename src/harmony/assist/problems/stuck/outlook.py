"""How a run is likely to end, read from its first events: a logistic model over seven counts.

The features speak of how much is asked (the longest thing the user said, conditions, further wishes), how much there is
to calculate, and what has been done about it (questions asked, the largest action, a hand-over). The sign of
each is what was measured, not what was wished.
"""

from __future__ import annotations

import math
import re

from harmony.assist.problems.stuck.model import Event, Role
from harmony.assist.problems.stuck.weights import FEATURES, INTERCEPT

OUTLOOK_EVENTS = 16
OUTLOOK_LEAST_EVENTS = 6
"""Before that many events there is no outlook."""
DEVIATIONS_LIMIT = 2.5
"""A run unlike those it was trained on counts as this many standard deviations off, not more."""
TEXT_LIMIT_CHARACTERS = 4_000

_CONDITIONS = re.compile(
    r"\b(?:if|unless|otherwise|depending|as long as|only|at least|at most|cheapest|lowest|fastest|less than|more than"
    r"|under|within|maximum|minimum|prefer\w{0,4}|first|then)\b",
    re.IGNORECASE,
)
_WISHES = re.compile(
    r"\b(?:also|and then|additionally|as well|another|in addition|both|all|total|how much)\b", re.IGNORECASE
)
_ARITHMETIC = re.compile(r"\d\s{0,2}[-+*/]\s{0,2}\d")
_HAND_OVER = re.compile(r"transfer|escalat|hand_?(?:off|over)|human", re.IGNORECASE)


class Outlook:
    """Counts over the first events of one run; later events change nothing."""

    def __init__(self) -> None:
        self._seen = 0
        self._longest_wish = self._largest_action = 0
        self._conditions = self._wishes = self._questions = self._sums = self._hand_overs = 0

    def kept(self) -> list[int]:
        """The counts, as ``resumed`` takes them."""
        wishes = [self._longest_wish, self._conditions, self._wishes]
        return [self._seen, *wishes, self._largest_action, self._questions, self._sums, self._hand_overs]

    @classmethod
    def resumed(cls, kept: list[int]) -> Outlook:
        outlook = cls()
        outlook._seen, outlook._longest_wish, outlook._conditions, outlook._wishes = kept[:4]
        outlook._largest_action, outlook._questions, outlook._sums, outlook._hand_overs = kept[4:]
        return outlook

    def observe(self, event: Event) -> None:
        if self._seen == OUTLOOK_EVENTS:
            return
        self._seen += 1
        text = event.text[:TEXT_LIMIT_CHARACTERS]
        if event.role is Role.USER:
            self._longest_wish = max(self._longest_wish, len(text))
            self._conditions += len(_CONDITIONS.findall(text))
            self._wishes += len(_WISHES.findall(text))
        elif event.acts:
            self._largest_action = max(self._largest_action, len(event.args))
            self._sums += _ARITHMETIC.search(event.args[:TEXT_LIMIT_CHARACTERS]) is not None
            self._hand_overs = max(self._hand_overs, int(_HAND_OVER.search(event.tool) is not None))
        elif event.role is Role.AGENT:
            self._questions += text.count("?")

    def features(self) -> dict[str, float]:
        return {
            "longest_wish": math.log1p(self._longest_wish),
            "conditions": math.log1p(self._conditions),
            "wishes": math.log1p(self._wishes),
            "questions": math.log1p(self._questions),
            "sums": math.log1p(self._sums),
            "hand_over": float(self._hand_overs),
            "largest_action": math.log1p(self._largest_action),
        }

    def failure(self) -> float | None:
        """The likelihood, between 0 and 1, that the run ends without success; None while too little was seen.

        It was learned from runs in which a user says what is wanted, so it says nothing of runs without one.
        """
        if self._seen < OUTLOOK_LEAST_EVENTS or not self._longest_wish:
            return None
        values = self.features()
        total = INTERCEPT
        for name, (mean, scale, weight) in FEATURES.items():
            total += weight * max(-DEVIATIONS_LIMIT, min(DEVIATIONS_LIMIT, (values[name] - mean) / scale))
        return round(1.0 / (1.0 + math.exp(-total)), 4)
