"""Ask a component through the Conductor; confirm a crash."""

from __future__ import annotations

import hashlib
import json
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from harmony.adapters.db.errors import KeyReused, TwinInFlight
from harmony.adapters.db.pool import Database
from harmony.adapters.db.unit_of_work import UnitOfWork
from harmony.commons.identity.model import LOCAL_ROLE, Principal
from harmony.commons.policy import service as policy
from harmony.commons.policy.model import Ask
from harmony.coordination.heartbeats.pulse import Pulse
from harmony.coordination.heartbeats.service.members import list_members
from harmony.coordination.registry import service as registry
from harmony.coordination.registry.errors import ComponentGone, ComponentMissing
from harmony.coordination.registry.model import COMPONENT_PRINCIPAL_PREFIX, Component, Filter, component_of
from harmony.coordination.requests import store
from harmony.coordination.requests.errors import (
    Cyclic,
    NoResponders,
    OutcomeUnknown,
    SenderForeign,
    TargetRefused,
    TargetSilent,
    TargetUnreachable,
)
from harmony.coordination.requests.model import (
    ATTEMPTS_LIMIT,
    PROBE_TIMEOUT_SECONDS,
    REPLIES_KEPT_HOURS,
    Kept,
    Message,
    Reply,
    in_order,
    is_cyclic,
    responders,
)
from harmony.coordination.requests.ports import Carrier, NotSent, Unanswered
from harmony.coordination.requests.switchboard import Switchboard


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a caller wants to be asked of whom. ``idempotent`` says that it may be sent twice."""

    from_name: str
    to_name: str
    request_type: str
    payload: Any
    timeout_seconds: float
    idempotent: bool
    via: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """Everything it takes to bring a request to somebody."""

    database: Database
    pulse: Pulse
    switchboard: Switchboard
    carrier: Carrier
    token_needed: bool


async def ask(
    exchange: Exchange, caller: Principal, wanted: Wanted, key: str | None, trace: str
) -> tuple[Message, str, Any]:
    """The request as it was sent, which component answered, and what.

    Raises ``SenderForeign``, ``policy.AccessDenied``, ``Cyclic``, ``NoResponders``, ``TargetUnreachable``,
    ``TargetSilent``, ``TargetRefused``, ``ReplyUnfit``; with a key also ``KeyReused``, ``OutcomeUnknown``.
    """
    await _check(exchange, caller, wanted, trace)
    database = exchange.database
    message = Message(
        id=database.ids.new("request"),
        from_name=wanted.from_name,
        to_name=wanted.to_name,
        request_type=wanted.request_type,
        payload=wanted.payload,
        key=key or "",
        deadline=database.clock.now() + timedelta(seconds=wanted.timeout_seconds),
        via=wanted.via,
        trace=trace,
    )
    return await _Attempts(exchange, caller.id, wanted, message).run()


async def forget_replies(database: Database) -> None:
    """Forget keyed requests older than ``REPLIES_KEPT_HOURS``."""
    async with database.begin() as uow:
        await store.prune(uow, uow.now - timedelta(hours=REPLIES_KEPT_HOURS))


async def confirm_crash(exchange: Exchange, component_id: str) -> bool:
    """A stream broke off without a word: ask the component once how it is; whether it is to be called crashed.

    Without an address to ask, and when it has connected again meanwhile, its lease decides as for everybody.
    """
    async with exchange.database.reading() as connection:
        try:
            component = await registry.find(connection, component_id)
        except (ComponentMissing, ComponentGone):
            return False
    alive = await exchange.carrier.probe(component, PROBE_TIMEOUT_SECONDS)
    if alive is not False or exchange.switchboard.line(component_id) is not None:
        return False
    exchange.pulse.suspect(component_id)
    return True


async def _check(exchange: Exchange, caller: Principal, wanted: Wanted, trace: str) -> None:
    if not await _speaks_for(exchange, caller, wanted.from_name):
        raise SenderForeign("this token does not belong to the sender", field="from")
    if is_cyclic(wanted.from_name, wanted.to_name, wanted.via):
        raise Cyclic("this request goes in a circle", field="via", details={"via": wanted.via})
    question = Ask(wanted.from_name, wanted.to_name, wanted.request_type)
    needed = exchange.token_needed
    await policy.check(exchange.database, question, token_needed=needed, actor=caller.id, trace=trace)


async def _speaks_for(exchange: Exchange, caller: Principal, from_name: str) -> bool:
    """A component speaks for itself alone; people with the permission, and loopback's caller, for anybody."""
    if caller.kind != "component" or LOCAL_ROLE in caller.roles:
        return True
    if caller.id == COMPONENT_PRINCIPAL_PREFIX + from_name:
        return True
    async with exchange.database.reading() as connection:
        held = await registry.list_components(connection, Filter(component=from_name))
    return any(component.holder == caller.id for component in held)


async def _responders(exchange: Exchange, to_name: str) -> list[Component]:
    """Whom to ask, the best first; ``to_name`` is a component's name or the id of one."""
    async with exchange.database.reading() as connection:
        members = await list_members(connection, Filter(component=to_name), pulse=exchange.pulse)
        if not members:
            everyone = await list_members(connection, Filter(component=component_of(to_name)), pulse=exchange.pulse)
            members = [member for member in everyone if member.component.id == to_name]
    able = responders(members)
    if not able:
        details = {"registered": len(members)}
        raise NoResponders(f"nobody can answer for {to_name}", field="to", details=details)
    return in_order(able, exchange.switchboard.busy, exchange.database.chance)


