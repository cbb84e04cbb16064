"""global-cortex: metrics now and over time, and alerts."""

from __future__ import annotations

from harmony.adapters.bus.bells import Bells
from harmony.apps.components.component import Component, Job
from harmony.commons.identity.edge import House
from harmony.commons.notifications import jobs as notifications
from harmony.commons.notifications.ports import Outlets
from harmony.commons.notifications.routes import channels
from harmony.coordination.alerts import jobs as alerts_jobs
from harmony.coordination.alerts.routes import alerts
from harmony.coordination.alerts.watch import Watch
from harmony.coordination.metrics import jobs as metrics_jobs
from harmony.coordination.metrics import service as metrics_service
from harmony.coordination.metrics.intake import Intake
from harmony.coordination.metrics.ports import Outside
from harmony.coordination.metrics.routes import router as metrics


async def _watch(house: House) -> None:
    await alerts_jobs.keep_watching(house.database, house.port(Bells), house.port(Intake), house.port(Watch))


async def _send_outside(house: House) -> None:
    await metrics_jobs.send_outside(house.database, house.port(Intake), house.port(Outside))


async def _deliver(house: House) -> None:
    await notifications.keep_delivering(house.database, house.port(Bells), house.port(Outlets))


GLOBAL_CORTEX = Component(
    name="global-cortex",
    port=9002,
    capabilities=("monitoring", "metrics-collection", "alerting"),
    routers=(metrics, alerts, channels),
    jobs=(
        Job("write samples", 1.0, lambda house: metrics_jobs.write(house.database, house.port(Intake))),
        Job("watch conditions", 0.0, _watch),
        Job("follow lives", 0.5, lambda house: alerts_jobs.follow_lives(house.database, house.port(Watch))),
        Job("deliver to channels", 0.0, _deliver),
        Job("forget alerts", 3600.0, lambda house: alerts_jobs.forget(house.database)),
        Job("roll samples up", 20.0, lambda house: metrics_jobs.roll_up(house.database)),
        Job("send metrics outside", 15.0, _send_outside),
        Job("measure queues", 5.0, lambda house: metrics_jobs.measure_queues(house.database, house.port(Intake))),
        Job("forget samples", 600.0, lambda house: metrics_service.forget(house.database, house.port(Intake))),
    ),
)
