"""kill -9 of the server or of PostgreSQL while messages are sent and taken: nothing answered is lost or doubled."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from tests import harmony as houses
from tests.postgres import reachable_folder

from harmony.apps.runtime import run_file

SENDERS = 8
KILL_AFTER_MESSAGES = 60
END_LIMIT_SECONDS = 60
QUEUE = "echo-git-sync"


@dataclass
class Known:
    """What callers were told, by number of the message: the id it was accepted under; what was acknowledged."""

    accepted: dict[int, str] = field(default_factory=dict)
    begun: set[int] = field(default_factory=set)
    acknowledged: set[str] = field(default_factory=set)
    enough: asyncio.Event = field(default_factory=asyncio.Event)


@contextmanager
def started(data: Path, offset: int) -> Iterator[subprocess.Popen[bytes]]:
    orchestra = ("conductor", "global-nexus")
    command = [*houses.COMMAND, "up", *orchestra, "--data", str(data), "--port-offset", str(offset)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        houses.until_started(process, data)
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        process.wait(END_LIMIT_SECONDS)
        assert process.stderr is not None
        process.stderr.close()


def body(number: int) -> dict[str, object]:
    return {"from": "sherlock-hub", "to": QUEUE, "message_type": "note", "payload": number}


async def send(client: httpx.AsyncClient, known: Known, number: int) -> None:
    known.begun.add(number)
    answer = await client.post("/queue/send", json=body(number), headers={"Idempotency-Key": f"number-{number}"})
    if answer.is_success:
        known.accepted[number] = answer.json()["message_id"]
    if len(known.accepted) >= KILL_AFTER_MESSAGES:
        known.enough.set()


async def keep_sending(client: httpx.AsyncClient, known: Known, first: int, going: asyncio.Event) -> None:
    number = first
    while going.is_set():
        try:
            await send(client, known, number)
        except httpx.HTTPError:
            return
        number += SENDERS


async def keep_taking(client: httpx.AsyncClient, known: Known, going: asyncio.Event) -> None:
    """Take and finish some of it, so that a kill meets acknowledgements too."""
    while going.is_set():
        try:
            found = (await client.get("/queue/receive", params={"component": QUEUE, "limit": 3})).json()
            for message in found.get("messages", []):
                done = await client.post("/queue/acknowledge", json=message["acknowledge"]["body"])
                if done.is_success:
                    known.acknowledged.add(message["message_id"])
        except httpx.HTTPError:
            return


async def until_killed(port: int, known: Known, victim: int) -> None:
    going = asyncio.Event()
    going.set()
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=30) as client:
        working = [asyncio.create_task(keep_sending(client, known, first, going)) for first in range(SENDERS)]
        working.append(asyncio.create_task(keep_taking(client, known, going)))
        await known.enough.wait()
        os.kill(victim, signal.SIGKILL)
        going.clear()
        await asyncio.gather(*working)


async def all_there(port: int, known: Known) -> None:
    """Repeat every send with its key, then take everything there is."""
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=30) as client:
        before = dict(known.accepted)
        await asyncio.gather(*(send(client, known, number) for number in known.begun))
        assert {number: known.accepted[number] for number in before} == before, "a repeated send had a second effect"
        assert set(known.accepted) == known.begun
        there: set[str] = set()
        while found := await _taken(client, there):
            there |= found
        gone = set(known.accepted.values()) - there
        for message_id in gone - known.acknowledged:
            history = (await client.get(f"/queue/messages/{message_id}")).json()
            events = [chapter["event"] for chapter in history["history"]]
            # The kill took the answer, not the deed; or the killed taker still holds it.
            assert "message.acknowledged" in events or history["standing"][0]["state"] == "leased", history
        assert not known.acknowledged & there, "what was acknowledged came again"


async def _taken(client: httpx.AsyncClient, before: set[str]) -> set[str]:
    found = (await client.get("/queue/receive", params={"component": QUEUE, "limit": 100})).json()["messages"]
    ids = [message["message_id"] for message in found]
    assert len(ids) == len(set(ids)) and not set(ids) & before, "one message was handed out twice within its lease"
    return set(ids)


def victim_of(name: str, process: subprocess.Popen[bytes], data: Path) -> int:
    if name == "main process":
        run = run_file.read(data)
        assert run is not None
        return run.process
    return int((data / "postgres" / "postmaster.pid").read_text().split()[0])


def survive(data: Path, victim: str) -> None:
    known, offset = Known(), houses.free_offset()
    with started(data, offset) as process:
        asyncio.run(until_killed(8888 + offset, known, victim_of(victim, process, data)))
        if victim == "main process":
            process.wait(END_LIMIT_SECONDS)
    with started(data, offset):
        asyncio.run(all_there(8888 + offset, known))


def test_nothing_that_was_answered_is_lost_and_no_repeated_send_has_two_effects() -> None:
    with reachable_folder() as folder:
        survive(folder / "data", "main process")


@pytest.mark.nightly
@pytest.mark.parametrize("round_number", range(25))
@pytest.mark.parametrize("victim", ["main process", "PostgreSQL"])
def test_fifty_kills_lose_nothing(victim: str, round_number: int) -> None:
    with reachable_folder() as folder:
        survive(folder / "data", victim)
