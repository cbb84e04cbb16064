"""Taskcluster, with Mozilla's harness around the work."""

from __future__ import annotations

from harmony.assist.problems.digest.patterns import Pattern
from harmony.assist.problems.digest.services.service import Service

TASKCLUSTER = Service(
    name="taskcluster",
    heads=("[taskcluster", "[taskcluster:error]", "Unsuccessful", "Successful", "Running", "[taskcluster]"),
    known_by=Pattern(r"\[taskcluster[ :\]]"),
    step=Pattern(r"Running command: <message>$"),
    failed=Pattern(
        r"\[taskcluster .{1,60}\] ?(?:Unsuccessful task run|\s{0,4}Exit Code: [1-9-]"
        r"|=== Task Finished ===.{0,80}Unsuccessful)"
        r"|\[taskcluster:error\](?! Task aborted| Aborting)|Unsuccessful task run with exit code: [1-9-]"
        r"|\[taskcluster .{1,60}\].{0,40}\s(?:Result|Resolution): {0,12}(?:FAILED|failed)"
    ),
    passed=Pattern(
        r"\[taskcluster .{1,60}\] ?(?:Successful task run|\s{0,4}Exit Code: 0\b)|Successful task run with exit code: 0"
    ),
    cancelled=Pattern(r"\[taskcluster:error\] (?:Task aborted|Aborting task|Task was cancel|Task has been cancel)"),
)
