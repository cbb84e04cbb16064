"""Taking in what a vault tells, at finality, and taking it back when its chain goes back behind that.

Everything is one transaction: the place up to which was followed moves together with the ledger. The chain is asked
before it begins; if another process was faster the transaction does nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from harmony.adapters.chains.errors import AnswerRefused
from harmony.adapters.chains.following import Back, Forward, Mark, look
from harmony.adapters.chains.model import Log
from harmony.adapters.db.pool import Database
from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.commons.journal.service import append
from harmony.kernel.errors import Refusal
from harmony.kernel.money import Amount, Asset, decimal
from harmony.messages.message import Message
from harmony.messages.settlement import (
    ChainWentBack,
    ShadowDebtArose,
    ShadowDeposited,
    ShadowDepositUndone,
    ShadowSettled,
    VaultEpochPublished,
)
from harmony.settlement.balances import contract as vault
from harmony.settlement.balances.model import account
from harmony.settlement.balances.store import chains as store
from harmony.settlement.balances.vaults import Claim, Epoch, Leaving, Plan, Taken, Vault, debt, holding
from harmony.settlement.ledger import service as ledger
from harmony.settlement.ledger.model import Pending, Post, Transfer

ROUNDS_LIMIT = 50


async def follow(database: Database, served: Vault) -> int:
    """Take in all that is final; how many steps it took. Raises what the chain's door raises."""
    for taken in range(ROUNDS_LIMIT):
        if not await step(database, served):
            return taken
    return ROUNDS_LIMIT


async def step(database: Database, served: Vault) -> bool:
    """Take in the next range of blocks, or go back; whether there was anything to do."""
    async with database.reading() as connection:
        marks = await store.marks(connection, served.name)
    if not marks:
        await _begin(database, served)
        return True
    seen = await look(served.chain, served.address, marks)
    if seen is None:
        return False
    try:
        async with database.begin() as uow:
            if not await store.lock(uow, served.name, marks[0]):
                return True
            if isinstance(seen, Forward):
                await _take_in(uow, served, seen, marks[0])
            else:
                await _go_back(uow, served, seen)
    except Gap:
        await read_again(database, served)
        raise
    return True


class Gap(AnswerRefused):
    """Something was kept back by an endpoint, now or before: what came since the last epoch is read again."""


async def read_again(database: Database, served: Vault) -> None:
    """Follow from where ledger and vault last agreed; what has been taken in stays and counts once."""
    async with database.begin() as uow:
        marks = await store.marks(uow.connection, served.name)
        if await store.lock(uow, served.name, marks[0]):
            await store.go_back(uow, served.name, await store.agreed(uow.connection, served.name))


async def _begin(database: Database, served: Vault) -> None:
    first = await served.chain.block(served.began)
    if first is None:
        raise AnswerRefused("the chain is shorter than where the vault begins")
    async with database.begin() as uow:
        await store.begin(uow, served.name, Mark(first.number, first.hash))


async def plan_for(connection: Connection, served: Vault, owners: Iterable[str]) -> Plan:
    """A plan that knows what is free on the accounts of ``owners``, which are principals and addresses."""
    free: dict[str, int] = {}
    for owner in sorted(set(owners)):
        for code in (account(owner), holding(owner), debt(owner)):
            free[code] = await _free(connection, code, served.asset)
    return Plan(served.asset, served.source, free)


async def post(uow: UnitOfWork, plan: Plan) -> None:
    """Post all of a plan; raises what the ledger refuses, and then nothing of the transaction counts."""
    if not plan.orders:
        return
    await ledger.open_accounts(uow, [plan.accounts[code] for code in sorted(plan.accounts)])
    for outcome in await ledger.post_orders(uow, plan.chains(uow.actor, uow.trace)):
        if isinstance(outcome, Refusal):
            raise outcome


async def _take_in(uow: UnitOfWork, served: Vault, seen: Forward, after: Mark) -> None:
    known = await store.known(uow.connection, served.name, after.number)
    fresh = [log for log in seen.logs if (log.block_hash, log.tx_hash, log.index) not in known]
    told = [(log, event) for log in fresh if (event := vault.read(log)) is not None]
    await _require_no_gap(uow.connection, served.name, [event for _, event in told])
    taken = [(await store.add_log(uow, served.name, log, event), event) for log, event in told]
    owners = {event.account for _, event in told if event.account is not None}
    bound = {address: await store.principal_of(uow.connection, served.name, address) for address in owners}
    plan = await plan_for(uow.connection, served, [*owners, *(one for one in bound.values() if one is not None)])
    facts: list[Message] = []
    for row, event in taken:
        if event.kind == "deposited":
            facts += await _deposited(uow, served, plan, row)
        elif event.kind == "published":
            facts += await _published(uow, served, plan, row, event.root, seen.logs)
        elif row.account is not None:
            # Taken out by the holder; what was spent here meanwhile was spent twice.
            owner = bound[row.account] or row.account
            before = plan.free.get(debt(owner), 0)
            sources = [account(owner), holding(row.account)]
            plan.take_back(_name(row), sources, owner, row.amount, "shadow.exit", row.tx_hash)
            facts += _arisen(served, plan, owner, before)
    await post(uow, plan)
    await store.go_on(uow, served.name, seen.mark)
    await _tell(uow, facts)


