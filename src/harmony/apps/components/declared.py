"""All components, in the order of their ports."""

from __future__ import annotations

from collections.abc import Iterable

from harmony.apps.components.component import Component
from harmony.apps.components.conductor import CONDUCTOR
from harmony.apps.components.errors import ComponentUnknown
from harmony.apps.components.global_nexus import GLOBAL_NEXUS
from harmony.apps.components.harmony_live import HARMONY_LIVE
from harmony.apps.components.harmony_settlement import HARMONY_SETTLEMENT

COMPONENTS: tuple[Component, ...] = (HARMONY_LIVE, HARMONY_SETTLEMENT, CONDUCTOR, GLOBAL_NEXUS)


def chosen(names: Iterable[str]) -> list[Component]:
    """The named components, all of them for no names; raises ``ComponentUnknown``."""
    wanted = list(names)
    by_name = {component.name: component for component in COMPONENTS}
    for name in wanted:
        if name not in by_name:
            raise ComponentUnknown(f"there is no component {name}", details={"components": list(by_name)})
    return [by_name[name] for name in wanted] if wanted else list(COMPONENTS)
