"""How Harmony's own components join the orchestra: over HTTP, like a stranger's."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from functools import partial

import httpx
import structlog

from harmony.apps.components.application import VERSION
from harmony.apps.components.component import Component
from harmony.commons.identity.edge import House
from harmony.commons.identity.model import Principal

RETRY_SECONDS = 0.5
REQUEST_TIMEOUT_SECONDS = 5.0

log = structlog.get_logger("membership")


def identity(component: str) -> Principal:
    """Who a built-in component is: only this process can sign for it."""
    return Principal(f"component-{component}", "component", component, ("component",))


async def belong(
    component: Component, port: int, conductor_url: str, house: House, metrics: Callable[[], Mapping[str, float]]
) -> None:
    """Register and beat until cancelled; a lost registration is made again."""
    async with httpx.AsyncClient(base_url=conductor_url, timeout=REQUEST_TIMEOUT_SECONDS, trust_env=False) as client:
        while True:
            try:
                await _one_membership(client, component, port, house, metrics)
            except (httpx.HTTPError, KeyError, ValueError) as error:
                log.warning("membership interrupted", component=component.name, error=type(error).__name__)
                await house.database.clock.sleep(RETRY_SECONDS)


async def _one_membership(
    client: httpx.AsyncClient, component: Component, port: int, house: House, metrics: Callable[[], Mapping[str, float]]
) -> None:
    """From a registration to the first refused beat."""
    clock = house.database.clock
    begun = clock.monotonic()
    registered = await client.post(
        "/register",
        headers=_proof(component, house),
        json={
            "component": component.name,
            "version": VERSION,
            "port": port,
            "capabilities": list(component.capabilities),
            "health_check_url": f"http://127.0.0.1:{port}/health",
        },
    )
    registered.raise_for_status()
    answer = registered.json()
    while True:
        await clock.sleep(answer["heartbeat_interval"])
        beat = await client.post(
            "/heartbeat",
            headers=_proof(component, house),
            json={
                "component_id": answer["component_id"],
                "timestamp": clock.now().isoformat(),
                "status": "healthy",
                "metrics": {**metrics(), "uptime_seconds": int(clock.monotonic() - begun)},
            },
        )
        beat.raise_for_status()


def _proof(component: Component, house: House) -> dict[str, str]:
    token = house.signer.sign(identity(component.name), house.database.clock.now().timestamp())
    return {"Authorization": f"Bearer {token}"}


def join_all(
    components: Sequence[Component],
    ports: Mapping[str, int],
    conductor_url: str,
    house: House,
    counts: Callable[[str], Mapping[str, float]],
) -> list[asyncio.Task[None]]:
    """A membership task for each component that registers; ``counts`` are a component's metrics by its name."""
    return [
        asyncio.create_task(
            belong(component, ports[component.name], conductor_url, house, partial(counts, component.name)),
            name=f"membership {component.name}",
        )
        for component in components
        if component.registers
    ]
