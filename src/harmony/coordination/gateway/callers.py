"""Who calls, and whether they may: decided by the same guard as everywhere, remembered for a few seconds."""

from __future__ import annotations

import hashlib
from types import SimpleNamespace
from typing import Any

from starlette.requests import HTTPConnection

from harmony.commons.identity.edge import Guard, House
from harmony.commons.identity.model import COMPONENT_PREFIX, LOCAL_ROLE, Principal
from harmony.coordination.gateway.headers import Asked

PERMISSION = "requests.send"
"""Whoever may ask a component through ``POST /request`` may do so here."""
REMEMBERED_SECONDS = 5.0
REMEMBERED_LIMIT = 10_000
_ROUTE = SimpleNamespace(path="/{component}")


class Callers:
    """Bearer tokens that were found good are believed for ``REMEMBERED_SECONDS``, or until one is revoked.

    Only a token's hash is kept. A cookie is looked up each time: pages ask seldom, and signing out is not told.
    """

    def __init__(self) -> None:
        self._guard = Guard(PERMISSION)
        self._known: dict[bytes, tuple[float, Principal]] = {}

    async def caller(self, house: House, scope: dict[str, Any], asked: Asked) -> Principal:
        """Who calls; raises what ``requires("requests.send")`` does."""
        key = hashlib.sha256(asked.authorization).digest() if asked.authorization[:7].lower() == b"bearer " else None
        now = house.database.clock.monotonic()
        known = None if key is None else self._known.get(key)
        if known is not None and now < known[0]:
            return known[1]
        proven = {**scope, "app": SimpleNamespace(state=SimpleNamespace(house=house)), "route": _ROUTE}
        found = (await self._guard(HTTPConnection(proven))).caller
        if key is not None and "admin" not in found.roles:  # each use of a privilege is in the audit
            if len(self._known) >= REMEMBERED_LIMIT:
                self._known.clear()
            self._known[key] = (now + REMEMBERED_SECONDS, found)
        return found

    def forget(self) -> None:
        """A token was revoked."""
        self._known.clear()


def name_of(caller: Principal) -> str:
    """What access rules call the caller: a component by its name."""
    if caller.kind == "component" and LOCAL_ROLE not in caller.roles:
        return caller.id.removeprefix(COMPONENT_PREFIX)
    return caller.id
