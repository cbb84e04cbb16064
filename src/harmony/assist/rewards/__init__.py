"""rewards: what a contribution was worth, and who gets what of it.

Owns: ``contributions``; the formula in ``formulas.toml``.
Promises: a session is valued once, whoever asks again; every value names the version of the formula and the factors
that gave it; tokens are whole minor units and the shares sum to the value exactly; a value that was committed is
distributed by a job, once, and standing moves with it.
Begin: ``formulas.toml`` (the formula, as data) and ``docs/guides/contributions.md`` (a worked example), then
``model.py`` (the arithmetic), ``service.py``, ``jobs.py``. Other files: ``formulas.toml`` and ``formulas.py``, which
reads it.
"""
