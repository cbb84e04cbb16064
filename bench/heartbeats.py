"""How many heartbeats does a second of the server's processor time carry, beside etcd's lease keep-alives?

HTTP: ``wrk`` (Debian: wrk) with 64 connections beats for 1,000 components with a bearer token, and keeps 1,000 leases
alive over etcd's HTTP gateway with its token, in turns, in one run. Stream: a WebSocket carries the beats of its
components, 64 on their way at once. Counted is what the server's processes used (Harmony with its PostgreSQL, etcd), so
that the load generators and their neighbours do not weigh. At least 2.5 times etcd's over HTTP, 8 times by stream; and
10,000 components that beat every 5 seconds by stream take at most 15 % of a core.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import shutil
import statistics
import subprocess
import tempfile
import time
from collections import deque
from pathlib import Path
from typing import Any

import sends
from websockets.asyncio.client import connect

COMPONENTS = 1_000
MANY = 10_000
"""As many as a registry holds, with Harmony's own."""
BUILT_IN = 5
STREAMS = 20
INTERVAL_SECONDS = 5
ON_THEIR_WAY = 64
REGISTERING_AT_ONCE = 16
LEAST = {"http": 2.5, "stream": 8.0}
SHARE_LIMIT_PERCENT = 15.0
SERVER = f"http://127.0.0.1:{8888 + sends.OFFSET}"
ETCD = f"http://127.0.0.1:{sends.ETCD_PORT}"

LOAD = """
local n, bodies = 0, {%s}
request = function()
   n = n %% #bodies + 1
   return wrk.format("POST", "%s", {["Content-Type"] = "application/json", ["Authorization"] = "%s"}, bodies[n])
end
"""


def main() -> None:
    wished = argparse.ArgumentParser()
    wished.add_argument("--rounds", type=int, default=5)
    wished.add_argument("--seconds", type=int, default=6)
    wished.add_argument("--many", type=int, default=MANY)
    asked = wished.parse_args()
    missing = [name for name in ("wrk", "etcd") if shutil.which(name) is None]
    if missing:
        print(f"not measured: {', '.join(missing)} is not on the path (Debian packages wrk and etcd-server)")
        return
    with tempfile.TemporaryDirectory(prefix="harmony-bench-", dir="/tmp") as folder:
        base = Path(folder)
        base.chmod(0o711)
        with sends.running_harmony(base / "data") as token, sends.running_etcd(base / "etcd") as etcd_token:
            asyncio.run(_measure(base, token, etcd_token, asked))


async def _measure(base: Path, token: str, etcd_token: str, asked: argparse.Namespace) -> None:
    print(f"load average before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; wrk, 1 thread; websockets")
    ours, theirs = sends.process_of(base / "data"), _process("etcd", str(base / "etcd"))
    ids = await _registered(token, 0, COMPONENTS)
    leases = [sends.post(f"{ETCD}/v3/lease/grant", {"TTL": 600}, raw_token=etcd_token)["ID"] for _ in range(COMPONENTS)]
    beats = [json.dumps({"component_id": one, "status": "healthy", "metrics": {"load": 1}}) for one in ids]
    keeps = [json.dumps({"ID": one}) for one in leases]
    rates: dict[str, list[float]] = {"etcd": [], "http": [], "stream": []}
    for number in range(asked.rounds + 1):  # the first warms all up
        found = {
            "etcd": _http(base, ETCD + "/v3/lease/keepalive", etcd_token, keeps, asked.seconds, theirs),
            "http": _http(base, SERVER + "/heartbeat", f"Bearer {token}", beats, asked.seconds, ours),
            "stream": await _stream(token, ids[:100], asked.seconds, ours),
        }
        if number:
            for name, rate in found.items():
                rates[name].append(rate)
            told = "   ".join(f"{name} {rate:8,.0f}" for name, rate in found.items())
            print(f"round {number}, per CPU-second: {told}   load {os.getloadavg()[0]:.1f}", flush=True)
    missed = [name for name in LEAST if not _told(name, rates)]
    share = await _share(token, ids, asked.many, ours)
    if missed or share > SHARE_LIMIT_PERCENT:
        raise SystemExit("a bar is missed")


def _told(name: str, rates: dict[str, list[float]]) -> bool:
    ratios = sorted(a / b for a, b in zip(rates[name], rates["etcd"], strict=True))
    found = statistics.median(ratios)
    spread = f"from {ratios[0]:.1f} to {ratios[-1]:.1f}"
    print(f"{name:8} {found:6.1f} × etcd's keep-alives per CPU-second   (median, {spread}; at least {LEAST[name]:g})")
    return found >= LEAST[name]


