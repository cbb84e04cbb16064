"""telemetry: what Harmony did, told to whoever watches it (OpenTelemetry traces, OTLP over HTTP).

Promises: off unless an endpoint is set; a span has the trace id that the answer, the
journal and the logs have; every text of a span is redacted before it leaves; a collector that is slow or gone costs a
bounded queue and never a request; the end waits for the last spans no longer than ``LAST_WORDS_SECONDS``.
Begin: ``spans.py`` (the noun and where it is noted), then ``export.py`` (its way out).
"""
