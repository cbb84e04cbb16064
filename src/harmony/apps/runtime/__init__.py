"""runtime: one main process, one event loop, one server with several sockets, one start and one end.

``process.py`` is the life of the main process, step by step; ``sockets.py`` binds ports and names who holds a taken
one; ``server.py`` dispatches by the port a request arrived on; ``redis_door.py`` is the listener for Redis' clients;
``schedule.py`` runs jobs; ``membership.py`` registers components with the conductor; ``run_file.py`` is how other
commands find a running Harmony; ``logs.py`` writes logs.
Begin: ``process.py``.
"""
