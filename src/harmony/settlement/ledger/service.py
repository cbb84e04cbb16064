"""The verbs of the ledger: open accounts, post, distribute, grant, look, prove."""

from __future__ import annotations

from collections.abc import Sequence

from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.commons.identity.service import find_principal
from harmony.commons.journal.service import append
from harmony.kernel.errors import Refusal
from harmony.kernel.money import PRACTICE_USDC, Amount, Asset, decimal
from harmony.messages.settlement import PracticeMoneyGranted
from harmony.settlement.ledger import store
from harmony.settlement.ledger.errors import REASONS, AccountDiffers, TransferInvalid
from harmony.settlement.ledger.model import (
    FAULTS_LIMIT,
    Account,
    Balance,
    Block,
    Fault,
    Line,
    Move,
    Order,
    Posted,
    Proof,
    Row,
    Transfer,
    available,
    check,
    check_block,
    issuer,
    lines,
)

GRANT_LIMIT = Amount(1_000_000_000_000, PRACTICE_USDC)
"""One grant gives at most 1,000,000 practice USDC."""
PROOF_CHUNK_BLOCKS = 20


async def open_accounts(uow: UnitOfWork, accounts: Sequence[Account]) -> None:
    """Make sure that ``accounts`` exist; raises ``AccountDiffers`` when one has another rule.

    Open all accounts of a transaction in one call and before posting: that keeps the one order of locks.
    """
    different = await store.open_accounts(uow, accounts)
    if different:
        raise AccountDiffers(f"the account {different[0]} has another rule", details={"accounts": different})


async def post(uow: UnitOfWork, moves: Sequence[Move]) -> list[Posted]:
    """Post a linked chain, in order, in the caller's transaction: all of it or nothing.

    A move whose id has been posted with the same content has no effect and the same answer. A refusal (``REASONS``)
    names the move and leaves the transaction usable. Post once a transaction: two batches may wait for each other.
    """
    [outcome] = await post_orders(uow, [Order(tuple(moves), uow.actor, uow.trace)])
    if isinstance(outcome, Refusal):
        raise outcome
    return outcome


async def post_orders(uow: UnitOfWork, orders: Sequence[Order]) -> list[list[Posted] | Refusal]:
    """Post many chains in one call; each has its own answer, and one that is refused fails only itself.

    Raises ``TransferInvalid`` for the whole call where ``check`` does: ask it for each order first.
    """
    for order in orders:
        check(order.moves)
    asked = lines(orders)
    answers = await store.post(uow, asked)
    outcomes: list[list[Posted] | Refusal] = []
    first = 0
    for order in orders:
        places = range(first, first + len(order.moves))
        outcomes.append(_outcome([(asked[place], answers.get(place)) for place in places]))
        first = places.stop
    return outcomes


def _outcome(answered: Sequence[tuple[Line, store.Answer | None]]) -> list[Posted] | Refusal:
    posted = []
    for line, answer in answered:
        if answer is None:
            posted.append(Posted(line.id, line.amount or 0, False))
        elif answer.refused is not None:
            words = f"the transfer {answer.refused_id} was refused: {answer.refused.replace('_', ' ')}"
            return REASONS[answer.refused](words, details={"transfer_id": answer.refused_id})
        else:
            posted.append(Posted(line.id, answer.amount_minor or 0, bool(answer.repeated)))
    return posted


async def distribute(
    uow: UnitOfWork, client_id: str, source: Account, parts: Sequence[tuple[Account, Amount]], *, purpose: str
) -> list[Posted]:
    """Give ``parts`` from ``source``, all or none, once per ``client_id``; parts of zero are left out.

    The number of parts belongs to the content: repeating with other parts raises ``TransferIdReused``.
    """
    if any(account.asset != amount.asset or amount.asset != source.asset for account, amount in parts):
        raise TransferInvalid("one distribution has one asset", field="parts")
    await open_accounts(uow, [source, *(account for account, _ in parts)])
    moves = [
        Transfer(f"{client_id}:{number}", source.code, account.code, amount, purpose, f"part of {len(parts)}")
        for number, (account, amount) in enumerate(parts, start=1)
        if amount.minor != 0
    ]
    return await post(uow, moves)


