"""A Conductor in memory, for the tests of members: the same calls and frames, no network, no database, no time.

Nobody falls silent here by itself; ``restart`` and ``away`` do to members what a real Conductor does on a bad day.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from harmony.sdk.errors import ConductorAway, Refused

_END: Mapping[str, Any] = {"type": "end"}


class InMemoryConductor:
    """``Conductor``: several members may share one."""

    def __init__(self) -> None:
        self.components: dict[str, dict[str, Any]] = {}
        self.beats: dict[str, Mapping[str, Any]] = {}
        """The last beat of each component."""
        self.away = False
        """While it is True nobody answers."""
        self._streams: list[_Pipe] = []
        self._reached: dict[str, _Pipe] = {}
        self._commands: dict[str, list[dict[str, Any]]] = {}
        self._waiting: dict[str, asyncio.Future[tuple[int, Any]]] = {}
        self._answers: dict[str, tuple[str, int, Any]] = {}
        self._numbers: dict[str, int] = {}
        self._count = 0

    def command(self, component_id: str, command: str, arguments: Mapping[str, Any]) -> str:
        """Have a component told to do something until it acknowledges; the command's id."""
        command_id = self._new("command")
        told = {"command_id": command_id, "command": command, "arguments": dict(arguments)}
        self._commands.setdefault(component_id, []).append(told)
        return command_id

    def open_commands(self, component_id: str) -> list[dict[str, Any]]:
        return list(self._commands.get(component_id, ()))

    def restart(self) -> None:
        """Every stream ends; what was registered is still known."""
        for pipe in self._streams:
            pipe.end()
        self._streams.clear()
        self._reached.clear()

    async def register(self, body: Mapping[str, Any]) -> Mapping[str, Any]:
        self._answer()
        component_id = self._known(body) or self._new_id(body["component"])
        known = self.components.get(component_id)
        self.components[component_id] = {
            **body,
            "component_id": component_id,
            "status": "healthy",
            "incarnation": known["incarnation"] + 1 if known else 1,
            "gone": False,
        }
        return {
            "status": "registered",
            "component_id": component_id,
            "heartbeat_interval": body.get("heartbeat_interval", 5),
            "incarnation": self.components[component_id]["incarnation"],
            "protocol_version": 1,
        }

    async def deregister(self, component_id: str, reason: str) -> None:
        self._answer()
        self._living(component_id)["gone"] = True
        self._reached.pop(component_id, None)

    async def services(self, filters: Mapping[str, str]) -> list[Mapping[str, Any]]:
        self._answer()
        living = [one for _, one in sorted(self.components.items()) if not one["gone"]]
        capability = filters.get("capability")
        plain = {name: value for name, value in filters.items() if name != "capability"}
        return [
            one
            for one in living
            if all(one.get(name) == value for name, value in plain.items())
            and (capability is None or capability in one.get("capabilities", ()))
        ]

    async def request(self, body: Mapping[str, Any], key: str | None) -> Any:
        self._answer()
        told = hashlib.sha256(json.dumps([body["to"], body["request_type"], body["payload"]]).encode()).hexdigest()
        if key is not None and key in self._answers:
            kept, status, answer = self._answers[key]
            if kept != told:
                raise Refused("db.idempotency_key_reused", "this key was used with another request", {}, 409)
        else:
            status, answer = await self._ask(body, key or self._new("key"))
            if key is not None:
                self._answers[key] = (told, status, answer)
        if not 200 <= status < 300:
            details = {"response_status": status, "response": answer}
            raise Refused("requests.target_refused", "the component refused", details, 502)
        return answer

    @asynccontextmanager
    async def stream(self) -> AsyncIterator[_Pipe]:
        self._answer()
        pipe = _Pipe(self)
        self._streams.append(pipe)
        try:
            yield pipe
        finally:
            pipe.end()
            self._reached = {name: one for name, one in self._reached.items() if one is not pipe}

    async def close(self) -> None:
        return None

    def take(self, pipe: _Pipe, frame: Mapping[str, Any]) -> None:
        """A frame of a member."""
        self._answer()
        if frame["type"] == "reply":
            waiting = self._waiting.pop(frame["request_id"], None)
            if waiting is not None and not waiting.done():
                waiting.set_result((frame.get("status", 200), frame.get("body")))
        elif frame["type"] == "beat":
            self._beat(pipe, frame)

    def _beat(self, pipe: _Pipe, frame: Mapping[str, Any]) -> None:
        component_id = frame["component_id"]
        try:
            known = self._living(component_id)
            if frame.get("incarnation") not in (None, known["incarnation"]):
                raise Refused("heartbeats.beat_stale", "this beat is of another incarnation", {}, 409)
        except Refused as refused:
            told = {"code": refused.refusal_code, "message": refused.message, "details": {}}
            pipe.give({"type": "refused", "component_id": component_id, **told})
            return
        self.beats[component_id] = frame
        known["status"] = "healthy" if frame.get("status", "healthy") == "healthy" else "degraded"
        done = set(frame.get("acknowledged", ()))
        left = [command for command in self.open_commands(component_id) if command["command_id"] not in done]
        self._commands[component_id] = left
        self._reached[component_id] = pipe
        pipe.give({"type": "acknowledged", "component_id": component_id, "commands": left})

    async def _ask(self, body: Mapping[str, Any], key: str) -> tuple[int, Any]:
        via = body.get("via", [])
        if body["to"] in via:
            raise Refused("requests.cyclic", "this request goes in a circle", {"via": via}, 508)
        able = [
            one
            for one in self.components.values()
            if body["to"] in (one["component"], one["component_id"]) and not one["gone"]
        ]
        if not able:
            raise Refused("requests.no_responders", f"nobody can answer for {body['to']}", {}, 503)
        reached = [self._reached[one["component_id"]] for one in able if one["component_id"] in self._reached]
        if not reached:
            raise Refused("requests.target_unreachable", f"{body['to']} cannot be reached", {}, 503)
        request_id = self._new("request")
        answer: asyncio.Future[tuple[int, Any]] = asyncio.get_running_loop().create_future()
        self._waiting[request_id] = answer
        frame = {
            "type": "request",
            "request_id": request_id,
            "from": body["from"],
            "to": body["to"],
            "request_type": body["request_type"],
            "payload": body["payload"],
            "idempotency_key": key,
            "via": [*via, body["from"]],
            "trace": "0" * 32,
        }
        reached[0].give(frame)
        try:
            async with asyncio.timeout(body["timeout_seconds"]):
                return await answer
        except TimeoutError:
            raise Refused("requests.target_silent", f"{body['to']} did not answer in time", {}, 504) from None

    def _answer(self) -> None:
        if self.away:
            raise ConductorAway("the Conductor does not answer")

    def _living(self, component_id: str) -> dict[str, Any]:
        known = self.components.get(component_id)
        if known is None:
            raise Refused("heartbeats.component_unknown", "there is no such component", {}, 404)
        if known["gone"]:
            raise Refused("registry.component_gone", "this component is gone", {}, 410)
        return known

    def _known(self, body: Mapping[str, Any]) -> str | None:
        key = [body.get(name) for name in ("namespace", "component", "host", "port")]
        for component_id, one in self.components.items():
            if [one.get(name) for name in ("namespace", "component", "host", "port")] == key:
                return component_id
        return None

    def _new_id(self, component: str) -> str:
        self._numbers[component] = self._numbers.get(component, 0) + 1
        return f"{component}-{self._numbers[component]:03d}"

    def _new(self, prefix: str) -> str:
        self._count += 1
        return f"{prefix}-{self._count:032x}"


class _Pipe:
    """``Stream`` without a network."""

    def __init__(self, conductor: InMemoryConductor) -> None:
        self._conductor = conductor
        self._frames: asyncio.Queue[Mapping[str, Any]] = asyncio.Queue()
        self._ended = False

    def give(self, frame: Mapping[str, Any]) -> None:
        self._frames.put_nowait(frame)

    def end(self) -> None:
        if not self._ended:
            self._ended = True
            self.give(_END)

    async def send(self, frame: Mapping[str, Any]) -> None:
        if self._ended:
            raise ConductorAway("the stream has ended")
        self._conductor.take(self, frame)

    async def receive(self) -> Mapping[str, Any]:
        frame = await self._frames.get()
        if frame is _END:
            raise ConductorAway("the stream has ended")
        return frame
