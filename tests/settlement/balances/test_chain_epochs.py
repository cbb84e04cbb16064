"""Withdrawals to a wallet and epochs: written down before they are sent, sent until they are final, paid once."""

from __future__ import annotations

import json
from typing import cast

import pytest
from tests.settlement.balances.chains import DEPTH, OPERATOR, VAULT, WALLETS, Scene
from tests.settlement.balances.test_chain_deposits import spend
from tests.settlement.world import ADA, BO

from harmony.adapters.chains.errors import ChainUnreachable
from harmony.adapters.chains.known import LOCAL
from harmony.adapters.db.pool import Database
from harmony.kernel.clock import VirtualClock
from harmony.kernel.money import Amount
from harmony.settlement.balances.errors import EpochUncovered, WalletMissing
from harmony.settlement.balances.model import METERING
from harmony.settlement.balances.onchain import epochs
from harmony.settlement.balances.store import chains as store
from harmony.settlement.balances.vaults import STUCK_SECONDS
from harmony.settlement.ledger.errors import FundsInsufficient

FUNDED = 10_000_000_000


@pytest.fixture
def scene(world: Database) -> Scene:
    return Scene(world)


async def document(scene: Scene, number: int) -> list[dict[str, str]]:
    async with scene.database.reading() as connection:
        found = await store.document(connection, LOCAL, number)
    assert found is not None
    return [json.loads(line) for line in found.splitlines()]


async def test_a_withdrawal_is_held_at_once_and_paid_to_the_wallet_with_the_next_epoch(scene: Scene) -> None:
    await scene.deposited(ADA, 9_000_000)
    await scene.deposited(BO, 4_000_000)
    begun = await scene.withdraw(ADA, "2.5")
    assert (begun.status, begun.destination) == ("pending_settlement", WALLETS[ADA.id].address)
    assert await scene.balance(ADA) == 6_500_000
    scene.chain.mine(60)
    await scene.round()
    paid = await scene.settlement(begun.id)
    assert (paid.status, paid.included, paid.kept) == ("confirmed", 1, False)
    assert scene.token.balances[WALLETS[ADA.id].address] == FUNDED - 9_000_000 + 2_500_000
    assert (scene.vault.number, scene.vault.outstanding) == (1, 10_500_000)
    head, *leaves = await document(scene, 1)
    assert (head["vault"], head["epoch"]) == (VAULT, 1)
    assert {leaf["account"]: leaf["amount"] for leaf in leaves} == {
        WALLETS[ADA.id].address: "6500000",
        WALLETS[BO.id].address: "4000000",
    }
    await scene.agree()


async def test_several_withdrawals_of_one_owner_are_one_payment(scene: Scene) -> None:
    await scene.deposited(ADA, 9_000_000)
    begun = [await scene.withdraw(ADA, "1"), await scene.withdraw(ADA, "2")]
    scene.chain.mine(60)
    await scene.round()
    paid = [await scene.settlement(one.id) for one in begun]
    assert [one.included for one in paid] == [2, 2] and len({one.transfer_id for one in paid}) == 1
    assert scene.token.balances[WALLETS[ADA.id].address] == FUNDED - 6_000_000


async def test_what_cannot_be_withdrawn_is_refused_and_moves_nothing(scene: Scene) -> None:
    await scene.deposited(ADA, 3_000_000)
    with pytest.raises(WalletMissing):
        await scene.withdraw(BO, "1")
    with pytest.raises(FundsInsufficient):
        await scene.withdraw(ADA, "3.000001")
    await scene.withdraw(ADA, "2")
    with pytest.raises(FundsInsufficient):
        await scene.withdraw(ADA, "2")
    assert await scene.balance(ADA) == 1_000_000


async def test_a_payment_that_the_token_refuses_is_kept_by_the_vault_and_said_so(scene: Scene) -> None:
    await scene.deposited(ADA, 3_000_000)
    scene.token.denied.add(WALLETS[ADA.id].address)
    begun = await scene.withdraw(ADA, "2")
    scene.chain.mine(60)
    await scene.round()
    paid = await scene.settlement(begun.id)
    assert (paid.status, paid.kept) == ("confirmed", True)
    assert scene.vault.owed == {WALLETS[ADA.id].address: 2_000_000}
    await scene.agree()


async def test_a_kill_between_commit_and_broadcast_loses_and_doubles_nothing(scene: Scene) -> None:
    await scene.deposited(ADA, 3_000_000)
    begun = await scene.withdraw(ADA, "2")
    scene.chain.mine(60)
    assert await epochs.begin(scene.database, scene.served)
    # Here the process is killed: what it knew is gone, what it wrote is not.
    assert scene.vault.number == 0
    assert not await epochs.begin(scene.database, scene.served), "what is on its way is not begun again"
    for _ in range(3):
        await scene.round()
    assert (await scene.settlement(begun.id)).status == "confirmed"
    assert scene.vault.number == 1
    assert scene.token.balances[WALLETS[ADA.id].address] == FUNDED - 1_000_000
    await scene.agree()


async def test_a_chain_that_does_not_answer_after_taking_a_transaction_is_paid_through_once(scene: Scene) -> None:
    await scene.deposited(ADA, 3_000_000)
    begun = await scene.withdraw(ADA, "2")
    scene.chain.mine(60)
    await epochs.begin(scene.database, scene.served)
    for failing in range(1, 4):
        scene.chain.failing = failing
        with pytest.raises(ChainUnreachable):
            await epochs.advance(scene.database, scene.served)
        scene.chain.failing = 0
    await epochs.send(scene.database, scene.served)
    await epochs.send(scene.database, scene.served)
    await scene.round()
    assert (await scene.settlement(begun.id)).status == "confirmed" and scene.vault.number == 1


