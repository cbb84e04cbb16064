"""gateway: brings a caller's request to a component that strangers registered, by its name or by what it can do.

Owns: no table; the addresses ``/{component}/…`` and ``/by-capability/{capability}/…`` behind the front door, and
``GET /gateway``.
Promises: a component is reached on its own registered host and port only, never on a port of Harmony itself. What is
draining, offline, unproven beside a proven one, or a stranger under the name of one of Harmony's own gets nothing new.
A request that may have arrived is sent again only when its method is idempotent, within a budget. No token and no
cookie reaches a component, and no answer sets a cookie, loosens the page's headers or leads a caller out of the
component's own addresses. Bodies stream both ways in bounded memory. Everything here can be built anew from the
registry: a second process needs nothing of the first.
Begin: ``model.py`` (whom to choose, when to leave alone), then ``exchange.py`` (one request).
Other files, each one concern: ``paths.py``, which addresses are taken; ``headers.py``, what passes which way;
``asking.py``, what an exchange works with and whom it may go to; ``directory.py``, the registry as this process sees
it; ``traffic.py``, what is in flight and who is ejected; ``callers.py``, who calls and may; ``upstream.py``, the
connections to components; ``exchange.py``, one request from its head to its last byte; ``relay.py``, one WebSocket;
``door.py``, where the front door hands over.
"""
