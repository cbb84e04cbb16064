"""The ledger's SQL. Posting itself is the SQL function ``ledger_post`` of the migration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.kernel.money import ASSETS
from harmony.settlement.ledger.model import (
    Account,
    Balance,
    Block,
    Row,
    Seal,
    Total,
)

SEALER_LOCK_KEY = 0x5345414C  # "SEAL": one sealer at a time, the next sees what the last has sealed

_ROW = (
    "position, id, kind, debit, credit, asset, amount, released, pending_id, expires_at, purpose, reference, actor,"
    " trace, posted_at"
)

# Open what is missing, in the order in which accounts are locked.
_OPEN = """
INSERT INTO ledger_accounts (code, asset, rule, opened_at)
SELECT code, asset, rule, $4 FROM unnest($1::text[], $2::text[], $3::text[]) AS wanted (code, asset, rule)
ORDER BY code, asset ON CONFLICT DO NOTHING
"""
# Accounts that exist under another rule than the one asked for.
_OTHER_RULES = """
SELECT account.code FROM ledger_accounts AS account
JOIN unnest($1::text[], $2::text[], $3::text[]) AS wanted (code, asset, rule) USING (code, asset)
WHERE account.rule <> wanted.rule ORDER BY 1
"""
_POST = "SELECT ledger_post($1, $2)"
_BALANCES = """
SELECT code, asset, debits_pending, debits_posted, credits_pending, credits_posted
FROM ledger_accounts WHERE code = $1 ORDER BY asset
"""
# Pending transfers whose time is over and that nobody has resolved.
_EXPIRED = """
SELECT pending.id, pending.trace FROM ledger_transfers AS pending
WHERE pending.expires_at <= $1
  AND NOT EXISTS (SELECT FROM ledger_transfers AS ending WHERE ending.pending_id = pending.id)
ORDER BY pending.expires_at, pending.id LIMIT $2
"""
_LOCK_SEALER = "SELECT pg_advisory_xact_lock($1)"
_LAST_BLOCK = (
    "SELECT number, first_seal, last_seal, previous_hash, hash FROM ledger_blocks ORDER BY number DESC LIMIT 1"
)
# What has committed since, in the order of posting. What commits later gets a later seal, whatever its position.
_UNSEALED = f"""
SELECT {_ROW} FROM ledger_unsealed JOIN ledger_transfers USING (position) ORDER BY position LIMIT $1
"""
_ADD_BLOCK = """
INSERT INTO ledger_blocks (number, first_seal, last_seal, previous_hash, hash, sealed_at)
VALUES ($1, $2, $3, $4, $5, $6)
"""
_ADD_SEALS = """
INSERT INTO ledger_seals (seal, position, block, digest)
SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bytea[])
"""
_DEQUEUE = "DELETE FROM ledger_unsealed WHERE position = ANY ($1::bigint[])"
_BLOCKS = """
SELECT number, first_seal, last_seal, previous_hash, hash FROM ledger_blocks WHERE number > $1 ORDER BY number LIMIT $2
"""
# The seals of a run of blocks with their transfers; a transfer that is gone leaves its columns empty.
_SEALED = f"""
SELECT seal, block, digest, seals.position AS sealed_position, transfer.*
FROM ledger_seals AS seals LEFT JOIN (SELECT {_ROW} FROM ledger_transfers) AS transfer USING (position)
WHERE seal BETWEEN $1 AND $2 ORDER BY seal
"""
_STRAY_SEALS = """
SELECT seal FROM ledger_seals LEFT JOIN ledger_blocks ON number = block
WHERE number IS NULL OR seal NOT BETWEEN first_seal AND last_seal ORDER BY seal LIMIT $1
"""
_TOTALS = """
SELECT asset, sum(debits_pending) AS debits_pending, sum(debits_posted) AS debits_posted,
    sum(credits_pending) AS credits_pending, sum(credits_posted) AS credits_posted
FROM ledger_accounts GROUP BY asset ORDER BY asset
"""
# Accounts whose running balance is not the sum of their transfers.
_WRONG_BALANCES = """
WITH changes AS (
    SELECT debit, credit, asset,
        CASE WHEN kind = 'pending' THEN amount ELSE -released END AS reserved,
        CASE WHEN kind IN ('transfer', 'post') THEN amount ELSE 0 END AS moved
    FROM ledger_transfers
), sides AS (
    SELECT debit AS code, asset, reserved AS debits_pending, moved AS debits_posted, 0 AS credits_pending,
        0 AS credits_posted FROM changes
    UNION ALL
    SELECT credit, asset, 0, 0, reserved, moved FROM changes
), sums AS (
    SELECT code, asset, sum(debits_pending) AS debits_pending, sum(debits_posted) AS debits_posted,
        sum(credits_pending) AS credits_pending, sum(credits_posted) AS credits_posted
    FROM sides GROUP BY code, asset
)
SELECT code, asset FROM ledger_accounts AS account FULL JOIN sums USING (code, asset)
WHERE (account.debits_pending, account.debits_posted, account.credits_pending, account.credits_posted)
    IS DISTINCT FROM (coalesce(sums.debits_pending, 0), coalesce(sums.debits_posted, 0),
        coalesce(sums.credits_pending, 0), coalesce(sums.credits_posted, 0))
