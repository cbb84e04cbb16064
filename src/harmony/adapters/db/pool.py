"""The way to PostgreSQL: a bounded pool that opens units of work."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg

from harmony.adapters.db.errors import DatabaseUnavailable
from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.adapters.telemetry.spans import Sink, Span, new_span_id, parent_in, unrecorded
from harmony.kernel.chance import Chance
from harmony.kernel.clock import Clock
from harmony.kernel.ids import Ids

POOL_LIMIT_CONNECTIONS = 16
ACQUIRE_TIMEOUT_SECONDS = 30.0
LOCK_TIMEOUT_MILLISECONDS = 10_000
STATEMENT_TIMEOUT_MILLISECONDS = 30_000
IDLE_IN_TRANSACTION_TIMEOUT_MILLISECONDS = 60_000

# What a dying, restarting or overloaded server looks like from here (SQLSTATE classes 08 and 57 among it).
_GONE = (
    OSError,
    TimeoutError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.TooManyConnectionsError,
)


class Database:
    """A pool of connections with the clock, ids and chance that its units of work hand on."""

    def __init__(
        self, pool: asyncpg.Pool[Any], clock: Clock, ids: Ids, chance: Chance, record: Sink = unrecorded
    ) -> None:
        self._pool = pool
        self.clock = clock
        self.ids = ids
        self.chance = chance
        self._record = record
        self.written = asyncio.Event()
        """Set after a commit that had closing statements: what waits for journalled changes may look again."""

    @classmethod
    async def connect(
        cls,
        dsn: str,
        *,
        clock: Clock,
        ids: Ids,
        chance: Chance,
        connections: int = POOL_LIMIT_CONNECTIONS,
        record: Sink = unrecorded,
    ) -> Database:
        """Open a pool of at most ``connections``; raises ``DatabaseUnavailable`` when nothing answers.

        ``record`` hears of each transaction that journalled something, under its trace.
        """
        try:
            pool = await asyncpg.create_pool(
                dsn,
                min_size=1,
                max_size=connections,
                init=_speak_json,
                server_settings={
                    "application_name": "harmony",
                    "timezone": "UTC",
                    "lock_timeout": str(LOCK_TIMEOUT_MILLISECONDS),
                    "statement_timeout": str(STATEMENT_TIMEOUT_MILLISECONDS),
                    "idle_in_transaction_session_timeout": str(IDLE_IN_TRANSACTION_TIMEOUT_MILLISECONDS),
                },
            )
        except _GONE as error:
            raise DatabaseUnavailable("PostgreSQL does not answer") from error
        return cls(pool, clock, ids, chance, record)

    async def close(self) -> None:
        await self._pool.close()

    @asynccontextmanager
    async def begin(self, *, actor: str = "system", trace: str | None = None) -> AsyncIterator[UnitOfWork]:
        """Open a transaction; it commits when the block ends and rolls back when the block raises.

        Nothing that is answered after this block can be lost: the commit has been made durable. A lost connection
        becomes ``DatabaseUnavailable``; whether the work was committed is then unknown, so repeat it with its key.
        """
        async with self._connection() as connection:
            uow = UnitOfWork(
                connection=connection,
                now=self.clock.now(),
                ids=self.ids,
                chance=self.chance,
                actor=actor,
                trace=trace or new_trace(self.chance),
            )
            async with connection.transaction():
                yield uow
                for statement in uow.closing:
                    await statement()
        if uow.closing:
            self.written.set()
            self._record(self._span(uow))
        for signal in uow.committed:
            signal()

    def _span(self, uow: UnitOfWork) -> Span:
        return Span(
            name="transaction",
            trace=uow.trace,
            id=new_span_id(self.chance),
            parent=parent_in(uow.trace),
            begun=uow.now,
            ended=self.clock.now(),
            attributes={"db.system.name": "postgresql", "harmony.actor": uow.actor},
        )

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Connection]:
        """A read-only snapshot: all its queries see one instant of the database."""
        async with (
            self._connection() as connection,
            connection.transaction(isolation="repeatable_read", readonly=True),
        ):
            yield connection

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[Connection]:
        try:
            async with self._pool.acquire(timeout=ACQUIRE_TIMEOUT_SECONDS) as connection:
                yield connection
        except _GONE as error:
            raise DatabaseUnavailable("PostgreSQL did not answer") from error


def new_trace(chance: Chance) -> str:
    """A fresh trace id: 32 hex digits (W3C Trace Context)."""
    return chance.secret_bytes(16).hex()


async def _speak_json(connection: asyncpg.Connection[Any]) -> None:
    await connection.set_type_codec("jsonb", schema="pg_catalog", encoder=json.dumps, decoder=json.loads)
