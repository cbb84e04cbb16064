"""simulate: a plane under seeded misfortune, one step at a time, on virtual time and a real PostgreSQL.

``stepper.py`` chooses the steps by the seed and checks the world's invariants after each; a world says which steps
there are now and what must hold. ``coordination.py`` is the world of liveness. A new world is one file here and one
line in ``WORLDS`` of ``worlds.py``.
Promises: the same seed does the same steps and writes the same journal.
Begin: ``stepper.py``.
"""