ORDER BY code, asset LIMIT $1
"""
# Transfers that are neither sealed nor waiting for it, and waiting positions without a transfer.
_UNCHAINED = """
SELECT position FROM ledger_transfers
WHERE NOT EXISTS (SELECT FROM ledger_seals AS seals WHERE seals.position = ledger_transfers.position)
  AND NOT EXISTS (SELECT FROM ledger_unsealed AS waiting WHERE waiting.position = ledger_transfers.position)
UNION ALL
SELECT position FROM ledger_unsealed
WHERE NOT EXISTS (SELECT FROM ledger_transfers AS known WHERE known.position = ledger_unsealed.position)
ORDER BY position LIMIT $1
"""
_COUNTS = """
SELECT (SELECT count(*) FROM ledger_accounts) AS accounts, (SELECT count(*) FROM ledger_transfers) AS transfers,
    (SELECT count(*) FROM ledger_unsealed) AS unsealed
"""


async def open_accounts(uow: UnitOfWork, accounts: Sequence[Account]) -> list[str]:
    """Open what is missing; the codes of those that exist under another rule."""
    columns = (
        [account.code for account in accounts],
        [account.asset.code for account in accounts],
        [account.rule for account in accounts],
    )
    await uow.connection.execute(_OPEN, *columns, uow.now)
    return [row["code"] for row in await uow.connection.fetch(_OTHER_RULES, *columns)]


async def post(uow: UnitOfWork, batch: Sequence[Mapping[str, object]]) -> dict[str, Any]:
    """The answer of ``ledger_post``."""
    origin = {"at": uow.now.isoformat(), "actor": uow.actor, "trace": uow.trace}
    answer: dict[str, Any] = await uow.connection.fetchval(_POST, list(batch), origin)
    return answer


async def balances(connection: Connection, code: str) -> list[Balance]:
    """The balances of an account code, one an asset."""
    return [
        Balance(
            row["code"],
            ASSETS[row["asset"]],
            row["debits_pending"],
            row["debits_posted"],
            row["credits_pending"],
            row["credits_posted"],
        )
        for row in await connection.fetch(_BALANCES, code)
    ]


async def expired(uow: UnitOfWork, limit: int) -> list[tuple[str, str]]:
    """Ids of overdue pending transfers with the trace that made them."""
    return [(row["id"], row["trace"]) for row in await uow.connection.fetch(_EXPIRED, uow.now, limit)]


async def lock_sealer(uow: UnitOfWork) -> None:
    await uow.connection.execute(_LOCK_SEALER, SEALER_LOCK_KEY)


async def last_block(connection: Connection) -> Block | None:
    row = await connection.fetchrow(_LAST_BLOCK)
    return None if row is None else Block(**row)


async def unsealed(connection: Connection, limit: int) -> list[Row]:
    return [Row(**row) for row in await connection.fetch(_UNSEALED, limit)]


async def add_block(uow: UnitOfWork, block: Block, seals: Sequence[Seal]) -> None:
    await uow.connection.execute(
        _ADD_BLOCK, block.number, block.first_seal, block.last_seal, block.previous_hash, block.hash, uow.now
    )
    positions = [seal.position for seal in seals]
    await uow.connection.execute(
        _ADD_SEALS,
        [seal.seal for seal in seals],
        positions,
        [seal.block for seal in seals],
        [seal.digest for seal in seals],
    )
    await uow.connection.execute(_DEQUEUE, positions)


async def blocks(connection: Connection, after: int, limit: int) -> list[Block]:
    return [Block(**row) for row in await connection.fetch(_BLOCKS, after, limit)]


async def sealed(connection: Connection, first: int, last: int) -> list[tuple[Seal, Row | None]]:
    """The seals from ``first`` to ``last`` in order, each with its transfer unless that is gone."""
    found: list[tuple[Seal, Row | None]] = []
    for record in await connection.fetch(_SEALED, first, last):
        fields = dict(record)
        seal = Seal(fields.pop("seal"), fields.pop("sealed_position"), fields.pop("block"), fields.pop("digest"))
        found.append((seal, None if fields["id"] is None else Row(**fields)))
    return found


async def stray_seals(connection: Connection, limit: int) -> list[int]:
    return [row["seal"] for row in await connection.fetch(_STRAY_SEALS, limit)]


async def totals(connection: Connection) -> list[Total]:
    return [
        Total(
            ASSETS[row["asset"]],
            int(row["debits_pending"]),
            int(row["debits_posted"]),
            int(row["credits_pending"]),
            int(row["credits_posted"]),
        )
        for row in await connection.fetch(_TOTALS)
    ]


async def wrong_balances(connection: Connection, limit: int) -> list[str]:
    """``code asset`` of each account whose running sums are not those of its transfers."""
    return [f"{row['code']} {row['asset']}" for row in await connection.fetch(_WRONG_BALANCES, limit)]


async def unchained(connection: Connection, limit: int) -> list[int]:
    return [row["position"] for row in await connection.fetch(_UNCHAINED, limit)]


async def counts(connection: Connection) -> tuple[int, int, int]:
    """Accounts, transfers, transfers not yet sealed."""
    row = await connection.fetchrow(_COUNTS)
    assert row is not None
    return row["accounts"], row["transfers"], row["unsealed"]
