"""How many events a second reach 200 subscribers who come back, beside what nats-server delivers to 200?

Ours read the log from a place over HTTP, are cut at random places and come back with the last id; each must have every
event once (counted here; the invariants are ``tests/coordination/events/test_watch_promises.py``). NATS hands the same
number of messages of the same size to 200 subscribers who are there all the time, and keeps nothing. One process with
one thread reads all connections of both; rounds are interleaved in one run. Bar: 0.3 times NATS' deliveries.

The peer is found on the path: ``nats-server`` (Debian: nats-server). Without it the bench says so and ends.
"""

from __future__ import annotations

import json
import os
import random
import selectors
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from watches import connected, request, running_harmony

SUBSCRIBERS, EVENTS, ROUNDS = 200, int(sys.argv[1]) if len(sys.argv) == 2 else 100_000, 3
CUTS = 3
OFFSET = 3_600
NATS_PORT = 24_290
BATCH, QUEUES, SENDER_EVENTS = 500, 50, 20_000
READ_BYTES = 256 * 1024
EVENT = b"event: message.sent\n"


@dataclass
class Subscriber:
    """A reader over HTTP: what it has counted, where it is, and when it will be cut."""

    token: str
    after: str
    cuts: list[int]
    seen: int = 0
    kept: bytes = b""
    line: socket.socket | None = None

    def open(self) -> socket.socket:
        path = f"/events/subscribe?event_type=message.sent&after={self.after}"
        self.line, self.kept = connected(8888 + OFFSET), b""
        self.line.sendall(request(8888 + OFFSET, "GET", path, self.token))
        self.line.setblocking(False)
        return self.line

    def take(self, data: bytes) -> None:
        """Count whole frames only: a cut frame is told again."""
        text = self.kept + data
        end = text.rfind(b"\n\n") + 2
        if end > 1:
            whole, self.kept = text[:end], text[end:]
            many = whole.count(EVENT)
            if many:
                self.seen += many
                place = whole.rindex(b"id: ", 0, whole.rindex(EVENT)) + 4
                self.after = whole[place : whole.index(b"\n", place)].decode()
        else:
            self.kept = text

    def is_cut(self) -> bool:
        return bool(self.cuts) and self.seen >= self.cuts[0] and self.cuts.pop(0) >= 0


def main() -> None:
    if shutil.which("nats-server") is None:
        print("not measured: nats-server is not on the path (Debian package nats-server)")
        return
    with tempfile.TemporaryDirectory(prefix="harmony-bench-", dir="/tmp") as folder:
        base = Path(folder)
        base.chmod(0o711)
        with running_harmony(base / "data", OFFSET) as (token, _), _nats():
            begin = _end_of_log(token)
            _fill()
            size = _frame_size(token, begin)
            print(f"load average before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; one Python thread, epoll")
            print(f"{SUBSCRIBERS} subscribers, {EVENTS} events of {size} bytes, {CUTS} cuts of each of ours")
            ratios = []
            for number in range(1, ROUNDS + 1):
                ours, theirs = _resumed(token, begin, random.Random(number)), _delivered(size)
                ratios.append(ours / theirs)
                print(
                    f"round {number}: harmony {ours:9.0f}/s   nats {theirs:9.0f}/s   ratio {ratios[-1]:.2f}", flush=True
                )
            spread = f"from {min(ratios):.2f} to {max(ratios):.2f}"
            print(f"deliveries/s  ratio median {statistics.median(ratios):.2f}, {spread}  (bar 0.3)")


def _resumed(token: str, begin: str, chance: random.Random) -> float:
    """Deliveries a second to subscribers who are all cut several times."""
    readers = selectors.EpollSelector()
    begun = time.perf_counter()
    going = SUBSCRIBERS
    everybody = []
    for _ in range(SUBSCRIBERS):
        one = Subscriber(token, begin, sorted(chance.sample(range(1, EVENTS), CUTS)))
        everybody.append(one)
        readers.register(one.open(), selectors.EVENT_READ, one)
    while going:
        for key, _ in readers.select():
            one, line = key.data, key.fileobj
            assert isinstance(line, socket.socket)
            data = line.recv(READ_BYTES)
            assert data, "the stream ended"
            one.take(data)
            if one.seen < EVENTS and not one.is_cut():
                continue
            readers.unregister(line)
            line.close()
            if one.seen < EVENTS:
                readers.register(one.open(), selectors.EVENT_READ, one)
            else:
                going -= 1
    took = time.perf_counter() - begun
    assert all(one.seen == EVENTS for one in everybody), "somebody missed an event or had one twice"
    return SUBSCRIBERS * EVENTS / took


