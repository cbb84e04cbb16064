"""A vault on a chain in memory, people with wallets, and what must hold between chain and ledger at rest."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

from tests.settlement.world import ADA, BO

from harmony.adapters.chains.fakes import FakeSignatures, FakeSigner, InMemoryChain, InMemoryToken
from harmony.adapters.chains.known import LOCAL, settings_of
from harmony.adapters.chains.model import Unsigned
from harmony.adapters.db.pool import Database
from harmony.commons.identity.model import Principal
from harmony.kernel.clock import VirtualClock
from harmony.kernel.money import Amount, parse
from harmony.settlement.balances import service
from harmony.settlement.balances.fakes import DEPOSIT, LEAVE, InMemoryVault
from harmony.settlement.balances.model import Settlement, account
from harmony.settlement.balances.onchain import claims, epochs
from harmony.settlement.balances.onchain.follow import follow
from harmony.settlement.balances.store.accounts import find
from harmony.settlement.balances.vaults import Claim, Vault, Vaults, debt, wallet_message
from harmony.settlement.ledger import service as ledger

DEPTH = 3
SETTINGS = settings_of(LOCAL, DEPTH)
OPERATOR, TREASURY = FakeSigner("operator"), FakeSigner("treasury")
WALLETS = {ADA.id: FakeSigner("wallet of Ada"), BO.id: FakeSigner("wallet of Bo")}
VAULT, TOKEN = FakeSigner("vault").address, FakeSigner("token").address
FUNDS = 10_000_000_000


@dataclass
class Scene:
    """One vault, its chain and a database."""

    database: Database
    chain: InMemoryChain = field(default_factory=lambda: InMemoryChain(SETTINGS))
    sent: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        began = self.chain._chain[0].block.timestamp
        token = InMemoryToken(TOKEN, TREASURY.address)
        for signer in WALLETS.values():
            token.balances[signer.address] = FUNDS
        self.chain.install(TOKEN, token)
        self.chain.install(VAULT, InMemoryVault(VAULT, TOKEN, OPERATOR.address, began))

    @property
    def served(self) -> Vault:
        return Vault(self.chain, VAULT, TOKEN, 0, OPERATOR, FakeSignatures())

    @property
    def vaults(self) -> Vaults:
        return Vaults({LOCAL: self.served})

    @property
    def vault(self) -> InMemoryVault:
        return cast(InMemoryVault, self.chain.contract(VAULT))

    @property
    def token(self) -> InMemoryToken:
        return cast(InMemoryToken, self.chain.contract(TOKEN))

    async def by(self, signer: FakeSigner, to: str, data: bytes) -> str:
        """Send a transaction; its hash."""
        nonce = self.sent.get(signer.address, 0)
        self.sent[signer.address] = nonce + 1
        signed = signer.sign(Unsigned(SETTINGS.chain_id, nonce, to, data, 1, await self.chain.fees()))
        await self.chain.broadcast(signed)
        return signed.hash

    async def pay_in(self, who: Principal, units: int) -> str:
        """A deposit that is in a block; its transaction."""
        tx_hash = await self.by(WALLETS[who.id], VAULT, DEPOSIT + units.to_bytes(32))
        self.chain.mine()
        return tx_hash

    async def leave(self, who: Principal, units: int) -> None:
        """Take out by the contract's own exit."""
        await self.by(WALLETS[who.id], VAULT, LEAVE + units.to_bytes(32))
        self.chain.mine()

    def deepen(self, seconds: int = 2) -> None:
        for _ in range(DEPTH):
            self.chain.mine(seconds)

    async def claim(self, who: Principal, tx_hash: str, units: int, *, signed: bool = True) -> Claim:
        signature = WALLETS[who.id].sign_message(wallet_message(who.id, LOCAL, VAULT)) if signed else None
        proven = await claims.prove(self.database, self.served, tx_hash)
        async with self.database.begin(actor=who.id) as uow:
            return await claims.claim(uow, self.served, proven, Amount(units, self.served.asset), signature)

    async def deposited(self, who: Principal, units: int) -> str:
        """A deposit that is credited; its transaction."""
        tx_hash = await self.pay_in(who, units)
        self.deepen()
        await self.claim(who, tx_hash, units)
        return tx_hash

    async def withdraw(self, who: Principal, text: str) -> Settlement:
        async with self.database.begin(actor=who.id) as uow:
            return await service.withdraw(uow, parse(text, self.served.asset), LOCAL)

    async def settlement(self, settlement_id: str) -> Settlement:
        async with self.database.reading() as connection:
            found = await find(connection, settlement_id)
        assert found is not None
        return found

    async def round(self, seconds: int = 70) -> None:
        """A round of the job, then blocks until what it sent is final, then another."""
        await epochs.advance(self.database, self.served)
        cast(VirtualClock, self.database.clock).advance(seconds)
        self.chain.mine(seconds)
        self.deepen()
        await epochs.advance(self.database, self.served)

    async def follow(self) -> None:
        await follow(self.database, self.served)

    async def on(self, code: str) -> int:
        """Minor units on an account of the ledger that may leave it."""
        async with self.database.reading() as connection:
            found = await ledger.balances(connection, code)
        return next((one.available.minor for one in found if one.asset == self.served.asset), 0)

    async def balance(self, who: Principal) -> int:
        return await self.on(account(who.id))

    async def debt(self, who: Principal) -> int:
        return -await self.on(debt(who.id))

    async def agree(self) -> None:
        """Ledger and chain say the same at rest, and the ledger is proven."""
        waiting = sum(amount for _, amount in self.vault.deposits[self.vault.included :])
        async with self.database.reading() as connection:
            found = await ledger.balances(connection, self.served.source)
            proof = await ledger.prove(connection)
        issued = sum(one.debits_posted - one.credits_posted for one in found)
        assert (issued, proof.faults) == (self.vault.outstanding + waiting, ())
        held = self.token.balances.get(VAULT, 0)
        assert held == self.vault.outstanding + waiting + sum(self.vault.owed.values())
