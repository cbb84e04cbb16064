"""preparing: from a fresh clone to a checkout that runs, and nothing done twice.

Owns: ``.venv``, ``.build``, ``web/node_modules`` and ``web/dist``.
Promises: standard library only; calls neither sudo nor the system's pip; an interrupted step is repeated, a finished
one is recognised by its stamp in milliseconds; a failure shows the end of the log and where the whole of it is.
Begin: ``command.py``.
"""
