"""registry: which components there are, where they listen, what they can do.

Owns: ``components``, ``component_names``.
Promises: a component is known by its namespace, name, host and port; registering it again gives the same id
(``<component>-NNN``) and counts its incarnation. An id is never given to another; who left finds its own again while
its tombstone stands, a day. Whoever registered with a token holds the entry: another
caller finds the id but changes nothing. A caller that names itself as one of Harmony's own components without their
token is listed as not routable.
Begin: ``model.py``, then ``service.register``. The room has no routes: the handshake begins a lease too, so its edge
is the room above, ``heartbeats``.
"""
