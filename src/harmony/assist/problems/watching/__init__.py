"""watching: events of editors and agents, judged as they come by ``stuck/``'s monitor, and what the user is told of it.

``editor.py`` (what an editor sees, as events), ``runs.py`` (the verb: a batch of events judged), ``telling.py`` (an
alarm raised, told, answered, under the user's mode and budget), ``choosing.py`` (the settings); the edges:
``schemas.py``, ``routes.py``, ``tools.py``.
"""
