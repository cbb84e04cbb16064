"""The door to the chain that is set, if one is. Without one nothing of the chain's packages is loaded."""

from __future__ import annotations

import importlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from harmony.adapters.chains.errors import LocalChainFailed
from harmony.apps.settings import Settings
from harmony.kernel.chance import Chance
from harmony.kernel.clock import Clock
from harmony.settlement.balances.vaults import Vaults

CONNECTING = "harmony.apps.links.vaults"


@asynccontextmanager
async def opened(settings: Settings, clock: Clock, chance: Chance, say: Callable[[str], None]) -> AsyncIterator[Vaults]:
    """The vaults of this Harmony while the block lasts."""
    if settings.chain is None:
        yield Vaults()
        return
    try:
        links = importlib.import_module(CONNECTING)  # tidy: ok(import-at-top): an extra's packages, a second to load
    except ModuleNotFoundError as missing:
        raise LocalChainFailed(f"the package {missing.name} of the extra `chain` is not installed") from missing
    async with links.connected(settings, clock, chance, say) as vaults:
        yield vaults
