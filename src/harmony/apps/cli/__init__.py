"""cli: the command line. ``entry.py`` dispatches from a standard-library table, so that filters start at once.

Filters (``redact``, ``digest``, ``fingerprint``, ``stuck``, ``watch``) import the standard library, the kernel and pure
parts of assist only, and load what they need only sometimes by ``entry.loaded``; ``docs/guides/filters.md`` is theirs.
Commands that show something to a person use Typer and Rich. One file a command, each with
``main(arguments) -> exit code``.
Begin: ``entry.py``; ``filtering.py`` for what all filters share.
"""
