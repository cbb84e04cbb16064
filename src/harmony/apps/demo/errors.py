"""Refusals of the demo."""

from __future__ import annotations

from harmony.kernel.errors import Refusal, Unavailable


class StoryInterrupted(Unavailable):
    code = "demo.interrupted"
    hint = "Nothing is lost: go on with `make demo ARGS=--resume`."


class StoryWentWrong(Refusal):
    code = "demo.went_wrong"
    hint = "This should not happen; the log in the data folder tells more."
