"""The orchestra's activation checklist and its four tests (orchestra.md), each line answered by asking what runs.

Everything is asked as the specification prints it: over loopback and without a token.
"""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Literal

import httpx

from harmony.apps.components.declared import COMPONENTS, SPECIFIED
from harmony.apps.runtime.redis_door import PORT as REDIS_PORT
from harmony.apps.runtime.run_file import RunFile
from harmony.kernel.clock import Clock

Verdict = Literal["ticked", "failed", "absent", "by hand", "not needed"]
Part = Literal["pre-activation", "activation", "post-activation", "tests"]

ASK_LIMIT_SECONDS = 10.0
BEAT_SLACK_SECONDS = 2
"""What a beat may be late on its way before it counts as missed here."""
SECONDS_A_BEAT = 5
KEY = "echo:test:checklist"
CONDUCTOR_PORT = 8888
ANSWER_LIMIT_BYTES = 64 * 1024

Said = tuple[Verdict, str]


@dataclass(frozen=True, slots=True)
class Line:
    part: Part
    text: str
    verdict: Verdict
    detail: str


class Orchestra:
    """A running Harmony, asked from outside."""

    def __init__(self, run: RunFile, clock: Clock) -> None:
        self._run = run
        self._clock = clock
        self.offset = run.ports.get("conductor", CONDUCTOR_PORT) - CONDUCTOR_PORT

    def lines(self) -> Iterator[Line]:
        """Each line of the checklist with its verdict, in the specification's order."""
        told: list[Line] = []
        for part, text, check in self._checks():
            verdict, detail = _answered(check)
            told.append(Line(part, text, verdict, detail))
            yield told[-1]
        open_lines = [line.text for line in told if line.verdict in ("failed", "absent")]
        yield Line("post-activation", "Document any issues", "by hand", _issues(open_lines))
        if open_lines:
            yield Line("post-activation", "Celebrate!", "by hand", "not yet")
        else:
            yield Line("post-activation", "Celebrate!", "ticked", "the orchestra plays")

    def _checks(self) -> Iterator[tuple[Part, str, Callable[[], Said]]]:
        yield "pre-activation", "All components built and tested", self.built
        yield "pre-activation", "Docker containers running", self.process
        yield "pre-activation", "Redis available", self.redis
        yield "pre-activation", "Network connectivity verified", self.network
        yield "pre-activation", "Conductor code reviewed", lambda: ("by hand", "only people review")
        yield "activation", "Start Harmony Conductor", self.conductor
        for name in SPECIFIED:
            title = name.replace("-", " ").title()
            yield "activation", f"Register {title}", partial(self.registered, name)
        yield "activation", "Verify all heartbeats", self.heartbeats
        yield "activation", "Test inter-component communication", self.communication
        yield "activation", "Verify state synchronization", self.state
        yield "post-activation", "Monitor dashboard", self.dashboard
        yield "post-activation", "Check all metrics", self.metrics
        yield "post-activation", "Verify alerting", self.alerting
        drill = "not tried here: end a member with kill -9 and watch the dashboard"
        yield "post-activation", "Test failover scenarios", lambda: ("by hand", drill)
        yield "tests", "Test 1: All Components Registered", self.all_registered
        yield "tests", "Test 2: Heartbeat Synchronization", self.heartbeats
        yield "tests", "Test 3: Inter-Component Communication", self.ping
        yield "tests", "Test 4: State Synchronization", self.state

    def built(self) -> Said:
        missing = sorted(set(SPECIFIED) - {component.name for component in COMPONENTS})
        if missing:
            return "absent", f"not built: {', '.join(missing)}"
        return "ticked", "all are built; `make test` tests them"

    def process(self) -> Said:
        return "not needed", f"Harmony is one process ({self._run.process}) without containers"

    def redis(self) -> Said:
        with closing(_Redis(REDIS_PORT + self.offset)) as door:
            pong = door.ask("PING")
        return ("ticked" if pong == "PONG" else "failed"), f"PING on {REDIS_PORT + self.offset}: {pong}"

    def network(self) -> Said:
        for name, port in self._run.ports.items():
            with closing(socket.create_connection(("127.0.0.1", port), ASK_LIMIT_SECONDS)):
                pass
            if not self._get(name, "/health").is_success:
                return "failed", f"{name} on {port} is not healthy"
        return "ticked", f"{len(self._run.ports)} ports answer"

    def conductor(self) -> Said:
        answer = self._get("conductor", "/health")
        return ("ticked" if answer.is_success else "failed"), f"GET /health: {answer.json()['status']}"

    def registered(self, name: str) -> Said:
        found = [one for one in self._services() if one["component"] == name]
        if not found and name not in self._run.ports:
            return "absent", "it does not run"
        well = [one["component_id"] for one in found if one["status"] == "healthy"]
        return ("ticked", well[0]) if well else ("failed", "registered, not healthy" if found else "not registered")

    def all_registered(self) -> Said:
        names = {one["component"] for one in self._services()}
        missing = sorted(set(SPECIFIED) - names)
        if missing:
            return "absent", f"{len(SPECIFIED) - len(missing)} of {len(SPECIFIED)}; missing: {', '.join(missing)}"
        return "ticked", f"{len(names)} registered, the specification's {len(SPECIFIED)} among them"

    def heartbeats(self) -> Said:
        now = self._clock.now()
        latest = now - timedelta(seconds=SECONDS_A_BEAT + BEAT_SLACK_SECONDS)
        found = self._get("conductor", "/dashboard").json()["components"]
        late = [one["component_id"] for one in found if datetime.fromisoformat(one["last_heartbeat"]) < latest]
        if late or not found:
            return "failed", f"late: {', '.join(late)}" if late else "nobody beats"
        return "ticked", f"{len(found)} beat within {SECONDS_A_BEAT} s"

    def communication(self) -> Said:
        answer = self._ask("get-sync-status")
        if answer.is_success:
            return "ticked", "echo-git-sync told sherlock-hub its sync status"
        return "failed", str(answer.json().get("message"))

    def ping(self) -> Said:
        answer = self._ask("ping")
        said = answer.json().get("response") if answer.is_success else answer.json().get("message")
        return ("ticked" if said == "pong" else "failed"), str(said)

    def state(self) -> Said:
        """One sets, another reads it, a third is told."""
        port = REDIS_PORT + self.offset
        with closing(_Redis(port)) as one, closing(_Redis(port)) as other, closing(_Redis(port)) as third:
            third.ask("SUBSCRIBE", KEY)
            try:
                one.ask("SET", KEY, "hello")
                seen, told = other.ask("GET", KEY), third.next()
            finally:
                self._send("DELETE", "conductor", f"/state/{KEY}")
        well = seen == "hello" and isinstance(told, list) and told[:2] == ["message", KEY]
        return ("ticked", "set, read and told") if well else ("failed", f"read {seen!r}, told {told!r}"[:200])

    def dashboard(self) -> Said:
        overall = self._get("conductor", "/dashboard").json()["overall_status"]
        return ("ticked" if overall == "healthy" else "failed"), f"overall {overall}"

    def metrics(self) -> Said:
        if "global-cortex" not in self._run.ports:
            return "absent", "global-cortex does not run"
        answer = self._get("global-cortex", "/metrics")
        return ("ticked" if answer.is_success else "failed"), f"GET /metrics: {answer.status_code}"

    def alerting(self) -> Said:
        if "global-cortex" not in self._run.ports:
            return "absent", "global-cortex does not run"
        paths = self._get("global-cortex", "/openapi.json").json()["paths"]
        there = "/alerts/configure" in paths
        return ("ticked" if there else "failed"), "alerts can be configured" if there else "no POST /alerts/configure"

    def _services(self) -> list[Mapping[str, Any]]:
        return list(self._get("conductor", "/services").json()["services"])

    def _ask(self, request_type: str) -> httpx.Response:
        body = {"from": "sherlock-hub", "to": "echo-git-sync", "request_type": request_type, "timeout_seconds": 5}
        return self._send("POST", "conductor", "/request", json=body)

    def _get(self, component: str, path: str) -> httpx.Response:
        return self._send("GET", component, path)

    def _send(self, method: str, component: str, path: str, **content: Any) -> httpx.Response:
        if component not in self._run.ports:
            raise _Absent(component)
        url = f"http://127.0.0.1:{self._run.ports[component]}{path}"
        with httpx.Client(timeout=ASK_LIMIT_SECONDS, trust_env=False) as client:
            return client.request(method, url, **content)


