"""conductor: registry, heartbeats, queue, events, shared state, dashboard."""

from __future__ import annotations

from harmony.apps.components.component import Component, Job
from harmony.coordination.alerts.routes import router as dashboard
from harmony.coordination.events.routes import router as events
from harmony.coordination.heartbeats import jobs
from harmony.coordination.heartbeats.routes import router as heartbeats
from harmony.coordination.queue import jobs as queue_jobs
from harmony.coordination.queue.routes import router as queue
from harmony.coordination.queue.routes import sending
from harmony.coordination.state import jobs as state_jobs
from harmony.coordination.state.routes import router as state

CONDUCTOR = Component(
    name="conductor",
    port=8888,
    capabilities=("registration", "heartbeats", "queue", "events", "state", "dashboard"),
    routers=(sending, heartbeats, queue, events, state, dashboard),
    jobs=(
        Job("watch heartbeats", 1.0, lambda house: jobs.watch(house.database)),
        Job("forget components", 300.0, lambda house: jobs.forget(house.database)),
        Job("tend queues", 0.5, lambda house: queue_jobs.tend(house.database)),
        Job("return what the dead held", 0.5, lambda house: queue_jobs.follow_lives(house.database)),
        Job("reconcile queues with lives", 5.0, lambda house: queue_jobs.reconcile(house.database)),
        Job("forget messages", 300.0, lambda house: queue_jobs.forget(house.database)),
        Job("tend shared state", 0.5, lambda house: state_jobs.tend(house.database)),
        Job("forget old values", 300.0, lambda house: state_jobs.forget(house.database)),
    ),
    registers=False,
)
