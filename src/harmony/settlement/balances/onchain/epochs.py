"""Epochs: who is owed what, as one root on the chain, and those who withdraw paid in the same transaction.

Intent, act, result: ``begin`` writes epoch, call and signed transaction down in one transaction and sends nothing;
``send`` hands what is written to the chain, any number of times, and replaces what is stuck; ``follow`` sees the
result. A kill between any two of them leaves something that the next round goes on with.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import structlog

from harmony.adapters.chains.errors import FeeTooHigh, TransactionRefused
from harmony.adapters.chains.model import Fees, Receipt, Unsigned, replacement
from harmony.adapters.chains.ports import LOGS_LIMIT_BLOCKS
from harmony.adapters.db.pool import Database
from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.settlement.balances import contract as vault
from harmony.settlement.balances.errors import EpochUncovered
from harmony.settlement.balances.model import ACCOUNT_PREFIX, account
from harmony.settlement.balances.onchain.follow import ended, follow, plan_for, post, read_again
from harmony.settlement.balances.reserve import Leaf, Tree, account_of_address
from harmony.settlement.balances.store import chains as store
from harmony.settlement.balances.vaults import (
    ATTEMPTS_LIMIT,
    EPOCH_SECONDS,
    LEAVES_LIMIT,
    STUCK_SECONDS,
    Epoch,
    Leaving,
    Sending,
    Vault,
    debt,
    holding,
)
from harmony.settlement.ledger import service as ledger
from harmony.settlement.ledger.model import Void

NO_LEAVES = bytes(32)

log = structlog.get_logger("epochs")


async def advance(database: Database, served: Vault) -> None:
    """One round: take in what is final, send what waits, begin the next epoch when it is time."""
    await follow(database, served)
    await send(database, served)
    if await begin(database, served):
        await send(database, served)


async def standing(served: Vault) -> vault.Standing:
    """The vault at the head of its chain."""
    epoch = await served.chain.call(served.address, vault.EPOCH)
    reserve = await served.chain.call(served.address, vault.RESERVE)
    return vault.standing(epoch, reserve, await served.chain.call(served.address, vault.CLOSED))


async def begin(database: Database, served: Vault) -> bool:
    """Write the next epoch down, signed and not sent, if there is one to publish; whether there was."""
    async with database.reading() as connection:
        if await store.open_sendings(connection, served.name):
            return False
        waiting = await store.any_waiting(connection, served.name)
    now = await standing(served)
    head = await served.chain.head()
    age = head.timestamp - now.published_at
    if now.closed or age < vault.LEAST_SPAN_SECONDS or (not waiting and age < EPOCH_SECONDS):
        return False
    fees, nonce = await served.chain.fees(), await served.chain.nonce(served.operator.address)
    async with database.begin() as uow:
        prepared = await _prepare(uow, served, now, fees, nonce)
    if prepared is None:
        await _explain(database, served)
    return bool(prepared)


async def _explain(database: Database, served: Vault) -> None:
    """The vault computes otherwise than the ledger. If nothing that is not final yet explains it, something was kept
    back by an endpoint, and is read again."""
    async with database.reading() as connection:
        [newest, *_] = await store.marks(connection, served.name)
    first = newest.number + 1
    last = min((await served.chain.head()).number, newest.number + LOGS_LIMIT_BLOCKS)
    coming = await served.chain.logs(served.address, first, last) if first <= last else []
    if not any(vault.read(log) is not None for log in coming):
        await read_again(database, served)


async def _prepare(uow: UnitOfWork, served: Vault, now: vault.Standing, fees: Fees, nonce: int) -> bool | None:
    """Whether an epoch was written down; None where ledger and vault do not agree."""
    marks = await store.marks(uow.connection, served.name)
    if not marks or not await store.lock(uow, served.name, marks[0]):
        return False
    if await store.open_sendings(uow.connection, served.name):
        return False  # another process was faster
    leaving = await _payable(uow, served, await store.waiting(uow, served.name, vault.PAYMENTS_LIMIT))
    payments = netted(leaving)
    leaves = await _leaves(uow.connection, served, leaving)
    tree = (
        Tree([Leaf(account_of_address(bytes.fromhex(code[2:])), minor) for code, minor in leaves]) if leaves else None
    )
    total, paid = (tree.total if tree else 0), sum(amount for _, amount in payments)
    included = await store.last_number(uow.connection, served.name, "deposited")
    covered = await store.covered(uow.connection, served.name, now.included, included)
    if included < now.included or total + paid != now.outstanding + covered:
        # Something is on the chain that is not final yet; the contract would refuse.
        log.info("the epoch waits for the chain", chain=served.name, owed=total + paid, there=now.outstanding + covered)
        return None
    if now.held < now.liabilities:
        raise EpochUncovered("the vault holds less than it owes", details={"chain": served.name})
    root = tree.root if tree else NO_LEAVES
    epoch_id, sending_id = uow.ids.new("epoch"), uow.ids.new("sending")
    data = vault.publish(root, total, included, payments)
    number = max(nonce, await store.next_nonce(uow.connection, served.name, served.operator.address))
    gas = vault.GAS_OF_EPOCH + vault.GAS_OF_PAYMENT * len(payments)
    wanted = Unsigned(served.chain.settings.chain_id, number, served.address, data, gas, fees)
    await store.add_sending(uow, sending_id, served.name, served.operator.address, wanted)
    await store.add_signed(uow, sending_id, served.name, served.operator.sign(wanted), fees)
    epoch = Epoch(epoch_id, served.name, now.number + 1, root, total, included, paid, "sent", sending_id, uow.now)
    await store.add_epoch(uow, epoch, document(served, epoch, leaves))
    await store.put_into_epoch(uow, epoch_id, [one.id for one in leaving])
    return True


async def _payable(uow: UnitOfWork, served: Vault, waiting: Sequence[Leaving]) -> list[Leaving]:
    """Those whose owners owe nothing; the others' money is freed and pays the debt first."""
    plan = await plan_for(uow.connection, served, [one.wallet for one in waiting])
    payable, cancelled = [], []
    for one in waiting:
        if plan.free.get(debt(one.wallet), 0) >= 0:
            payable.append(one)
            continue
        cancelled.append(one.id)
        code = plan.open(account(one.wallet))
        plan.orders.append((Void(ended(one), one.hold, "shadow.withdrawal_cancelled", one.id),))
        plan.free[code] = plan.free.get(code, 0) + one.amount.minor
        plan.repay(f"{one.hold}:debt", code, one.wallet, one.id)
    await store.cancel(uow, cancelled)
    await post(uow, plan)
    return payable


