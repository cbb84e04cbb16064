"""What of a vault on a chain the verbs know: nouns, whose account is whose, what follows for the ledger. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from harmony.adapters.chains.model import Fees, Signed
from harmony.adapters.chains.ports import Chain, Signatures, Signer
from harmony.kernel.money import Amount, Asset
from harmony.settlement.balances.contract import Kind
from harmony.settlement.balances.errors import ChainUnavailable
from harmony.settlement.ledger.model import Account, Move, Order, Transfer, issuer, usdc_on

LEAVES_LIMIT = 200_000
MARKS_KEPT = 500
EPOCH_SECONDS = 3_600
"""Without a withdrawal that waits, so often at most what has changed is published."""
STUCK_SECONDS = 90
ATTEMPTS_LIMIT = 30
DOCUMENTS_KEPT = 10
"""Of so many epochs the published data is kept; the contract pays by the last one only."""

SendingStatus = Literal["open", "done", "refused"]


@dataclass(frozen=True, slots=True)
class Vault:
    """A vault that Harmony serves: its chain, where it is, its token, since which block, and whose key publishes."""

    chain: Chain
    address: str
    token: str
    began: int
    operator: Signer
    signatures: Signatures

    @property
    def name(self) -> str:
        return self.chain.settings.chain

    @property
    def asset(self) -> Asset:
        return usdc_on(self.name)

    @property
    def source(self) -> str:
        """The ledger's account of what lies in the vault: as far below zero as it owes."""
        return issuer(self.asset)


@dataclass(frozen=True, slots=True)
class Vaults:
    """The vaults of this Harmony by chain; none without a chain."""

    by_chain: Mapping[str, Vault] = field(default_factory=dict)

    def of(self, chain: str, where: str) -> Vault:
        """The vault on ``chain``; raises ``ChainUnavailable`` naming the field ``where``."""
        found = self.by_chain.get(chain)
        if found is None:
            names = ["ledger", *sorted(self.by_chain)]
            raise ChainUnavailable("this chain is not connected", field=where, details={"chains": names})
        return found


@dataclass(frozen=True, slots=True)
class Taken:
    """A log of the vault as it was taken in."""

    id: int
    tx_hash: str
    block_number: int
    kind: Kind
    number: int
    account: str | None
    amount: int
    deposit_id: str | None


@dataclass(frozen=True, slots=True)
class Claim:
    """A deposit on a chain that a principal has claimed."""

    id: str
    principal: str
    chain: str
    tx_hash: str
    payer: str
    amount: Amount
    previous: Amount
    created_at: datetime
    undone_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sending:
    """What shall happen on a chain once. ``attempts`` are the signed transactions, newest last, all of one nonce."""

    id: str
    chain: str
    nonce: int
    receiver: str
    data: bytes
    gas: int
    attempts: tuple[tuple[Signed, Fees, datetime], ...]


@dataclass(frozen=True, slots=True)
class Epoch:
    id: str
    chain: str
    number: int
    root: bytes
    total: int
    included: int
    paid: int
    status: Literal["sent", "published", "failed"]
    sending_id: str
    prepared_at: datetime
    published_at: datetime | None = None
    tx_hash: str | None = None


def holding(address: str) -> str:
    """The ledger's account of what a wallet has deposited and nobody has claimed."""
    return f"wallet:{address}"


def debt(owner: str) -> str:
    """The ledger's account of what an owner, a principal or an address, has spent and no longer had: below zero."""
    return f"debt:{owner}"


def wallet_message(principal: str, chain: str, vault: str) -> str:
    """What a wallet signs (personal_sign) to say whose its deposits are."""
    return (
        f"Harmony: deposits of this wallet belong to {principal}, and what is withdrawn goes to this wallet.\n"
        f"Chain: {chain}\nVault: {vault}"
    )


@dataclass(slots=True)
class Plan:
    """Orders to the ledger in one asset, with the accounts they need and what is free on them while they are made."""

    asset: Asset
    source: str
    free: dict[str, int]
    """Minor units that may leave an account; for a debt, how far it is below zero, as a negative number."""
    orders: list[tuple[Move, ...]] = field(default_factory=list)
    accounts: dict[str, Account] = field(default_factory=dict)

    def open(self, code: str) -> str:
        unlimited = code == self.source or code.startswith(debt(""))
        self.accounts[code] = Account(code, self.asset, "unlimited" if unlimited else "debits_within_credits")
        return code

    def move(self, move_id: str, debit: str, credit: str, minor: int, purpose: str, reference: str) -> None:
        """One transfer; nothing for nothing."""
        if minor == 0:
            return
        amount = Amount(minor, self.asset)
        self.orders.append((Transfer(move_id, self.open(debit), self.open(credit), amount, purpose, reference),))
        self.free[debit] = self.free.get(debit, 0) - minor
        self.free[credit] = self.free.get(credit, 0) + minor

    def take_back(
        self, name: str, sources: Sequence[str], owner: str, minor: int, purpose: str, reference: str
    ) -> None:
        """Give ``minor`` back to the vault's account, out of ``sources`` in order; what they lack becomes a debt."""
        left = minor
        for at, code in enumerate(sources):
            part = min(left, max(self.free.get(code, 0), 0))
            self.move(f"{name}:{at}", code, self.source, part, purpose, reference)
            left -= part
        self.move(f"{name}:debt", debt(owner), self.source, left, purpose, reference)

    def repay(self, name: str, code: str, owner: str, reference: str) -> None:
        """Pay what ``owner`` owes, as far as there is something on ``code``."""
        part = min(max(self.free.get(code, 0), 0), max(-self.free.get(debt(owner), 0), 0))
        self.move(f"{name}:repaid", code, debt(owner), part, "shadow.debt_repaid", reference)

    def chains(self, actor: str, trace: str) -> list[Order]:
        return [Order(moves, actor, trace) for moves in self.orders]


@dataclass(frozen=True, slots=True)
class Leaving:
    """A settlement on its way to its owner's wallet; ``holds`` is how often its money has been held."""

    id: str
    wallet: str
    amount: Amount
    holds: int
    destination: str
    trace: str
    status: str
    epoch_id: str | None
    """The epoch that it is in now; one that failed may have been another."""

    @property
    def hold(self) -> str:
        return f"{self.id}:hold" if self.holds == 1 else f"{self.id}:hold:{self.holds}"

    @property
    def ended(self) -> str:
        """The id of the transfer that ends the hold."""
        return f"{self.id}:paid" if self.holds == 1 else f"{self.id}:paid:{self.holds}"

    @property
    def undone(self) -> str:
        return f"{self.id}:undone:{self.holds}"
