"""The registry and the access rules as this process sees them: read whole from the database, kept until they move."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence

from harmony.commons.policy.model import Ask, Rule, decide
from harmony.coordination.gateway.model import Pool, able, pool_of
from harmony.coordination.gateway.paths import Target
from harmony.coordination.heartbeats.model import Member
from harmony.coordination.registry.model import DEFAULT_NAMESPACE

POOLS_LIMIT = 10_000


class Directory:
    """``own_ports`` are those of this process on loopback: nobody is called there."""

    def __init__(self, own_ports: Collection[int] = ()) -> None:
        self.own_ports = own_ports
        self.rules: Sequence[Rule] = ()
        self.looking = asyncio.Lock()
        self.read_at: float | None = None
        """When what it knows was read, in monotonic seconds; None: never."""
        self.members: dict[str, Member] = {}
        self._named: dict[str, list[Member]] = {}
        self._capable: dict[str, list[Member]] = {}
        self._pools: dict[tuple[str, str, str | None], Pool | None] = {}

    def learn(self, members: Sequence[Member], rules: Sequence[Rule], read_at: float) -> None:
        """What there is now, in place of what was known."""
        self.members = {member.component.id: member for member in members}
        self._named, self._capable, self._pools = {}, {}, {}
        for member in members:
            self._named.setdefault(member.component.component, []).append(member)
            for capability in member.component.capabilities:
                self._capable.setdefault(capability, []).append(member)
        self.rules, self.read_at = rules, read_at

    def knows(self, target: Target) -> bool:
        return target.name in (self._named if target.kind == "component" else self._capable)

    def pool(self, target: Target, namespace: str | None, zone: str | None) -> Pool | None:
        """Who may be chosen; None when nobody is able. Built once until something moves."""
        key = (f"{target.kind}:{target.name}", namespace or DEFAULT_NAMESPACE, zone)
        if key not in self._pools:
            if len(self._pools) >= POOLS_LIMIT:
                self._pools.clear()
            self._pools[key] = self._built(target, namespace or DEFAULT_NAMESPACE, zone)
        return self._pools[key]

    def allowed(self, pool: Pool, from_name: str, operation: str, *, token_needed: bool) -> list[str]:
        """The names in the pool that access rules let the caller have."""
        names = {component.component for component in pool.components}
        return [
            name
            for name in sorted(names)
            if decide(self.rules, Ask(from_name, name, operation), token_needed=token_needed).allowed
        ]

    def _built(self, target: Target, namespace: str, zone: str | None) -> Pool | None:
        all_of_it = self._named if target.kind == "component" else self._capable
        members = [one for one in all_of_it.get(target.name, ()) if one.component.namespace == namespace]
        found = [one for one in able(members, self.own_ports) if zone in (None, one.component.zone)]
        return pool_of(found) if found else None
