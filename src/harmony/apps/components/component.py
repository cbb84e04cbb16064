"""What a component is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from fastapi import APIRouter

from harmony.commons.identity.edge import House


@dataclass(frozen=True, slots=True)
class Job:
    """A reconciler and how often it looks. ``run`` has no input, is idempotent, and may run beside its twin."""

    name: str
    every_seconds: float
    run: Callable[[House], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Component:
    """A part of Harmony that listens on a port of its own and registers with the conductor like a stranger."""

    name: str
    port: int
    capabilities: tuple[str, ...]
    routers: tuple[APIRouter, ...]
    jobs: tuple[Job, ...] = ()
    registers: bool = True
    body_limits: dict[str, int] = field(default_factory=dict)
    """Path prefix -> bytes, where more than the usual limit is taken."""
