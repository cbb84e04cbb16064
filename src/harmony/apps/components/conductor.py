"""conductor: registry, heartbeats, requests, events, access rules, dashboard."""

from __future__ import annotations

from harmony.apps.components.component import Component, Job
from harmony.commons.policy.routes import router as access
from harmony.coordination.alerts import jobs as alerts
from harmony.coordination.alerts.routes import router as dashboard
from harmony.coordination.events.routes import router as events
from harmony.coordination.heartbeats import jobs
from harmony.coordination.heartbeats.listing import router as services
from harmony.coordination.heartbeats.pulse import Pulse
from harmony.coordination.heartbeats.routes import router as heartbeats
from harmony.coordination.requests import service as requests_service
from harmony.coordination.requests.routes import router as requests
from harmony.coordination.requests.stream import router as stream

CONDUCTOR = Component(
    name="conductor",
    port=8888,
    capabilities=("registration", "heartbeats", "requests", "events", "access-control", "dashboard"),
    routers=(heartbeats, services, events, dashboard, access, requests, stream),
    jobs=(
        Job("watch heartbeats", 0.0, lambda house: jobs.keep_watching(house.database, house.port(Pulse))),
        Job("forget components", 300.0, lambda house: jobs.forget(house.database, house.port(Pulse))),
        Job("tell alerts", 1.0, lambda house: alerts.tell(house.database)),
        Job("forget replies", 600.0, lambda house: requests_service.forget_replies(house.database)),
    ),
    registers=False,
)
