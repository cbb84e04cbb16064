"""conductor: registry, heartbeats, events, dashboard."""

from __future__ import annotations

from harmony.apps.components.component import Component, Job
from harmony.coordination.alerts.routes import router as dashboard
from harmony.coordination.events.routes import router as events
from harmony.coordination.heartbeats import jobs
from harmony.coordination.heartbeats.listing import router as services
from harmony.coordination.heartbeats.pulse import Pulse
from harmony.coordination.heartbeats.routes import router as heartbeats

CONDUCTOR = Component(
    name="conductor",
    port=8888,
    capabilities=("registration", "heartbeats", "events", "dashboard"),
    routers=(heartbeats, services, events, dashboard),
    jobs=(
        Job("watch heartbeats", 0.0, lambda house: jobs.keep_watching(house.database, house.port(Pulse))),
        Job("forget components", 300.0, lambda house: jobs.forget(house.database, house.port(Pulse))),
    ),
    registers=False,
)
