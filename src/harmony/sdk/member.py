"""A member of the orchestra: ``async with Member("sherlock-hub", port=8000, capabilities=["search"]) as member``."""

from __future__ import annotations

import asyncio
import inspect
from collections import OrderedDict
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Self

from harmony.kernel.chance import Chance, SystemChance
from harmony.kernel.clock import Clock, SystemClock
from harmony.kernel.retry import RetryPolicy
from harmony.sdk.conductor import DEFAULT_URL, HttpConductor
from harmony.sdk.errors import ConductorAway, Refused, Rejected
from harmony.sdk.model import (
    REJOIN_CODES,
    REPLIES_KEPT_LIMIT,
    REQUESTS_AT_ONCE_LIMIT,
    Membership,
    Profile,
    Request,
    View,
)
from harmony.sdk.ports import Conductor, Stream

START_SECONDS = 30.0
METRICS_FAILED = "metrics-failed"
"""The status of a member whose ``metrics`` or ``status`` raised."""
COMING_BACK = RetryPolicy(base_seconds=0.1, cap_seconds=5.0)

Handler = Callable[[Request], Any]
CommandHandler = Callable[[Mapping[str, Any]], Any]


class Member:
    """Registers, beats, answers, and comes back by itself for as long as its block runs.

    ``metrics`` and ``status`` are asked before each beat. Handlers may be plain functions or coroutines; what they
    return is the answer, as JSON.
    """

    def __init__(
        self,
        component: str,
        *,
        port: int = 0,
        capabilities: tuple[str, ...] | list[str] = (),
        conductor: str | Conductor = DEFAULT_URL,
        token: str | None = None,
        metrics: Callable[[], Mapping[str, float]] = dict,
        status: Callable[[], str] = lambda: "healthy",
        clock: Clock | None = None,
        chance: Chance | None = None,
        **profile: Any,
    ) -> None:
        self.profile = Profile(component, port=port, capabilities=tuple(capabilities), **profile)
        self._conductor = HttpConductor(conductor, token) if isinstance(conductor, str) else conductor
        self._metrics, self._status = metrics, status
        self._clock, self._chance = clock or SystemClock(), chance or SystemChance()
        self._handlers: dict[str, Handler] = {"ping": lambda request: "pong"}
        self._commands: dict[str, CommandHandler] = {}
        self._membership: Membership | None = None
        self._joined = asyncio.Event()
        self._due = asyncio.Event()
        self._failure: Refused | None = None
        self._sequence = 0
        self._done: list[str] = []
        self._carried: OrderedDict[str, None] = OrderedDict()
        self._replies: OrderedDict[str, asyncio.Future[tuple[int, Any]]] = OrderedDict()
        self._serving: set[asyncio.Task[None]] = set()
        self._seen = View((), fresh=False)
        self._task: asyncio.Task[None] | None = None
        self._stream: Stream | None = None

    @property
    def component_id(self) -> str | None:
        """None until it has registered once."""
        return None if self._membership is None else self._membership.component_id

    def on(self, request_type: str) -> Callable[[Handler], Handler]:
        """A decorator: answers requests of this type. ``ping`` is answered already."""

        def keep(handler: Handler) -> Handler:
            self._handlers[request_type] = handler
            return handler

        return keep

    def on_command(self, command: str) -> Callable[[CommandHandler], CommandHandler]:
        """A decorator: carries this command out. It is acknowledged once the function has returned."""

        def keep(handler: CommandHandler) -> CommandHandler:
            self._commands[command] = handler
            return handler

        return keep

    async def __aenter__(self) -> Self:
        """Returns once its first beat is acknowledged.

        Raises ``ConductorAway`` after ``START_SECONDS``, and ``Refused`` at once.
        """
        self._task = asyncio.ensure_future(self._belong())
        try:
            async with asyncio.timeout(START_SECONDS):
                await self._joined.wait()
        except TimeoutError:
            await self._end()
            raise ConductorAway("the Conductor does not answer") from None
        if self._failure is not None:
            await self._end()
            raise self._failure
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leaves with a word when the block ended well; after an error the others find out as after a crash."""
        if kind is None:
            try:
                if self._stream is not None:
                    await self._stream.send({"type": "bye"})
                if self.component_id is not None:
                    await self._conductor.deregister(self.component_id, "it ended")
            except (ConductorAway, Refused):
                pass
        await self._end()

    async def services(self, **filters: str) -> View:
        """Who takes part; what was seen last when the Conductor is away and no filter is given."""
        try:
            found = tuple(await self._conductor.services(filters))
        except ConductorAway:
            if filters:
                raise
            return View(self._seen.services, fresh=False)
        view = View(found, fresh=True)
        if not filters:
            self._seen = view
        return view

    async def ask(
        self,
        to: str,
        request_type: str,
        payload: Any = None,
        *,
        timeout_seconds: float = 10.0,
        idempotent: bool = False,
        key: str | None = None,
        serving: Request | None = None,
    ) -> Any:
        """Another component's answer; raises ``Refused`` and ``ConductorAway``.

        ``serving`` is the request that this one is needed for: circles are then found.
        """
        body = {
            "from": self.profile.component,
            "to": to,
            "request_type": request_type,
            "payload": payload,
            "timeout_seconds": timeout_seconds,
            "idempotent": idempotent,
            "via": list(serving.via) if serving else [],
        }
        return await self._conductor.request(body, key)

    def beat(self) -> None:
        """Beat now instead of at the end of the interval."""
        self._due.set()

    async def _belong(self) -> None:
        """Register, beat and answer until cancelled; what goes wrong is tried again with growing waits."""
        failures = 0
        while True:
            try:
                await self._join()
                failures = 0
                await self._stay()
            except ConductorAway:
                pass
            except Refused as refused:
                if refused.refusal_code not in REJOIN_CODES and not self._joined.is_set():
                    self._failure = refused
                    self._joined.set()
                    return
            failures += 1
            await self._clock.sleep(COMING_BACK.delay_seconds(failures, self._chance))

    async def _join(self) -> None:
        answer = await self._conductor.register(self.profile.as_json())
        self._sequence = 0
        self._membership = Membership(answer["component_id"], answer["incarnation"], answer["heartbeat_interval"])

    async def _stay(self) -> None:
        """Beat over one stream and take what comes, until one of both ends."""
        async with self._conductor.stream() as stream:
            self._stream = stream
            tasks = [asyncio.ensure_future(self._keep_beating(stream)), asyncio.ensure_future(self._listen(stream))]
            try:
                done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            finally:
                self._stream = None
                await _cancelled(tasks)
            for task in done:
                task.result()

    async def _keep_beating(self, stream: Stream) -> None:
        assert self._membership is not None
        while True:
            self._due.clear()
            await stream.send(self._beat_frame(self._membership))
            waits = [
                asyncio.ensure_future(self._due.wait()),
                asyncio.ensure_future(self._clock.sleep(self._membership.interval_seconds)),
            ]
            try:
                await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            finally:
                await _cancelled(waits)

    def _beat_frame(self, membership: Membership) -> dict[str, Any]:
        self._sequence += 1
        try:
            status, metrics = self._status(), dict(self._metrics())
        except Exception:  # somebody else's code: whatever it raises, the member lives and says that it is not well
            status, metrics = METRICS_FAILED, {}
        return {
            "type": "beat",
            "component_id": membership.component_id,
            "incarnation": membership.incarnation,
            "sequence": self._sequence,
            "timestamp": self._clock.now().isoformat(),
            "status": status,
            "metrics": metrics,
            "acknowledged": list(self._done),
        }

    async def _listen(self, stream: Stream) -> None:
        while True:
            frame = await stream.receive()
            match frame["type"]:
                case "acknowledged":
                    self._joined.set()
                    await self._carry_out(frame["commands"])
                case "refused" if frame["component_id"] is not None:
                    raise Refused(frame["code"], frame["message"], frame["details"], 0)
                case "request" if len(self._serving) < REQUESTS_AT_ONCE_LIMIT:
                    task = asyncio.ensure_future(self._serve(stream, Request.of(frame)))
                    self._serving.add(task)
                    task.add_done_callback(self._serving.discard)
                case "request":
                    reply = {"type": "reply", "request_id": frame["request_id"], "status": 503, "body": "too busy"}
                    await stream.send(reply)

    async def _carry_out(self, commands: list[Mapping[str, Any]]) -> None:
        """Each command once; a command that nobody here knows is left to be told again or to expire."""
        open_ids = {command["command_id"] for command in commands}
        self._done = [done for done in self._done if done in open_ids]
        for command in commands:
            handler = self._commands.get(command["command"])
            if handler is None or command["command_id"] in self._done:
                continue
            if command["command_id"] not in self._carried:
                try:
                    await _result(handler(command["arguments"]))
                except Exception:  # somebody else's code: what it could not do is told again with the next beat
                    continue
                _remember(self._carried, command["command_id"], None)
            self._done.append(command["command_id"])
            self.beat()

    async def _serve(self, stream: Stream, request: Request) -> None:
        status, body = await self._reply(request)
        reply = {"type": "reply", "request_id": request.id, "status": status, "body": body}
        try:
            await stream.send(reply)
        except ConductorAway:
            return  # the reply is kept: the request is asked again with its key

    async def _reply(self, request: Request) -> tuple[int, Any]:
        """The answer; the one that was given before when the key is known."""
        known = self._replies.get(request.key)
        if known is not None:
            return await asyncio.shield(known)
        coming: asyncio.Future[tuple[int, Any]] = asyncio.get_running_loop().create_future()
        _remember(self._replies, request.key, coming)
        handler = self._handlers.get(request.type)
        try:
            answer = (404, f"{request.type} is not known here") if handler is None else (200, handler(request))
            answer = (answer[0], await _result(answer[1]))
        except Rejected as rejected:
            answer = (rejected.status, rejected.body)
        except Exception as error:  # a handler is somebody else's code: whatever it raises is an answer to the asker
            answer = (500, f"the handler failed: {type(error).__name__}")
        coming.set_result(answer)
        return answer

    async def _end(self) -> None:
        tasks = [*self._serving, *([self._task] if self._task else [])]
        await _cancelled(tasks)
        await self._conductor.close()


async def _result(value: Any) -> Any:
    return await value if inspect.isawaitable(value) else value


async def _cancelled(tasks: list[asyncio.Future[Any]] | list[asyncio.Task[Any]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _remember(kept: OrderedDict[str, Any], key: str, value: Any) -> None:
    """Keep the newest ``REPLIES_KEPT_LIMIT``."""
    kept[key] = value
    while len(kept) > REPLIES_KEPT_LIMIT:
        kept.popitem(last=False)
