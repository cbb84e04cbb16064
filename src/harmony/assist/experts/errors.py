"""Refusals of experts."""

from __future__ import annotations

from harmony.kernel.errors import Conflict, Invalid, NotFound


class ExpertUnknown(NotFound):
    code = "experts.expert_unknown"
    hint = "Check the expertId; GET /v1/experts lists them."


class ExpertExists(Conflict):
    code = "experts.expert_exists"
    hint = "You are registered; the details name the profile."


class TimeZoneUnknown(Invalid):
    code = "experts.time_zone_unknown"
    hint = "Name a zone of the IANA time zone database, such as Europe/Madrid."
