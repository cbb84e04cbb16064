"""kernel: the nouns everything else is said in. Standard library only, no I/O.

Owns: money, ids, clock, chance, errors, paging, retry, redaction.
Promises: nothing here reads a real clock, draws real chance or touches a disk unless its name begins with ``System``.
Begin: ``errors.py`` for how Harmony refuses, ``money.py`` for how it counts.
"""
