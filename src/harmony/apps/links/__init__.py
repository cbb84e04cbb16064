"""links: the only code that sees two planes.

A link is a call in the same process against the shared database; it opens its own transaction and is idempotent by a
natural key. ``wiring.py`` fulfils the planes' ports, ``looks.py`` is what ``harmony inspect`` sees; each other file is
one link, named by what it joins.
Begin: ``wiring.py``.
"""