def netted(leaving: Sequence[Leaving]) -> list[tuple[str, int]]:
    """What each wallet is paid in all, in order of address."""
    sums: dict[str, int] = {}
    for one in leaving:
        sums[one.destination] = sums.get(one.destination, 0) + one.amount.minor
    return sorted(sums.items())


async def _leaves(connection: Connection, served: Vault, leaving: Sequence[Leaving]) -> list[tuple[str, int]]:
    """Address and minor units of everybody who holds something once ``leaving`` are paid, in order of address.

    What is on no wallet's account, such as what metered calls have earned, is the operator's, less what is owed to the
    vault. Raises ``EpochUncovered`` when that is below zero.
    """
    found = await ledger.posted(connection, "", served.asset, "", LEAVES_LIMIT + 1)
    if len(found) > LEAVES_LIMIT:
        raise EpochUncovered(f"an epoch has at most {LEAVES_LIMIT} accounts", details={"chain": served.name})
    wallets = await store.wallets(connection, served.name)
    out: dict[str, int] = {}
    for one in leaving:
        out[account(one.wallet)] = out.get(account(one.wallet), 0) + one.amount.minor
    sums: dict[str, int] = {}
    for code, minor in found:
        if code != served.source:
            address = _address_of(code, wallets) or served.operator.address
            sums[address] = sums.get(address, 0) + minor - out.get(code, 0)
    if any(minor < 0 for minor in sums.values()):
        raise EpochUncovered("debts are larger than what the operator has earned", details={"chain": served.name})
    return sorted((address, minor) for address, minor in sums.items() if minor)


def _address_of(code: str, wallets: dict[str, str]) -> str | None:
    if code.startswith(ACCOUNT_PREFIX):
        return wallets.get(code.removeprefix(ACCOUNT_PREFIX))
    return code.removeprefix(holding("")) if code.startswith(holding("")) else None


