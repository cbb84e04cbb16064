"""Refusals of alerts."""

from __future__ import annotations

from harmony.kernel.errors import Conflict, Invalid, NotFound


class ConditionUnfit(Invalid):
    code = "alerts.condition_unfit"
    hint = (
        "Correct it at the named column; a condition reads like `errors_per_minute > 5 and not absent(requests_total)`."
    )


class SummaryUnfit(Invalid):
    code = "alerts.summary_unfit"
    hint = "Use {alert_name}, {component}, {component_id}, {value}, {severity}, {condition} or {labels.NAME} in it."


class BuiltInFixed(Conflict):
    code = "alerts.built_in_fixed"
    hint = "A built-in alert keeps its condition; leave `condition` out, or choose another alert_name."


class AlertUnknown(NotFound):
    code = "alerts.unknown"
    hint = "GET /alerts/rules lists the alerts that are configured."


class SilenceUnknown(NotFound):
    code = "alerts.silence_unknown"
    hint = "GET /alerts/silences lists those that stand."


class TooManyRules(Conflict):
    code = "alerts.too_many"
    hint = "Remove what is not needed any more with DELETE /alerts/rules/{alert_name} or DELETE /alerts/silences/{id}."


class HistoryUnfit(Invalid):
    code = "alerts.history_unfit"
    hint = "Give a start before the end, within the time that raw samples are kept, and a shorter range or longer step."


class SilenceUnfit(Invalid):
    code = "alerts.silence_unfit"
    hint = "Give ends_at or duration so that it ends after it begins, within the limit."
