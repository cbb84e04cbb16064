"""All services."""

from __future__ import annotations

from harmony.assist.problems.digest.services.buildkite import BUILDKITE
from harmony.assist.problems.digest.services.github import GITHUB
from harmony.assist.problems.digest.services.gitlab import GITLAB
from harmony.assist.problems.digest.services.jenkins import JENKINS
from harmony.assist.problems.digest.services.others import SERVICES as OTHERS
from harmony.assist.problems.digest.services.service import Service
from harmony.assist.problems.digest.services.taskcluster import TASKCLUSTER
from harmony.assist.problems.digest.services.travis import TRAVIS

SERVICES: tuple[Service, ...] = (GITHUB, TRAVIS, GITLAB, JENKINS, BUILDKITE, TASKCLUSTER, *OTHERS)
