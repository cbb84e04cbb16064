"""A Harmony under bad treatment: streams left open, killed, started twice, its ports taken, its logs read."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests import harmony as houses
from tests.harmony import COMMAND, STOP_LIMIT_SECONDS, Harmony
from tests.people import fresh_key, invented, operator, prove
from tests.postgres import reachable_folder

REFUSED_LIMIT_SECONDS = 60
STREAMS = 5


@pytest.fixture
def data() -> Iterator[Path]:
    with reachable_folder() as folder:
        yield folder / "data"


def up(data: Path, offset: int) -> subprocess.CompletedProcess[str]:
    """A ``harmony up`` that is expected to refuse."""
    command = [*COMMAND, "up", "--data", str(data), "--port-offset", str(offset)]
    return subprocess.run(command, capture_output=True, text=True, timeout=REFUSED_LIMIT_SECONDS, check=False)


def test_open_streams_and_idle_connections_end_with_it(data: Path) -> None:
    """Ctrl-C ends every stream first, whole, and the process by itself after them, with success."""
    with houses.running_harmony(data) as house, ExitStack() as lines:
        client = lines.enter_context(httpx.Client(trust_env=False, timeout=STOP_LIMIT_SECONDS))
        url = f"http://127.0.0.1:{house.port('conductor')}/events/subscribe"
        streams = [lines.enter_context(client.stream("GET", url)) for _ in range(STREAMS)]
        texts = [stream.iter_text() for stream in streams]
        assert all(next(text).startswith("retry:") for text in texts)
        idle = lines.enter_context(socket.create_connection(("127.0.0.1", house.port("global-nexus"))))
        idle.sendall(b"POST /auth/sign-in HTTP/1.1\r\nHost: ")
        house.process.send_signal(signal.SIGINT)
        for text in texts:
            for _ in text:  # a stream that were cut off would raise here
                pass
        assert house.process.wait(STOP_LIMIT_SECONDS) == 0


def test_a_second_signal_does_not_leave_anything_behind(data: Path) -> None:
    with houses.running_harmony(data) as house:
        house.process.send_signal(signal.SIGTERM)
        house.process.send_signal(signal.SIGINT)
        assert house.process.wait(STOP_LIMIT_SECONDS) == 0
    with houses.running_harmony(data) as house:
        prove(house)


def test_after_a_kill_it_starts_again_and_what_was_answered_is_there(data: Path) -> None:
    with houses.running_harmony(data) as house:
        seeker = invented(house, "seeker")
        grant = {"principal": seeker.id, "amount_usdc": "7.00"}
        assert operator(house).settlement("POST", "/ledger/grant", json=grant, key=fresh_key()).status_code == 201
        house.process.kill()
        house.process.wait()
    with houses.running_harmony(data) as house:
        again = type(seeker)(house, seeker.id, seeker.token)
        assert [balance["available"] for balance in again.balance()] == ["7.000000"]
        prove(house)


def test_a_second_one_on_the_same_folder_is_told_so_and_harms_nothing(data: Path) -> None:
    with houses.running_harmony(data) as house:
        before = house.run
        second = up(data, houses.free_offset())
        assert second.returncode != 0
        assert str(data) in second.stderr
        assert "Traceback" not in second.stderr
        assert house.run == before, "the first one's address and token are still what the folder says"
        prove(house)


def test_a_taken_port_is_named_with_its_component(data: Path) -> None:
    offset = houses.free_offset()
    with socket.create_server(("127.0.0.1", 8002 + offset)):
        refused = up(data, offset)
    assert refused.returncode != 0
    assert f"port {8002 + offset} of harmony-settlement is taken by process {os.getpid()}" in refused.stderr
    assert "--port-offset" in refused.stderr
    assert not data.exists()


def test_no_secret_of_the_story_is_in_a_log(running_harmony: Harmony, told_story: dict[str, Any]) -> None:
    """Tokens, links and cookies are nowhere in what is written down for people: not even their beginnings."""
    secrets = {running_harmony.operator_token}
    for path in (running_harmony.data / "demo").glob("*.json"):
        for facts in json.loads(path.read_text())["done"].values():
            secrets |= {value for name, value in facts.items() if name.endswith("_token")}
    link = running_harmony.sign_in_link().rsplit("#", 1)[1]
    with httpx.Client(base_url=running_harmony.url, trust_env=False) as browser:
        browser.post("/auth/sign-in", json={"link": link})
        secrets |= {link, *browser.cookies.values()}
        for where in (f"/v1/experts?cursor={link}", f"/sign-in?link={link}"):
            browser.get(where, headers={"Authorization": f"Bearer {running_harmony.operator_token}"})
    assert len(secrets) >= 6
    logs = [path for path in running_harmony.data.rglob("*") if path.is_file() and ".log" in path.name]
    assert any(path.stat().st_size for path in logs)
    for path in logs:
        written = path.read_text(errors="replace")
        assert not [secret for secret in secrets if secret[:24] in written], path.name


def test_a_label_with_markup_of_the_terminal_is_shown_as_it_is(running_harmony: Harmony) -> None:
    label = "[bold]mine[/nope]"
    assert running_harmony.ask("POST", "/auth/tokens", json={"label": label}).status_code == 201
    command = [*COMMAND, "token", "list", "--everyone", "--data", str(running_harmony.data)]
    wide = {**os.environ, "COLUMNS": "200"}
    shown = subprocess.run(command, capture_output=True, text=True, env=wide, timeout=60, check=False)
    assert shown.returncode == 0, shown.stderr
    assert label in shown.stdout


def test_a_caller_who_leaves_in_the_middle_is_no_error(running_harmony: Harmony) -> None:
    """Neither in the log, where it would hide what is one, nor on the operator's screen."""
    expert = invented(running_harmony, "expert")
    log = running_harmony.data / "logs" / "harmony.log"
    before = log.stat().st_size
    head = "POST /api/v1/harmony/deliverables HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {token}\r\n"
    port = running_harmony.port("harmony-settlement")
    for _ in range(3):
        with socket.create_connection(("127.0.0.1", port)) as line:
            line.sendall((head + "Content-Length: 1000\r\n\r\nabc").format(port=port, token=expert.token).encode())
    with socket.create_connection(("127.0.0.1", port)) as line:  # answered after the others have been noticed
        line.sendall(b"GET /nothing HTTP/1.1\r\nHost: nobody\r\n\r\n")
        assert line.recv(100)
    assert expert.settlement("GET", "/ledger/balance").is_success
    written = log.read_bytes()[before:].decode()
    assert "Traceback" not in written
    assert '"level": "error"' not in written


def test_what_a_log_is_told_stays_on_one_line(running_harmony: Harmony) -> None:
    """A path with line breaks and the terminal's own commands is written escaped."""
    for path in ("/v1/%0a%7b%22event%22%3a%22forged%22%7d%0d", "/v1/%1b%5d0%3bforged%07%1b%5b2J"):
        running_harmony.ask("GET", path)
    written = (running_harmony.data / "logs" / "harmony.log").read_bytes()
    assert b"\x1b" not in written
    assert all(json.loads(line).get("event") != "forged" for line in written.splitlines())


def test_what_is_in_the_data_folder_is_its_owner_s(running_harmony: Harmony, told_story: dict[str, Any]) -> None:
    """Others may at most pass through to where PostgreSQL's own user works; they list and read nothing."""
    data = running_harmony.data
    assert data.stat().st_mode & 0o066 == 0
    for path in (data / "demo", data / "logs", *(data / "demo").iterdir(), data / "run.json"):
        assert path.stat().st_mode & 0o077 == 0, path