class _Attempts:
    """The attempts of one request. With a key each is committed before it is made, and so is its end."""

    def __init__(self, exchange: Exchange, caller: str, wanted: Wanted, message: Message) -> None:
        self._exchange = exchange
        self._caller = caller
        self._wanted = wanted
        self._message = message
        self._keyed = bool(message.key)
        self._may_have_arrived = False

    async def run(self) -> tuple[Message, str, Any]:
        if not self._keyed:
            self._message = replace(self._message, key=self._message.id)
            return await self._try()
        kept = await self._claim()
        if kept is not None and kept.status is not None:
            return self._shaped(kept.component_id or "", Reply(kept.status, kept.reply))
        try:
            return await self._try()
        except (NoResponders, TargetUnreachable, TargetSilent):
            async with self._begin() as uow:
                await store.set_deadline(uow, self._message.id, uow.now)
            raise

    async def _try(self) -> tuple[Message, str, Any]:
        ways = await self._ways()
        for number, component in enumerate(ways):
            left = (self._message.deadline - self._exchange.database.clock.now()).total_seconds()
            if left <= 0:
                break
            # Who may ask twice does not spend all its time on the first.
            share = left / (len(ways) - number) if self._wanted.idempotent else left
            reply = await self._attempt(component, share)
            if reply is not None:
                return self._shaped(component.id, reply)
        if self._may_have_arrived:
            raise TargetSilent(f"{self._wanted.to_name} did not answer in time", field="to")
        raise TargetUnreachable(f"{self._wanted.to_name} cannot be reached", field="to")

    async def _ways(self) -> list[Component]:
        """Whom to ask, one attempt each."""
        clock, board = self._exchange.database.clock, self._exchange.switchboard
        found = await _responders(self._exchange, self._wanted.to_name)
        able = [one for one in found if board.lets_through(one.id, clock.monotonic())]
        # An idempotent request may go to the same component again when there is no other.
        return (able * ATTEMPTS_LIMIT if len(able) == 1 and self._wanted.idempotent else able)[:ATTEMPTS_LIMIT]

    async def _attempt(self, component: Component, seconds: float) -> Reply | None:
        """The reply; None when it did not arrive, or may be sent again."""
        exchange, board = self._exchange, self._exchange.switchboard
        if self._keyed:
            async with self._begin() as uow:
                await store.sent(uow, self._message.id, component.id)
        board.busy[component.id] += 1
        reply: Reply | None = None
        try:
            line = board.line(component.id)
            if line is not None:
                reply = await line.ask(self._message, seconds)
            else:
                reply = await exchange.carrier.carry(component, self._message, seconds)
        except NotSent:
            await self._did_not_arrive()
        except Unanswered:
            self._may_have_arrived = True
            if not self._wanted.idempotent:
                raise TargetSilent(f"{component.id} did not answer in time", field="to") from None
        finally:
            board.busy[component.id] -= 1
            board.note(component.id, reply is not None, exchange.database.clock.monotonic())
        if self._keyed and reply is not None:
            async with self._begin() as uow:
                await store.answer(uow, self._message.id, reply)
        return reply

    async def _did_not_arrive(self) -> None:
        if self._keyed and not self._may_have_arrived:
            async with self._begin() as uow:
                await store.reopen(uow, self._message.id)

    async def _claim(self) -> Kept | None:
        """Take the key; what is kept when it was used before with the same body."""
        body = json.dumps([self._wanted.to_name, self._wanted.request_type, self._wanted.payload], sort_keys=True)
        body_hash = hashlib.sha256(body.encode()).digest()
        async with self._begin() as uow:
            key, message = self._message.key, self._message
            if await store.open_request(uow, key, message.id, body_hash, message.deadline):
                return None
            kept = await store.find(uow, key)
            assert kept is not None
            if kept.body_hash != body_hash:
                raise KeyReused("this Idempotency-Key was used with another request", field="Idempotency-Key")
            if kept.status is None and uow.now < kept.deadline_at:
                raise TwinInFlight("a request with this Idempotency-Key is in flight")
            if kept.state == "sent" and not self._wanted.idempotent:
                details = {"request_id": kept.id, "component_id": kept.component_id}
                raise OutcomeUnknown("an earlier attempt may have arrived", details=details)
            if kept.status is None:
                await store.set_deadline(uow, kept.id, message.deadline)
        self._message = replace(self._message, id=kept.id)
        return kept

    def _shaped(self, component_id: str, reply: Reply) -> tuple[Message, str, Any]:
        if not reply.ok:
            details = {"component_id": component_id, "response_status": reply.status, "response": reply.body}
            raise TargetRefused(f"{component_id} refused", details=details)
        return self._message, component_id, reply.body

    def _begin(self) -> AbstractAsyncContextManager[UnitOfWork]:
        return self._exchange.database.begin(actor=self._caller, trace=self._message.trace)
