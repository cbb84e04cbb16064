"""The verbs of shared state: change keys all or nothing, read them, lease, lock."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from harmony.adapters.bus.bells import Bells, first_of
from harmony.adapters.db.pool import Database
from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.commons.journal.model import Told
from harmony.commons.journal.service import append, append_many
from harmony.coordination.state import store
from harmony.coordination.state.errors import (
    KeyUnknown,
    LeaseUnknown,
    LockHeld,
    LockLost,
    StateFull,
    ValueInvalid,
    ValueTooLarge,
    VersionConflict,
)
from harmony.coordination.state.model import (
    ABSENT,
    HISTORY_KEPT_DAYS,
    HISTORY_LIMIT_VERSIONS,
    KEYS_LIMIT,
    LEASES_LIMIT,
    VALUE_LIMIT_BYTES,
    Check,
    Fence,
    Lease,
    Lock,
    Move,
    Operation,
    Past,
    Put,
    Value,
    conflicts,
)
from harmony.messages.coordination import LockPassed, StateChanged

EXPIRE_LIMIT_KEYS = 500


async def transact(
    uow: UnitOfWork, checks: Sequence[Check], operations: Sequence[Operation], fence: Fence | None = None
) -> dict[str, Value | None]:
    """Do all operations if every key has its checked version and the fence stands; else nothing.

    How each key stands afterwards, None for one that was deleted. Raises ``VersionConflict``, ``LockLost``,
    ``LeaseUnknown``, ``ValueTooLarge``, ``StateFull``.
    """
    keys = {check.key for check in checks} | {operation.key for operation in operations}
    if fence is not None and not await store.holds(uow, fence.lock, fence.token):
        raise LockLost("this lock has passed on", field="token")
    await store.lock_keys(uow, keys)
    versions = await store.versions(uow, keys)
    wrong = conflicts(list(checks), versions)
    if wrong:
        raise VersionConflict("a key has another version", field="version", details={"versions": wrong})
    fresh = sum(isinstance(operation, Put) and operation.key not in versions for operation in operations)
    if fresh and await store.count(uow) + fresh > KEYS_LIMIT:
        raise StateFull(f"{KEYS_LIMIT} keys are kept", details={"limit": KEYS_LIMIT})
    found: dict[str, Value | None] = {}
    told: list[StateChanged] = []
    for operation in operations:
        if isinstance(operation, Put):
            value = await _put(uow, operation)
            found[operation.key] = value
            told.append(StateChanged(value.key, value.version, "set"))
        else:
            version = await store.delete(uow, operation.key)
            found[operation.key] = None
            if version is not None and operation.key in versions:
                told.append(StateChanged(operation.key, version, "deleted"))
    _tell(uow, told)
    return found


async def version_of(uow: UnitOfWork, key: str) -> int:
    """The version of a key, ``ABSENT`` when it does not exist."""
    return (await store.versions(uow, [key])).get(key, ABSENT)


async def _put(uow: UnitOfWork, put: Put) -> Value:
    if len(put.value.encode()) > VALUE_LIMIT_BYTES:
        message = f"a value holds at most {VALUE_LIMIT_BYTES} bytes"
        raise ValueTooLarge(message, field="value", details={"limit_bytes": VALUE_LIMIT_BYTES})
    if "\x00" in put.value:
        raise ValueInvalid("the value holds a NUL character", field="value")
    expires_at = None if put.ttl_seconds is None else uow.now + timedelta(seconds=put.ttl_seconds)
    if put.lease_id is not None:
        lease = await store.lease(uow, put.lease_id, uow.actor)
        if lease is None:
            raise LeaseUnknown("there is no such lease of yours", field="lease_id")
        expires_at = min(expires_at or lease.expires_at, lease.expires_at)
    return await store.put(uow, put, expires_at)


def _tell(uow: UnitOfWork, told: Sequence[StateChanged]) -> None:
    append_many(uow, [Told(one, one.key, uow.actor, uow.trace, one.KIND) for one in told])


async def get(connection: Connection, database: Database, key: str) -> Value:
    """A key as it stands; raises ``KeyUnknown``."""
    found = await store.get(connection, key, database.clock.now())
    if found is None:
        raise KeyUnknown("there is no such key", field="key")
    return found


async def list_values(connection: Connection, database: Database, prefix: str, after: str, limit: int) -> list[Value]:
    """Keys that begin with ``prefix``, in their order, behind ``after``."""
    return await store.values(connection, prefix, after, database.clock.now(), limit)


async def list_history(connection: Connection, key: str) -> list[Past]:
    """Earlier values of a key, the newest first; raises ``KeyUnknown`` when none is kept."""
    found = await store.history(connection, key, HISTORY_LIMIT_VERSIONS)
    if not found:
        raise KeyUnknown("nothing is known of this key", field="key")
    return found


async def find_past(connection: Connection, key: str, version: int) -> Past | None:
    """A key at a version; None when that is kept no longer."""
    return await store.past(connection, key, version)


async def grant_lease(uow: UnitOfWork, ttl_seconds: float) -> Lease:
    """A life for keys, renewed by its holder or over after ``ttl_seconds``. Raises ``StateFull``."""
    if await store.count_leases(uow) >= LEASES_LIMIT:
        raise StateFull(f"{LEASES_LIMIT} leases are held", details={"limit": LEASES_LIMIT})
    lease = Lease(uow.ids.new("lease"), uow.actor, ttl_seconds, uow.now + timedelta(seconds=ttl_seconds))
    await store.add_lease(uow, lease)
    return lease


async def renew_lease(uow: UnitOfWork, lease_id: str) -> Lease:
    """The lease and its keys live on. Raises ``LeaseUnknown``."""
    lease = await store.renew_lease(uow, lease_id, uow.actor)
    if lease is None:
        raise LeaseUnknown("there is no such lease of yours", field="lease_id")
    return lease


async def end_lease(uow: UnitOfWork, lease_id: str) -> None:
    """The lease is over, and its keys with it. Raises ``LeaseUnknown``."""
    if not await store.end_lease(uow, lease_id, uow.actor):
        raise LeaseUnknown("there is no such lease of yours", field="lease_id")


async def expire(uow: UnitOfWork, key: str) -> bool:
    """Delete a key whose time is over; False when it lives on after all."""
    await store.lock_keys(uow, [key])
    if not await store.is_over(uow, key):
        return False
    version = await store.delete(uow, key)
    assert version is not None
    move: Move = "expired"
    _tell(uow, [StateChanged(key, version, move)])
    return True


async def acquire(uow: UnitOfWork, name: str, owner: str, seconds: float) -> Lock:
    """The lock, with a token greater than any before. Raises ``LockHeld``."""
    lock = await store.acquire(uow, name, owner, timedelta(seconds=seconds))
    if lock is None:
        held = await store.lock(uow.connection, name)
        details = {"owner": held.owner, "token": held.token} if held else {}
        raise LockHeld("somebody holds this lock", field="name", details=details)
    await append(uow, LockPassed(name, lock.token, owner), subject=name)
    return lock


async def acquire_waiting(
    database: Database,
    bells: Bells,
    ask: tuple[str, str, float],
    wait_seconds: float,
    closing: asyncio.Event,
    proof: tuple[str, str],
) -> Lock:
    """``acquire`` (name, owner, seconds) for ``proof`` (actor, trace), waiting while somebody holds the lock.

    Raises ``LockHeld`` when it was held all the time.
    """
    ends = database.clock.monotonic() + wait_seconds
    name = ask[0]
    with bells.waiter(bell(name)) as waiter:
        while True:
            waiter.look()
            try:
                async with database.begin(actor=proof[0], trace=proof[1]) as uow:
                    return await acquire(uow, *ask)
            except LockHeld:
                left = ends - database.clock.monotonic()
                if left <= 0 or closing.is_set():
                    raise
            await first_of(waiter.rung(), database.clock.sleep(left), closing.wait())


async def renew_lock(uow: UnitOfWork, name: str, token: int, seconds: float) -> Lock:
    """Hold the lock for ``seconds`` from now. Raises ``LockLost``."""
    lock = await store.renew_lock(uow, name, token, uow.now + timedelta(seconds=seconds))
    if lock is None:
        raise LockLost("this lock has passed on", field="token")
    return lock


async def release(uow: UnitOfWork, name: str, token: int) -> None:
    """Let the lock go. Raises ``LockLost``."""
    if not await store.release(uow, name, token):
        raise LockLost("this lock has passed on", field="token")
    await store.ring(uow, bell(name))
    await append(uow, LockPassed(name, token, None), subject=name)


async def find_lock(connection: Connection, database: Database, name: str) -> Lock:
    """Who holds a lock, which for an election is who leads; owner None: nobody."""
    lock = await store.lock(connection, name)
    if lock is None or lock.expires_at is None or lock.expires_at <= database.clock.now():
        return Lock(name, lock.token if lock else 0, None, None, None)
    return lock


async def free_ended(uow: UnitOfWork) -> None:
    """Let go the locks and leases whose time is over."""
    await store.end_leases(uow)
    for name, token, _ in await store.free_ended(uow):
        await store.ring(uow, bell(name))
        await append(uow, LockPassed(name, token, None), subject=name)


async def forget(uow: UnitOfWork) -> None:
    """Forget values that are old, or more of a key than are kept."""
    await store.forget(uow, uow.now - timedelta(days=HISTORY_KEPT_DAYS), HISTORY_LIMIT_VERSIONS)


def bell(name: str) -> str:
    """The bell at which a lock is waited for."""
    return f"lock {name}"
