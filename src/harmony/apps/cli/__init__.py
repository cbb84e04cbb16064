"""cli: the command line. ``entry.py`` dispatches from a standard-library table, so that filters start at once.

Filters (``watch``) import the standard library and the kernel only; commands that show something to a person use
Typer and Rich. One file a command, each with ``main(arguments) -> exit code``.
Begin: ``entry.py``.
"""
