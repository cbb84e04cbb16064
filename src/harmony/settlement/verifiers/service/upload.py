"""Bring content in, and let those read it who may."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from datetime import timedelta

from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.commons.journal.service import append
from harmony.messages.settlement import DeliverableStored
from harmony.settlement.verifiers import store
from harmony.settlement.verifiers.errors import (
    DeliverableEmpty,
    DeliverableTooLarge,
    DeliverableUnknown,
    DigestMismatch,
    UploadsTooMany,
)
from harmony.settlement.verifiers.model import DELIVERABLE_LIMIT_BYTES, UPLOADS_PER_HOUR_LIMIT, Deliverable
from harmony.settlement.verifiers.ports import Carriers

UPLOADS_WINDOW = timedelta(hours=1)


async def collect(chunks: AsyncIterator[bytes], announced_bytes: int = 0) -> bytes:
    """The whole of a stream; raises ``DeliverableTooLarge`` as soon as it is known to pass the limit."""
    taken = bytearray()
    if announced_bytes <= DELIVERABLE_LIMIT_BYTES:
        async for chunk in chunks:
            taken += chunk
            if len(taken) > DELIVERABLE_LIMIT_BYTES:
                break
        else:
            return bytes(taken)
    raise DeliverableTooLarge(
        f"a deliverable holds at most {DELIVERABLE_LIMIT_BYTES} bytes",
        details={"limit_bytes": DELIVERABLE_LIMIT_BYTES},
    )


async def upload(uow: UnitOfWork, content: bytes, announced_sha256: str | None = None) -> Deliverable:
    """Keep content under its hash, with the actor among those who brought it; repeating changes nothing.

    Raises ``DeliverableEmpty``, ``DeliverableTooLarge``, ``DigestMismatch``, ``UploadsTooMany``.
    """
    if not content:
        raise DeliverableEmpty("there are no bytes in the body", field="body")
    if len(content) > DELIVERABLE_LIMIT_BYTES:
        raise DeliverableTooLarge(f"a deliverable holds at most {DELIVERABLE_LIMIT_BYTES} bytes")
    sha256 = hashlib.sha256(content).hexdigest()
    if announced_sha256 is not None and announced_sha256 != sha256:
        raise DigestMismatch("the bytes have another SHA-256 than announced", field="sha256")
    await store.lock_uploader(uow)
    many, oldest = await store.uploads_since(uow, uow.now - UPLOADS_WINDOW)
    if await store.add_deliverable(uow, sha256, content):
        if many >= UPLOADS_PER_HOUR_LIMIT and oldest is not None:
            wait_seconds = int((oldest + UPLOADS_WINDOW - uow.now).total_seconds()) + 1
            raise UploadsTooMany(
                f"at most {UPLOADS_PER_HOUR_LIMIT} uploads an hour", details={"retry_after_seconds": wait_seconds}
            )
        await append(uow, DeliverableStored(sha256, uow.actor, len(content)), subject=sha256)
    found = await store.deliverable(uow.connection, sha256)
    assert found is not None
    return found


async def read(
    connection: Connection, sha256: str, principal_id: str, carriers: Carriers, *, oversees: bool
) -> tuple[Deliverable, bytes]:
    """The content of a deliverable; raises ``DeliverableUnknown`` for whoever may not see it, too."""
    found = await store.deliverable(connection, sha256)
    allowed = found is not None and (
        oversees
        or await store.is_uploader(connection, sha256, principal_id)
        or await carriers.carries_for(connection, sha256, principal_id)
    )
    content = await store.content(connection, sha256) if allowed else None
    if found is None or content is None:
        raise DeliverableUnknown("there is no such deliverable", field="sha256")
    return found, content


async def was_uploaded_by(connection: Connection, sha256: str, principal_id: str) -> bool:
    """Whether the principal has brought this content."""
    return await store.is_uploader(connection, sha256, principal_id)
