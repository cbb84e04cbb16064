"""The ledger's SQL. Posting itself is the SQL function ``ledger_post`` of the migration."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple, TypeAlias

from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.kernel.money import ETHIK, PRACTICE_USDC
from harmony.settlement.ledger.model import (
    Account,
    Balance,
    Block,
    Line,
    Row,
    Seal,
    Total,
    asset_of,
)
from harmony.settlement.ledger.signed import SealedSum

SEALER_LOCK_KEY = 0x5345414C  # "SEAL": one sealer at a time, the next sees what the last has sealed

_ROW = (
    "position, id, kind, debit, credit, asset, amount, released, pending_id, expires_at, purpose, reference, actor,"
    " trace, posted_at"
)

# A book for each asset that has none yet.
_OPEN_BOOKS = """
INSERT INTO ledger_assets (code, scale, book) SELECT * FROM unnest($1::text[], $2::smallint[], $3::text[])
ON CONFLICT DO NOTHING
"""
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
_POST = """
SELECT place, amount_minor, is_repeated, refused, refused_id FROM ledger_post($1::integer[], $2::text[], $3::text[],
    $4::text[], $5::text[], $6::text[], $7::bigint[], $8::text[], $9::timestamptz[], $10::text[], $11::text[],
    $12::text[], $13::text[], $14)
"""
_BALANCES = """
SELECT code, asset, debits_pending, debits_posted, credits_pending, credits_posted
FROM ledger_accounts WHERE code = $1 ORDER BY asset
"""
# Pending transfers whose time is over and that nobody has resolved.
_EXPIRED = """
SELECT pending.id, pending.trace FROM ledger_reservations AS reservation
JOIN ledger_transfers AS pending ON pending.id = reservation.pending_id
WHERE reservation.expires_at <= $1 AND reservation.remaining > 0
ORDER BY reservation.expires_at, pending.id LIMIT $2
"""
_LOCK_SEALER = "SELECT pg_advisory_xact_lock($1)"
_SEAL = "SELECT ledger_seal($1, $2)"
_LAST_BLOCK = (
    "SELECT number, first_seal, last_seal, previous_hash, hash FROM ledger_blocks ORDER BY number DESC LIMIT 1"
)
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
        CASE WHEN kind IN ('transfer', 'part', 'post') THEN amount ELSE 0 END AS moved
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
# Reservations that are not what their transfers leave of them.
_WRONG_RESERVATIONS = """
WITH ended AS (
    SELECT pending_id, sum(released) AS released FROM ledger_transfers WHERE pending_id IS NOT NULL GROUP BY pending_id
)
SELECT coalesce(pending.id, reservation.pending_id) AS id
FROM (SELECT * FROM ledger_transfers WHERE kind = 'pending') AS pending
FULL JOIN ledger_reservations AS reservation ON reservation.pending_id = pending.id
LEFT JOIN ended ON ended.pending_id = pending.id
WHERE (reservation.amount, reservation.remaining, reservation.expires_at)
    IS DISTINCT FROM (pending.amount, pending.amount - coalesce(ended.released, 0), pending.expires_at)
