"""conductor: registry, heartbeats, queue, requests, events, shared state, access rules, dashboard."""

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
from harmony.coordination.queue import jobs as queue_jobs
from harmony.coordination.queue.routes import router as queue
from harmony.coordination.queue.routes import sending
from harmony.coordination.requests import service as requests_service
from harmony.coordination.requests.routes import router as requests
from harmony.coordination.requests.stream import router as stream
from harmony.coordination.state import jobs as state_jobs
from harmony.coordination.state.routes import router as state

CONDUCTOR = Component(
    name="conductor",
    port=8888,
    capabilities=(
        "registration",
        "heartbeats",
        "queue",
        "requests",
        "events",
        "state",
        "access-control",
        "dashboard",
    ),
    routers=(sending, heartbeats, services, queue, events, state, dashboard, access, requests, stream),
    jobs=(
        Job("watch heartbeats", 0.0, lambda house: jobs.keep_watching(house.database, house.port(Pulse))),
        Job("forget components", 300.0, lambda house: jobs.forget(house.database, house.port(Pulse))),
        Job("tell alerts", 1.0, lambda house: alerts.tell(house.database)),
        Job("forget replies", 600.0, lambda house: requests_service.forget_replies(house.database)),
        Job("tend queues", 0.5, lambda house: queue_jobs.tend(house.database)),
        Job("return what the dead held", 0.5, lambda house: queue_jobs.follow_lives(house.database)),
        Job("reconcile queues with lives", 5.0, lambda house: queue_jobs.reconcile(house.database)),
        Job("forget messages", 300.0, lambda house: queue_jobs.forget(house.database)),
        Job("tend shared state", 0.5, lambda house: state_jobs.tend(house.database)),
        Job("forget old values", 300.0, lambda house: state_jobs.forget(house.database)),
    ),
    registers=False,
)
