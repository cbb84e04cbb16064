"""What an exchange works with, and whom it may go to."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, field

from harmony.commons.identity.edge import House
from harmony.commons.identity.model import Principal
from harmony.commons.policy import service as policy
from harmony.commons.policy.model import Ask
from harmony.coordination.gateway import service
from harmony.coordination.gateway.callers import Callers, name_of
from harmony.coordination.gateway.directory import Directory
from harmony.coordination.gateway.errors import CapabilityUnknown, ComponentUnknown, NobodyThere, Overloaded
from harmony.coordination.gateway.headers import Asked
from harmony.coordination.gateway.model import METHODS, Pool, choose, in_panic, only_named
from harmony.coordination.gateway.paths import Target
from harmony.coordination.gateway.ports import Upstream
from harmony.coordination.gateway.traffic import Traffic
from harmony.coordination.registry.model import Component


@dataclass(frozen=True, slots=True)
class Board:
    """What the gateway of a process knows and holds; all of it can be built anew."""

    upstream: Upstream
    directory: Directory = field(default_factory=Directory)
    traffic: Traffic = field(default_factory=Traffic)
    callers: Callers = field(default_factory=Callers)


class Crossing:
    """The gateway of one process, at work. ``closing`` is set when the process ends."""

    def __init__(self, house: House, closing: asyncio.Event) -> None:
        board = house.port(Board)
        self.house = house
        self.closing = closing
        self.upstream = board.upstream
        self.directory = board.directory
        self.traffic = board.traffic
        self.callers = board.callers

    async def way(self, target: Target, asked: Asked, caller: Principal, method: str, trace: str) -> Way:
        """Whom the request may go to.

        Raises ``ComponentUnknown``, ``CapabilityUnknown``, ``NobodyThere``, ``policy.AccessDenied``, which is then in
        the log.
        """
        await service.look(self.house.database, self.directory, self.traffic, target)
        pool = self.directory.pool(target, asked.namespace, None)
        if pool is None:
            raise self._nobody(target)
        zone = None if asked.zone is None else self.directory.pool(target, asked.namespace, asked.zone)
        needed = not self.house.local_allowed
        if not self.directory.rules and not needed:
            return Way(self, pool, zone)
        from_name, operation = name_of(caller), METHODS[method]
        names = self.directory.allowed(pool, from_name, operation, token_needed=needed)
        if not names:
            question = Ask(from_name, pool.components[0].component, operation)
            await policy.check(self.house.database, question, token_needed=needed, actor=caller.id, trace=trace)
            names = [question.to_name]  # the rules have moved meanwhile
        return Way(self, only_named(pool, names), None if zone is None else only_named(zone, names))

    def _nobody(self, target: Target) -> NobodyThere | ComponentUnknown | CapabilityUnknown:
        if self.directory.knows(target):
            return NobodyThere(f"nobody can answer for {target.name}", details={target.kind: target.name})
        if target.kind == "component":
            return ComponentUnknown("no component has this name", field="component")
        return CapabilityUnknown("nobody offers this capability", field="capability")


@dataclass(slots=True)
class Way:
    """The components one request may go to."""

    crossing: Crossing
    pool: Pool
    zone: Pool | None

    def choose(self, tried: Collection[str], *, again: bool) -> Component | None:
        """Whom to ask next; ``again`` allows somebody who was tried when there is nobody else.

        Raises ``Overloaded`` when everybody has as much in flight as it may, before anybody was tried.
        """
        traffic, database = self.crossing.traffic, self.crossing.house.database
        ejected = traffic.ejected(database.clock.monotonic())
        traffic.panics += in_panic(self.pool, ejected)
        found = choose(self.pool, self.zone, traffic.busy, ejected, tried, database.chance)
        if found is None and not tried:
            # Those who are well are full: better the doubtful than nobody.
            found = choose(self.pool, None, traffic.busy, (), (), database.chance)
            if found is None:
                raise Overloaded("every component has as many requests as it may", details={"retry_after_seconds": 1})
        if found is None and again:
            found = choose(self.pool, None, traffic.busy, (), (), database.chance)
        return found
