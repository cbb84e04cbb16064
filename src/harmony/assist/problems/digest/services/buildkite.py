"""Buildkite."""

from __future__ import annotations

from harmony.assist.problems.digest.patterns import Pattern
from harmony.assist.problems.digest.services.service import Service

BUILDKITE = Service(
    name="buildkite",
    heads=("🚨", "$", "~~~", "^^^", "The", "user"),
    known_by=Pattern(r"\~\~\~ (?:Preparing|Running|:package:|:)|\^{3} \+{3}|🚨 Error: The command exited"),
    step=Pattern(r"\$ <message>$"),
    failed=Pattern(
        r"🚨 Error: The command exited with status (?!0\b)|user command error: |The command exited with status [1-9-]"
    ),
    cancelled=Pattern(r"(?:🚨 )?Error: The command was interrupted|Received cancellation signal|# Cancell?ed"),
)
