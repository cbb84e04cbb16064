"""digest: reads a CI log once and says what failed, where and why.

Owns: how test runners and CI services print. A sub-package of the problems room; standard library and kernel only,
    so that ``harmony digest`` starts at once and a worker process loads nothing else.
Files beside the usual ones: ``patterns.py`` (expressions compiled on use), ``lines.py`` (bytes to clean lines),
    ``sources.py`` (files, folders, .gz, archives), ``services/`` (one file a CI service), ``runners/`` (one file a
    family of test runners, with its examples), ``decisive.py`` (error lines, the decisive first), ``environment.py``,
    ``digest.py`` (the one pass over all), ``wire.py`` (the answer as JSON).
Promises: one pass, bounded memory, work linear in the text; a hostile log is data: it cannot run away, fill the
    memory, or reach a terminal through the answer. Line numbers count ``\\n`` from 1, as editors do.
Begin: ``digest.py``; to teach it a runner, ``docs/guides/new-runner.md``.
"""
