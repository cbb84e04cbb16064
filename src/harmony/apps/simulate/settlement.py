"""The world of money on a chain: deposits, calls, withdrawals, epochs, on a chain that goes back up to 64 blocks, with
endpoints that time out, lag, double, drop and reorder, and a process that is killed between any two questions."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import cast

from harmony.adapters.chains.fakes import FakeSignatures, FakeSigner, InMemoryChain, InMemoryToken
from harmony.adapters.chains.known import LOCAL, settings_of
from harmony.adapters.chains.model import Log, Unsigned
from harmony.adapters.db.pool import Database
from harmony.apps.simulate.coordination import JumpingClock
from harmony.apps.simulate.stepper import Step, Violated
from harmony.commons.identity.model import Principal
from harmony.commons.identity.service import create_principal
from harmony.commons.journal import jobs as journal_jobs
from harmony.commons.journal import service as journal
from harmony.commons.journal.model import READ_LIMIT_ENTRIES, Entry
from harmony.kernel.chance import Chance
from harmony.kernel.errors import Refusal
from harmony.kernel.money import Amount
from harmony.settlement.balances import service
from harmony.settlement.balances.fakes import DEPOSIT, LEAVE, InMemoryVault
from harmony.settlement.balances.model import METERING, account
from harmony.settlement.balances.onchain import claims, epochs
from harmony.settlement.balances.vaults import STUCK_SECONDS, Vault, wallet_message
from harmony.settlement.ledger import service as ledger
from harmony.settlement.ledger.model import Account, Transfer

HOLDERS = 6
FINALITY_BLOCKS = 12
REORGANISATION_LIMIT_BLOCKS = 64
FUNDS = 1_000_000_000_000
AMOUNT_LIMIT_UNITS = 5_000_000
REST_EVERY_STEPS = 100
REST_ROUNDS = 12
SECONDS = 12
OPERATOR, TREASURY = FakeSigner("operator"), FakeSigner("treasury")
VAULT, TOKEN = FakeSigner("vault").address, FakeSigner("token").address

BENDINGS: tuple[Callable[[list[Log]], list[Log]], ...] = (
    lambda logs: logs + logs,
    lambda logs: logs[1:],
    lambda logs: logs[:-1],
    lambda logs: logs[::-1],
)


class MoneyOnAChain:
    """``World``: a vault that is served on a real database, holders with wallets, and a chain without mercy."""

    def __init__(self, database: Database, clock: JumpingClock, chance: Chance) -> None:
        self._database = database
        self._clock = clock
        self._chance = chance
        self._chain = InMemoryChain(settings_of(LOCAL, FINALITY_BLOCKS))
        self._served = Vault(self._chain, VAULT, TOKEN, 0, OPERATOR, FakeSignatures())
        self._wallets = {f"holder-{number}": FakeSigner(f"wallet {number}") for number in range(HOLDERS)}
        self._deposits: list[tuple[str, str, int]] = []
        self._calls = 0
        self._steps = 0

    async def begin(self) -> None:
        token = InMemoryToken(TOKEN, TREASURY.address)
        for signer in self._wallets.values():
            token.balances[signer.address] = FUNDS
        began = (await self._chain.head()).timestamp
        self._chain.install(TOKEN, token)
        self._chain.install(VAULT, InMemoryVault(VAULT, TOKEN, OPERATOR.address, began))
        async with self._database.begin() as uow:
            for principal in self._wallets:
                await create_principal(uow, Principal(principal, "person", principal, ("seeker",)))
            await ledger.open_accounts(uow, [Account(METERING, self._served.asset)])

    def steps(self) -> Sequence[Step]:
        return (
            Step("a block is mined", 30.0, self._mine),
            Step("a holder deposits", 6.0, self._deposit),
            Step("a holder claims", 8.0, self._claim),
            Step("a holder pays for a call", 8.0, self._spend),
            Step("a holder withdraws", 4.0, self._withdraw),
            Step("a holder leaves by the contract", 0.5, self._leave),
            Step("the vault is served", 15.0, self._serve),
            Step("the vault is served until it is killed", 5.0, self._killed),
            Step("an epoch is written down and not sent", 1.0, self._unsent),
            Step("an endpoint lies", 2.0, self._lie),
            Step("an endpoint lags", 1.0, self._lag),
            Step("the chain goes back", 0.8, self._go_back),
            Step("a wallet is denied or allowed", 0.3, self._deny),
            Step("the nodes forget what waits", 0.3, self._forget),
        )

    async def check(self) -> None:
        """Now and then everything comes to rest; then ledger and chain must say the same."""
        self._steps += 1
        if self._steps % REST_EVERY_STEPS:
            return
        for _ in range(REST_ROUNDS):
            await self._serve()
            self._clock.advance(STUCK_SECONDS)
            self._chain.mine(STUCK_SECONDS)
            for _ in range(FINALITY_BLOCKS):
                self._chain.mine(SECONDS)
        await self._serve()
        await self._require_agreement()

    async def journal(self) -> list[str]:
        await journal_jobs.stamp(self._database)
        log = journal.Journal(self._database)
        found: list[Entry] = []
        while entries := await log.read(found[-1].revision if found else 0, limit=READ_LIMIT_ENTRIES):
            found += entries
        return [json.dumps([one.revision, one.kind, one.subject, one.payload], sort_keys=True) for one in found]

    async def _require_agreement(self) -> None:
        vault = cast(InMemoryVault, self._chain.contract(VAULT))
        token = cast(InMemoryToken, self._chain.contract(TOKEN))
        waiting = sum(amount for _, amount in vault.deposits[vault.included :])
        async with self._database.reading() as connection:
            found = await ledger.balances(connection, self._served.source)
            proof = await ledger.prove(connection)
        issued = sum(one.debits_posted - one.credits_posted for one in found)
        if issued != vault.outstanding + waiting:
            raise Violated(f"the ledger owes {issued}, the vault {vault.outstanding + waiting}")
        if not proof.ok:
            raise Violated(f"the ledger is not proven: {proof.faults[:3]}")
        held = token.balances.get(VAULT, 0)
        if held != vault.outstanding + waiting + sum(vault.owed.values()):
            raise Violated(f"the vault holds {held} and owes something else")
        if sum(token.balances.values()) != FUNDS * HOLDERS:
            raise Violated("money came to be, or is gone")

    async def _mine(self) -> None:
        self._clock.advance(SECONDS)
        self._chain.mine(SECONDS)

    async def _deposit(self) -> None:
        principal, units = self._somebody(), self._amount()
        tx_hash = await self._by(self._wallets[principal], VAULT, DEPOSIT + units.to_bytes(32))
        self._deposits.append((principal, tx_hash, units))

    async def _claim(self) -> None:
        """Any deposit, claimed already or not, one's own or another's."""
        if not self._deposits:
            return
        principal, tx_hash, units = self._deposits[self._below(len(self._deposits))]
        claimant = principal if self._below(10) else self._somebody()
        message = wallet_message(claimant, LOCAL, VAULT)
        try:
            proven = await claims.prove(self._database, self._served, tx_hash)
            async with self._database.begin(actor=claimant) as uow:
                amount, signature = Amount(units, self._served.asset), self._wallets[claimant].sign_message(message)
                await claims.claim(uow, self._served, proven, amount, signature)
        except Refusal:
            return

    async def _spend(self) -> None:
        principal, amount = self._somebody(), Amount(self._amount() // 10 + 1, self._served.asset)
        self._calls += 1
        move = Transfer(f"call-{self._calls}", account(principal), METERING, amount, "shadow.meter")
        try:
            async with self._database.begin(actor=principal) as uow:
                await ledger.post(uow, [move])
        except Refusal:
            return

    async def _withdraw(self) -> None:
        principal = self._somebody()
        try:
            async with self._database.begin(actor=principal) as uow:
                await service.withdraw(uow, Amount(self._amount(), self._served.asset), LOCAL)
        except Refusal:
            return

    async def _leave(self) -> None:
        principal = self._somebody()
        async with self._database.reading() as connection:
            units = (await service.look(connection, principal, LOCAL)).posted.minor
        if units > 0:
            await self._by(self._wallets[principal], VAULT, LEAVE + units.to_bytes(32))

    async def _serve(self) -> None:
        self._chain.failing, self._chain.lag_blocks, self._chain.bending = 0, 0, None
        try:
            await epochs.advance(self._database, self._served)
        except Refusal:
            return

    async def _killed(self) -> None:
        """After so many questions to the chain none is answered: to what is written that is the same as a kill."""
        await self._misserved(lambda: setattr(self._chain, "failing_after", self._below(25)))

    async def _unsent(self) -> None:
        try:
            await epochs.begin(self._database, self._served)
        except Refusal:
            return

    async def _lie(self) -> None:
        await self._misserved(lambda: setattr(self._chain, "bending", BENDINGS[self._below(len(BENDINGS))]))

    async def _lag(self) -> None:
        await self._misserved(lambda: setattr(self._chain, "lag_blocks", 1 + self._below(30)))

    async def _misserved(self, spoil: Callable[[], None]) -> None:
        spoil()
        try:
            await epochs.advance(self._database, self._served)
        except Refusal:
            return
        finally:
            self._chain.lag_blocks, self._chain.bending, self._chain.failing_after = 0, None, None

    async def _go_back(self) -> None:
        depth = 1 + self._below(REORGANISATION_LIMIT_BLOCKS if self._below(3) == 0 else FINALITY_BLOCKS)
        self._chain.reorganise(depth, losing=self._below(2) == 0)

    async def _deny(self) -> None:
        token, address = cast(InMemoryToken, self._chain.contract(TOKEN)), self._wallets[self._somebody()].address
        token.denied ^= {address}

    async def _forget(self) -> None:
        self._chain.forget_waiting()

    async def _by(self, signer: FakeSigner, to: str, data: bytes) -> str:
        fees, nonce = await self._chain.fees(), self._chain.next_nonce(signer.address)
        signed = signer.sign(Unsigned(self._chain.settings.chain_id, nonce, to, data, 1, fees))
        await self._chain.broadcast(signed)
        return signed.hash

    def _somebody(self) -> str:
        return f"holder-{self._below(HOLDERS)}"

    def _amount(self) -> int:
        return 1 + self._below(AMOUNT_LIMIT_UNITS)

    def _below(self, limit: int) -> int:
        return int(self._chance.uniform(0, limit)) % limit