async def _require_no_gap(connection: Connection, chain: str, events: Sequence[vault.Event]) -> None:
    """Deposits and epochs are numbered without a gap: an endpoint that keeps one back, or doubles one, is found."""
    for kind in ("deposited", "published"):
        last = await store.last_number(connection, chain, kind)
        numbers = [event.number for event in events if event.kind == kind]
        if numbers != list(range(last + 1, last + 1 + len(numbers))):
            raise Gap(f"the vault's logs have a gap: {kind} {numbers} after {last}")


async def _deposited(uow: UnitOfWork, served: Vault, plan: Plan, row: Taken) -> list[Message]:
    """Into the wallet's account; a deposit that was claimed before its chain went back is claimed again."""
    assert row.account is not None, "by its kind"
    code = holding(row.account)
    plan.move(f"{_name(row)}:in", served.source, code, row.amount, "shadow.arrival", row.tx_hash)
    earlier = await store.claim_of(uow, served.name, row.tx_hash, row.account)
    if earlier is None or earlier.undone_at is None:
        return []
    together = await store.deposits_of(uow, served.name, row.tx_hash, row.account)
    if sum(one.amount for one in together) != earlier.amount.minor:
        return []
    await store.set_undone(uow, earlier.id, undone=False)
    await store.claim_logs(uow, served.name, row.tx_hash, row.account, earlier.id)
    return give(plan, earlier, _name(row))


def give(plan: Plan, claim: Claim, name: str) -> list[Message]:
    """Move a claimed deposit to its principal; what is told of it."""
    code = account(claim.principal)
    plan.free.setdefault(code, 0)
    plan.move(
        f"{name}:claimed", holding(claim.payer), code, claim.amount.minor, "shadow.deposit", f"deposit {claim.id}"
    )
    plan.repay(name, code, claim.principal, f"deposit {claim.id}")
    return [ShadowDeposited(claim.id, claim.principal, decimal(claim.amount), claim.amount.asset.code)]


async def _published(
    uow: UnitOfWork, served: Vault, plan: Plan, row: Taken, root: bytes | None, logs: Sequence[Log]
) -> list[Message]:
    """An epoch is final: whoever it pays has been paid, or the contract keeps it for them.

    One that had failed may be carried out after all when its chain went back; what was not held any more is then owed.
    """
    sent = await store.epoch_of_transaction(uow, served.name, row.tx_hash)
    if sent is None or (sent.root, sent.paid) != (root, row.amount):
        raise AnswerRefused(f"epoch {row.number} is none that was sent from here")
    epoch: Epoch = replace(sent, status="published", published_at=uow.now, tx_hash=row.tx_hash, number=row.number)
    refused = {vault.kept(log) for log in logs if log.tx_hash == row.tx_hash}
    kept = sorted(address for address in refused if address is not None)
    facts: list[Message] = []
    held = []
    for one in await store.of_epoch(uow, served.name, epoch.id):
        code = plan.open(account(one.wallet))
        plan.open(served.source)
        if one.status == "pending_settlement":
            held.append(one.id)
            plan.orders.append((Post(one.ended, one.hold, "shadow.settlement", reference=one.id),))
            facts.append(ShadowSettled(one.id, one.wallet, epoch.id, decimal(one.amount), served.asset.code))
        else:
            before = plan.free.get(debt(one.wallet), 0)
            name = f"{_name(row)}:{one.id}"
            plan.take_back(name, [code], one.wallet, one.amount.minor, "shadow.settlement", one.id)
            facts += _arisen(served, plan, one.wallet, before)
    await store.set_paid(uow, epoch.id, row.tx_hash, kept, held)
    await store.set_epoch(uow, epoch)
    await store.end_sending(uow, epoch.sending_id, "done")
    await store.forget_documents(uow, served.name, epoch.number)
    total = decimal(Amount(epoch.total, served.asset))
    return [*facts, VaultEpochPublished(served.name, epoch.number, epoch.root.hex(), total, row.tx_hash)]


