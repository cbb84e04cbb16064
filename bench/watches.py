"""One change to 1,000 watchers: how long until half of them, and the last of them, have it, beside etcd's watch?

Watchers read server-sent events of ``GET /events/subscribe``; etcd's read ``POST /v3/watch`` of its HTTP gateway. One
process with one thread holds all connections of both and tells the changes (``POST /broadcast``, ``POST /v3/kv/put``):
an instant is taken before a change is sent and when its bytes arrive at each watcher. Both check a token, both make the
change durable first; rounds are interleaved in one run. Bar: p50 and worst no slower than etcd's, at most 100 MB above
idle for 1,000 watchers.

The peer is found on the path: ``etcd`` (Debian: etcd-server). Without it the bench says so and ends.
"""

from __future__ import annotations

import base64
import json
import os
import selectors
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from harmony.apps.runtime import run_file

WATCHERS = int(sys.argv[1]) if len(sys.argv) == 2 else 1_000
"""One argument for a quick look."""
ROUNDS, CHANGES = 5, 20
OFFSET = 3_400
ETCD_PORT = 23_990
START_LIMIT_SECONDS = 120
ARRIVAL_LIMIT_SECONDS = 30
HARMONY = Path(sys.executable).with_name("harmony")


@dataclass
class Peer:
    """One side: how it is watched and changed, and its open watches."""

    name: str
    port: int
    watch: bytes
    change: bytes
    mark: bytes
    sockets: list[socket.socket] = field(default_factory=list)
    changing: socket.socket | None = None

    def open_watches(self, many: int) -> None:
        for _ in range(many):
            watcher = connected(self.port)
            watcher.sendall(self.watch)
            answer = watcher.recv(65_536)
            assert answer.startswith(b"HTTP/1.1 200"), f"{self.name} refused a watch: {answer!r}"
            watcher.setblocking(False)
            self.sockets.append(watcher)
        self.changing = connected(self.port)

    def once(self) -> list[float]:
        """Tell one change; milliseconds until each watcher had it."""
        assert self.changing is not None
        waiting = selectors.EpollSelector()
        for watcher in self.sockets:
            waiting.register(watcher, selectors.EVENT_READ, bytearray())
        taken: list[float] = []
        begun = time.perf_counter()
        self.changing.sendall(self.change)
        while len(taken) < len(self.sockets):
            ready = waiting.select(ARRIVAL_LIMIT_SECONDS)
            assert ready, f"{self.name}: {len(self.sockets) - len(taken)} watchers heard nothing"
            for key, _ in ready:
                assert isinstance(key.fileobj, socket.socket)
                key.data.extend(key.fileobj.recv(65_536))
                if self.mark in key.data:
                    taken.append((time.perf_counter() - begun) * 1000)
                    waiting.unregister(key.fileobj)
        waiting.close()
        assert self.changing.recv(65_536).startswith(b"HTTP/1.1 200"), f"{self.name} refused a change"
        return sorted(taken)


def main() -> None:
    if shutil.which("etcd") is None:
        print("not measured: etcd is not on the path (Debian package etcd-server)")
        return
    with tempfile.TemporaryDirectory(prefix="harmony-bench-", dir="/tmp") as folder:
        base = Path(folder)
        base.chmod(0o711)
        with running_harmony(base / "data", OFFSET) as (token, process), running_etcd(base / "etcd") as etcd_token:
            ours, theirs = _harmony(token), _etcd(etcd_token)
            ours.open_watches(20)
            ours.once()
            idle = resident_megabytes(process)
            ours.open_watches(WATCHERS - 20)
            theirs.open_watches(WATCHERS)
            print(f"load average before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; one Python thread, epoll")
            _rounds(ours, theirs)
            used = resident_megabytes(process) - idle
            print(f"memory        {used:.0f} MB above idle with {WATCHERS} watchers  (bar 100 MB)")


