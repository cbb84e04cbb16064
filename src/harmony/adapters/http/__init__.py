"""http: the wire of requests. Problem documents, body limits, who may call from where, trace context.

Promises: every refusal is a problem document (RFC 9457) that also carries the fields the specifications name; a
caller's secret and the text of an unexpected error never come back. No body is read beyond its limit.
Begin: ``problems.py``. Other files, each one concern of the wire: ``problems.py``, ``bodies.py``, ``origins.py``,
``traces.py``.
"""
