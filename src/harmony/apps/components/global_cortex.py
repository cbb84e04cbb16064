"""global-cortex: metrics now and over time."""

from __future__ import annotations

from harmony.apps.components.component import Component, Job
from harmony.coordination.metrics import jobs as metrics_jobs
from harmony.coordination.metrics import service as metrics_service
from harmony.coordination.metrics.intake import Intake
from harmony.coordination.metrics.routes import router as metrics

GLOBAL_CORTEX = Component(
    name="global-cortex",
    port=9002,
    capabilities=("monitoring", "metrics-collection", "alerting"),
    routers=(metrics,),
    jobs=(
        Job("write samples", 1.0, lambda house: metrics_jobs.write(house.database, house.port(Intake))),
        Job("roll samples up", 20.0, lambda house: metrics_jobs.roll_up(house.database)),
        Job("measure queues", 5.0, lambda house: metrics_jobs.measure_queues(house.database, house.port(Intake))),
        Job("forget samples", 600.0, lambda house: metrics_service.forget(house.database, house.port(Intake))),
    ),
)
