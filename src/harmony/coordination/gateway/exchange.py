"""One request from its head to its last byte: admitted, brought to a component, answered or refused."""

from __future__ import annotations

import asyncio
from typing import Any

import structlog

from harmony.adapters.http.traces import trace_of, traceparent
from harmony.coordination.gateway.asking import Crossing, Way
from harmony.coordination.gateway.errors import (
    AnswerUnfit,
    BodyTooLarge,
    BodyTooSlow,
    BrokenOff,
    HeaderRefused,
    MethodRefused,
    NotForPages,
    Silent,
    Unreachable,
)
from harmony.coordination.gateway.headers import Asked, answered, read_asked, sent
from harmony.coordination.gateway.model import (
    ANSWER_PAUSE_SECONDS,
    ATTEMPTS_LIMIT,
    BODY_LIMIT_BYTES,
    BODY_PAUSE_SECONDS,
    IDEMPOTENT,
    METHODS,
    REPLAY_LIMIT_BYTES,
    TIMEOUT_DEFAULT_SECONDS,
    UNWELL,
    authority,
)
from harmony.coordination.gateway.paths import Target, checked_query
from harmony.coordination.gateway.ports import Answer, Line, Lost, NotSent
from harmony.coordination.registry.model import Component
from harmony.kernel.errors import Refusal

WATCH_AFTER_SECONDS = 0.1
"""An answer that takes longer is given up when its caller hangs up; shorter ones are not worth the watch."""
EVENT_STREAM = b"text/event-stream"

log = structlog.get_logger("gateway")


class Gone(Exception):
    """The caller has hung up."""


