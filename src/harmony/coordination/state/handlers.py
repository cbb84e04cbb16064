"""Commands of Redis' clients: the specification's ``SET``, ``GET``, ``SUBSCRIBE`` and its Python sample, on these keys.

``SUBSCRIBE echo:global:*`` stands in the specification although ``SUBSCRIBE`` takes names only: it can only mean a
pattern, so a name that holds ``*``, ``?`` or ``[`` is one here. A subscriber hears changes of keys (their new value,
the empty text when a key ended) and what is published, each with the key or channel as its channel.
"""

from __future__ import annotations

import asyncio
import ipaddress
import re
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from fnmatch import fnmatchcase

from harmony.adapters.db.errors import DatabaseUnavailable
from harmony.adapters.db.pool import new_trace
from harmony.adapters.resp.protocol import Answer, encoded, error, pushed, simple
from harmony.commons.identity.edge import ANYBODY, LOCAL, House
from harmony.commons.identity.errors import TokenRefused
from harmony.commons.identity.service import of_bearer
from harmony.commons.journal.errors import PositionAhead, PositionCompacted
from harmony.commons.journal.jobs import stamp
from harmony.commons.journal.model import Entry, Selection
from harmony.coordination.events import service as events
from harmony.coordination.events.model import BROADCAST_PREFIX
from harmony.coordination.state import service
from harmony.coordination.state.errors import KeyUnknown, VersionConflict
from harmony.coordination.state.model import (
    ABSENT,
    KEY_LIMIT_CHARACTERS,
    KEY_PATTERN,
    KEY_PREFIX,
    LIFE_LIMIT_SECONDS,
    VALUE_LIMIT_BYTES,
    Check,
    Put,
)
from harmony.kernel.errors import Refusal
from harmony.messages.coordination import StateChanged

SUBSCRIPTIONS_LIMIT = 100
CHANNEL_LIMIT_CHARACTERS = 200
PATIENCE_SECONDS = 60.0
RETRY_SECONDS = 1.0
SENDER = "redis-client"
HEARD = Selection(kinds=(StateChanged.KIND, BROADCAST_PREFIX + KEY_PREFIX + "*"))

_KEY = re.compile(KEY_PATTERN[:-1] + r"\Z")
_LEAVE = (b"SUBSCRIBE", b"PSUBSCRIBE", b"UNSUBSCRIBE", b"PUNSUBSCRIBE", b"PING", b"QUIT")