async def grant(uow: UnitOfWork, principal_id: str, amount: Amount) -> Posted:
    """Give practice money to a principal; raises ``PrincipalUnknown``, ``TransferInvalid`` beyond ``GRANT_LIMIT``."""
    await find_principal(uow.connection, principal_id)
    if amount.asset != PRACTICE_USDC or not 0 < amount.minor <= GRANT_LIMIT.minor:
        raise TransferInvalid(f"a grant is above zero and at most {decimal(GRANT_LIMIT)}", field="amount_usdc")
    source = Account(issuer(PRACTICE_USDC), PRACTICE_USDC, "unlimited")
    target = Account(available(principal_id), PRACTICE_USDC)
    await open_accounts(uow, [source, target])
    move = Transfer(uow.ids.new("grant"), source.code, target.code, amount, "practice.grant", principal_id)
    [posted] = await post(uow, [move])
    message = PracticeMoneyGranted(posted.id, principal_id, decimal(amount), amount.asset.code)
    await append(uow, message, subject=principal_id)
    return posted


async def balances(connection: Connection, code: str) -> list[Balance]:
    """What stands on an account code, one balance an asset; none when it was never opened."""
    return await store.balances(connection, code)


async def holding(connection: Connection, prefix: str, least: Amount, after: str, limit: int) -> list[str]:
    """Account codes in order after ``after`` that begin with ``prefix`` and may spend at least ``least``."""
    return await store.holding(connection, prefix, least.asset.code, least.minor, after, limit)


async def posted(connection: Connection, prefix: str, asset: Asset, after: str, limit: int) -> list[tuple[str, int]]:
    """Accounts in order after ``after`` that begin with ``prefix``, with what is on them, reserved or not."""
    return await store.posted(connection, prefix, asset.code, after, limit)


async def recent(
    connection: Connection, code: str, asset: Asset, limit: int, offset: int
) -> tuple[list[tuple[Row, int, int]], int]:
    """What has moved an account, newest first, each with what it moved into it and came to; and how many there are."""
    return await store.recent(connection, code, asset.code, limit, offset)


async def prove(connection: Connection) -> Proof:
    """Recompute everything from the rows: debits and credits, every balance, the whole chain.

    Reads one snapshot, so ``connection`` is one of ``Database.reading``. Names at most ``FAULTS_LIMIT`` faults.
    """
    totals = await store.totals(connection)
    faults = [
        Fault("totals", total.asset.code, "debits and credits differ over all accounts")
        for total in totals
        if not total.balanced
    ]
    for account in await store.wrong_balances(connection, FAULTS_LIMIT):
        faults.append(Fault("balance", account, "the running balance is not the sum of its transfers"))
    for pending_id in await store.wrong_reservations(connection, FAULTS_LIMIT):
        faults.append(Fault("reservation", f"transfer {pending_id}", "what is left is not what its transfers leave"))
    for position in await store.unchained(connection, FAULTS_LIMIT):
        faults.append(Fault("unsealed", f"position {position}", "neither sealed nor waiting to be, or gone unsealed"))
    last, chain_faults = await _walk_chain(connection)
    faults = (faults + chain_faults)[:FAULTS_LIMIT]
    accounts, transfers, unsealed = await store.counts(connection)
    return Proof(
        ok=not faults,
        faults=tuple(faults),
        totals=tuple(totals),
        accounts=accounts,
        transfers=transfers,
        unsealed=unsealed,
        last_seal=last.last_seal if last else 0,
        last_hash=last.hash.hex() if last else "",
    )


async def _walk_chain(connection: Connection) -> tuple[Block | None, list[Fault]]:
    faults: list[Fault] = []
    before: Block | None = None
    while blocks := await store.blocks(connection, before.number if before else 0, PROOF_CHUNK_BLOCKS):
        for block in blocks:
            sealed = await store.sealed(connection, block.first_seal, block.last_seal)
            faults += check_block(before, block, sealed)
            before = block
        if len(faults) >= FAULTS_LIMIT:
            break
    for seal in await store.stray_seals(connection, FAULTS_LIMIT):
        faults.append(Fault("chain", f"seal {seal}", "belongs to no block"))
    return before, faults
