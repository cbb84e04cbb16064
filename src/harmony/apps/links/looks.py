"""What ``harmony inspect ROOM`` sees: facts and small tables, read in one snapshot."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from harmony.adapters.db.unit_of_work import Connection
from harmony.commons.journal import store as journal
from harmony.coordination.heartbeats import service as heartbeats
from harmony.coordination.queue.service import look as queue
from harmony.kernel.money import Amount
from harmony.settlement.ledger import service as ledger

Look = Callable[[Connection], Awaitable[dict[str, Any]]]


async def into_journal(connection: Connection) -> dict[str, Any]:
    head = await journal.head(connection)
    return {
        "epoch": head.epoch,
        "revision": head.revision,
        "compacted_revision": head.compacted_revision,
        "unstamped": await journal.has_unstamped(connection),
        "consumers": [{"name": name, "revision": revision} for name, revision in await journal.consumers(connection)],
    }


async def into_queue(connection: Connection) -> dict[str, Any]:
    return {
        "queues": [
            {
                "component": depth.queue,
                "group": depth.group,
                "scheduled": depth.scheduled,
                "ready": depth.ready,
                "leased": depth.leased,
                "dead": depth.dead,
                "oldest_sent_at": depth.oldest_sent_at.isoformat() if depth.oldest_sent_at else "",
            }
            for depth in await queue.list_depths(connection)
        ]
    }


async def into_registry(connection: Connection) -> dict[str, Any]:
    members = await heartbeats.list_members(connection)
    return {
        "components": [
            {
                "component_id": member.component.id,
                "version": member.component.version,
                "address": f"{member.component.host}:{member.component.port}",
                "status": member.lease.status,
            }
            for member in members
        ]
    }


async def into_ledger(connection: Connection) -> dict[str, Any]:
    proof = await ledger.prove(connection)
    return {
        "proven": proof.ok,
        "accounts": proof.accounts,
        "transfers": proof.transfers,
        "unsealed": proof.unsealed,
        "last_seal": proof.last_seal,
        "last_hash": proof.last_hash,
        "totals": [
            {
                "asset": total.asset.code,
                "debits_posted": str(Amount(total.debits_posted, total.asset)),
                "credits_posted": str(Amount(total.credits_posted, total.asset)),
                "pending": str(Amount(total.debits_pending, total.asset)),
                "balanced": total.balanced,
            }
            for total in proof.totals
        ],
        "faults": [{"kind": fault.kind, "subject": fault.subject, "what": fault.message} for fault in proof.faults],
    }


LOOKS: dict[str, Look] = {
    "journal": into_journal,
    "ledger": into_ledger,
    "queue": into_queue,
    "registry": into_registry,
}
