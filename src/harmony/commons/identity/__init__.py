"""identity: who is calling, and what they may do.

Owns: ``principals``, ``api_tokens``, ``sign_in_links``, ``browser_sessions``, ``signing_keys``.
Promises: default deny, every route names its permission (``edge.py``); tokens, links and cookies are kept as hashes
and shown once; a link works once; a refusal never repeats what was sent; refusals of authenticated callers and uses
of administrative privileges are journalled.
Begin: ``model.py`` (roles and permissions as data), ``service.py`` (the verbs), ``edge.py`` (the way in of a request:
caller, trace, transaction, idempotency; a file of its own because every plane's routes use it).
"""
