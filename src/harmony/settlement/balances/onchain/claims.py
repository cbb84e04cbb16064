"""Deposits on a chain: whose wallet, proven by its signature; which transaction, proven by the vault's and the token's
logs; credited when it is final."""

from __future__ import annotations

from dataclasses import dataclass

from harmony.adapters.chains.model import is_hash
from harmony.adapters.db.pool import Database
from harmony.adapters.db.unit_of_work import UnitOfWork
from harmony.commons.journal.service import append
from harmony.kernel.money import Amount
from harmony.settlement.balances import contract as vault
from harmony.settlement.balances.errors import (
    DepositDiffers,
    DepositForeign,
    DepositRepeated,
    DepositUnconfirmed,
    DepositUnproven,
    WalletBound,
    WalletMissing,
)
from harmony.settlement.balances.model import account
from harmony.settlement.balances.onchain.follow import follow, give, plan_for, post
from harmony.settlement.balances.store import chains as store
from harmony.settlement.balances.vaults import Claim, Vault, holding, wallet_message
from harmony.settlement.ledger import service as ledger


@dataclass(frozen=True, slots=True)
class Proven:
    """What the chain says of a transaction: what each account has paid into the vault by it, and how deep it lies."""

    tx_hash: str
    paid: dict[str, int]
    confirmations: int


async def prove(database: Database, served: Vault, tx_hash: str) -> Proven:
    """Ask the chain about a deposit, outside of any transaction; raises ``DepositUnproven``, ``DepositUnconfirmed``."""
    named = tx_hash.lower()
    if not is_hash(named):
        raise DepositUnproven("a transaction is named by 0x and 32 bytes in hexadecimal", field="deposit_tx_hash")
    receipt = await served.chain.receipt(named)
    if receipt is None:
        raise DepositUnproven("this transaction is in no block of the chain", field="deposit_tx_hash")
    paid = vault.paid_in(receipt, served.address, served.token) if receipt.succeeded else {}
    if not paid:
        raise DepositUnproven("this transaction pays nothing into the vault", field="deposit_tx_hash")
    needed = served.chain.settings.finality_blocks
    confirmations = (await served.chain.head()).number - receipt.block_number
    if confirmations < needed:
        details = {"confirmations": confirmations, "needed": needed}
        raise DepositUnconfirmed("the deposit is not final yet", field="deposit_tx_hash", details=details)
    await follow(database, served)
    return Proven(named, paid, confirmations)


async def bind(uow: UnitOfWork, served: Vault, signature: str) -> str:
    """Bind the wallet that signed to the actor; its address. Raises ``SignatureRefused``, ``WalletBound``."""
    message = wallet_message(uow.actor, served.name, served.address)
    address = served.signatures.signer_of(message, signature)
    await store.bind(uow, served.name, address, uow.actor, signature)
    if await store.principal_of(uow.connection, served.name, address) != uow.actor:
        raise WalletBound("this wallet belongs to another principal", field="wallet_signature")
    if await store.wallet_of(uow.connection, served.name, uow.actor) != address:
        raise WalletBound("you have bound another wallet on this chain", field="wallet_signature")
    return address


async def claim(uow: UnitOfWork, served: Vault, proven: Proven, amount: Amount, signature: str | None) -> Claim:
    """Credit the actor with the deposit of their wallet, once.

    Raises ``WalletMissing``, ``DepositForeign``, ``DepositDiffers``, ``DepositRepeated``, ``DepositUnconfirmed``.
    """
    if signature is not None:
        await bind(uow, served, signature)
    payer = await store.wallet_of(uow.connection, served.name, uow.actor)
    if payer is None:
        raise WalletMissing("you have no wallet on this chain yet", field="wallet_signature")
    if payer not in proven.paid:
        raise DepositForeign("this deposit was made by another wallet than yours", field="deposit_tx_hash")
    rows = await store.deposits_of(uow, served.name, proven.tx_hash, payer)
    if not rows:
        raise DepositUnconfirmed("the deposit has not been taken in yet", field="deposit_tx_hash")
    if any(row.deposit_id is not None for row in rows):
        raise DepositRepeated("this deposit has been credited", field="deposit_tx_hash")
    if sum(row.amount for row in rows) != amount.minor:
        raise DepositDiffers("this is not the amount of the deposit", field="amount_usdc")
    plan = await plan_for(uow.connection, served, [uow.actor, payer])
    found = await ledger.balances(uow.connection, account(uow.actor))
    posted = next((one.credits_posted - one.debits_posted for one in found if one.asset == served.asset), 0)
    previous = Amount(posted, served.asset)
    made = Claim(uow.ids.new("deposit"), uow.actor, served.name, proven.tx_hash, payer, amount, previous, uow.now)
    plan.open(holding(payer))
    facts = give(plan, made, made.id)
    await post(uow, plan)
    await store.add_claim(uow, made, proven.confirmations)
    await store.claim_logs(uow, served.name, proven.tx_hash, payer, made.id)
    for fact in facts:
        await append(uow, fact, subject=uow.actor)
    return made
