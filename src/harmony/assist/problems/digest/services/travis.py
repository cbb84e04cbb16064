"""Travis CI."""

from __future__ import annotations

from harmony.assist.problems.digest.patterns import Pattern
from harmony.assist.problems.digest.services.service import Service

TRAVIS = Service(
    name="travis",
    heads=("The", "Done.", "$", "Your", "No", "travis_fold:start:worker_info", "Worker", "Using", "Build"),
    known_by=Pattern(
        r"travis_fold:|travis_time:|Using worker: |Build language: |Done\. (?:Your build|Build script) exited"
    ),
    step=Pattern(r"\$ <message>$"),
    step_failed=Pattern(
        r'The command ".{0,1500}" (?:failed and )?exited with (?!0\b)\d{1,3}|The command ".{0,1500}" failed'
    ),
    failed=Pattern(r"Done\. (?:Your build|Build script) exited with:? (?!0\b)\d{1,3}|Your build has been stopped\.$"),
    passed=Pattern(r"Done\. (?:Your build|Build script) exited with:? 0\b"),
    cancelled=Pattern(
        r"The job exceeded the maximum (?:time limit|log length)|The log length has exceeded"
        r"|The build has been terminated"
        r"|No output has been received in the last|Your test run exceeded|Done: Job Cancelled"
        r"|The job has been terminated"
    ),
)
