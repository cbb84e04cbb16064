"""alerts: how the orchestra is, at one look.

Owns nothing yet; the interface ``/dashboard``.
Promises: the dashboard shows every component with its own last counters, and one word for the whole: healthy only if
every component that requests may be routed to is healthy.
Begin: ``model.py``.
"""