def document(served: Vault, epoch: Epoch, leaves: Sequence[tuple[str, int]]) -> str:
    """The epoch's data as ``contracts/exit/exit.py`` reads it: a line each, addresses and amounts and nothing else."""
    head = {"vault": served.address, "epoch": epoch.number, "chain": served.name, "root": f"0x{epoch.root.hex()}"}
    lines = [head, *({"account": address, "amount": str(minor)} for address, minor in leaves)]
    return "".join(json.dumps(line) + "\n" for line in lines)


async def send(database: Database, served: Vault) -> None:
    """Hand every open sending to the chain, replace what is stuck, end what the chain has refused for good."""
    await _use_up(database, served)
    async with database.reading() as connection:
        waiting = await store.open_sendings(connection, served.name)
    for sending in waiting:
        receipt = await _receipt(served, sending)
        if receipt is None:
            await _hand_over(database, served, sending)
        elif not await _final(served, receipt):
            continue
        elif receipt.succeeded and receipt.logs:
            await read_again(database, served)  # its log should have been taken in by now
        else:
            await _fail(database, sending)


async def _use_up(database: Database, served: Vault) -> None:
    """A number whose transaction the chain had refused, and is free again since the chain went back, is used up by a
    transaction that does nothing: else everything after it would wait for ever."""
    async with database.reading() as connection:
        waiting = await store.open_sendings(connection, served.name)
        if not waiting:
            return
        last = waiting[-1].nonce
    first = await served.chain.nonce(served.operator.address)
    async with database.reading() as connection:
        freed = await store.freed(connection, served.name, first, last)
    for sending in freed:
        fees = replacement(sending.attempts[-1][1], await served.chain.fees())
        nothing = Unsigned(
            served.chain.settings.chain_id, sending.nonce, served.operator.address, b"", vault.GAS_OF_NOTHING, fees
        )
        async with database.begin() as uow:
            if await store.lock_sending(uow, sending.id) == "refused":
                await store.empty(uow, sending.id, vault.GAS_OF_NOTHING)
                await store.add_signed(uow, sending.id, served.name, served.operator.sign(nothing), fees)


async def _receipt(served: Vault, sending: Sending) -> Receipt | None:
    for signed, _, _ in reversed(sending.attempts):
        found = await served.chain.receipt(signed.hash)
        if found is not None:
            return found
    return None


async def _hand_over(database: Database, served: Vault, sending: Sending) -> None:
    signed, fees, at = sending.attempts[-1]
    if _stuck(at, database.clock.now()) and len(sending.attempts) < ATTEMPTS_LIMIT:
        try:
            fees = replacement(fees, await served.chain.fees())
        except FeeTooHigh as refusal:
            log.warning("a transaction is stuck and not replaced", chain=served.name, reason=refusal.message)
        else:
            wanted = Unsigned(
                served.chain.settings.chain_id, sending.nonce, sending.receiver, sending.data, sending.gas, fees
            )
            signed = served.operator.sign(wanted)
            async with database.begin() as uow:
                if await store.lock_sending(uow, sending.id) != "open":
                    return
                await store.add_signed(uow, sending.id, served.name, signed, fees)
    try:
        await served.chain.broadcast(signed)
    except TransactionRefused as refusal:
        # Another attempt of the same nonce may wait there already; if none does, this is replaced when it is stuck.
        log.warning("the chain does not take a transaction", chain=served.name, reason=refusal.message)


def _stuck(at: datetime, now: datetime) -> bool:
    return (now - at).total_seconds() >= STUCK_SECONDS


async def _final(served: Vault, receipt: Receipt) -> bool:
    at = await served.chain.block(receipt.block_number)
    deep = (await served.chain.head()).number - receipt.block_number >= served.chain.settings.finality_blocks
    return deep and at is not None and at.hash == receipt.block_hash


async def _fail(database: Database, sending: Sending) -> None:
    """The contract has refused the epoch: somebody left just before it. Its withdrawals go into the next one."""
    async with database.begin() as uow:
        if await store.lock_sending(uow, sending.id) != "open":
            return
        epoch = await store.epoch_of_sending(uow, sending.id)
        await store.end_sending(uow, sending.id, "refused")
        if epoch is not None and epoch.status == "sent":
            await store.set_epoch(uow, replace(epoch, status="failed"))
            await store.release(uow, epoch.id)
