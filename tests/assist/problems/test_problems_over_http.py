"""Reporting a failure over HTTP and JSON-RPC: as printed, redacted, bounded, one's own."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.assist.conftest import Live
from tests.assist.stories import LOG, json_of, report, skilled_pair

from harmony.assist import rpc
from harmony.assist.problems.model import LOG_LIMIT_BYTES

PRINTED = {
    "userId": "wanda-seeker",
    "activityData": {
        "recentErrors": [
            {
                "timestamp": "2025-05-25T22:15:30Z",
                "errorType": "FileNotFoundError",
                "message": "No such file or directory: '/home/user/data.csv'",
                "frequency": 3,
            }
        ],
        "environmentContext": {"os": "Linux", "previousEnvironment": "Windows", "recentCodeChanges": True},
        "userFrustrationSignals": {"repeatedAttempts": True, "rapidEdits": True, "documentationChecks": 2},
    },
}
KIND = {
    "category": "cross-platform-compatibility",
    "subcategory": "file-path-handling",
    "complexity": "medium",
    "urgency": "medium",
}


async def call(live: Live, who: str, content: Any) -> Any:
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    return await live[who].post("/rpc", content=body)


async def test_the_printed_report_is_answered_as_printed_over_both_edges(live: Live) -> None:
    over_http = await json_of(await live["wanda"].post("/v1/detect-problem", json=PRINTED), 200)
    request = {"jsonrpc": "2.0", "id": "1", "method": "detectProblem", "params": PRINTED}
    over_rpc = await json_of(await call(live, "wanda", request), 200)
    assert (over_rpc["jsonrpc"], over_rpc["id"]) == ("2.0", "1")
    for found in (over_http, over_rpc["result"]):
        assert found["problemDetected"] is True
        assert found["classification"] == KIND
        assert found["suggestedAction"] == "expert_assistance"
        assert 0.8 <= found["confidenceScore"] < 1
        assert found["contextId"].startswith("context-")
        assert found["evidence"][0]["text"].startswith("FileNotFoundError")


async def test_experts_are_found_over_json_rpc_as_printed(live: Live) -> None:
    ada, bruno = await skilled_pair(live)
    context = await json_of(await live["wanda"].post("/v1/detect-problem", json=PRINTED), 200)
    params = {
        "problemContext": context["contextId"],
        "requiredExpertise": ["cross-platform-development", "python", "file-handling"],
        "userPreferences": {
            "responseUrgency": "medium",
            "communicationPreference": ["text", "voice"],
            "languagePreference": "English",
        },
        "currentTime": "2025-05-25T22:30:00Z",
    }
    request = {"jsonrpc": "2.0", "id": "2", "method": "findExperts", "params": params}
    result = (await json_of(await call(live, "wanda", request), 200))["result"]
    assert result["matchesFound"] is True
    assert [found["expertId"] for found in result["experts"]] == [ada, bruno]
    assert result["recommendedExpert"] == ada
    foreign = await json_of(await call(live, "wilbur", request), 200)
    assert foreign["error"]["data"]["code"] == "problems.context_unknown"


async def test_secrets_are_hidden_before_a_report_is_stored(live: Live) -> None:
    secrets = "password=correct-horse-battery-9 mail pat.potter@example.org\n"
    found = await report(live, log=secrets + LOG, command="load.py --token=ghp_" + "a1B2c3D4e5F6" * 3)
    stored = await json_of(await live["wanda"].get(f"/v1/problems/{found['contextId']}"), 200)
    for secret in ("correct-horse", "pat.potter", "a1B2c3D4e5F6"):
        assert secret not in json.dumps(stored)
    assert "FileNotFoundError" in stored["log"]


async def test_the_log_s_limit_is_met_at_its_edge(live: Live) -> None:
    await report(live, log="é" * (LOG_LIMIT_BYTES // 2))
    for log in ("é" * (LOG_LIMIT_BYTES // 2) + "a", "a" * (LOG_LIMIT_BYTES + 1)):
        answer = await live["wanda"].post("/v1/detect-problem", json={"log": log})
        assert answer.status_code in (413, 422)
        assert answer.json()["details"]["field"] == "log"


async def test_reporting_the_same_again_counts_and_presses(live: Live) -> None:
    log = "KeyError: 'glaze'"
    first = await report(live, log=log, exitCode=None)
    second = await report(live, log=log, exitCode=None)
    assert (first["occurrences"], second["occurrences"]) == (1, 2)
    assert second["confidenceScore"] > first["confidenceScore"]


async def test_a_report_is_its_owner_s_alone(live: Live) -> None:
    found = await report(live)
    for who, status in (("wanda", 200), ("wilbur", 404), ("ada", 404), ("cora", 404), ("olga", 200), ("nobody", 401)):
        assert (await live[who].get(f"/v1/problems/{found['contextId']}")).status_code == status, who
    assert (await json_of(await live["wilbur"].get("/v1/problems"), 200))["items"] == []
    assert len((await json_of(await live["wanda"].get("/v1/problems"), 200))["items"]) == 1
    for_another = {**PRINTED, "userId": "wilbur-seeker"}
    assert (await live["wanda"].post("/v1/detect-problem", json=for_another)).status_code == 403


async def test_a_key_used_twice_answers_once(live: Live) -> None:
    headers = {"Idempotency-Key": "once"}
    one = await live["wanda"].post("/v1/detect-problem", json=PRINTED, headers=headers)
    two = await live["wanda"].post("/v1/detect-problem", json=PRINTED, headers=headers)
    assert one.json() == two.json()
    assert (await live["wanda"].post("/v1/detect-problem", json={"log": "x"}, headers=headers)).status_code == 409


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"{", rpc.PARSE_ERROR),
        (b"\xff", rpc.PARSE_ERROR),
        (b"[" * 100_000, rpc.PARSE_ERROR),
        (b'{"jsonrpc": "2.0", "method": "x", "id": NaN}', rpc.PARSE_ERROR),
        (b'{"jsonrpc": "2.0", "method": "x", "id": 1e999}', rpc.INVALID_REQUEST),
        ([], rpc.INVALID_REQUEST),
        (7, rpc.INVALID_REQUEST),
        ({"method": "detectProblem", "id": 1}, rpc.INVALID_REQUEST),
        ({"jsonrpc": "2.0", "method": 7, "id": 1}, rpc.INVALID_REQUEST),
        ({"jsonrpc": "2.0", "method": "detectProblem", "params": 7, "id": 1}, rpc.INVALID_REQUEST),
        ({"jsonrpc": "2.0", "method": "dance", "id": 1}, rpc.METHOD_NOT_FOUND),
        ({"jsonrpc": "2.0", "method": "findExperts", "id": 1}, rpc.INVALID_PARAMS),
        ({"jsonrpc": "2.0", "method": "detectProblem", "params": [], "id": 1}, rpc.INVALID_PARAMS),
        ({"jsonrpc": "2.0", "method": "detectProblem", "params": {"log": "\ud800"}, "id": 1}, rpc.INVALID_PARAMS),
        (
            {
                "jsonrpc": "2.0",
                "method": "findExperts",
                "params": {"problemContext": "x", "currentTime": "9999-12-31T23:59:59Z"},
                "id": 1,
            },
            rpc.INVALID_PARAMS,
        ),
        ({"jsonrpc": "2.0", "method": "detectProblem", "params": {"userId": "olga-admin"}, "id": 1}, rpc.REFUSED),
        ({"jsonrpc": "2.0", "method": "findExperts", "params": {"problemContext": "x"}, "id": 1}, rpc.REFUSED),
    ],
)
async def test_json_rpc_refuses_with_its_own_codes(live: Live, content: Any, code: int) -> None:
    answer = await json_of(await call(live, "wanda", content), 200)
    assert answer["error"]["code"] == code
    assert "result" not in answer


async def test_a_batch_answers_each_call_and_no_notification_and_is_bounded(live: Live) -> None:
    good = {"jsonrpc": "2.0", "id": 1, "method": "detectProblem", "params": {}}
    notification = {"jsonrpc": "2.0", "method": "detectProblem", "params": PRINTED}
    bad = {"jsonrpc": "2.0", "id": "b", "method": "dance"}
    answers = await json_of(await call(live, "wanda", [good, notification, bad, 3]), 200)
    assert [(item["id"], "result" in item) for item in answers] == [(1, True), ("b", False), (None, False)]
    assert len((await json_of(await live["wanda"].get("/v1/problems"), 200))["items"]) == 2, "notified, so done"
    assert (await call(live, "wanda", [notification])).status_code == 204
    full = [good] * rpc.BATCH_LIMIT_CALLS
    assert len(await json_of(await call(live, "wanda", full), 200)) == rpc.BATCH_LIMIT_CALLS
    assert (await json_of(await call(live, "wanda", [*full, good]), 200))["error"]["code"] == rpc.INVALID_REQUEST


async def test_json_rpc_asks_for_the_method_s_permission(live: Live) -> None:
    request = {"jsonrpc": "2.0", "id": 1, "method": "detectProblem", "params": {}}
    refused = await json_of(await call(live, "cora", request), 200)
    assert refused["error"]["data"]["status"] == 403
    assert (await call(live, "nobody", request)).status_code == 401
