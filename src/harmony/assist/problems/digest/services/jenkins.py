"""Jenkins, freestyle and pipeline."""

from __future__ import annotations

from harmony.assist.problems.digest.patterns import Pattern
from harmony.assist.problems.digest.services.service import Service

JENKINS = Service(
    name="jenkins",
    heads=("Finished:", "Started", "+", "ERROR:", "[Pipeline]", "Build", "Aborted", "Sending"),
    known_by=Pattern(r"\[Pipeline\] |Finished: [A-Z]|Started by (?:user|timer|an SCM|upstream|GitHub)"),
    step=Pattern(r"\+ <message>$"),
    step_failed=Pattern(r"ERROR: script returned exit code [1-9-]|Build step '.{1,200}' marked build as failure"),
    failed=Pattern(r"Finished: (?:FAILURE|UNSTABLE)"),
    passed=Pattern(r"Finished: SUCCESS"),
    cancelled=Pattern(r"Finished: (?:ABORTED|NOT_BUILT)|Aborted by |Sending interrupt signal to process"),
)
