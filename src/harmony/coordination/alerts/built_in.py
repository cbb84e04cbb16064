"""The alerts that Harmony brings: life and death of components, the Conductor's doubts, queues.

Those of lives follow the journal, so that what fires is what ``why`` tells; those of queues are conditions like
anybody's. Their channels and times can be configured under their names, their conditions cannot.
"""

from __future__ import annotations

from collections.abc import Mapping

from harmony.coordination.alerts.rules import Rule

FOLLOWS = "follows the journal"
"""Stands for the condition of an alert that entries move."""

DEGRADED = Rule(
    name="component-degraded",
    condition=FOLLOWS,
    summary="{component_id} is degraded; GET /services/{component_id}/why gives the evidence.",
    built_in=True,
)
OFFLINE = Rule(
    name="component-offline",
    condition=FOLLOWS,
    severity="critical",
    summary="{component_id} is offline; GET /services/{component_id}/why gives the evidence.",
    built_in=True,
)
DOUBT = Rule(
    name="conductor-doubts-itself",
    condition=FOLLOWS,
    summary="The Conductor doubts itself; GET /grace tells why and until when.",
    built_in=True,
)
QUEUE_OLD = Rule(
    name="queue-too-old",
    condition="queue_oldest_age_seconds > 300",
    components=("conductor",),
    by=("queue", "group"),
    for_seconds=30,
    summary="The oldest message of {labels.queue} has waited for {value} s.",
    built_in=True,
)
QUEUE_DEAD = Rule(
    name="queue-dead-letters",
    condition="queue_dead_letters > 0",
    components=("conductor",),
    by=("queue", "group"),
    summary="{labels.queue} has {value} dead letters; POST /queue/redrive puts them back.",
    built_in=True,
)
BUILT_IN: tuple[Rule, ...] = (DEGRADED, OFFLINE, DOUBT, QUEUE_OLD, QUEUE_DEAD)

LIVES: Mapping[str, Mapping[str, bool]] = {
    "coordination.component.degraded": {DEGRADED.name: True},
    "coordination.component.offline": {OFFLINE.name: True},
    "coordination.component.recovered": {DEGRADED.name: False, OFFLINE.name: False},
    "coordination.component.registered": {DEGRADED.name: False, OFFLINE.name: False},
    "coordination.component.deregistered": {DEGRADED.name: False, OFFLINE.name: False},
    "coordination.component.forgotten": {DEGRADED.name: False, OFFLINE.name: False},
    "coordination.conductor.doubted": {DOUBT.name: True},
    "coordination.conductor.trusted": {DOUBT.name: False},
}
"""What an entry of the journal makes true or ends."""
