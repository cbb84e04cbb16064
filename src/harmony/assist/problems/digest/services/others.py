"""CircleCI, AppVeyor, Drone, Bitbucket, TeamCity, Cirrus: few lines of their own each."""

from __future__ import annotations

from harmony.assist.problems.digest.patterns import Pattern
from harmony.assist.problems.digest.services.service import Service

CIRCLECI = Service(
    name="circleci",
    heads=("Exited", "#!/bin/bash", "Too", "context"),
    known_by=Pattern(r"Exited with code (?:exit status )?\d|CircleCI received exit code"),
    failed=Pattern(r"Exited with code (?:exit status )?(?!0\b)\d|CircleCI received exit code (?!0\b)"),
    passed=Pattern(r"CircleCI received exit code 0\b"),
    cancelled=Pattern(r"Too long with no output|context deadline exceeded"),
)
APPVEYOR = Service(
    name="appveyor",
    heads=("Build", "Command", "Your"),
    known_by=Pattern(r"Build started$|Command exited with code \d"),
    step_failed=Pattern(r"Command exited with code (?!0\b)"),
    failed=Pattern(r"Command exited with code (?!0\b)|Build failed$"),
    passed=Pattern(r"Build success$"),
    cancelled=Pattern(r"Build execution time has reached|Build was cancell?ed|Your build has been cancell?ed"),
)
TEAMCITY = Service(
    name="teamcity",
    heads=("Process", "Build", "Step"),
    known_by=Pattern(r"Process exited with code \d{1,6} \(Step: |Step \d{1,3}/\d{1,3}: "),
    failed=Pattern(r"Process exited with code (?!0\b)\d{1,6} \(Step: |Step .{1,200} failed$"),
    cancelled=Pattern(r"Build (?:was )?(?:interrupted|canceled)"),
)
SERVICES = (CIRCLECI, APPVEYOR, TEAMCITY)
