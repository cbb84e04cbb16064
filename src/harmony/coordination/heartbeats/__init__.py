"""heartbeats: who is alive, and the handshake that strangers and Harmony's own components share.

Owns: ``component_leases``, ``component_changes``, ``component_commands``, ``conductor_graces``, ``conductor_watch``;
the interface ``/register``, ``/heartbeat``, ``/deregister``, ``/services``, ``/grace`` and ``/health``.
Promises: a component is healthy from its registration on; three missed beats, counted from the last accepted one,
make it degraded, and 30 seconds more offline; three good beats in a row bring it back, later if it fell too often of
late. Only the receipt of a beat counts, never the time written in it. What moves is journalled with its evidence
(``why``), a beat that moves nothing stays in memory. When the Conductor itself was away, late or misled by its clock,
or when so many leases would end at once that its own ears are the likelier cause, it spares for a bounded time those
who were granted a lease before, and lets go a few at a time.
Begin: ``model.py`` (states and moves), ``doubt.py`` (the Conductor's doubts of itself), then ``jobs.py`` (the watch).
Other files, each one concern: ``doubt.py``; ``pulse.py``, what this process has heard, in memory; ``history.py``, the
registry of a moment from the log; ``listing.py``, the three ways to ask ``GET /services``; ``hot.py``, plain beats in
front of the framework.
"""
