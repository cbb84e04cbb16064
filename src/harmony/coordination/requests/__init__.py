"""requests: one component asks another through the Conductor, and is answered or told at once why not.

Owns: ``component_requests``; the interface ``/request`` and the stream ``/heartbeat/stream`` over which a member beats,
is asked and answers, also from behind a NAT.
Promises: nobody who could answer is "no responders" at once; a deadline is kept; only requests that say they are
idempotent are sent a second time once they may have arrived; with an Idempotency-Key one key has one effect, across
reroute and restart. A stream that breaks off without a word is confirmed by one probe before anybody is called crashed.
Begin: ``model.py`` (whom to ask, when to ask again), ``service.py``.
Other files: ``switchboard.py``, the open streams and breakers of this process, in memory; ``carrier.py``, requests and
probes over HTTP; ``stream.py``, the WebSocket's edge.
"""
