"""Deposits on a chain: proven, credited when final, each once, taken off again when the chain goes back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.settlement.balances.chains import DEPTH, TOKEN, VAULT, WALLETS, Scene
from tests.settlement.world import ADA, BO, told

from harmony.adapters.chains.errors import AnswerRefused, ChainUnreachable, SignatureRefused
from harmony.adapters.chains.fakes import FakeSigner, InMemoryToken
from harmony.adapters.chains.known import LOCAL
from harmony.adapters.chains.model import Log
from harmony.adapters.db.pool import Database
from harmony.kernel.money import Amount
from harmony.settlement.balances.errors import (
    DepositDiffers,
    DepositForeign,
    DepositRepeated,
    DepositUnconfirmed,
    DepositUnproven,
    WalletBound,
    WalletMissing,
)
from harmony.settlement.balances.model import METERING, account
from harmony.settlement.balances.onchain import claims
from harmony.settlement.balances.vaults import holding, wallet_message
from harmony.settlement.ledger import service as ledger
from harmony.settlement.ledger.model import Account, Transfer


@pytest.fixture
def scene(world: Database) -> Scene:
    return Scene(world)


async def spend(scene: Scene, units: int) -> None:
    """Ada pays for metered calls."""
    asset = scene.served.asset
    async with scene.database.begin(actor=ADA.id) as uow:
        await ledger.open_accounts(uow, [Account(METERING, asset)])
        move = Transfer(f"call-{units}", account(ADA.id), METERING, Amount(units, asset), "shadow.meter")
        await ledger.post(uow, [move])


async def test_a_deposit_is_credited_when_it_is_final_and_to_its_wallet_s_owner(scene: Scene) -> None:
    tx_hash = await scene.pay_in(ADA, 25_500_000)
    for depth in range(DEPTH):
        with pytest.raises(DepositUnconfirmed) as refused:
            await scene.claim(ADA, tx_hash, 25_500_000)
        assert refused.value.details == {"confirmations": depth, "needed": DEPTH}
        scene.chain.mine()
    made = await scene.claim(ADA, tx_hash, 25_500_000)
    assert (made.principal, made.previous.minor, made.payer) == (ADA.id, 0, WALLETS[ADA.id].address)
    assert await scene.balance(ADA) == 25_500_000
    await scene.agree()
    [fact] = await told(scene.database, "settlement.shadow.deposited")
    assert fact.payload["asset"] == f"USDC:{LOCAL}"


async def test_the_same_deposit_twice_another_s_and_another_amount_are_refused_by_name(scene: Scene) -> None:
    tx_hash = await scene.deposited(ADA, 5_000_000)
    other = await scene.pay_in(BO, 7_000_000)
    scene.deepen()
    with pytest.raises(DepositRepeated):
        await scene.claim(ADA, tx_hash, 5_000_000, signed=False)
    with pytest.raises(DepositForeign):
        await scene.claim(ADA, other, 7_000_000)
    with pytest.raises(WalletMissing):
        await scene.claim(BO, other, 7_000_000, signed=False)
    for units in (6_999_999, 7_000_001):
        with pytest.raises(DepositDiffers):
            await scene.claim(BO, other, units)
    assert (await scene.balance(ADA), await scene.balance(BO)) == (5_000_000, 0)
    assert await scene.on(holding(WALLETS[BO.id].address)) == 7_000_000
    await scene.agree()


async def test_a_wallet_is_bound_by_its_own_signature_to_one_principal(scene: Scene) -> None:
    tx_hash = await scene.pay_in(ADA, 5_000_000)
    scene.deepen()
    proven = await claims.prove(scene.database, scene.served, tx_hash)
    amount, wallet = Amount(5_000_000, scene.served.asset), WALLETS[ADA.id]

    async def claim(who: str, signature: str) -> None:
        async with scene.database.begin(actor=who) as uow:
            await claims.claim(uow, scene.served, proven, amount, signature)

    for message in (wallet_message(BO.id, LOCAL, VAULT), wallet_message(ADA.id, LOCAL, TOKEN), "anything"):
        with pytest.raises(SignatureRefused):
            await claim(ADA.id, wallet.sign_message(message))
    await claim(ADA.id, wallet.sign_message(wallet_message(ADA.id, LOCAL, VAULT)))
    with pytest.raises(WalletBound):
        await claim(BO.id, wallet.sign_message(wallet_message(BO.id, LOCAL, VAULT)))
    with pytest.raises(WalletBound):
        await claim(ADA.id, FakeSigner("second").sign_message(wallet_message(ADA.id, LOCAL, VAULT)))


async def test_what_pays_nothing_into_this_vault_proves_nothing(scene: Scene) -> None:
    wallet = WALLETS[ADA.id]
    elsewhere = FakeSigner("another vault").address
    scene.chain.install(elsewhere, replace(scene.vault, address=elsewhere, deposits=[]))
    deposit = scene.vault
    failed = await scene.by(wallet, VAULT, bytes.fromhex("b6b55f25") + (0).to_bytes(32))
    plain = await scene.by(
        wallet, TOKEN, bytes.fromhex("a9059cbb") + bytes(12) + bytes.fromhex(VAULT[2:]) + (9).to_bytes(32)
    )
    wrong = await scene.by(wallet, elsewhere, bytes.fromhex("b6b55f25") + (9).to_bytes(32))
    scene.chain.mine()
    scene.deepen()
    assert deposit.deposits == []
    for tx_hash in (failed, plain, wrong, f"0x{'12' * 32}", "0x12", "", "x" * 66):
        with pytest.raises(DepositUnproven):
            await claims.prove(scene.database, scene.served, tx_hash)


class LyingToken(InMemoryToken):
    """Takes a fee, or says that something came when nothing did."""

    def move(self, frame: object, source: str | None, to: str, amount: int) -> None:
        super().move(frame, source, to, amount * 99 // 100)  # type: ignore[arg-type]  # the fake's frame


async def test_a_token_that_moves_less_than_the_vault_says_proves_nothing(scene: Scene) -> None:
    scene.chain.install(TOKEN, LyingToken(TOKEN, "", dict(scene.token.balances)))
    tx_hash = await scene.pay_in(ADA, 5_000_000)
    scene.deepen()
    with pytest.raises(DepositUnproven):
        await claims.prove(scene.database, scene.served, tx_hash)


async def test_a_shallow_reorganisation_is_not_noticed_and_a_deep_one_takes_the_deposit_off_again(scene: Scene) -> None:
    tx_hash = await scene.deposited(ADA, 5_000_000)
    scene.chain.reorganise(DEPTH - 1)
    await scene.follow()
    assert await scene.balance(ADA) == 5_000_000
    scene.chain.reorganise(DEPTH + 4, losing=True)
    await scene.follow()
    assert (await scene.balance(ADA), await scene.debt(ADA)) == (0, 0)
    await scene.agree()
    [undone] = await told(scene.database, "settlement.shadow.deposit_undone")
    assert undone.subject == ADA.id
    with pytest.raises(DepositUnproven):
        await scene.claim(ADA, tx_hash, 5_000_000)


async def test_a_deposit_that_comes_back_in_another_block_is_credited_again_by_itself_and_once(scene: Scene) -> None:
    tx_hash = await scene.deposited(ADA, 5_000_000)
    for _ in range(3):
        scene.chain.reorganise(DEPTH + 4)
        await scene.follow()
        assert await scene.balance(ADA) == 0
        scene.chain.mine()
        scene.deepen()
        await scene.follow()
        assert await scene.balance(ADA) == 5_000_000
        await scene.agree()
    with pytest.raises(DepositRepeated):
        await scene.claim(ADA, tx_hash, 5_000_000)


async def test_what_was_spent_of_a_deposit_that_is_gone_becomes_a_debt_which_the_next_one_pays(scene: Scene) -> None:
    await scene.deposited(ADA, 5_000_000)
    await spend(scene, 3_000_000)
    scene.chain.reorganise(DEPTH + 4, losing=True)
    scene.sent.clear()
    await scene.follow()
    assert (await scene.balance(ADA), await scene.debt(ADA)) == (0, 3_000_000)
    await scene.agree()
    [arisen] = await told(scene.database, "settlement.shadow.debt_arose")
    assert arisen.payload == {"wallet": ADA.id, "amount": "3.000000", "asset": f"USDC:{LOCAL}"}
    tx_hash = await scene.pay_in(ADA, 4_000_000)
    scene.deepen()
    await scene.claim(ADA, tx_hash, 4_000_000, signed=False)
    assert (await scene.balance(ADA), await scene.debt(ADA)) == (1_000_000, 0)
    await scene.agree()


async def test_an_endpoint_that_doubles_keeps_back_or_invents_logs_is_found_and_nothing_is_moved(scene: Scene) -> None:
    await scene.pay_in(ADA, 1_000_000)
    await scene.pay_in(ADA, 2_000_000)
    scene.deepen()

    def invented(logs: list[Log]) -> list[Log]:
        return [replace(log, block_hash=f"0x{'ee' * 32}") for log in logs]

    def foreign(logs: list[Log]) -> list[Log]:
        return [replace(log, address=TOKEN) for log in logs]

    def larger(logs: list[Log]) -> list[Log]:
        return [replace(log, data=(2**70).to_bytes(32)) for log in logs]

    for bending in (lambda logs: logs + logs, lambda logs: logs[1:], invented, foreign, larger):
        scene.chain.bending = bending
        with pytest.raises(AnswerRefused):
            await scene.follow()
        assert await scene.on(holding(WALLETS[ADA.id].address)) == 0
    scene.chain.bending = lambda logs: logs[::-1]
    await scene.follow()
    assert await scene.on(holding(WALLETS[ADA.id].address)) == 3_000_000
    await scene.agree()


async def test_a_log_that_was_kept_back_unnoticed_is_read_again_once_the_next_one_shows_the_gap(scene: Scene) -> None:
    await scene.pay_in(ADA, 1_000_000)
    await scene.pay_in(ADA, 2_000_000)
    scene.deepen()
    scene.chain.bending = lambda logs: logs[:-1]
    await scene.follow()
    scene.chain.bending = None
    assert await scene.on(holding(WALLETS[ADA.id].address)) == 1_000_000
    await scene.pay_in(ADA, 4_000_000)
    scene.deepen()
    with pytest.raises(AnswerRefused, match="gap"):
        await scene.follow()
    await scene.follow()
    assert await scene.on(holding(WALLETS[ADA.id].address)) == 7_000_000
    await scene.agree()


async def test_an_endpoint_that_lags_or_does_not_answer_undoes_nothing(scene: Scene) -> None:
    await scene.deposited(ADA, 5_000_000)
    scene.chain.lag_blocks = 50
    await scene.follow()
    scene.chain.lag_blocks = 0
    scene.chain.failing = 1
    with pytest.raises(ChainUnreachable):
        await scene.follow()
    assert await scene.balance(ADA) == 5_000_000