def _delivered(size: int) -> float:
    """NATS' deliveries a second to as many subscribers, of messages as large."""
    readers = selectors.EpollSelector()
    for _ in range(SUBSCRIBERS):
        line = _nats_line()
        line.sendall(b"SUB bench 1\r\nPING\r\n")
        while b"PONG" not in line.recv(65_536):
            pass
        line.setblocking(False)
        readers.register(line, selectors.EVENT_READ, [0])
    frame = b"MSG bench 1 %d\r\n%b\r\n" % (size, b"x" * size)
    publisher = _nats_line()
    publisher.setblocking(False)
    waiting = memoryview(b"PUB bench %d\r\n%b\r\n" % (size, b"x" * size) * EVENTS)
    readers.register(publisher, selectors.EVENT_READ | selectors.EVENT_WRITE, None)
    begun, going = time.perf_counter(), SUBSCRIBERS
    while going:
        for key, events in readers.select():
            ready = key.fileobj
            assert isinstance(ready, socket.socket)
            if key.data is None:
                if events & selectors.EVENT_READ:
                    ready.recv(65_536)
                if events & selectors.EVENT_WRITE and waiting:
                    waiting = waiting[ready.send(waiting[:READ_BYTES]) :]
                    if not waiting:
                        readers.modify(ready, selectors.EVENT_READ, None)
                continue
            data = ready.recv(READ_BYTES)
            assert data, "nats-server cut a slow subscriber off"
            key.data[0] += len(data)
            if key.data[0] >= len(frame) * EVENTS:
                readers.unregister(ready)
                ready.close()
                going -= 1
    publisher.close()
    return SUBSCRIBERS * EVENTS / (time.perf_counter() - begun)


def _nats_line() -> socket.socket:
    line = connected(NATS_PORT)
    assert line.recv(65_536).startswith(b"INFO")
    line.sendall(b'CONNECT {"verbose":false,"auth_token":"bench"}\r\n')
    return line


@contextmanager
def _nats() -> Iterator[None]:
    command = ["nats-server", "-a", "127.0.0.1", "-p", str(NATS_PORT), "--auth", "bench"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            try:
                connected(NATS_PORT).close()
                break
            except OSError:
                time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(30)


def _fill() -> None:
    """So many events: each message sent to a queue is one. Senders have a bound, so there are several."""
    for first in range(0, EVENTS, BATCH):
        to = f"bench-{first // BATCH % QUEUES}"
        one = {"from": f"bench-{first // SENDER_EVENTS}", "to": to, "message_type": "note", "payload": None}
        answer = _asked(None, "/queue/send-batch", {"messages": [one] * BATCH})
        assert answer["status"] == "queued", answer
    time.sleep(1)


def _end_of_log(token: str) -> str:
    return str(_asked(token, "/events?limit=1&since=9999-12-31T00:00:00Z")["next_after"])


def _frame_size(token: str, begin: str) -> int:
    one = Subscriber(token, begin, [])
    line = one.open()
    line.setblocking(True)
    data = b""
    while data.count(EVENT) < 3:
        data += line.recv(65_536)
    line.close()
    first = data.index(EVENT)
    return data.index(EVENT, first + 1) - first


def _asked(token: str | None, path: str, body: object = None) -> dict[str, object]:
    headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}
    content = None if body is None else json.dumps(body).encode()
    asked = urllib.request.Request(f"http://127.0.0.1:{8888 + OFFSET}{path}", content, headers)
    with urllib.request.urlopen(asked, timeout=60) as answer:
        found: dict[str, object] = json.loads(answer.read())
        return found


if __name__ == "__main__":
    main()
