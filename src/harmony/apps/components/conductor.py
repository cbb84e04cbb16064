"""conductor: registry, heartbeats, events, dashboard."""

from __future__ import annotations

from harmony.apps.components.component import Component, Job
from harmony.coordination.alerts.routes import router as dashboard
from harmony.coordination.events.routes import router as events
from harmony.coordination.heartbeats import jobs
from harmony.coordination.heartbeats.routes import router as heartbeats

CONDUCTOR = Component(
    name="conductor",
    port=8888,
    capabilities=("registration", "heartbeats", "events", "dashboard"),
    routers=(heartbeats, events, dashboard),
    jobs=(
        Job("watch heartbeats", 1.0, lambda house: jobs.watch(house.database)),
        Job("forget components", 300.0, lambda house: jobs.forget(house.database)),
    ),
    registers=False,
)