ORDER BY 1 LIMIT $1
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
_LAST_SEAL = "SELECT coalesce(max(last_seal), 0) FROM ledger_blocks"
# An account's sealed transfers: what each moves into it and newly reserves to leave it.
_OF_ACCOUNT = """
SELECT transfer.*, seals.seal,
    CASE WHEN kind IN ('transfer', 'part', 'post') THEN amount ELSE 0 END * sign AS moved,
    CASE WHEN sign > 0 THEN 0 WHEN kind = 'pending' THEN amount ELSE -released END AS held
FROM (
    SELECT *, -1 AS sign FROM ledger_transfers WHERE debit = $1 AND asset = $2
    UNION ALL
    SELECT *, 1 FROM ledger_transfers WHERE credit = $1 AND asset = $2
) AS transfer JOIN ledger_seals AS seals USING (position)
WHERE seals.seal <= $3
"""
_ENTRIES = f"""
SELECT {_ROW}, seal, moved, held FROM ({_OF_ACCOUNT}) AS entry
WHERE ($4::timestamptz IS NULL OR posted_at >= $4) AND ($5::timestamptz IS NULL OR posted_at < $5) AND position > $6
ORDER BY position LIMIT $7
"""
# The balance before the period, before the page, and after the period.
_EDGES = f"""
SELECT coalesce(sum(moved) FILTER (WHERE posted_at < $4), 0)::bigint AS opening,
    coalesce(sum(moved) FILTER (WHERE posted_at < $4 OR position <= $6 AND ($5::timestamptz IS NULL OR posted_at < $5)),
        0)::bigint AS before_page,
    coalesce(sum(moved) FILTER (WHERE $5::timestamptz IS NULL OR posted_at < $5), 0)::bigint AS closing
FROM ({_OF_ACCOUNT}) AS entry
"""
# The four sums of an account code as they were when ``$2`` was the last seal, one row an asset.
_BALANCES_AT = """
SELECT asset, sum(CASE WHEN debit = $1 THEN reserved ELSE 0 END)::bigint AS debits_pending,
    sum(CASE WHEN debit = $1 THEN moved ELSE 0 END)::bigint AS debits_posted,
    sum(CASE WHEN credit = $1 THEN reserved ELSE 0 END)::bigint AS credits_pending,
    sum(CASE WHEN credit = $1 THEN moved ELSE 0 END)::bigint AS credits_posted
FROM (
    SELECT debit, credit, asset, position, CASE WHEN kind = 'pending' THEN amount ELSE -released END AS reserved,
        CASE WHEN kind IN ('transfer', 'part', 'post') THEN amount ELSE 0 END AS moved
    FROM ledger_transfers WHERE $1 IN (debit, credit)
) AS transfer JOIN ledger_seals AS seals USING (position)
WHERE seals.seal <= $2 GROUP BY asset ORDER BY asset
"""
_SEALED_SUMS = """
SELECT asset, sum(CASE WHEN kind IN ('transfer', 'part', 'post') THEN amount ELSE 0 END)::bigint AS moved,
    sum(CASE WHEN kind = 'pending' THEN amount ELSE -released END)::bigint AS reserved
FROM ledger_transfers JOIN ledger_seals AS seals USING (position)
WHERE seals.seal <= $1 GROUP BY asset ORDER BY asset
"""
_BLOCKS_ENDING = """
SELECT number, first_seal, last_seal, previous_hash, hash FROM ledger_blocks
WHERE last_seal BETWEEN $1 AND $2 ORDER BY number
"""
_ADD_PROOF = "INSERT INTO ledger_proofs (day, document, signed_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING"
_PROOF_OF_DAY = "SELECT document FROM ledger_proofs WHERE day = $1"
_LAST_PROOF = "SELECT document FROM ledger_proofs ORDER BY day DESC LIMIT 1"
# Accounts of one family (their codes begin with $1) that may spend at least so much, in order after $2.
_HOLDING = """
SELECT code FROM ledger_accounts
WHERE code > greatest($1, $2) AND starts_with(code, $1) AND asset = $3
    AND credits_posted - debits_posted - debits_pending >= $4
ORDER BY code LIMIT $5
"""
# What is on the accounts of one family, in order after $2.
_POSTED = """
SELECT code, credits_posted - debits_posted AS posted FROM ledger_accounts
WHERE code > greatest($1, $2) AND starts_with(code, $1) AND asset = $3 ORDER BY code LIMIT $4
"""
# What has moved an account, newest first, sealed or not: ``balance`` is what it came to.
_RECENT = f"""
SELECT {_ROW}, moved, (SELECT credits_posted - debits_posted FROM ledger_accounts WHERE code = $1 AND asset = $2)
    - coalesce(sum(moved) OVER (ORDER BY position DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)::bigint
    AS balance
FROM (
    SELECT *, -amount AS moved FROM ledger_transfers
    WHERE debit = $1 AND asset = $2 AND kind IN ('transfer', 'part', 'post')
    UNION ALL
    SELECT *, amount FROM ledger_transfers
    WHERE credit = $1 AND asset = $2 AND kind IN ('transfer', 'part', 'post')
) AS entry
ORDER BY position DESC LIMIT $3 OFFSET $4
"""
_MOVES_OF = """
SELECT (SELECT count(*) FROM ledger_transfers
        WHERE debit = $1 AND asset = $2 AND kind IN ('transfer', 'part', 'post'))
    + (SELECT count(*) FROM ledger_transfers
        WHERE credit = $1 AND asset = $2 AND kind IN ('transfer', 'part', 'post'))
"""
_COUNTS = """
SELECT (SELECT count(*) FROM ledger_accounts) AS accounts, (SELECT count(*) FROM ledger_transfers) AS transfers,
    (SELECT count(*) FROM ledger_unsealed) AS unsealed
"""


Period: TypeAlias = "tuple[datetime | None, datetime | None]"
"""From an instant to before an instant; None is open."""

_BOOKED = {PRACTICE_USDC, ETHIK}
"""Assets whose books the migration has opened."""


class Answer(NamedTuple):
    """What ``ledger_post`` says of one move: ``refused`` is a key of ``REASONS``, ``refused_id`` the move to blame."""

    amount_minor: int | None
    repeated: bool | None
    refused: str | None
    refused_id: str | None


async def open_accounts(uow: UnitOfWork, accounts: Sequence[Account]) -> list[str]:
    """Open what is missing; the codes of those that exist under another rule."""
    columns = (
        [account.code for account in accounts],
        [account.asset.code for account in accounts],
        [account.rule for account in accounts],
    )
    assets = sorted({account.asset for account in accounts} - _BOOKED, key=lambda asset: asset.code)
    if assets:
        scales, books = [asset.scale for asset in assets], [asset.book for asset in assets]
        await uow.connection.execute(_OPEN_BOOKS, [asset.code for asset in assets], scales, books)
    await uow.connection.execute(_OPEN, *columns, uow.now)
    return [row["code"] for row in await uow.connection.fetch(_OTHER_RULES, *columns)]


