"""A Harmony that is watched: its spans carry the ids that its answers and its journal carry."""

from __future__ import annotations

import signal

import pytest
from tests.collector import collector
from tests.harmony import STOP_LIMIT_SECONDS, running_harmony
from tests.postgres import reachable_folder

TRACE, CALLER = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
SECRET = "ghp_a1B2c3D4e5F6a1B2c3D4e5F6a1B2c3D4e5F6"


def test_a_request_and_its_transaction_are_told_under_the_trace_of_the_caller(monkeypatch: pytest.MonkeyPatch) -> None:
    with collector() as heard, reachable_folder() as folder:
        monkeypatch.setenv("HARMONY_OTLP_ENDPOINT", heard.url)
        with running_harmony(folder / "data") as house:
            answer = house.ask(
                "POST",
                "/v1/detect-problem",
                json={"log": f"export GITHUB_TOKEN={SECRET}\nKeyError: 'heat'\n", "exitCode": 1},
                headers={"traceparent": f"00-{TRACE}-{CALLER}-01"},
            )
            house.ask("GET", f"/v1/{SECRET}")
            house.process.send_signal(signal.SIGINT)
            house.process.wait(STOP_LIMIT_SECONDS)
        told = {span.name: span for span in heard.spans if span.trace_id.hex() == TRACE}
    request = told["POST /v1/detect-problem"]
    assert answer.headers["traceparent"] == f"00-{TRACE}-{request.span_id.hex()}-01"
    assert request.parent_span_id.hex() == CALLER
    assert told["transaction"].parent_span_id == request.span_id
    assert SECRET.encode() not in heard.raw


def test_a_collector_that_is_gone_delays_neither_the_answer_nor_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    with collector() as heard:
        gone = heard.url
    monkeypatch.setenv("HARMONY_OTLP_ENDPOINT", gone)
    with reachable_folder() as folder, running_harmony(folder / "data") as house:
        assert house.ask("GET", "/v1/problems").is_success
        house.process.send_signal(signal.SIGINT)
        assert house.process.wait(STOP_LIMIT_SECONDS) == 0
