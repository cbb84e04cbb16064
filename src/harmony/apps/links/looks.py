"""What ``harmony inspect ROOM`` sees: facts and small tables, read in one snapshot."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

from harmony.adapters.db.unit_of_work import Connection
from harmony.assist.problems.store import pipelines, watched
from harmony.commons.journal import store as journal
from harmony.coordination.heartbeats.service import members as heartbeats
from harmony.coordination.queue.service import look as queue
from harmony.kernel.money import PRACTICE_USDC, Amount
from harmony.settlement.balances import service as balances
from harmony.settlement.ledger import service as ledger
from harmony.settlement.ledger import store as ledger_store

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
    newest = await ledger_store.proof_of_day(connection, None)
    return {
        "proven": proof.ok,
        "accounts": proof.accounts,
        "transfers": proof.transfers,
        "unsealed": proof.unsealed,
        "last_seal": proof.last_seal,
        "last_hash": proof.last_hash,
        "signed": json.loads(newest)["proof"]["day"] if newest else "not yet",
        "signed_by": json.loads(newest)["key"] if newest else "nobody",
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


async def into_problems(connection: Connection) -> dict[str, Any]:
    """Who is watched over, in numbers only: whose runs and what was read is nobody else's business."""
    return {
        "runs": await watched.run_figures(connection),
        "alarms": await watched.alarm_figures(connection),
        "pipelines": await pipelines.figures(connection),
    }


async def into_reserve(connection: Connection) -> dict[str, Any]:
    """What is owed to the holders of shadow balances, bound by one root, and whether the ledger holds as much."""
    tree = await balances.reserve(connection)
    proof = await ledger.prove(connection)
    total = Amount(tree.total if tree else 0, PRACTICE_USDC)
    issued = next((one.credits_posted for one in proof.totals if one.asset == PRACTICE_USDC), 0)
    return {
        "revision": proof.last_seal,
        "holders": len(tree.leaves) if tree else 0,
        "owed": str(total),
        "root": tree.root.hex() if tree else "",
        "ledger_proven": proof.ok,
        "covered": proof.ok and total.minor <= issued,
    }


LOOKS: dict[str, Look] = {
    "journal": into_journal,
    "ledger": into_ledger,
    "problems": into_problems,
    "queue": into_queue,
    "registry": into_registry,
    "reserve": into_reserve,
}
