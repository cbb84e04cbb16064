"""The alerts that Harmony brings: lives of components, the Conductor's doubts, queues."""

from __future__ import annotations

from tests.coordination.alerts.cortex import Cortex
from tests.coordination.orchestra import HUB_ID, Orchestra

from harmony.adapters.db.pool import Database
from harmony.commons.journal import jobs as journal_jobs
from harmony.coordination.alerts import jobs
from harmony.coordination.alerts.built_in import DOUBT, OFFLINE, QUEUE_DEAD, QUEUE_OLD
from harmony.coordination.alerts.rules import Alert, Rule
from harmony.coordination.alerts.service.configure import list_alerts


async def follow(cortex: Cortex) -> None:
    await journal_jobs.stamp(cortex.database)
    await jobs.follow_lives(cortex.database, cortex.watch)


async def firing(database: Database) -> list[Alert]:
    async with database.reading() as connection:
        return await list_alerts(connection, ["pending", "firing"], None, None, 100)


async def names(cortex: Cortex) -> list[str]:
    return sorted(alert.place.rule for alert in await firing(cortex.database))


async def to_slack(cortex: Cortex, rule: Rule) -> None:
    await cortex.channel()
    await cortex.configure(Rule(rule.name, rule.condition, channels=("slack",), group_interval_seconds=1))
    await cortex.look()


async def test_a_fall_and_a_recovery_raise_and_end_alerts(cortex: Cortex, orchestra: Orchestra) -> None:
    await to_slack(cortex, OFFLINE)
    await orchestra.join()
    await orchestra.live(15)
    await follow(cortex)
    assert await names(cortex) == ["component-degraded"]
    await orchestra.live(30)
    await follow(cortex)
    assert await names(cortex) == ["component-degraded", "component-offline"]
    await cortex.restart()
    await cortex.look()
    assert await cortex.settle() == ["component-offline: 1 firing"]
    await orchestra.recover()
    await follow(cortex)
    assert await names(cortex) == []
    await cortex.pass_time(2)
    assert await cortex.settle() == ["component-offline: 1 firing", "component-offline: 1 resolved"]
    await follow(cortex)
    assert HUB_ID in cortex.slack.taken[0][1].body


async def test_an_alert_of_a_life_may_wait(cortex: Cortex, orchestra: Orchestra) -> None:
    await cortex.channel()
    rule = Rule(OFFLINE.name, OFFLINE.condition, channels=("slack",), for_seconds=20)
    await cortex.configure(rule)
    await cortex.look()
    await orchestra.join()
    await orchestra.live(46)
    await follow(cortex)
    await cortex.pass_time(19)
    assert await cortex.settle() == []
    await cortex.pass_time(2)
    assert await cortex.settle() == ["component-offline: 1 firing"]


async def test_a_doubt_of_the_conductor_is_an_alert_while_it_lasts(cortex: Cortex, orchestra: Orchestra) -> None:
    await to_slack(cortex, DOUBT)
    await orchestra.join()
    await orchestra.restart(1)
    await follow(cortex)
    assert await names(cortex) == ["conductor-doubts-itself"]
    await orchestra.live(20, [HUB_ID])
    await follow(cortex)
    assert await names(cortex) == []


async def test_old_and_dead_messages_are_alerts_of_their_queue(cortex: Cortex) -> None:
    await to_slack(cortex, QUEUE_DEAD)
    now = cortex.clock.now()
    labels = (("group", "default"), ("queue", "echo-git-sync"))
    numbers = {"queue_oldest_age_seconds": 301.0, "queue_dead_letters": 2}
    cortex.intake.put("conductor", numbers, labels, now)
    await cortex.look()
    assert await names(cortex) == ["queue-dead-letters", QUEUE_OLD.name]
    assert await cortex.settle() == ["queue-dead-letters: 1 firing"]
    assert cortex.slack.taken[0][1].body == (
        "firing: echo-git-sync has 2 dead letters; POST /queue/redrive puts them back."
    )
