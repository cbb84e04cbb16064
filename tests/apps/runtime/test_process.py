"""The main process: all of Harmony, a part of it, or with a PostgreSQL that somebody else keeps."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from tests import harmony as houses
from tests.postgres import reachable_folder

from harmony.adapters.db.embedded import EmbeddedPostgres
from harmony.kernel.clock import SystemClock


@pytest.fixture
def folder() -> Iterator[Path]:
    with reachable_folder() as found:
        yield found


def test_with_a_database_url_it_starts_no_postgresql_of_its_own(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server = asyncio.run(EmbeddedPostgres.start(folder / "theirs", progress=lambda _: None, clock=SystemClock()))
    try:
        monkeypatch.setenv("HARMONY_DATABASE_URL", server.dsn)
        with houses.running_harmony(folder / "ours") as harmony:
            assert harmony.ask("GET", "/api/v1/harmony/ledger/proof").json()["ok"] is True
            assert not (folder / "ours" / "postgres").exists()
    finally:
        asyncio.run(server.stop())


def test_a_database_that_could_forget_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forgetful = asyncio.run(
        EmbeddedPostgres.start(folder / "theirs", progress=lambda _: None, clock=SystemClock(), durable=False)
    )
    try:
        monkeypatch.setenv("HARMONY_DATABASE_URL", forgetful.dsn)
        with pytest.raises(AssertionError, match="fsync"), houses.running_harmony(folder / "ours"):
            pass
    finally:
        asyncio.run(forgetful.stop())


def test_a_part_of_it_runs_alone_and_the_front_door_names_what_is_absent(folder: Path) -> None:
    with houses.running_harmony(folder / "data", "conductor", "global-nexus") as harmony:
        assert set(harmony.run.ports) == {"conductor", "global-nexus"}
        absent = harmony.ask("GET", "/v1/experts")
        assert absent.status_code == 503
        assert absent.json()["details"] == {"component": "harmony-live"}
        listed = harmony.ask("GET", "/conductor/services").json()["services"]
        assert [service["component"] for service in listed] == ["global-nexus"]


def test_logs_are_structured_and_hold_no_secret(folder: Path) -> None:
    with houses.running_harmony(folder / "data") as harmony:
        link = harmony.sign_in_link().rsplit("#", 1)[1]
        token = harmony.ask("POST", "/auth/tokens", json={"label": "log test"}).json()["token"]
        httpx.get(f"{harmony.url}/auth/me?token={token}", headers={"Authorization": f"Bearer {token}"}, trust_env=False)
        httpx.post(f"{harmony.url}/auth/sign-in", json={"link": link}, trust_env=False)
        operator_token = harmony.operator_token
    log = (folder / "data" / "logs" / "harmony.log").read_text()
    lines = [json.loads(line) for line in log.splitlines()]
    assert any(line["event"] == "answered" and line["path"] == "/auth/me" for line in lines)
    assert all(line.keys() >= {"timestamp", "level", "logger", "event"} for line in lines)
    for secret in (link, token, operator_token):
        assert secret not in log
