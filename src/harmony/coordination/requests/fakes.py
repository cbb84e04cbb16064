"""A network in memory: components answer as they are told to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from harmony.coordination.registry.model import Component
from harmony.coordination.requests.model import Message, Reply
from harmony.coordination.requests.ports import NotSent, Unanswered

Answer = Callable[[Message], Reply]


@dataclass
class Network:
    """``Carrier``: who is not in ``answers`` cannot be reached, who is in ``mute`` takes requests and says nothing."""

    answers: dict[str, Answer] = field(default_factory=dict)
    mute: set[str] = field(default_factory=set)
    alive: dict[str, bool] = field(default_factory=dict)
    carried: list[tuple[str, Message]] = field(default_factory=list)

    async def carry(self, component: Component, message: Message, timeout_seconds: float) -> Reply:
        if component.id in self.mute:
            self.carried.append((component.id, message))
            raise Unanswered
        if component.id not in self.answers:
            raise NotSent
        self.carried.append((component.id, message))
        return self.answers[component.id](message)

    async def probe(self, component: Component, timeout_seconds: float) -> bool | None:
        return self.alive.get(component.id)