class _Absent(Exception):
    """A component that is asked does not run."""


class _Redis:
    """As much of a Redis client as four commands need: whole answers of strings and lists."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), ASK_LIMIT_SECONDS)
        self._file = self._socket.makefile("rb")

    def ask(self, *command: str) -> Any:
        parts = "".join(f"${len(part.encode())}\r\n{part}\r\n" for part in command)
        self._socket.sendall(f"*{len(command)}\r\n{parts}".encode())
        return self.next()

    def next(self) -> Any:
        line = self._file.readline(ANSWER_LIMIT_BYTES).strip().decode()
        kind, rest = line[:1], line[1:]
        if kind in ("*", ">"):
            return [self.next() for _ in range(min(int(rest), 100))]
        if kind == "$":
            return None if rest == "-1" else self._file.read(min(int(rest), ANSWER_LIMIT_BYTES) + 2)[:-2].decode()
        return int(rest) if kind == ":" else rest

    def close(self) -> None:
        self._file.close()
        self._socket.close()


def _answered(check: Callable[[], Said]) -> Said:
    try:
        return check()
    except _Absent as absent:
        return "absent", f"{absent} does not run"
    except (httpx.HTTPError, OSError) as error:
        return "failed", f"no answer: {type(error).__name__}"
    except (ValueError, KeyError, TypeError, json.JSONDecodeError) as error:
        return "failed", f"an answer that cannot be read: {type(error).__name__}"


def _issues(found: list[str]) -> str:
    if not found:
        return "there are none"
    return f"{len(found)} above; docs/guides/troubleshooting.md goes through them"
