"""Where the front door hands over: an address that may name a component, and what comes of it."""

from __future__ import annotations

from typing import Any

from harmony.adapters.http.problems import of_refusal
from harmony.coordination.gateway import service
from harmony.coordination.gateway.asking import Crossing
from harmony.coordination.gateway.exchange import Exchange, Gone
from harmony.coordination.gateway.paths import BY_CAPABILITY, Target, target_of
from harmony.coordination.gateway.relay import Relay
from harmony.coordination.registry.model import RESERVED_NAMES
from harmony.kernel.errors import Refusal

POLICY_VIOLATED = 1008


class Gateway:
    """What the front door hands over to, for HTTP and for WebSockets."""

    def __init__(self, crossing: Crossing) -> None:
        self._crossing = crossing

    async def target(self, scope: dict[str, Any]) -> Target | Refusal | None:
        """What the address names, if it is the gateway's: a component that there is, or whatever has a capability.

        An address below such a name that can be read in two ways is refused, and so is the gateway's.
        """
        raw_path: bytes = scope["raw_path"]
        head = raw_path[1:].partition(b"/")[0].decode("latin-1")
        if not head or (head in RESERVED_NAMES and head != BY_CAPABILITY):
            return None
        try:
            named = target_of(b"/" + head.encode("latin-1")) if head != BY_CAPABILITY else None
            if named is not None and not await self._knows(named):
                return None
            return target_of(raw_path)
        except Refusal as refusal:
            return refusal

    async def answer(self, target: Target | Refusal, scope: dict[str, Any], receive: Any, send: Any) -> None:
        """Bring the request there and its answer back, or say why not."""
        try:
            if isinstance(target, Refusal):
                raise target
            if scope["type"] == "websocket":
                await Relay(self._crossing, target, scope, receive, send).run()
            else:
                await Exchange(self._crossing, target, scope, receive, send).run()
        except Gone:
            return
        except Refusal as refusal:
            self._crossing.traffic.refused[refusal.code] += 1
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": POLICY_VIOLATED})
                return
            now = self._crossing.house.database.clock.now()
            await of_refusal(refusal, scope["path"], now)(scope, receive, send)

    async def _knows(self, target: Target) -> bool:
        directory = self._crossing.directory
        if not directory.knows(target):
            await service.look(self._crossing.house.database, directory, self._crossing.traffic, target)
        return directory.knows(target)