class Exchange:
    """One request of one caller."""

    def __init__(self, crossing: Crossing, target: Target, scope: dict[str, Any], receive: Any, send: Any) -> None:
        self._crossing = crossing
        self._target = target
        self._scope = scope
        self._receive = receive
        self._send = send
        self._method: str = scope["method"]
        self._clock = crossing.house.database.clock
        self._asked: Asked
        self._way: Way
        self._caller = ""
        self._trace = b""
        self._body: bytes | None = b""
        """All of a small body, kept to be sent again; None: it streams."""
        self._sent_whole = False
        self._pumping: asyncio.Task[None] | None = None
        self._watch: asyncio.TimerHandle | None = None
        self._watching: asyncio.Task[None] | None = None
        self._ends = 0.0

    async def run(self) -> None:
        """Answer the request; raises a refusal while nothing was answered yet."""
        self._asked = asked = self._read()
        caller = await self._crossing.callers.caller(self._crossing.house, self._scope, asked)
        self._caller = caller.id
        with self._crossing.traffic.admitted(caller.id, self._clock.monotonic()):
            self._way = await self._crossing.way(self._target, asked, caller, self._method, self.trace_id)
            await self._read_small_body()
            self._ends = self._clock.monotonic() + (asked.timeout or TIMEOUT_DEFAULT_SECONDS)
            component, line, answer = await self._attempts()
            try:
                await self._pass_on(component, line, answer)
            finally:
                await self._leave(component, line)

    @property
    def trace_id(self) -> str:
        return self._trace[3:35].decode()

    def _read(self) -> Asked:
        if self._method not in METHODS:
            raise MethodRefused("this method is not passed on", details={"method": self._method[:16]})
        checked_query(self._scope["query_string"])
        asked = read_asked(self._scope["headers"])
        check_page(asked)
        if self._scope["http_version"] == "1.0" and asked.chunked:
            raise HeaderRefused("there are no chunks in HTTP/1.0", field="Transfer-Encoding")
        if asked.length is not None and asked.length > BODY_LIMIT_BYTES:
            raise _too_large()
        self._trace = trace_for(self._crossing, asked)
        return asked

    async def _read_small_body(self) -> None:
        """Nobody's line is held while a small body dawdles in."""
        asked = self._asked
        if asked.chunked or (asked.length or 0) > REPLAY_LIMIT_BYTES:
            self._body = None
            return
        if asked.length:
            body = bytearray()
            while len(body) < asked.length:
                body += (await self._next_of_body())[0]
            self._body = bytes(body)
        self._sent_whole = True

    async def _attempts(self) -> tuple[Component, Line, Answer]:
        """Who answers, over which line, and the head of the answer. One try, and more where that does no harm."""
        crossing, tried, lost = self._crossing, set[str](), None
        traffic = crossing.traffic
        for attempt in range(ATTEMPTS_LIMIT):
            now = self._clock.monotonic()
            component = self._way.choose(tried, again=lost is not None)
            if component is None or now >= self._ends:
                break
            if attempt and not traffic.may_retry(component.id, now):
                break
            tried.add(component.id)
            traffic.began(component.id)
            answered_by = False
            try:
                line = await crossing.upstream.connect(component, fresh=attempt > 0)
                answer = await self._ask(component, line)
                answered_by = True
                return component, line, answer
            except NotSent:
                self._failed(component, "refused")
            except Lost as error:
                lost = error
                if error.kind != "silent" or self._ran_our_time():
                    self._failed(component, error.kind)
                if self._body is None or self._method not in IDEMPOTENT or error.kind == "silent":
                    break
            finally:
                if not answered_by:
                    traffic.ended(component.id)
        if lost is None:
            raise Unreachable(f"{self._target.name} cannot be reached", details={"tried": sorted(tried)})
        raise lost_refusal(lost, self._target.name)

    async def _ask(self, component: Component, line: Line) -> Answer:
        """The head of the answer, while the body is still going out if it is large."""
        answered_by = False
        try:
            line.send(self._head(component) + (self._body or b""))
            seconds = self._ends - self._clock.monotonic()
            if self._body is None:
                answer = await self._ask_while_sending(line, seconds)
            else:
                self._watch_caller(line)
                answer = await line.answer(seconds, head_only=self._method == "HEAD")
            answered_by = True
            return answer
        finally:
            if not answered_by:
                self._stop_watching()
                line.release(whole=False)

    async def _ask_while_sending(self, line: Line, seconds: float) -> Answer:
        pumping = self._pumping = asyncio.create_task(self._pump(line), name="gateway body")
        answering = asyncio.ensure_future(line.answer(seconds, head_only=self._method == "HEAD"))
        try:
            await asyncio.wait((pumping, answering), return_when=asyncio.FIRST_COMPLETED)
            if pumping.done() and not answering.done():
                refusal = pumping.exception()
                if refusal is not None and not isinstance(refusal, Lost):
                    raise refusal
            return await answering
        finally:
            if not answering.done() or answering.exception() is not None:
                await cancelled(pumping, answering)

    async def _pump(self, line: Line) -> None:
        """The body, part by part, no faster than the component takes it."""
        taken, more = 0, True
        while more:
            part, more = await self._next_of_body()
            taken += len(part)
            if taken > BODY_LIMIT_BYTES:
                raise _too_large()
            if part:
                line.send(b"%x\r\n%b\r\n" % (len(part), part) if self._asked.chunked else part)
                await line.drained()
        if self._asked.chunked:
            line.send(b"0\r\n\r\n")
        self._sent_whole = True

    async def _next_of_body(self) -> tuple[bytes, bool]:
        try:
            async with asyncio.timeout(BODY_PAUSE_SECONDS):
                message = await self._receive()
        except TimeoutError:
            details = {"limit_seconds": BODY_PAUSE_SECONDS}
            raise BodyTooSlow(f"the body paused for {BODY_PAUSE_SECONDS:g} seconds", details=details) from None
        if message["type"] == "http.disconnect":
            raise Gone
        return message.get("body", b""), message.get("more_body", False)

    def _head(self, component: Component) -> bytes:
        target = self._target.rest
        if self._scope["query_string"]:
            target += b"?" + self._scope["query_string"]
        asked, client = self._asked, self._scope.get("client")
        headers = sent(
            asked,
            authority=authority(component),
            client=client[0] if client else "unknown",
            prefix=self._target.prefix,
            caller=self._caller,
            trace=self._trace,
            seconds=self._ends - self._clock.monotonic(),
        )
        if asked.chunked:
            headers.append((b"transfer-encoding", b"chunked"))
        elif asked.length is not None:
            headers.append((b"content-length", b"%d" % asked.length))
        lines = [b"%b %b HTTP/1.1" % (self._method.encode(), target), *[b"%b: %b" % one for one in headers]]
        return b"\r\n".join(lines) + b"\r\n\r\n"

    async def _pass_on(self, component: Component, line: Line, answer: Answer) -> None:
        """The answer, behind walls, as it comes."""
        now = self._clock.monotonic()
        if answer.status in UNWELL:
            self._failed(component, "unwell")
        else:
            self._crossing.traffic.succeeded(component.id, now)
        ours = ((b"x-harmony-component", component.id.encode()), (b"traceparent", self._trace))
        headers = answered(answer.headers, authority=authority(component), prefix=self._target.prefix, ours=ours)
        await self._send({"type": "http.response.start", "status": answer.status, "headers": headers})
        if answer.ended:
            await self._send({"type": "http.response.body", "body": answer.taken(), "more_body": False})
            return
        endless = any(name == b"content-type" and value.startswith(EVENT_STREAM) for name, value in headers)
        try:
            while body := await self._next_of_answer(answer, endless):
                await self._send({"type": "http.response.body", "body": body, "more_body": True})
        except Lost as lost:
            # The head is out: the caller learns of it by the end that does not come.
            self._failed(component, lost.kind)
            log.warning("an answer broke off", component=component.id, kind=lost.kind, trace=self.trace_id)
            raise Gone from lost
        await self._send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _next_of_answer(self, answer: Answer, endless: bool) -> bytes:
        """Empty at the end; a stream of events ends with this process too, so that its reader comes again."""
        seconds = ANSWER_PAUSE_SECONDS
        if self._asked.timeout is not None and not endless:
            seconds = max(0.0, min(seconds, self._ends - self._clock.monotonic()))
        if not endless:
            return await answer.read(seconds)
        coming = asyncio.ensure_future(answer.read(seconds))
        closing = asyncio.ensure_future(self._crossing.closing.wait())
        try:
            await asyncio.wait((coming, closing), return_when=asyncio.FIRST_COMPLETED)
            return coming.result() if coming.done() else b""
        finally:
            await cancelled(coming, closing)

    async def _leave(self, component: Component, line: Line) -> None:
        self._stop_watching()
        if self._pumping is not None:
            await cancelled(self._pumping)
        line.release(whole=self._sent_whole)
        self._crossing.traffic.ended(component.id)

    def _failed(self, component: Component, kind: Any) -> None:
        if self._crossing.traffic.failed(component.id, kind, self._clock.monotonic()):
            log.warning("a component is ejected", component=component.id, kind=kind, trace=self.trace_id)

    def _ran_our_time(self) -> bool:
        """Whether silence lasted as long as the gateway itself would wait: a hurried caller proves nothing."""
        return self._asked.timeout is None or self._asked.timeout >= TIMEOUT_DEFAULT_SECONDS

    def _watch_caller(self, line: Line) -> None:
        if self._watch is None:
            self._watch = asyncio.get_running_loop().call_later(WATCH_AFTER_SECONDS, self._begin_watching, line)

    def _begin_watching(self, line: Line) -> None:
        async def watch() -> None:
            while (await self._receive())["type"] != "http.disconnect":
                pass
            line.release(whole=False)

        self._watching = asyncio.create_task(watch(), name="gateway caller")

    def _stop_watching(self) -> None:
        if self._watch is not None:
            self._watch.cancel()
            self._watch = None
        if self._watching is not None:
            self._watching.cancel()
            self._watching = None