def _http(base: Path, url: str, authorization: str, bodies: list[str], seconds: int, process: int) -> float:
    """Answers for each second of processor time of ``process`` and its children."""
    parts = url.split("/", 3)
    path = base / "load.lua"
    path.write_text(LOAD % (",".join(f"'{body}'" for body in bodies), "/" + parts[3], authorization))
    before = _used(process)
    command = ["wrk", "-t1", f"-c{ON_THEIR_WAY}", f"-d{seconds}s", "-s", str(path), "/".join(parts[:3])]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    used = _used(process) - before
    answered = re.search(r"(\d+) requests in", output)
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", output)
    if answered is None or refused is not None:
        raise SystemExit(f"{url} did not answer all with success: {output}")
    return int(answered[1]) / used


async def _stream(token: str, ids: list[str], seconds: int, process: int) -> float:
    """Acknowledged beats of one stream for each second of processor time."""
    beats = [json.dumps({"type": "beat", "component_id": one, "metrics": {"load": 1}}) for one in ids]
    async with connect(f"{_web(SERVER)}/heartbeat/stream", additional_headers=_bearer(token)) as line:
        before, answered, number = _used(process), 0, 0
        ends = time.monotonic() + seconds
        waiting: deque[None] = deque()
        while time.monotonic() < ends or waiting:
            while len(waiting) < ON_THEIR_WAY and time.monotonic() < ends:
                await line.send(beats[number % len(beats)])
                waiting.append(None)
                number += 1
            _acknowledged(await line.recv())
            waiting.popleft()
            answered += 1
        found = answered / (_used(process) - before)
        await line.send('{"type": "bye"}')
    return found


async def _share(token: str, known: list[str], many: int, process: int) -> float:
    """How much of a core ``many`` components take that beat every ``INTERVAL_SECONDS``, for four such times."""
    ids = known + await _registered(token, len(known), max(0, many - len(known) - BUILT_IN))
    seconds = 4 * INTERVAL_SECONDS
    lines = [asyncio.create_task(_line(token, ids[number::STREAMS], seconds)) for number in range(STREAMS)]
    await asyncio.sleep(INTERVAL_SECONDS)  # the first beat of a component on a line is taken the usual way
    before, begun = _used(process), time.monotonic()
    await asyncio.sleep(2 * INTERVAL_SECONDS)
    used, took = _used(process) - before, time.monotonic() - begun
    await asyncio.gather(*lines)
    share = 100 * used / took
    print(f"{len(ids):,} components, each beating every {INTERVAL_SECONDS} s by stream: {share:.1f} % of a core")
    print(f"   (at most {SHARE_LIMIT_PERCENT:g} %)   load {os.getloadavg()[0]:.1f}")
    return share


async def _line(token: str, ids: list[str], seconds: int) -> None:
    async with connect(f"{_web(SERVER)}/heartbeat/stream", additional_headers=_bearer(token)) as line:
        begun = time.monotonic()
        for turn in range(seconds // INTERVAL_SECONDS):
            for number, one in enumerate(ids):
                due = begun + INTERVAL_SECONDS * (turn + number / len(ids))
                await asyncio.sleep(max(0.0, due - time.monotonic()))
                await line.send(json.dumps({"type": "beat", "component_id": one, "metrics": {"load": 1}}))
                _acknowledged(await line.recv())
        await line.send('{"type": "bye"}')


def _acknowledged(said: str | bytes) -> None:
    if json.loads(said)["type"] != "acknowledged":
        raise SystemExit(f"a beat was not acknowledged: {said!r}")


async def _registered(token: str, first: int, many: int) -> list[str]:
    """Ids of ``many`` new components."""
    turns = asyncio.Semaphore(REGISTERING_AT_ONCE)

    async def one(number: int) -> str:
        body: dict[str, Any] = {
            "component": f"bench-{number}",
            "version": "1.0.0",
            "port": 0,
            "heartbeat_interval": INTERVAL_SECONDS,
        }
        async with turns:
            answer = await asyncio.to_thread(sends.post, f"{SERVER}/register", body, token)
        return str(answer["component_id"])

    return await asyncio.gather(*(one(number) for number in range(first, first + many)))


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def _web(url: str) -> str:
    return url.replace("http://", "ws://")


def _process(name: str, argument: str) -> int:
    found = subprocess.run(["pgrep", "-f", f"^{name} .*{argument}"], capture_output=True, text=True, check=True)
    return int(found.stdout.split()[0])


def _used(process: int) -> float:
    """Seconds of processor time of a process and everything below it, those that have ended included."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    below = Path(f"/proc/{process}/task").glob("*/children")
    children = [int(one) for path in below for one in path.read_text().split()]
    ticks = sum(int(field) for field in fields[11:15])
    return ticks / os.sysconf("SC_CLK_TCK") + sum(_used(child) for child in children)


if __name__ == "__main__":
    main()
