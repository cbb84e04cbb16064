"""Refusals of metrics."""

from __future__ import annotations

from harmony.kernel.errors import Invalid, NotFound, Refusal


class MetricsUnknown(NotFound):
    code = "metrics.unknown"
    hint = "GET /metrics lists the components that have sent metrics; samples come with POST /heartbeat."


class RangeUnfit(Invalid):
    code = "metrics.range_unfit"
    hint = "Give start before end, ISO 8601, and a step that leaves at most the named number of points, or no step."


class QuantileUnkept(Invalid):
    code = "metrics.quantile_unkept"
    hint = "Ask for a quantile within the time that raw samples are kept; further back there are avg, min and max."


class TooManySamples(Refusal):
    code = "metrics.too_many_samples"
    status = 429
    hint = "Send fewer samples a second; wait as long as Retry-After says."


class TooManySeries(Refusal):
    code = "metrics.too_many_series"
    status = 429
    hint = "Use fewer metric names and label values for this component; series that are silent for long are forgotten."