def check_page(asked: Asked) -> None:
    """Refuse what a browser asks on behalf of another site, or as a part of a page; raises ``NotForPages``."""
    if asked.cross_site:
        raise NotForPages("another site's page may not ask components", field="Sec-Fetch-Site")
    if asked.for_page:
        raise NotForPages("a component is no part of a page", field="Sec-Fetch-Dest")


def trace_for(crossing: Crossing, asked: Asked) -> bytes:
    """The ``traceparent`` of this hop: the caller's trace, or a new one."""
    fresh = crossing.house.database.chance.secret_bytes(24).hex()
    given = trace_of(asked.traceparent.decode("latin-1")) if asked.traceparent else None
    return traceparent(given or fresh[:32], fresh[32:]).encode()


def lost_refusal(lost: Lost, name: str) -> Refusal:
    match lost.kind:
        case "silent":
            return Silent(f"{name} did not answer in time")
        case "unfit":
            return AnswerUnfit(f"{name} did not answer in HTTP/1.1")
        case _:
            return BrokenOff(f"{name} hung up before it had answered")


async def cancelled(*tasks: asyncio.Future[Any]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _too_large() -> Refusal:
    return BodyTooLarge(f"the body is larger than {BODY_LIMIT_BYTES} bytes", details={"limit_bytes": BODY_LIMIT_BYTES})