async def post(uow: UnitOfWork, moves: Sequence[Line]) -> dict[int, Answer]:
    """The answers of ``ledger_post`` by the move's place, the first is 0; a move that is not there is simply posted."""
    rows = await uow.connection.fetch(_POST, *zip(*moves, strict=True), uow.now)
    return {row[0] - 1: Answer(*row[1:]) for row in map(tuple, rows)}


async def balances(connection: Connection, code: str) -> list[Balance]:
    """The balances of an account code, one an asset."""
    return [
        Balance(
            row["code"],
            asset_of(row["asset"]),
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


async def seal(uow: UnitOfWork, limit: int) -> int:
    """Chain at most ``limit`` committed transfers in one block; how many."""
    many: int = await uow.connection.fetchval(_SEAL, limit, uow.now)
    return many


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
            asset_of(row["asset"]),
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


async def wrong_reservations(connection: Connection, limit: int) -> list[str]:
    return [row["id"] for row in await connection.fetch(_WRONG_RESERVATIONS, limit)]


async def unchained(connection: Connection, limit: int) -> list[int]:
    return [row["position"] for row in await connection.fetch(_UNCHAINED, limit)]


async def counts(connection: Connection) -> tuple[int, int, int]:
    """Accounts, transfers, transfers not yet sealed."""
    row = await connection.fetchrow(_COUNTS)
    assert row is not None
    return row["accounts"], row["transfers"], row["unsealed"]


async def last_seal(connection: Connection) -> int:
    found: int = await connection.fetchval(_LAST_SEAL)
    return found


async def last_block(connection: Connection) -> Block | None:
    row = await connection.fetchrow(_LAST_BLOCK)
    return None if row is None else Block(**row)


async def edges(
    connection: Connection, code: str, asset: str, revision: int, period: Period, after: int
) -> tuple[int, int, int]:
    """The balance before the period, before the page that begins after position ``after``, and after the period."""
    row = await connection.fetchrow(_EDGES, code, asset, revision, *period, after)
    assert row is not None
    return row["opening"], row["before_page"], row["closing"]


async def entries(
    connection: Connection, code: str, asset: str, revision: int, period: Period, after: int, limit: int
) -> list[tuple[Row, int, int, int]]:
    """Rows with their seal, what they moved into the account and what they newly reserved to leave it."""
    found = []
    for record in await connection.fetch(_ENTRIES, code, asset, revision, *period, after, limit):
        fields = dict(record)
        seal, moved, held = fields.pop("seal"), fields.pop("moved"), fields.pop("held")
        found.append((Row(**fields), seal, moved, held))
    return found


async def balances_at(connection: Connection, code: str, revision: int) -> list[Balance]:
    return [
        Balance(
            code,
            asset_of(row["asset"]),
            row["debits_pending"],
            row["debits_posted"],
            row["credits_pending"],
            row["credits_posted"],
        )
        for row in await connection.fetch(_BALANCES_AT, code, revision)
    ]


async def sealed_sums(connection: Connection, revision: int) -> list[SealedSum]:
    return [SealedSum(**row) for row in await connection.fetch(_SEALED_SUMS, revision)]


async def blocks_ending(connection: Connection, first_seal: int, last_seal: int) -> list[Block]:
    return [Block(**row) for row in await connection.fetch(_BLOCKS_ENDING, first_seal, last_seal)]


async def add_proof(uow: UnitOfWork, day: date, document: str) -> None:
    """The first proof of a day stays."""
    await uow.connection.execute(_ADD_PROOF, day, document, uow.now)


async def proof_of_day(connection: Connection, day: date | None) -> str | None:
    """The signed proof of a day, for None the newest."""
    row = await (connection.fetchval(_LAST_PROOF) if day is None else connection.fetchval(_PROOF_OF_DAY, day))
    return None if row is None else str(row)


async def holding(connection: Connection, prefix: str, asset: str, least: int, after: str, limit: int) -> list[str]:
    return [row["code"] for row in await connection.fetch(_HOLDING, prefix, after, asset, least, limit)]


async def posted(connection: Connection, prefix: str, asset: str, after: str, limit: int) -> list[tuple[str, int]]:
    rows = await connection.fetch(_POSTED, prefix, after, asset, limit)
    return [(row["code"], row["posted"]) for row in rows]


async def recent(
    connection: Connection, code: str, asset: str, limit: int, offset: int
) -> tuple[list[tuple[Row, int, int]], int]:
    """What has moved an account, newest first, each with what it moved and came to; and how many there are."""
    found = []
    for record in await connection.fetch(_RECENT, code, asset, limit, offset):
        fields = dict(record)
        moved, balance = fields.pop("moved"), fields.pop("balance")
        found.append((Row(**fields), moved, int(balance)))
    return found, await connection.fetchval(_MOVES_OF, code, asset)
