"""components: what there is to run, declared in one place.

A component is a name, a port, what it can do, its routers and its jobs. ``declared.py`` lists them, one file each
declares one, ``application.py`` turns one into an ASGI application, ``front_door.py`` is the plain route table behind
global-nexus, ``page.py`` serves the web page.
Begin: ``declared.py``.
"""