async def _go_back(uow: UnitOfWork, served: Vault, seen: Back) -> None:
    """Undo, newest first, what was taken in after the mark; what cannot be taken back becomes a debt by name."""
    undone = await store.logs_after(uow.connection, served.name, seen.mark.number)
    owners = {row.account for row in undone if row.account is not None}
    bound = {address: await store.principal_of(uow.connection, served.name, address) for address in owners}
    plan = await plan_for(uow.connection, served, [*owners, *(one for one in bound.values() if one is not None)])
    facts: list[Message] = [ChainWentBack(served.name, seen.mark.number, len(undone))]
    for row in undone:
        if row.kind == "published":
            await _unpublished(uow, served, plan, row)
        elif row.account is not None:
            facts += await _undone(uow, served, plan, row, bound[row.account])
    await store.undo_logs(uow, served.name, seen.mark.number)
    await post(uow, plan)
    await store.go_back(uow, served.name, seen.mark)
    await _tell(uow, facts)


async def _undone(uow: UnitOfWork, served: Vault, plan: Plan, row: Taken, principal: str | None) -> list[Message]:
    assert row.account is not None, "by its kind"
    name = f"{_name(row)}:undone"
    if row.kind != "deposited":
        owner = principal or row.account
        code = account(owner) if principal else holding(row.account)
        plan.move(f"{name}:back", served.source, code, row.amount, "shadow.exit_undone", row.tx_hash)
        plan.repay(name, code, owner, row.tx_hash)
        return []
    claim = None
    if row.deposit_id is not None:
        claim = await store.claim_of(uow, served.name, row.tx_hash, row.account)
    if claim is None:
        plan.take_back(name, [holding(row.account)], row.account, row.amount, "shadow.arrival_undone", row.tx_hash)
        return []
    before = plan.free.get(debt(claim.principal), 0)
    sources = [account(claim.principal), holding(row.account)]
    plan.take_back(name, sources, claim.principal, row.amount, "shadow.deposit_undone", row.tx_hash)
    arisen = _arisen(served, plan, claim.principal, before)
    if claim.undone_at is not None:
        return arisen
    await store.set_undone(uow, claim.id, undone=True)
    told = ShadowDepositUndone(claim.id, claim.principal, decimal(claim.amount), served.asset.code)
    return [told, *arisen]


async def _unpublished(uow: UnitOfWork, served: Vault, plan: Plan, row: Taken) -> None:
    """What an epoch paid is in the vault again: it is held anew, and the transaction is sent again."""
    epoch = await store.published_epoch(uow, served.name, row.number)
    if epoch is None:
        raise AnswerRefused(f"epoch {row.number} is none that was published from here")
    for one in await store.of_epoch(uow, served.name, epoch.id):
        if (one.status, one.epoch_id) != ("confirmed", epoch.id):
            code, name = account(one.wallet), f"{_name(row)}:{one.id}:undone"
            plan.move(name, served.source, code, one.amount.minor, "shadow.settlement_undone", one.id)
            plan.repay(name, code, one.wallet, one.id)
            continue
        again = replace(one, holds=one.holds + 1)
        code, source = plan.open(account(one.wallet)), plan.open(served.source)
        back = Transfer(one.undone, source, code, one.amount, "shadow.settlement_undone", one.id)
        plan.orders.append((back, Pending(again.hold, code, source, one.amount, "shadow.withdrawal", one.id)))
    await store.set_unpaid(uow, epoch.id)
    await store.set_epoch(uow, replace(epoch, status="sent", published_at=None, tx_hash=None))
    await store.end_sending(uow, epoch.sending_id, "open")


def ended(one: Leaving) -> str:
    """The id under which a hold is given up instead of paid."""
    return f"{one.hold}:void"


def _arisen(served: Vault, plan: Plan, owner: str, before: int) -> list[Message]:
    arisen = before - plan.free.get(debt(owner), 0)
    return [ShadowDebtArose(owner, decimal(Amount(arisen, served.asset)), served.asset.code)] if arisen > 0 else []


async def _tell(uow: UnitOfWork, facts: Sequence[Message]) -> None:
    for fact in facts:
        subject = fact.chain if isinstance(fact, ChainWentBack | VaultEpochPublished) else getattr(fact, "wallet", "")
        await append(uow, fact, subject=str(subject))


async def _free(connection: Connection, code: str, asset: Asset) -> int:
    found = await ledger.balances(connection, code)
    return next((one.available.minor for one in found if one.asset == asset), 0)


def _name(row: Taken) -> str:
    return f"vault-log:{row.id}"