def _rounds(ours: Peer, theirs: Peer) -> None:
    ratios: dict[str, list[float]] = {"p50": [], "worst": []}
    for number in range(ROUNDS + 1):  # the first warms both up
        found: dict[str, dict[str, float]] = {}
        for peer in (ours, theirs):
            changes = [peer.once() for _ in range(CHANGES)]
            found[peer.name] = {
                "p50": statistics.median(one for change in changes for one in change),
                "worst": statistics.median(change[-1] for change in changes),
            }
        if number:
            line = "   ".join(f"{name} p50 {a['p50']:6.1f} ms worst {a['worst']:6.1f} ms" for name, a in found.items())
            for what, kept in ratios.items():
                kept.append(found[ours.name][what] / found[theirs.name][what])
            print(f"round {number}: {line}   ratio {ratios['p50'][-1]:.2f} {ratios['worst'][-1]:.2f}", flush=True)
    for what, kept in ratios.items():
        spread = f"from {min(kept):.2f} to {max(kept):.2f}"
        print(f"{what:<13} median {statistics.median(kept):.2f} of etcd's, {spread}  (bar 1.0)")


def _harmony(token: str) -> Peer:
    told = {"from": "sherlock-hub", "event_type": "bench-tick", "data": {"number": 1000}}
    return Peer(
        "harmony",
        8888 + OFFSET,
        request(8888 + OFFSET, "GET", "/events/subscribe?event_type=bench-*", token),
        request(8888 + OFFSET, "POST", "/broadcast", token, told),
        b"event: bench-tick",
    )


def _etcd(token: str) -> Peer:
    key = base64.b64encode(b"bench-tick").decode()
    value = base64.b64encode(json.dumps({"number": 1000}).encode()).decode()
    return Peer(
        "etcd",
        ETCD_PORT,
        request(ETCD_PORT, "POST", "/v3/watch", token, {"create_request": {"key": key}}, scheme=""),
        request(ETCD_PORT, "POST", "/v3/kv/put", token, {"key": key, "value": value}, scheme=""),
        b'"events"',
    )


def request(port: int, method: str, path: str, token: str, body: object = None, *, scheme: str = "Bearer ") -> bytes:
    """A whole HTTP request."""
    content = b"" if body is None else json.dumps(body).encode()
    head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: {scheme}{token}\r\n"
    return f"{head}Content-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n".encode() + content


def connected(port: int) -> socket.socket:
    found = socket.create_connection(("127.0.0.1", port), timeout=START_LIMIT_SECONDS)
    found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return found


def resident_megabytes(process: int) -> float:
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise SystemExit("the server is gone")


@contextmanager
def running_harmony(data: Path, offset: int) -> Iterator[tuple[str, int]]:
    """A Harmony with a conductor; the bearer token of a component, and its process."""
    arguments = ["up", "conductor", "global-nexus", "--data", str(data), "--port-offset", str(offset)]
    process = subprocess.Popen([str(HARMONY), *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until(f"http://127.0.0.1:{8888 + offset}/health")
        run = run_file.read(data)
        assert run is not None
        name = "sherlock-hub"
        member = {"kind": "component", "name": name, "roles": ["component"], "id": f"component-{name}"}
        _post(f"{run.front_door}/auth/principals", member, run.operator_token)
        asked = {"label": "bench", "principal_id": f"component-{name}", "days": 1}
        yield str(_post(f"{run.front_door}/auth/tokens", asked, run.operator_token)["token"]), run.process
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


@contextmanager
def running_etcd(data: Path) -> Iterator[str]:
    """An etcd with authentication on; a token."""
    url = f"http://127.0.0.1:{ETCD_PORT}"
    command = ["etcd", "--data-dir", str(data), "--listen-client-urls", url, "--advertise-client-urls", url]
    command += ["--listen-peer-urls", f"http://127.0.0.1:{ETCD_PORT + 1}", "--log-level", "error"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until(f"{url}/health")
        _post(f"{url}/v3/auth/user/add", {"name": "root", "password": "bench"})
        _post(f"{url}/v3/auth/role/add", {"name": "root"})
        _post(f"{url}/v3/auth/user/grant", {"user": "root", "role": "root"})
        _post(f"{url}/v3/auth/enable", {})
        yield str(_post(f"{url}/v3/auth/authenticate", {"name": "root", "password": "bench"})["token"])
    finally:
        process.terminate()
        process.wait(30)


def _post(url: str, body: Mapping[str, object], token: str | None = None) -> dict[str, object]:
    headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}
    asked = urllib.request.Request(url, json.dumps(body).encode(), headers, method="POST")
    with urllib.request.urlopen(asked, timeout=30) as answer:
        found: dict[str, object] = json.loads(answer.read() or b"{}")
        return found


def until(url: str) -> None:
    ends = time.monotonic() + START_LIMIT_SECONDS
    while time.monotonic() < ends:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"{url} does not answer")


if __name__ == "__main__":
    main()
