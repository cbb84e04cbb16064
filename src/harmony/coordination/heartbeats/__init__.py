"""heartbeats: who is alive, and the handshake that strangers and Harmony's own components share.

Owns: ``component_leases``, ``conductor_watch``; the interface ``/register``, ``/heartbeat``, ``/services`` and
``/health``.
Promises: a component is healthy from its registration on; three missed beats, counted from the last accepted one,
make it degraded, and 30 seconds more offline; one good beat brings it back. Only the receipt of a beat counts, never
the time written in it. What moves is journalled, a beat that moves nothing is not. Nobody is found silent for the
Conductor's own absence (``service.resume``).
Begin: ``model.py`` (states and moves), ``service.py``, then ``jobs.py`` (the watch).
"""
