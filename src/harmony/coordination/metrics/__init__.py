"""metrics: what components measure of themselves, now and over time.

Owns: ``metric_series``, ``metric_samples``, ``metric_rolls``, ``metric_rolled``; the interface ``/metrics``.
Promises: samples come with beats or by ``POST /metrics/{component_id}`` and count from their receipt; they are in
memory at once, in the database a second later in batches, and not journalled (soft state: kill -9 loses a second of
them). Raw samples are kept for hours, minutes for days, hours for a year; a range without a step gets one that fits.
Whoever sends too much loses its own samples and nobody else's, and never its heartbeat.
Begin: ``model.py`` (limits, series, rates, quantiles), then ``intake.py`` (what this process has heard).
Other files, each one concern: ``intake.py``, the recent samples in memory; ``exposition.py``, the Prometheus text.
"""
