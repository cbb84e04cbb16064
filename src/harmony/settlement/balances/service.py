"""The verbs of the shadow balances: deposit, look, withdraw, settle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.commons.journal.service import append
from harmony.kernel.errors import Refusal
from harmony.kernel.money import PRACTICE_USDC, Amount, decimal
from harmony.messages.settlement import ShadowDeposited, ShadowSettled, ShadowSettlementStarted
from harmony.settlement.balances import store
from harmony.settlement.balances.errors import SettlementUnknown, WalletForeign
from harmony.settlement.balances.model import (
    DEPOSIT_LEAST,
    DEPOSIT_LIMIT,
    METERING,
    SETTLING,
    WITHDRAWAL_LEAST,
    Deposit,
    Settlement,
    SettlementType,
    account,
    after,
    hold_id,
    id_of_day,
    netted,
    paid_id,
    payment,
    require_within,
    wallet_of,
)
from harmony.settlement.balances.reserve import Leaf, Tree, account_of_principal
from harmony.settlement.ledger import service as ledger
from harmony.settlement.ledger.model import Account, Balance, Order, Pending, Transfer, available

RESERVE_CHUNK_ACCOUNTS = 1_000


@dataclass(frozen=True, slots=True)
class Standing:
    """A shadow balance and its past: ``posted`` is what is there, ``held`` the part of it that is leaving."""

    wallet: str
    posted: Amount
    held: Amount
    deposited: Amount
    spent: Amount

    @property
    def free(self) -> Amount:
        return self.posted - self.held


@dataclass(frozen=True, slots=True)
class Wanted:
    """A settlement that is to begin."""

    id: str
    wallet: str
    amount: Amount

    def hold(self) -> Pending:
        return Pending(hold_id(self.id), account(self.wallet), SETTLING, self.amount, "shadow.withdrawal", self.id)


def own(actor: str, wallet: str | None) -> str:
    """The wallet that ``actor`` may move; raises ``WalletForeign``."""
    if wallet not in (None, actor):
        raise WalletForeign("this is another principal's balance", field="wallet_address")
    return actor


async def deposit(uow: UnitOfWork, amount: Amount) -> Deposit:
    """Move the actor's own money onto the shadow balance; raises ``FundsInsufficient``, ``AmountOutOfRange``."""
    require_within(amount, DEPOSIT_LEAST, DEPOSIT_LIMIT, "amount_usdc")
    wallet, deposit_id = uow.actor, uow.ids.new("deposit")
    accounts = [Account(code, PRACTICE_USDC) for code in (account(wallet), available(wallet), METERING)]
    await ledger.open_accounts(uow, sorted(accounts, key=lambda one: one.code))
    move = Transfer(
        f"{deposit_id}:in", available(wallet), account(wallet), amount, "shadow.deposit", f"deposit {deposit_id}"
    )
    await ledger.post(uow, [move])
    now = await _balance(uow.connection, wallet)
    made = Deposit(deposit_id, wallet, amount, _posted(now) - amount, move.id, uow.now)
    await store.add_deposit(uow, made)
    await append(uow, ShadowDeposited(deposit_id, wallet, decimal(amount), PRACTICE_USDC.code), subject=wallet)
    return made


async def look(connection: Connection, wallet: str) -> Standing:
    """What stands on a shadow balance now; zero for who never had one."""
    found = await _balance(connection, wallet)
    settled = await store.settled(connection, wallet)
    debited = Amount(found.debits_posted if found else 0, PRACTICE_USDC)
    return Standing(
        wallet=wallet,
        posted=_posted(found),
        held=Amount(found.debits_pending if found else 0, PRACTICE_USDC),
        deposited=await store.deposited(connection, wallet),
        spent=debited - settled,
    )


async def withdraw(uow: UnitOfWork, amount: Amount) -> Settlement:
    """Hold the amount for its owner at once; a job pays it. Raises ``FundsInsufficient``, ``AmountOutOfRange``."""
    require_within(amount, WITHDRAWAL_LEAST, None, "amount_usdc")
    [begun] = await _start(uow, [Wanted(uow.ids.new("settlement"), uow.actor, amount)], "withdrawal")
    if isinstance(begun, Refusal):
        raise begun
    return begun


async def settle_daily(uow: UnitOfWork, wallets: Sequence[str], least: Amount) -> list[Settlement]:
    """Hold for its owner all that is free on each of ``wallets``, where it is at least ``least`` and not done today."""
    wanted = []
    for wallet in wallets:
        settlement_id = id_of_day(uow.now.date(), wallet)
        if await store.find(uow.connection, settlement_id) is None:
            wanted.append((settlement_id, wallet))
    return await _settle_whole(uow, wanted, least, "auto_threshold")


