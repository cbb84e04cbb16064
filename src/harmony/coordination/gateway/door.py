"""Where the front door hands over: an address that may name a component, and what comes of it."""

from __future__ import annotations

from typing import Any

from harmony.adapters.http.problems import of_refusal
from harmony.coordination.gateway import service
from harmony.coordination.gateway.asking import Crossing
from harmony.coordination.gateway.errors import CapabilityUnknown, ComponentUnknown, PathRefused
from harmony.coordination.gateway.exchange import Exchange, Gone
from harmony.coordination.gateway.paths import BY_CAPABILITY, Target, target_of
from harmony.coordination.gateway.relay import Relay
from harmony.coordination.registry.model import RESERVED_NAMES
from harmony.kernel.errors import Refusal

POLICY_VIOLATED = 1008


class Gateway:
    """ASGI for addresses that name a component; ``takes`` says which those are."""

    def __init__(self, crossing: Crossing) -> None:
        self._crossing = crossing

    async def takes(self, scope: dict[str, Any]) -> bool:
        """Whether the address is the gateway's: it names a component that there is, or a capability.

        Addresses that can be read in two ways are not looked up in any registry: they are nobody's.
        """
        head = scope["raw_path"][1:].partition(b"/")[0].decode("latin-1")
        if head == BY_CAPABILITY:
            return True
        if not head or head in RESERVED_NAMES:
            return False
        try:
            target = target_of(b"/" + head.encode("latin-1"))
        except (PathRefused, CapabilityUnknown):
            return False
        if target is None:
            return False
        crossing = self._crossing
        await service.look(crossing.house.database, crossing.directory, crossing.traffic, target)
        return crossing.directory.knows(target)

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        try:
            target = _target(scope["raw_path"])
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


def _target(raw_path: bytes) -> Target:
    found = target_of(raw_path)
    if found is None:
        raise ComponentUnknown("no component has this name", field="component")
    return found
