"""adapters: outside parts behind small doors. No business words.

``db`` PostgreSQL · ``http`` the wire of requests and problems · ``mcp`` agents · ``sandbox`` programs run behind walls.
May import the kernel only. Begin: ``db``.
"""
