"""bus: wake-ups by name, within this process and from the others that share the database.

Promises: a bell carries no facts. Whoever is woken looks for itself, and whoever waits looks again after its patience,
so a wake-up that is lost costs time and nothing else.
Begin: ``bells.py``.
"""
