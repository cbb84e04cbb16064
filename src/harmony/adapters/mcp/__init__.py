"""mcp: the Model Context Protocol by its official SDK, without business words.

Promises: a message that cannot be read, and an argument that is wrong, are never quoted in the answer; nothing of an
exchange over HTTP outlives its answer, so every request is authenticated by itself and there is no session to steal.
Begin: ``server.py`` (a server out of a table of tools), then ``exchange.py`` (one request to it over HTTP) and
``stdio.py``.
"""
