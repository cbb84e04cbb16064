"""alerts: how the orchestra is, at one look, and a word when it changes.

Owns nothing yet; the interface ``/dashboard``.
Promises: the operator is told once of every component that degrades, goes offline or recovers, and of every doubt of
the Conductor. The dashboard shows every component with its own last counters, says when the Conductor doubts itself,
and has one word for the whole: healthy only if every component that requests may be routed to is healthy.
Begin: ``model.py``.
"""
