"""coordination: the orchestra. Who takes part, who is well, what happened, in step.

Owns the rooms ``registry`` (who there is), ``heartbeats`` (who is alive; the interface of the handshake), ``queue``
(what waits to be done), ``state`` (what all share), ``events`` (what happened, as a stream) and ``alerts`` (the
dashboard). A room may import those to its right: ``alerts ► queue ► heartbeats ► registry ► state ► events``.
Promises: the interface is the one that the Harmony Orchestra specification prints, and Harmony's own components use
it like strangers.
Begin: ``registry``, then ``heartbeats``.
"""
