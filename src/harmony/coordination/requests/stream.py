"""``/heartbeat/stream``: one WebSocket over which a member beats, is asked, and answers."""

from __future__ import annotations

import asyncio
import json
from typing import Annotated, Any

import structlog
from fastapi import APIRouter, WebSocket, WebSocketDisconnect
from pydantic import ValidationError

from harmony.commons.identity.edge import Edge, requires
from harmony.coordination.heartbeats.hot import due_text, plain_beat
from harmony.coordination.heartbeats.schemas import Acknowledged
from harmony.coordination.heartbeats.service import beat as beats
from harmony.coordination.registry.service import UNPROVEN
from harmony.coordination.requests import service
from harmony.coordination.requests.errors import FrameInvalid, StreamFull
from harmony.coordination.requests.model import FRAME_LIMIT_BYTES, PROBES_AT_ONCE_LIMIT, STREAM_COMPONENTS_LIMIT, Reply
from harmony.coordination.requests.routes import exchange_of
from harmony.coordination.requests.schemas import MEMBER_FRAME, BeatFrame, ByeFrame, ReplyFrame
from harmony.coordination.requests.service import Exchange
from harmony.coordination.requests.switchboard import Line
from harmony.kernel.errors import Refusal

GOING_AWAY = 1012
TOO_BIG = 1009
OVER = 1000

PLAIN_BEGINS = '{"type": "beat", '
"""How the SDK's beats begin; others are read the usual way."""
ACKNOWLEDGED = (
    '{"type": "acknowledged", "component_id": "%s", "status": "acknowledged", "next_heartbeat": "%s", "commands": []}'
)

log = structlog.get_logger("stream")
router = APIRouter(tags=["orchestra"])
_probing = asyncio.Semaphore(PROBES_AT_ONCE_LIMIT)
_confirming: set[asyncio.Task[None]] = set()


@router.websocket("/heartbeat/stream")
async def stream(websocket: WebSocket, edge: Annotated[Edge, requires("components.heartbeat")]) -> None:
    """Frames are JSON objects. The member sends ``beat``, ``reply`` and ``bye``; it is sent ``acknowledged``,
    ``refused`` and ``request``. A stream that ends without ``bye`` is a crash, if one probe confirms it."""
    await websocket.accept()
    talk = _Talk(websocket, edge)
    closing: asyncio.Event = websocket.app.state.closing
    reading = asyncio.ensure_future(talk.read())
    ended = asyncio.ensure_future(closing.wait())
    try:
        await asyncio.wait((reading, ended), return_when=asyncio.FIRST_COMPLETED)
    finally:
        ended.cancel()
        reading.cancel()
        await asyncio.gather(reading, ended, return_exceptions=True)
        lost = talk.exchange.switchboard.detach(talk.line)
        if closing.is_set():
            await _close(websocket, GOING_AWAY)
        elif not talk.said_bye:
            for component_id in lost:
                _confirm(talk.exchange, component_id)


class _Talk:
    """One stream's conversation."""

    def __init__(self, websocket: WebSocket, edge: Edge) -> None:
        self._websocket = websocket
        self._edge = edge
        self._sending = asyncio.Lock()
        self.exchange = exchange_of(edge.house)
        self.line = Line(self._send)
        self.said_bye = False

    async def read(self) -> None:
        """Take frames until the stream ends."""
        try:
            while not self.said_bye:
                text = await self._websocket.receive_text()
                if len(text) > FRAME_LIMIT_BYTES:
                    await self._websocket.close(TOO_BIG)
                    return
                await self._take(text)
            await self._websocket.close(OVER)
        except (WebSocketDisconnect, RuntimeError, KeyError):
            return  # gone, or closed under our hands; a binary frame is as good as none

    async def _take(self, text: str) -> None:
        if await self._take_plain(text):
            return
        try:
            frame = MEMBER_FRAME.validate_json(text)
        except ValidationError as error:
            where = ".".join(str(part) for part in error.errors()[0]["loc"][1:])
            await self._refuse(None, FrameInvalid("this frame cannot be read", field=where or "type"))
            return
        match frame:
            case BeatFrame():
                await self._beat(frame)
            case ReplyFrame():
                self.line.answered(frame.request_id, Reply(frame.status, frame.body))
            case ByeFrame():
                self.said_bye = True

    async def _take_plain(self, text: str) -> bool:
        """A beat that moves nothing, of a component that is known on this line: answered from memory."""
        beat = plain_beat(text) if text.startswith(PLAIN_BEGINS) else None
        if beat is None or self.exchange.switchboard.line(beat.component_id) is not self.line:
            return False
        house, actor = self._edge.house, self._edge.caller.id
        accepted = self.exchange.pulse.hear(actor, UNPROVEN, beat, house.database.clock.now())
        if accepted is None or accepted.commands:
            return False
        await self._say(ACKNOWLEDGED % (beat.component_id, due_text(accepted)))
        return True

    async def _beat(self, frame: BeatFrame) -> None:
        house = self._edge.house
        component_id = frame.component_id
        try:
            if component_id not in self.line.components and len(self.line.components) >= STREAM_COMPONENTS_LIMIT:
                raise StreamFull(f"a stream carries {STREAM_COMPONENTS_LIMIT} components", field="component_id")
            accepted = await beats.hear(
                house.database, self.exchange.pulse, frame.to_beat(), actor=self._edge.caller.id, trace=self._edge.trace
            )
        except Refusal as refusal:
            await self._refuse(component_id, refusal)
            return
        if self.exchange.switchboard.line(component_id) is not self.line:
            self.exchange.switchboard.attach(component_id, self.line)
        answer = Acknowledged.of(accepted).model_dump(mode="json")
        await self._send({"type": "acknowledged", "component_id": component_id, **answer})

    async def _refuse(self, component_id: str | None, refusal: Refusal) -> None:
        details = dict(refusal.details) | ({} if refusal.field is None else {"field": refusal.field})
        told = {"code": refusal.code, "message": refusal.message, "hint": refusal.hint, "details": details}
        await self._send({"type": "refused", "component_id": component_id, **told})

    async def _send(self, frame: dict[str, Any]) -> None:
        await self._say(json.dumps(frame))

    async def _say(self, text: str) -> None:
        async with self._sending:
            await self._websocket.send_text(text)


def _confirm(exchange: Exchange, component_id: str) -> None:
    """Probe beside everything else; a bounded number at once."""

    async def confirm() -> None:
        async with _probing:
            if await service.confirm_crash(exchange, component_id):
                log.warning("a stream broke off and the probe failed", component_id=component_id)

    task = asyncio.ensure_future(confirm())
    _confirming.add(task)
    task.add_done_callback(_confirming.discard)


async def _close(websocket: WebSocket, code: int) -> None:
    try:
        await websocket.close(code)
    except (RuntimeError, WebSocketDisconnect):
        return
