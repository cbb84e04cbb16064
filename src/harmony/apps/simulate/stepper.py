"""The stepper: one step at a time, chosen by the seed, the invariants after each."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from harmony.kernel.chance import Chance

STEPS_DEFAULT = 2_000
STEPS_LIMIT = 1_000_000


class Violated(Exception):
    """An invariant does not hold; the message says which, and what was seen."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something that may happen now. ``weight`` is how often, against the others."""

    name: str
    weight: float
    act: Callable[[], Awaitable[None]]


class World(Protocol):
    """What is simulated."""

    async def begin(self) -> None: ...

    def steps(self) -> Sequence[Step]:
        """What may happen now; at least one."""
        ...

    async def check(self) -> None:
        """Raises ``Violated``."""
        ...

    async def journal(self) -> list[str]:
        """What the log tells, a line an entry: the same for the same seed."""
        ...


@dataclass(frozen=True, slots=True)
class Report:
    """How a run ended: ``digest`` stands for its whole journal; ``violation`` None: every invariant held."""

    seed: int
    steps: int
    entries: int
    digest: str
    violation: str | None
    last_steps: tuple[str, ...]


async def run(world: World, chance: Chance, seed: int, steps: int = STEPS_DEFAULT) -> Report:
    """Take ``steps`` steps, or as many as it takes to violate an invariant."""
    await world.begin()
    taken: list[str] = []
    violation = None
    try:
        for _ in range(steps):
            step = _drawn(world.steps(), chance)
            taken.append(step.name)
            await step.act()
            await world.check()
    except Violated as found:
        violation = str(found)
    lines = await world.journal()
    digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    return Report(seed, len(taken), len(lines), digest, violation, tuple(taken[-20:]))


def _drawn(steps: Sequence[Step], chance: Chance) -> Step:
    point = chance.uniform(0.0, sum(step.weight for step in steps))
    for step in steps:
        point -= step.weight
        if point < 0:
            return step
    return steps[-1]