async def test_a_stuck_transaction_is_replaced_and_either_of_them_counts(scene: Scene) -> None:
    await scene.deposited(ADA, 3_000_000)
    begun = await scene.withdraw(ADA, "2")
    scene.chain.mine(60)
    await epochs.advance(scene.database, scene.served)
    for attempts in range(2, 5):
        cast(VirtualClock, scene.database.clock).advance(STUCK_SECONDS)
        scene.chain.mine(holding_back=True)
        await epochs.advance(scene.database, scene.served)
        async with scene.database.reading() as connection:
            [sending] = await store.open_sendings(connection, LOCAL)
        assert len(sending.attempts) == attempts
        offers = [fees.most for _, fees, _ in sending.attempts]
        assert offers == sorted(set(offers)) and len({signed.nonce for signed, _, _ in sending.attempts}) == 1
    scene.chain.mine()
    scene.deepen()
    await epochs.advance(scene.database, scene.served)
    assert (await scene.settlement(begun.id)).status == "confirmed" and scene.vault.number == 1
    assert await scene.chain.nonce(OPERATOR.address) == 1


async def test_a_payment_behind_which_the_chain_went_back_is_held_again_and_sent_again(scene: Scene) -> None:
    await scene.deposited(ADA, 3_000_000)
    scene.deepen()
    begun = await scene.withdraw(ADA, "2")
    scene.chain.mine(60)
    await scene.round()
    scene.chain.reorganise(DEPTH + 1, losing=True)
    assert scene.vault.number == 0
    await scene.follow()
    again = await scene.settlement(begun.id)
    assert (again.status, again.transfer_id) == ("pending_settlement", None)
    assert await scene.balance(ADA) == 1_000_000
    await scene.agree()
    await scene.round()
    assert (await scene.settlement(begun.id)).status == "confirmed" and scene.vault.number == 1
    assert scene.token.balances[WALLETS[ADA.id].address] == FUNDED - 1_000_000
    await scene.agree()


async def test_an_epoch_that_the_contract_refuses_leaves_its_withdrawals_to_the_next_one(scene: Scene) -> None:
    await scene.deposited(ADA, 3_000_000)
    await scene.deposited(BO, 3_000_000)
    scene.chain.mine(60)
    await scene.withdraw(BO, "1")
    await scene.round()
    begun = await scene.withdraw(ADA, "2")
    scene.chain.mine(60)
    await epochs.begin(scene.database, scene.served)
    await scene.leave(BO, 2_000_000)
    await epochs.send(scene.database, scene.served)
    scene.chain.mine(60)
    scene.deepen()
    await epochs.send(scene.database, scene.served)
    assert (scene.vault.number, (await scene.settlement(begun.id)).status) == (1, "pending_settlement")
    await scene.round()
    await scene.round()
    assert (scene.vault.number, (await scene.settlement(begun.id)).status) == (2, "confirmed")
    assert await scene.balance(BO) == 0
    await scene.agree()


async def test_who_takes_out_by_the_contract_what_was_held_owes_it_and_is_not_paid_again(scene: Scene) -> None:
    await scene.deposited(ADA, 3_000_000)
    await scene.deposited(BO, 3_000_000)
    scene.chain.mine(60)
    await scene.withdraw(BO, "1")
    await scene.round()
    begun = await scene.withdraw(ADA, "2")
    await scene.leave(ADA, 3_000_000)
    scene.deepen()
    await scene.follow()
    assert await scene.debt(ADA) == 2_000_000
    scene.chain.mine(60)
    await scene.round()
    assert ((await scene.settlement(begun.id)).status, await scene.debt(ADA), await scene.balance(ADA)) == (
        "cancelled",
        0,
        0,
    )
    assert scene.token.balances[WALLETS[ADA.id].address] == FUNDED
    await scene.agree()


async def test_what_metering_earned_is_the_operator_s_leaf_and_debts_beyond_it_stop_the_epoch(scene: Scene) -> None:
    await scene.deposited(ADA, 5_000_000)
    await spend(scene, 3_000_000)
    await scene.deposited(BO, 2_000_000)
    await scene.withdraw(BO, "1")
    scene.chain.mine(60)
    await scene.round()
    _, *leaves = await document(scene, 1)
    assert {leaf["account"]: int(leaf["amount"]) for leaf in leaves} == {
        WALLETS[ADA.id].address: 2_000_000,
        WALLETS[BO.id].address: 1_000_000,
        OPERATOR.address: 3_000_000,
    }
    assert await scene.on(METERING) == 3_000_000


async def test_a_vault_that_holds_less_than_it_owes_gets_no_epoch(scene: Scene) -> None:
    await scene.deposited(ADA, 5_000_000)
    await scene.withdraw(ADA, "1")
    scene.token.balances[VAULT] -= 1
    scene.chain.mine(60)
    with pytest.raises(EpochUncovered):
        await epochs.begin(scene.database, scene.served)
    assert scene.vault.number == 0


async def test_without_a_withdrawal_what_changed_is_published_once_an_hour(scene: Scene) -> None:
    await scene.deposited(ADA, 5_000_000)
    scene.chain.mine(epochs.EPOCH_SECONDS - 200)
    assert not await epochs.begin(scene.database, scene.served)
    scene.chain.mine(200)
    await scene.round()
    assert (scene.vault.number, scene.vault.outstanding) == (1, 5_000_000)
    assert Amount(5_000_000, scene.served.asset).minor == await scene.balance(ADA)
