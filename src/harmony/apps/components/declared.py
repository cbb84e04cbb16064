"""All components, in the order of their ports."""

from __future__ import annotations

from collections.abc import Iterable

from harmony.apps.components.component import Component
from harmony.apps.components.conductor import CONDUCTOR
from harmony.apps.components.echo_git_sync import ECHO_GIT_SYNC
from harmony.apps.components.errors import ComponentUnknown
from harmony.apps.components.global_cortex import GLOBAL_CORTEX
from harmony.apps.components.global_nexus import GLOBAL_NEXUS
from harmony.apps.components.harmony_live import HARMONY_LIVE
from harmony.apps.components.harmony_settlement import HARMONY_SETTLEMENT
from harmony.apps.components.sherlock_hub import SHERLOCK_HUB

COMPONENTS: tuple[Component, ...] = (
    SHERLOCK_HUB,
    HARMONY_LIVE,
    HARMONY_SETTLEMENT,
    CONDUCTOR,
    ECHO_GIT_SYNC,
    GLOBAL_NEXUS,
    GLOBAL_CORTEX,
)

ORCHESTRA = "orchestra"
"""Stands for the conductor and the specification's four."""
SPECIFIED = ("sherlock-hub", "echo-git-sync", "global-nexus", "global-cortex")
"""The four components that the orchestra's specification names beside its conductor."""


def chosen(names: Iterable[str]) -> list[Component]:
    """The named components in the order of their ports, all of them for no names; raises ``ComponentUnknown``."""
    wanted = set(names)
    by_name = {component.name: component for component in COMPONENTS}
    if ORCHESTRA in wanted:
        wanted = wanted - {ORCHESTRA} | {"conductor", *SPECIFIED}
    for name in sorted(wanted - by_name.keys()):
        raise ComponentUnknown(f"there is no component {name}", details={"components": [*by_name, ORCHESTRA]})
    return [component for component in COMPONENTS if component.name in wanted or not wanted]
