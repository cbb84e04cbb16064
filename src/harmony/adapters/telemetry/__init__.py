"""telemetry: what Harmony did and measured, told to whoever watches it (OpenTelemetry, OTLP over HTTP).

Promises: off unless an endpoint is set; a span has the trace id that the answer, the
journal and the logs have; every text of a span is redacted before it leaves; a collector that is slow or gone costs a
bounded queue and never a request; the end waits for the last spans no longer than ``LAST_WORDS_SECONDS``.
Begin: ``spans.py`` (the noun and where it is noted), then ``export.py`` (its way out).
``readings.py`` is the way out of numbers.
Beside it: ``access.py``, the log's line of each answer, cheap enough for the busiest routes.
"""
