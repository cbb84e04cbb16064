"""Looking back: balances as of a revision, statements, exports, signed proofs.

A revision is a seal: the place of a transfer in the chain. What is said of a revision never changes.
"""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import AsyncIterator
from datetime import date, datetime
from typing import Literal

from harmony.adapters.db.pool import Database
from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.commons.journal.service import append
from harmony.kernel.money import Amount, Asset
from harmony.messages.settlement import LedgerProofSigned
from harmony.settlement.ledger import signed, store
from harmony.settlement.ledger.errors import PeriodInvalid, ProofUnknown, RevisionUnknown
from harmony.settlement.ledger.model import EXPORT_CHUNK_TRANSFERS, Balance, Entry, Statement
from harmony.settlement.ledger.ports import ProofSigner

Format = Literal["jsonl", "csv"]


async def revision(connection: Connection, asked: int | None) -> int:
    """The asked revision, the last sealed one for None; raises ``RevisionUnknown``."""
    last = await store.last_seal(connection)
    if asked is not None and not 0 <= asked <= last:
        raise RevisionUnknown(f"the last sealed revision is {last}", field="revision", details={"revision": last})
    return last if asked is None else asked


async def balances_at(connection: Connection, code: str, asked: int) -> list[Balance]:
    """What stood on an account code when ``asked`` was the last sealed revision, one balance an asset."""
    return await store.balances_at(connection, code, await revision(connection, asked))


async def statement(
    connection: Connection,
    code: str,
    asset: Asset,
    *,
    asked: int | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    after: int = 0,
    limit: int,
) -> Statement:
    """At most ``limit`` entries posted from ``since`` to before ``until``, after the position ``after``.

    Raises ``RevisionUnknown``, ``PeriodInvalid``. Reads one snapshot: ``connection`` is one of ``Database.reading``.
    """
    if since is not None and until is not None and since >= until:
        raise PeriodInvalid("the period ends before it begins", field="until")
    as_of = await revision(connection, asked)
    where = (connection, code, asset.code, as_of, (since, until), after)
    opening, before_page, closing = await store.edges(*where)
    rows = await store.entries(*where, limit + 1)
    found = []
    balance = before_page
    for row, seal, moved, held in rows[:limit]:
        balance += moved
        found.append(Entry(row, seal, moved, held, balance))
    return Statement(
        code=code,
        asset=asset,
        revision=as_of,
        opening=Amount(opening, asset),
        closing=Amount(closing, asset),
        entries=tuple(found),
        following=found[-1].row.position if len(rows) > limit else None,
    )


async def export(database: Database, form: Format, first: int, last: int) -> AsyncIterator[str]:
    """The sealed transfers from seal ``first`` to ``last`` as text, a chunk at a time.

    JSON lines hold the blocks too, and at the end the newest signed proof: ``signed.verify`` needs nothing else.
    Each chunk is read by itself: what is sealed never changes, and no snapshot is kept open for a slow reader.
    """
    if form == "csv":
        yield _csv([list(signed.CSV_COLUMNS)])
    for start in range(first, last + 1, EXPORT_CHUNK_TRANSFERS):
        end = min(start + EXPORT_CHUNK_TRANSFERS - 1, last)
        async with database.reading() as connection:
            sealed = await store.sealed(connection, start, end)
            blocks = {block.last_seal: block for block in await store.blocks_ending(connection, start, end)}
        rows = [(seal.seal, seal.block, row) for seal, row in sealed if row is not None]
        if form == "csv":
            yield _csv([signed.csv_cells(*one) for one in rows])
            continue
        lines = itertools.chain.from_iterable(
            [signed.line_of_transfer(*one), *([signed.line_of_block(blocks[one[0]])] if one[0] in blocks else [])]
            for one in rows
        )
        yield "".join(line + "\n" for line in lines)
    if form == "jsonl":
        async with database.reading() as connection:
            newest = await store.proof_of_day(connection, None)
        if newest is not None:
            yield newest + "\n"


async def sign_day(uow: UnitOfWork, signer: ProofSigner) -> bool:
    """Sign what is sealed as the proof of today; False when today has one."""
    day = uow.now.date()
    if await store.proof_of_day(uow.connection, day) is not None:
        return False
    last = await store.last_block(uow.connection)
    sums = await store.sealed_sums(uow.connection, last.last_seal if last else 0)
    content = signed.statement_of_day(day, uow.now, last, sums)
    signature = signer.sign(signed.PREFIX + signed.canonical(content))
    await store.add_proof(uow, day, signed.document(content, signer.public_key, signature))
    key = signer.public_key.hex()
    await append(uow, LedgerProofSigned(day.isoformat(), content["last_seal"], content["last_hash"], key), subject=key)
    return True


async def proof_of_day(connection: Connection, day: date | None) -> str:
    """The signed proof of a day, the newest for None; raises ``ProofUnknown``."""
    found = await store.proof_of_day(connection, day)
    if found is None:
        raise ProofUnknown("there is no signed proof of this day", field="day")
    return found


def _csv(rows: list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)  # RFC 4180
    return text.getvalue()
