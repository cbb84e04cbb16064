"""GitLab CI."""

from __future__ import annotations

from harmony.assist.problems.digest.patterns import Pattern
from harmony.assist.problems.digest.services.service import Service

GITLAB = Service(
    name="gitlab",
    heads=("ERROR:", "Job", "Running", "$", "WARNING:"),
    known_by=Pattern(r"Running with gitlab-runner |section_(?:start|end):|ERROR: Job failed|Job succeeded$"),
    step=Pattern(r"\$ <message>$"),
    failed=Pattern(r"ERROR: Job failed(?!: (?:cancell?ed|execution took longer|aborted))"),
    passed=Pattern(r"Job succeeded$"),
    cancelled=Pattern(r"ERROR: Job failed: (?:cancell?ed|execution took longer than|aborted)|Job (?:was )?cancell?ed"),
)
