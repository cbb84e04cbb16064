"""Web hooks as they arrive: proved, taken once, judged, told."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from tests.assist.conftest import Live
from tests.assist.problems.hooks.payloads import (
    job_hook,
    of_github,
    of_gitlab,
    pipeline,
    signed_by_gitlab,
    workflow_job,
    workflow_run,
)
from tests.assist.problems.watching.events import alarms, choose, notifications
from tests.assist.stories import json_of

from harmony.adapters.db.pool import Database
from harmony.assist.problems import jobs
from harmony.assist.problems.hooks import receiving, sources
from harmony.assist.problems.jobs import forget
from harmony.assist.problems.pipelines import DELIVERIES_A_DAY_LIMIT, DELIVERY_KEPT_DAYS, SOURCES_LIMIT_ITEMS
from harmony.kernel.clock import VirtualClock

SOURCES = "/v1/ci/sources"


@dataclass
class Sender:
    """A CI service with the secret of its source; numbers its deliveries."""

    live: Live
    clock: VirtualClock
    path: str
    secret: str
    count: int = field(default=0)

    async def send(self, request: dict[str, Any], status: int = 200) -> Any:
        return await json_of(await self.live["nobody"].post(self.path, **request), status)

    async def job(self, number: int, conclusion: str, **changes: Any) -> Any:
        """A job of GitHub that ended now; an hour later it is."""
        self.count += 1
        payload = workflow_job(number, conclusion, self.clock.now(), **changes)
        answer = await self.send(of_github(self.secret, "workflow_job", payload, f"d-{self.count}"))
        self.clock.advance(3600)
        return answer


async def sender(live: Live, clock: VirtualClock, provider: str = "github", who: str = "wanda") -> Sender:
    made = await json_of(await live[who].post(SOURCES, json={"provider": provider, "name": "kiln"}), 201)
    return Sender(live, clock, made["hookPath"], made["secret"])


async def counts(database: Database) -> list[int]:
    async with database.reading() as connection:
        tables = ("ci_deliveries", "ci_outcomes", "detection_alarms", "notifications")
        return [await connection.fetchval(f"SELECT count(*) FROM {name}") for name in tables]


async def test_a_job_that_fails_again_and_again_is_told_with_its_evidence(live: Live, clock: VirtualClock) -> None:
    github = await sender(live, clock)
    answers = [await github.job(number, "failure") for number in range(1, 4)]
    assert [answer["alarms"] for answer in answers] == [0, 0, 1]
    (alarm,) = await alarms(live)
    assert (alarm["kind"], alarm["rounds"], alarm["source"]) == ("failing_pipeline", 3, "ci")
    assert len(alarm["evidence"]) == 3
    assert alarm["evidence"][0]["text"].startswith("CI / test (3.12): failed on pottery/kiln main at 000000000000,")
    (told,) = await notifications(live)
    assert told["title"] == "Going in circles? the same job failed 3 times in a row"
    assert alarm["evidence"][0]["text"] in told["body"]


async def test_red_after_green_and_a_flaky_job_are_told(live: Live, clock: VirtualClock) -> None:
    github = await sender(live, clock)
    await github.job(1, "success")
    await github.job(2, "failure")
    await github.job(3, "success", head_sha=f"{2:040x}")
    assert [alarm["kind"] for alarm in await alarms(live)] in (["flaky_job", "went_red"], ["went_red", "flaky_job"])


async def test_a_delivery_is_taken_once_and_a_changed_one_is_refused(
    live: Live, clock: VirtualClock, admitted: Database
) -> None:
    github = await sender(live, clock)
    payload = workflow_job(1, "failure", clock.now())
    first = await github.send(of_github(github.secret, "workflow_job", payload, "one"))
    again = await github.send(of_github(github.secret, "workflow_job", payload, "one"))
    assert (first["accepted"], first["outcomes"]) == (True, 1)
    assert (again["accepted"], again["reason"], again["outcomes"]) == (False, "repeated", 0)
    before = await counts(admitted)
    other_id = await github.send(of_github(github.secret, "workflow_job", payload, "two"), 409)
    other_body = workflow_job(2, "failure", clock.now())
    same_id = await github.send(of_github(github.secret, "workflow_job", other_body, "one"), 409)
    assert other_id["code"] == same_id["code"] == "problems.delivery_replayed"
    assert await counts(admitted) == before


async def test_a_delivery_that_comes_many_times_at_once_is_taken_once(
    live: Live, clock: VirtualClock, admitted: Database
) -> None:
    github = await sender(live, clock)
    request = of_github(github.secret, "workflow_job", workflow_job(1, "failure", clock.now()), "one")
    answers = await asyncio.gather(*(live["nobody"].post(github.path, **request) for _ in range(8)))
    assert sorted(answer.json()["reason"] for answer in answers) == ["judged", *["repeated"] * 7]
    assert (await counts(admitted))[:2] == [1, 1]


async def test_a_replay_is_without_effect_even_when_its_id_is_forgotten(
    live: Live, clock: VirtualClock, admitted: Database
) -> None:
    github = await sender(live, clock)
    request = of_github(github.secret, "workflow_job", workflow_job(1, "failure", clock.now()), "one")
    await github.send(request)
    clock.advance(DELIVERY_KEPT_DAYS * 86_400 + 1)
    await forget(live.database)
    assert (await counts(admitted))[0] == 0
    assert (await github.send(request))["reason"] == "too old"
    assert (await counts(admitted))[0] == 0


async def test_the_forged_are_refused_alike_and_nothing_is_stored(
    live: Live, clock: VirtualClock, admitted: Database
) -> None:
    github, gitlab = await sender(live, clock), await sender(live, clock, "gitlab", "wilbur")
    payload = workflow_job(1, "failure", clock.now())
    before = await counts(admitted)
    good = of_github(github.secret, "workflow_job", payload, "one")
    forged = [
        (github.path, of_github(gitlab.secret, "workflow_job", payload, "one")),
        (github.path, {**good, "headers": {**good["headers"], "x-hub-signature-256": ""}}),
        (github.path, {**good, "content": good["content"] + b" "}),
        (github.path, of_gitlab(github.secret, "Job Hook", job_hook(1, "failed", clock.now()), "one")),
        (gitlab.path, good),
        (gitlab.path, of_gitlab(github.secret, "Job Hook", job_hook(1, "failed", clock.now()), "one")),
        ("/v1/ci/hooks/ci-source-" + "0" * 32, good),
        ("/v1/ci/hooks/anything", good),
        (github.path, {"content": b"\xff" * 1000, "headers": {}}),
    ]
    answers = [await live["nobody"].post(path, **request) for path, request in forged]
    assert {answer.status_code for answer in answers} == {401}
    told = [{**answer.json(), "instance": "", "path": ""} for answer in answers]
    assert all(one == told[0] for one in told), "nobody learns which sources there are"
    assert told[0]["code"] == "problems.hook_forged"
    assert await counts(admitted) == before


async def test_proved_nonsense_is_refused_by_name(live: Live, clock: VirtualClock) -> None:
    github = await sender(live, clock)
    for body in (b"", b"[]", b"payload=%7B%7D", b"[" * 100_000):
        request = of_github(github.secret, "workflow_job", {}, "one")
        signed = _resigned(github.secret, request, body)
        assert (await github.send(signed, 422))["code"] == "problems.hook_unreadable"
    for name in ("", "x" * 101, "caf\xe9"):
        request = of_github(github.secret, "workflow_job", {}, "one")
        request["headers"]["x-github-delivery"] = name.encode("latin-1")
        assert (await github.send(request, 422))["details"]["field"] == "x-github-delivery"
    assert (await github.send(of_github(github.secret, "ping", {"zen": "x"}, "p")))["reason"] == "nothing to judge"


def _resigned(secret: str, request: dict[str, Any], body: bytes) -> dict[str, Any]:
    signature = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return {"content": body, "headers": {**request["headers"], "x-hub-signature-256": signature}}


async def test_gitlab_is_heard_by_token_and_by_signature(live: Live, clock: VirtualClock) -> None:
    gitlab = await sender(live, clock, "gitlab")
    one = pipeline(1, {"glaze": "failed", "fire": "success"}, clock.now() - timedelta(minutes=9))
    assert (await gitlab.send(of_gitlab(gitlab.secret, "Pipeline Hook", one, "a")))["outcomes"] == 2
    same = job_hook(1, "failed", clock.now())
    assert (await gitlab.send(of_gitlab(gitlab.secret, "Job Hook", same, "b")))["outcomes"] == 0
    for number in (2, 3):
        clock.advance(3600)
        payload = job_hook(number, "failed", clock.now())
        request = signed_by_gitlab(gitlab.secret, "Job Hook", payload, f"s-{number}", clock.now())
        found = await gitlab.send(request)
    assert (found["outcomes"], found["alarms"]) == (1, 1)
    clock.advance(3600)
    assert (await gitlab.send(request, 401))["code"] == "problems.hook_forged", "a signature has its time"


async def test_a_workflow_is_not_told_beside_its_jobs(live: Live, clock: VirtualClock) -> None:
    github = await sender(live, clock)
    for number in range(1, 4):
        await github.job(number, "failure")
        payload = workflow_run(number, "failure", clock.now())
        await github.send(of_github(github.secret, "workflow_run", payload, f"run-{number}"))
    assert len(await alarms(live)) == 1
    alone = await sender(live, clock, who="wilbur")
    for number in range(1, 4):
        clock.advance(3600)
        payload = workflow_run(number, "failure", clock.now())
        await alone.send(of_github(alone.secret, "workflow_run", payload, f"run-{number}"))
    assert [alarm["kind"] for alarm in await alarms(live, "wilbur")] == ["failing_pipeline"]


async def test_what_comes_out_of_order_is_put_in_order(live: Live, clock: VirtualClock) -> None:
    github = await sender(live, clock)
    clock.advance(86_400)
    times = {1: "failure", 2: "failure", 3: "success", 4: "failure"}
    for number in (4, 1, 3, 2):
        payload = workflow_job(number, times[number], clock.now() - timedelta(hours=9 - number))
        await github.send(of_github(github.secret, "workflow_job", payload, str(number)))
    assert await alarms(live) == []


async def test_privacy_decides_what_of_a_pipeline_is_kept(live: Live, clock: VirtualClock, admitted: Database) -> None:
    github = await sender(live, clock)
    await github.job(1, "failure")
    async with admitted.reading() as connection:
        assert await connection.fetchval("SELECT url FROM ci_outcomes") is None
    await choose(live, privacyLevel="Open")
    await github.job(2, "failure")
    await github.job(3, "failure")
    assert "https://github.example/pottery/kiln/actions/runs/3" in str((await alarms(live))[0]["evidence"])
    await choose(live, privacyLevel="High")
    assert (await counts(admitted))[1] == 0
    before = await counts(admitted)
    answer = await github.job(4, "failure")
    assert (answer["accepted"], answer["reason"]) == (False, "privacy")
    assert await counts(admitted) == before


async def test_a_new_secret_ends_the_old_one_and_removing_ends_both(
    live: Live, clock: VirtualClock, admitted: Database
) -> None:
    github = await sender(live, clock)
    await github.job(1, "failure")
    own = SOURCES + "/" + github.path.rsplit("/", 1)[1]
    assert (await live["wilbur"].post(own + "/secret")).json()["code"] == "problems.source_unknown"
    renewed = await json_of(await live["wanda"].post(own + "/secret"), 200)
    assert renewed["secret"] != github.secret
    old = of_github(github.secret, "workflow_job", workflow_job(2, "failure", clock.now()), "old")
    await github.send(old, 401)
    github.secret = renewed["secret"]
    assert (await github.job(2, "failure"))["accepted"]
    assert (await live["wilbur"].delete(own)).status_code == 404
    assert (await live["wanda"].delete(own)).status_code == 204
    assert (await counts(admitted))[:2] == [0, 0]
    late = of_github(github.secret, "workflow_job", workflow_job(3, "failure", clock.now()), "late")
    await github.send(late, 401)


async def test_secrets_are_shown_once_and_kept_nowhere(live: Live, clock: VirtualClock, admitted: Database) -> None:
    github, other = await sender(live, clock), await sender(live, clock)
    assert github.secret != other.secret
    listed = await live["wanda"].get(SOURCES)
    assert len(listed.json()["items"]) == 2
    assert github.secret not in listed.text
    assert (await live["wilbur"].get(SOURCES)).json()["items"] == []
    await live.stamp()
    async with admitted.reading() as connection:
        names = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        parts = [await connection.fetch(f"SELECT t::text AS row FROM {row['tablename']} t") for row in names]
    assert github.secret not in "\n".join(item["row"] for part in parts for item in part)


async def test_sources_are_bounded_and_what_happens_to_them_is_journalled(
    live: Live, admitted: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert SOURCES_LIMIT_ITEMS == 20
    monkeypatch.setattr(sources, "SOURCES_LIMIT_ITEMS", 1)
    made = await json_of(await live["wanda"].post(SOURCES, json={"provider": "gitlab", "name": "kiln"}), 201)
    refused = await live["wanda"].post(SOURCES, json={"provider": "gitlab", "name": "kiln"})
    assert (refused.status_code, refused.json()["code"]) == (409, "problems.too_many_sources")
    assert (await live["wanda"].post(SOURCES, json={"provider": "jenkins", "name": "kiln"})).status_code == 422
    await live["wanda"].post(f"{SOURCES}/{made['sourceId']}/secret")
    await live["wanda"].delete(f"{SOURCES}/{made['sourceId']}")
    await live.stamp()
    async with admitted.reading() as connection:
        rows = await connection.fetch("SELECT kind FROM journal_entries WHERE kind LIKE 'assist.ci%' ORDER BY revision")
    assert [row["kind"].rsplit(".", 1)[1] for row in rows] == ["added", "renewed", "removed"]


async def test_a_source_delivers_up_to_its_bound_a_day_and_its_newest_outcomes_are_kept(
    live: Live, clock: VirtualClock, admitted: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert DELIVERIES_A_DAY_LIMIT == 2_000
    monkeypatch.setattr(receiving, "DELIVERIES_A_DAY_LIMIT", 2)
    monkeypatch.setattr(jobs, "OUTCOMES_KEPT_ITEMS", 1)
    github = await sender(live, clock)
    for number in (1, 2):
        assert (await github.job(number, "success"))["accepted"]
    third = of_github(github.secret, "workflow_job", workflow_job(3, "success", clock.now()), "third")
    assert (await github.send(third, 429))["code"] == "problems.too_many_deliveries"
    assert (await counts(admitted))[1] == 2
    clock.advance(86_400)
    assert (await github.send(third))["accepted"]
    await jobs.forget(live.database)
    async with admitted.reading() as connection:
        assert await connection.fetchval("SELECT string_agg(commit_id, ' ') FROM ci_outcomes") == f"{3:040x}"


async def test_the_false_alarm_budget_holds_for_pipelines_too(live: Live, clock: VirtualClock) -> None:
    await choose(live, alarmsADay=1)
    github = await sender(live, clock)
    for name in ("one", "two"):
        for number in range(3):
            await github.job(hash(name) % 10_000 * 10 + number, "failure", name=name)
    assert sorted(alarm["state"] for alarm in await alarms(live)) == ["beyond_budget", "told"]