class Refused(Exception):
    """An error answer: its first word and its text."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code, self.text = code, text


class Clients:
    """The clients of one process."""

    def __init__(self, house: House, closing: asyncio.Event) -> None:
        self.house = house
        self.closing = closing
        self.talking: set[Client] = set()

    def begin(self, address: str, send: Callable[[bytes], Awaitable[None]]) -> Client:
        client = Client(self, _is_local(address) and self.house.local_allowed, send)
        self.talking.add(client)
        return client


class Client:
    """One client: who it is, which version it speaks, what it listens to."""

    def __init__(self, clients: Clients, trusted: bool, send: Callable[[bytes], Awaitable[None]]) -> None:
        self._clients = clients
        self._house = clients.house
        self._caller = LOCAL if trusted else ANYBODY
        self._send = send
        self._version = 2
        self._channels: dict[str, bool] = {}
        self._patterns: dict[str, bool] = {}
        self._listening: asyncio.Task[None] | None = None

    async def answer(self, command: list[bytes]) -> bytes | None:
        """The answer to a command; None ends the conversation."""
        name = command[0].upper()
        handle = _COMMANDS.get(name)
        try:
            if handle is None:
                known = b", ".join(_COMMANDS).decode()
                raise Refused("ERR", f"unknown command; Harmony answers {known}")
            if self._version == 2 and (self._channels or self._patterns) and name not in _LEAVE:
                raise Refused("ERR", "a subscriber may only subscribe, unsubscribe, PING and QUIT")
            return await handle(self, [_text(part) for part in command[1:]])
        except Refused as refused:
            return error(refused.code, refused.text)
        except TokenRefused:
            return error("WRONGPASS", "this token is not valid")
        except Refusal as refusal:
            return error("ERR", f"{refusal.code} {refusal.message}. {refusal.hint}")

    async def end(self) -> None:
        self._clients.talking.discard(self)
        if self._listening is not None:
            self._listening.cancel()
            await asyncio.gather(self._listening, return_exceptions=True)

    def hears(self, channel: str) -> list[tuple[str, str]]:
        """How the client listens to ``channel``: by name (with an empty pattern) or by patterns."""
        found = [("message", "")] if any(_fits(channel, name) for name in self._channels) else []
        return found + [("pmessage", pattern) for pattern in self._patterns if _fits(channel, pattern)]

    async def ping(self, parts: list[str]) -> bytes:
        if self._version == 2 and (self._channels or self._patterns):
            return self._encoded(["pong", parts[0] if parts else ""])
        return self._encoded(parts[0]) if parts else simple("PONG")

    async def hello(self, parts: list[str]) -> bytes:
        version = parts[0] if parts else str(self._version)
        if version not in ("2", "3"):
            raise Refused("NOPROTO", "versions 2 and 3 are spoken here")
        if len(parts) >= 4 and parts[1].upper() == "AUTH":
            await self._authenticate(parts[3])
        self._version = int(version)
        told: dict[str, Answer] = {"server": "redis", "version": "7.0.0", "proto": self._version, "id": 1}
        return self._encoded({**told, "mode": "standalone", "role": "master", "modules": []})

    async def auth(self, parts: list[str]) -> bytes:
        if not 1 <= len(parts) <= 2:
            raise Refused("ERR", "AUTH takes a token")
        await self._authenticate(parts[-1])
        return simple("OK")

    async def client(self, parts: list[str]) -> bytes:
        if not parts or parts[0].upper() not in ("SETINFO", "SETNAME"):
            raise Refused("ERR", "CLIENT SETINFO and CLIENT SETNAME are taken here")
        return simple("OK")

    async def select(self, parts: list[str]) -> bytes:
        if parts != ["0"]:
            raise Refused("ERR", "there is one database, 0")
        return simple("OK")

    async def command(self, parts: list[str]) -> bytes:
        return self._encoded([])

    async def quit(self, parts: list[str]) -> None:
        return None

    async def get(self, parts: list[str]) -> bytes:
        self._asks("state.read")
        [key] = _exactly(parts, 1)
        try:
            async with self._house.database.reading() as connection:
                return self._encoded((await service.get(connection, self._house.database, _key(key))).value)
        except KeyUnknown:
            return self._encoded(None)

    async def set(self, parts: list[str]) -> bytes:
        self._asks("state.write")
        if len(parts) < 2:
            raise Refused("ERR", "SET takes a key and a value")
        key, value = _key(parts[0]), parts[1]
        seconds, exists = _options([part.upper() for part in parts[2:]])
        database = self._house.database
        try:
            async with database.begin(actor=self._caller.id, trace=new_trace(database.chance)) as uow:
                checks = []
                if exists is not None:
                    version = await service.version_of(uow, key)
                    if (version != ABSENT) != exists:
                        return self._encoded(None)
                    checks = [Check(key, version)]
                await service.transact(uow, checks, [Put(key, value, seconds)])
        except VersionConflict:
            return self._encoded(None)
        return simple("OK")

    async def publish(self, parts: list[str]) -> bytes:
        self._asks("events.broadcast")
        channel, text = _exactly(parts, 2)
        if len(channel) > CHANNEL_LIMIT_CHARACTERS or len(text.encode()) > VALUE_LIMIT_BYTES:
            raise Refused("ERR", f"a channel has {CHANNEL_LIMIT_CHARACTERS} characters, a message 64 KiB at most")
        database = self._house.database
        async with database.begin(actor=self._caller.id, trace=new_trace(database.chance)) as uow:
            await events.broadcast(uow, SENDER, _key(channel), {"message": text})
        return self._encoded(sum(bool(client.hears(channel)) for client in self._clients.talking))

    async def subscribe(self, parts: list[str]) -> bytes:
        return await self._subscribe("subscribe", self._channels, parts)

    async def psubscribe(self, parts: list[str]) -> bytes:
        return await self._subscribe("psubscribe", self._patterns, parts)

    async def unsubscribe(self, parts: list[str]) -> bytes:
        return self._unsubscribe("unsubscribe", self._channels, parts)

    async def punsubscribe(self, parts: list[str]) -> bytes:
        return self._unsubscribe("punsubscribe", self._patterns, parts)

    async def _subscribe(self, kind: str, kept: dict[str, bool], names: list[str]) -> bytes:
        self._asks("state.read")
        if not names or any(len(name) > KEY_LIMIT_CHARACTERS for name in names):
            raise Refused("ERR", f"name channels of at most {KEY_LIMIT_CHARACTERS} characters")
        if len(self._channels) + len(self._patterns) + len(names) > SUBSCRIPTIONS_LIMIT:
            raise Refused("ERR", f"a client has at most {SUBSCRIPTIONS_LIMIT} subscriptions")
        if self._listening is None:
            await stamp(self._house.database)  # what was committed until now came before the subscription
            self._house.journal.moved()
            head = await self._house.journal.head()
            self._listening = asyncio.create_task(self._listen(head.revision), name="redis subscriber")
        told = b""
        for name in names:
            kept[name] = True
            told += pushed([kind, name, len(self._channels) + len(self._patterns)], self._version)
        return told

    def _unsubscribe(self, kind: str, kept: dict[str, bool], names: list[str]) -> bytes:
        told = b""
        for name in names or list(kept) or [""]:
            kept.pop(name, None)
            left = len(self._channels) + len(self._patterns)
            told += pushed([kind, name or None, left], self._version)
        return told

    async def _listen(self, after: int) -> None:
        """Send what the client listens to, from a revision on, until it is gone or too slow."""
        while not self._clients.closing.is_set():
            try:
                batches = self._house.journal.follow_batches(
                    after, HEARD, self._clients.closing, patience_seconds=PATIENCE_SECONDS
                )
                async with aclosing(batches):
                    async for batch in batches:
                        for entry in batch.entries:
                            await self._tell(entry)
                        after = batch.upto
            except DatabaseUnavailable:
                await self._house.database.clock.sleep(RETRY_SECONDS)
            except (PositionCompacted, PositionAhead):
                after = (await self._house.journal.head()).revision

    async def _tell(self, entry: Entry) -> None:
        channel = entry.subject if entry.kind == StateChanged.KIND else entry.payload["event_type"]
        for kind, pattern in self.hears(channel):
            text = await self._said(entry)
            parts = [kind, pattern, channel, text] if pattern else [kind, channel, text]
            await self._send(pushed(parts, self._version))

    async def _said(self, entry: Entry) -> str:
        if entry.kind != StateChanged.KIND:
            return str(entry.payload["data"].get("message", ""))
        async with self._house.database.reading() as connection:
            past = await service.find_past(connection, entry.payload["key"], entry.payload["version"])
        return "" if past is None or past.value is None else past.value

    async def _authenticate(self, token: str) -> None:
        self._caller = await of_bearer(self._house.database, self._house.signer, token)

    def _asks(self, permission: str) -> None:
        if self._caller.may(permission):
            return
        if self._caller is ANYBODY:
            raise Refused("NOAUTH", "Authentication required: AUTH with a token of `harmony token create`")
        raise Refused("NOPERM", f"this needs the permission {permission}")

    def _encoded(self, answer: Answer) -> bytes:
        return encoded(answer, self._version)


_COMMANDS: dict[bytes, Callable[[Client, list[str]], Awaitable[bytes | None]]] = {
    b"PING": Client.ping,
    b"HELLO": Client.hello,
    b"AUTH": Client.auth,
    b"CLIENT": Client.client,
    b"SELECT": Client.select,
    b"COMMAND": Client.command,
    b"GET": Client.get,
    b"SET": Client.set,
    b"PUBLISH": Client.publish,
    b"SUBSCRIBE": Client.subscribe,
    b"PSUBSCRIBE": Client.psubscribe,
    b"UNSUBSCRIBE": Client.unsubscribe,
    b"PUNSUBSCRIBE": Client.punsubscribe,
    b"QUIT": Client.quit,
}


def _text(part: bytes) -> str:
    try:
        return part.decode()
    except UnicodeDecodeError:
        raise Refused("ERR", "keys and values are UTF-8 text here") from None


def _key(text: str) -> str:
    if len(text) > KEY_LIMIT_CHARACTERS or not _KEY.match(text):
        raise Refused("ERR", "keys and channels begin with echo: and hold visible characters without a slash")
    return text


def _exactly(parts: list[str], many: int) -> list[str]:
    if len(parts) != many:
        raise Refused("ERR", "wrong number of arguments")
    return parts


def _options(words: list[str]) -> tuple[float | None, bool | None]:
    """Seconds to live, and whether the key must exist (True, NX's opposite), must not (False), or may."""
    seconds: float | None = None
    exists: bool | None = None
    rest = iter(words)
    for word in rest:
        if word in ("NX", "XX") and exists is None:
            exists = word == "XX"
        elif word in ("EX", "PX") and seconds is None:
            number = next(rest, "")
            if not number.isascii() or not number.isdigit() or len(number) > 12 or int(number) == 0:
                raise Refused("ERR", "invalid expire time in SET")
            seconds = int(number) / (1 if word == "EX" else 1000)
        else:
            raise Refused("ERR", "SET takes EX, PX, NX and XX here")
    if seconds is not None and seconds > LIFE_LIMIT_SECONDS:
        raise Refused("ERR", f"a key lives at most {LIFE_LIMIT_SECONDS} seconds or for ever")
    return seconds, exists


def _fits(channel: str, name: str) -> bool:
    """Whether a name or pattern means ``channel`` (``*``, ``?``, ``[ab]``, ``[^ab]``)."""
    return fnmatchcase(channel, name.replace("[^", "[!"))


def _is_local(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
