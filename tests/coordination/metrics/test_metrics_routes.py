"""The printed calls of metrics, ranges, roll-ups, a restart, and what is refused."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest
from tests.coordination.orchestra import HUB_ID, Orchestra
from tests.coordination.printed import HEARTBEAT, SHERLOCK_HUB, field_of

from harmony.adapters.bus.bells import Bells
from harmony.adapters.db.pool import Database
from harmony.coordination.metrics import jobs, service
from harmony.coordination.metrics.fakes import Nobody, Somebody
from harmony.coordination.metrics.intake import Intake
from harmony.coordination.metrics.model import MINUTES_KEPT_SECONDS, POST_LIMIT_SAMPLES, RAW_KEPT_SECONDS, STALE_SECONDS
from harmony.kernel.clock import VirtualClock


async def test_the_printed_beat_is_found_in_the_printed_calls(cortex: httpx.AsyncClient) -> None:
    await cortex.post("/register", json=SHERLOCK_HUB)
    assert (await cortex.post("/heartbeat", json=HEARTBEAT)).status_code == 200
    one = (await cortex.get(f"/metrics/{HUB_ID}")).json()
    assert one["metrics"] == HEARTBEAT["metrics"] and one["component"] == "sherlock-hub"
    every = (await cortex.get("/metrics")).json()
    assert [component["component_id"] for component in every["components"]] == [HUB_ID]
    answer = await cortex.get("/metrics?start=2025-12-17T19:00:00Z&end=2025-12-17T20:00:00Z")
    assert answer.status_code == 200
    assert answer.json()["step_seconds"] == 3_600 and answer.json()["series"] == [], "so far back only hours are kept"


async def test_prometheus_gets_its_text(cortex: httpx.AsyncClient) -> None:
    await cortex.post("/register", json=SHERLOCK_HUB)
    await cortex.post("/heartbeat", json=HEARTBEAT)
    answer = await cortex.get("/metrics", headers={"Accept": "text/plain;version=0.0.4;q=0.5,*/*;q=0.1"})
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert f'requests_total{{component="sherlock-hub",component_id="{HUB_ID}"}} 150.0' in answer.text.splitlines()


async def counted(orchestra: Orchestra, intake: Intake, seconds: int, every: int = 5) -> None:
    """A counter that grows by ten with each beat."""
    for second in range(0, seconds, every):
        orchestra.clock.advance(every)
        await orchestra.beat(metrics={"errors": second // every * 10, "latency_ms": second // every % 100})
    await jobs.write(orchestra.database, intake)


async def test_a_range_has_rates_and_quantiles(
    cortex: httpx.AsyncClient, orchestra: Orchestra, intake: Intake, clock: VirtualClock
) -> None:
    await orchestra.join()
    begun = clock.now()
    await counted(orchestra, intake, 600)
    asked = {"start": begun.isoformat(), "end": clock.now().isoformat(), "step": "60s", "metric": "errors"}
    rates = (await cortex.get("/metrics", params={**asked, "function": "rate"})).json()
    assert rates["resolution_seconds"] == 0
    values = [point["value"] for point in rates["series"][0]["points"]]
    assert len(values) == 10 and values[1:] == [2] * 9, "ten more every five seconds"
    asked |= {"metric": "latency_ms", "step": "10m", "function": "p95"}
    high = (await cortex.get(f"/metrics/{HUB_ID}", params=asked)).json()
    assert 90 < high["series"][0]["points"][0]["value"] < 100


async def test_minutes_and_hours_remain_when_samples_have_gone(
    cortex: httpx.AsyncClient, orchestra: Orchestra, intake: Intake, clock: VirtualClock, database: Database
) -> None:
    await orchestra.join()
    begun = clock.now()
    await counted(orchestra, intake, 7_200, every=20)
    clock.advance(200)
    await jobs.roll_up(database)
    await jobs.roll_up(database)
    for passed, step, resolution, rate in ((RAW_KEPT_SECONDS, "5m", 60, 0.5), (MINUTES_KEPT_SECONDS, "1h", 3_600, 0.5)):
        clock.advance(passed)
        await service.forget(database, intake)
        until = begun + timedelta(hours=2)
        asked = {"start": begun.isoformat(), "end": until.isoformat(), "step": step, "metric": "errors"}
        answer = (await cortex.get("/metrics", params={**asked, "function": "rate"})).json()
        assert answer["resolution_seconds"] == resolution
        assert answer["series"][0]["points"][-1]["value"] == pytest.approx(rate, rel=0.05)
        refused = await cortex.get("/metrics", params={**asked, "function": "p99"})
        assert refused.status_code == 422 and refused.json()["code"] == "metrics.quantile_unkept"


async def test_a_restart_reads_back_what_was_written(
    orchestra: Orchestra, intake: Intake, clock: VirtualClock, database: Database
) -> None:
    await orchestra.join()
    intake.track({"errors": 60.0})
    await counted(orchestra, intake, 60)
    fresh = Intake(Bells(), clock.monotonic)
    async with database.reading() as connection:
        await service.resume(connection, fresh, clock.now())
        await service.track(connection, fresh, {"errors": 60.0}, clock.now())
    assert fresh.listed(HUB_ID)
    before, after = (one.tracks[HUB_ID]["errors", ()] for one in (intake, fresh))
    assert before.values == after.values and before.instants == after.instants


async def test_posted_samples_are_told_apart_by_labels(cortex: httpx.AsyncClient) -> None:
    await cortex.post("/register", json=SHERLOCK_HUB)
    samples = [{"name": "requests_total", "value": n, "labels": {"path": path}} for n, path in ((1, "/a"), (2, "/b"))]
    answer = await cortex.post(f"/metrics/{HUB_ID}", json={"samples": samples})
    assert (answer.status_code, answer.json()) == (202, {"status": "accepted", "samples": 2})
    series = (await cortex.get(f"/metrics/{HUB_ID}")).json()["series"]
    assert [(one["labels"]["path"], one["value"]) for one in series] == [("/a", 1), ("/b", 2)]


UNFIT_SAMPLES: list[tuple[dict[str, object], str]] = [
    ({"name": "a", "value": "1"}, "samples.0.value"),
    ({"name": "a", "value": True}, "samples.0.value"),
    ({"name": "a", "value": None}, "samples.0.value"),
    ({"name": "a", "value": 1e300}, "samples.0.value"),
    ({"name": "1a", "value": 1}, "samples.0.name"),
    ({"name": "a" * 65, "value": 1}, "samples.0.name"),
    ({"name": "a", "value": 1, "labels": {"b": 1}}, "samples.0.labels.b"),
    ({"name": "a", "value": 1, "labels": {"b-c": "1"}}, "samples.0.labels.b-c.[key]"),
    ({"name": "a", "value": 1, "labels": {"component": "1"}}, "samples.0.labels.component.[key]"),
    ({"name": "a", "value": 1, "labels": {"b": "x" * 129}}, "samples.0.labels.b"),
    ({"name": "a", "value": 1, "labels": {f"l{n}": "" for n in range(9)}}, "samples.0.labels"),
    ({"name": "a", "value": 1, "at": "2026-01-01"}, "samples.0.at"),
]


async def test_an_unfit_sample_is_refused_by_the_name_of_its_field(cortex: httpx.AsyncClient) -> None:
    await cortex.post("/register", json=SHERLOCK_HUB)
    for sample, field in UNFIT_SAMPLES:
        assert field_of(await cortex.post(f"/metrics/{HUB_ID}", json={"samples": [sample]})) == field, sample
    assert (await cortex.get(f"/metrics/{HUB_ID}")).status_code == 404


async def test_too_many_samples_and_labels_are_refused_with_what_to_do(cortex: httpx.AsyncClient) -> None:
    await cortex.post("/register", json=SHERLOCK_HUB)
    body = {"samples": [{"name": "a", "value": n} for n in range(POST_LIMIT_SAMPLES + 1)]}
    assert field_of(await cortex.post(f"/metrics/{HUB_ID}", json=body)) == "samples"
    codes = []
    for block in range(3):
        many = [{"name": "a", "value": 1, "labels": {"n": str(block * 400 + n)}} for n in range(400)]
        answer = await cortex.post(f"/metrics/{HUB_ID}", json={"samples": many})
        codes.append(answer.json().get("code", answer.status_code))
    assert codes == [202, "metrics.too_many_series", "metrics.too_many_series"]
    same = {"samples": [{"name": "a", "value": 1, "labels": {"n": str(n)}} for n in range(400)]}
    answers = [await cortex.post(f"/metrics/{HUB_ID}", json=same) for _ in range(13)]
    assert answers[-1].status_code == 429 and int(answers[-1].headers["retry-after"]) >= 1
    assert answers[-1].json()["code"] == "metrics.too_many_samples"


async def test_samples_for_somebody_else_s_component_are_refused(
    cortex: httpx.AsyncClient, orchestra: Orchestra
) -> None:
    await orchestra.join(actor="component-sherlock-hub")
    answer = await cortex.post(f"/metrics/{HUB_ID}", json={"samples": [{"name": "a", "value": 1}]})
    assert answer.status_code == 403
    unknown = await cortex.post("/metrics/nobody-001", json={"samples": [{"name": "a", "value": 1}]})
    assert unknown.status_code == 404


UNFIT_RANGES = [
    ("start=2026-01-02T00:00:00&end=2026-01-01T00:00:00Z", "start"),
    ("start=yesterday", "query.start"),
    ("end=0001-01-01T00:00:00", "query.end"),
    ("start=9999-12-31T23:59:59%2B00:00", "query.start"),
    ("start=2026-01-01&end=2026-12-01&step=1", "step"),
    ("start=2026-01-01&step=0", "query.step"),
    ("start=2026-01-01&step=1w", "query.step"),
    ("start=2026-01-01&function=eval", "query.function"),
]


async def test_an_unfit_range_is_refused_by_the_name_of_its_field(cortex: httpx.AsyncClient) -> None:
    for query, field in UNFIT_RANGES:
        assert field_of(await cortex.get(f"/metrics?{query}")) == field, query


async def test_only_what_is_fresh_is_sent_outside(database: Database, intake: Intake, clock: VirtualClock) -> None:
    somebody = Somebody()
    intake.put("hub-001", {"load": 1}, (), clock.now())
    assert await jobs.send_outside(database, intake, Nobody()) == 0
    clock.advance(STALE_SECONDS)
    intake.put("hub-002", {"load": 2}, (), clock.now())
    assert await jobs.send_outside(database, intake, somebody) == 1
    assert [one.key.component_id for one in somebody.taken[0]] == ["hub-002"]