async def settle_by_force(uow: UnitOfWork, wallets: Sequence[str], least: Amount) -> list[Settlement]:
    """The same at once, because an administrator says so."""
    wanted = [(uow.ids.new("settlement"), wallet) for wallet in wallets]
    return await _settle_whole(uow, wanted, least, "force_settle")


async def _settle_whole(
    uow: UnitOfWork, wallets: Sequence[tuple[str, str]], least: Amount, kind: SettlementType
) -> list[Settlement]:
    wanted = []
    for settlement_id, wallet in wallets:
        found = await _balance(uow.connection, wallet)
        if found is not None and found.available >= least:
            wanted.append(Wanted(settlement_id, wallet, found.available))
    # What was spent in between is refused and left for the next time.
    return [begun for begun in await _start(uow, wanted, kind) if isinstance(begun, Settlement)]


async def pay(uow: UnitOfWork, limit: int) -> list[Settlement]:
    """Pay the oldest settlements that wait, at most ``limit``, in one chain: each owner once."""
    waiting = await store.take_pending(uow, limit)
    if not waiting:
        return []
    batch_id, sums = uow.ids.new("batch"), netted(waiting)
    codes = sorted([SETTLING, *(available(wallet) for wallet in sums)])
    await ledger.open_accounts(uow, [Account(code, PRACTICE_USDC) for code in codes])
    await ledger.post(uow, payment(batch_id, waiting))
    wallets = [one.wallet for one in waiting]
    paid = [
        replace(
            one,
            status=after(one.status, "pay"),
            batch_id=batch_id,
            transfer_id=paid_id(one.id),
            included=wallets.count(one.wallet),
            confirmed_at=uow.now,
        )
        for one in waiting
    ]
    await store.confirm(uow, batch_id, paid)
    for one in paid:
        message = ShadowSettled(one.id, one.wallet, batch_id, decimal(one.amount), PRACTICE_USDC.code)
        await append(uow, message, subject=one.wallet)
    return paid


async def see(connection: Connection, settlement_id: str, principal: str, *, oversees: bool) -> Settlement:
    """A settlement, for its owner and who oversees; raises ``SettlementUnknown`` for anybody else."""
    found = await store.find(connection, settlement_id)
    if found is None or not (oversees or found.wallet == principal):
        raise SettlementUnknown("there is no such settlement", field="settlement_id")
    return found


async def reserve(connection: Connection) -> Tree | None:
    """The tree over every shadow balance that is not empty, in the order of accounts; None when all are.

    Reads one snapshot: ``connection`` is one of ``Database.reading``.
    """
    leaves: list[Leaf] = []
    last = ""
    while True:
        found = await ledger.posted(connection, account(""), PRACTICE_USDC, last, RESERVE_CHUNK_ACCOUNTS)
        leaves += [Leaf(account_of_principal(wallet_of(code)), minor) for code, minor in found if minor]
        if len(found) < RESERVE_CHUNK_ACCOUNTS:
            return Tree(leaves) if leaves else None
        last = found[-1][0]


async def holding(connection: Connection, least: Amount, after_wallet: str, limit: int) -> Sequence[str]:
    """Wallets in order whose free balance is at least ``least``."""
    found = await ledger.holding(connection, account(""), least, account(after_wallet), limit)
    return [wallet_of(code) for code in found]


async def _start(uow: UnitOfWork, wanted: Sequence[Wanted], kind: SettlementType) -> list[Settlement | Refusal]:
    """Hold what is wanted, in one call to the ledger: that keeps the one order of locks."""
    if not wanted:
        return []
    codes = sorted({SETTLING, *(account(one.wallet) for one in wanted)})
    await ledger.open_accounts(uow, [Account(code, PRACTICE_USDC) for code in codes])
    orders = [Order((one.hold(),), uow.actor, uow.trace) for one in wanted]
    outcomes = await ledger.post_orders(uow, orders)
    begun: list[Settlement | Refusal] = []
    for one, outcome in zip(wanted, outcomes, strict=True):
        begun.append(outcome if isinstance(outcome, Refusal) else await _note(uow, one, kind))
    return begun


async def _note(uow: UnitOfWork, one: Wanted, kind: SettlementType) -> Settlement:
    found = await _balance(uow.connection, one.wallet)
    assert found is not None, "it has just been opened"
    before = found.available + one.amount
    begun = Settlement(one.id, one.wallet, kind, "pending_settlement", before, one.amount, uow.now, uow.trace)
    await store.add_settlement(uow, begun)
    message = ShadowSettlementStarted(one.id, one.wallet, kind, decimal(one.amount), PRACTICE_USDC.code)
    await append(uow, message, subject=one.wallet)
    return begun


async def _balance(connection: Connection, wallet: str) -> Balance | None:
    found = await ledger.balances(connection, account(wallet))
    return next((one for one in found if one.asset == PRACTICE_USDC), None)


def _posted(found: Balance | None) -> Amount:
    return Amount(found.credits_posted - found.debits_posted if found else 0, PRACTICE_USDC)
