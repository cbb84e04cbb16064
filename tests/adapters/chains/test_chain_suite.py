"""What every chain behind the door does: anvil and the one in memory."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

import pytest
import pytest_asyncio
from contracts.tools import anvil
from tests.adapters.chains.worlds import (
    DEPTH,
    SETTINGS,
    InMemoryWorld,
    World,
    balance_of,
    mint,
    quiet_anvil,
    sent,
    signed,
    world_of,
)

from harmony.adapters.chains.errors import TransactionRefused
from harmony.adapters.chains.fakes import TRANSFER
from harmony.adapters.chains.following import Back, Forward, Mark, look
from harmony.adapters.chains.model import Unsigned, replacement
from harmony.adapters.chains.ports import LOGS_LIMIT_BLOCKS

HOLDER = "0x00000000000000000000000000000000000000aa"
OTHER = "0x00000000000000000000000000000000000000bb"


@pytest.fixture(scope="module")
def running() -> Iterator[anvil.Chain]:
    with quiet_anvil() as chain:
        yield chain


@pytest_asyncio.fixture(params=["in memory", "anvil"])
async def world(request: pytest.FixtureRequest) -> AsyncIterator[World]:
    if request.param == "in memory":
        yield InMemoryWorld()
        return
    async with world_of(request.getfixturevalue("running")) as found:
        yield found


async def test_a_transaction_is_sent_once_however_often_it_is_handed_over(world: World) -> None:
    token, before = await world.token(), await world.chain.nonce(world.signer.address)
    made = await signed(world, token, mint(HOLDER, 5))
    await world.chain.broadcast(made)
    await world.chain.broadcast(made)
    assert await world.chain.receipt(made.hash) is None
    await world.mine()
    await world.chain.broadcast(made)
    await world.mine()
    receipt = await world.chain.receipt(made.hash)
    assert receipt is not None and receipt.succeeded
    [log] = receipt.logs
    assert (log.address, log.topics[0], int.from_bytes(log.data)) == (token, TRANSFER, 5)
    assert int.from_bytes(await world.chain.call(token, balance_of(HOLDER))) == 5
    assert await world.chain.nonce(world.signer.address) == before + 1


async def test_what_a_contract_refuses_is_in_a_block_without_logs(world: World) -> None:
    token = await world.token()
    receipt = await sent(world, token, bytes.fromhex("a9059cbb") + bytes(12) + b"\xaa" * 20 + (9).to_bytes(32))
    assert not receipt.succeeded and receipt.logs == ()
    with pytest.raises(TransactionRefused):
        await world.chain.call(token, b"\x00\x00\x00\x00")


async def test_logs_come_in_order_each_once_and_of_one_contract(world: World) -> None:
    token, other = await world.token(), await world.token() if isinstance(world, InMemoryWorld) else ""
    first = await sent(world, token, mint(HOLDER, 1))
    await sent(world, token, mint(OTHER, 2))
    last = (await world.chain.head()).number
    found = await world.chain.logs(token, first.block_number, last)
    assert [int.from_bytes(log.data) for log in found] == [1, 2]
    assert await world.chain.logs(OTHER, first.block_number, last) == []
    assert other in ("", token)
    with pytest.raises(ValueError):
        await world.chain.logs(token, 0, LOGS_LIMIT_BLOCKS)


async def test_blocks_hang_together_and_there_is_none_beyond_the_head(world: World) -> None:
    await world.mine(2)
    head = await world.chain.head()
    before = await world.chain.block(head.number - 1)
    assert before is not None and before.hash == head.parent
    assert await world.chain.block(head.number + 1) is None
    assert await world.chain.receipt(f"0x{'12' * 32}") is None


async def test_a_stuck_transaction_is_replaced_by_one_that_offers_enough_more(world: World) -> None:
    token = await world.token()
    stuck = await signed(world, token, mint(HOLDER, 1))
    await world.chain.broadcast(stuck)
    fees = await world.chain.fees()
    call = Unsigned(SETTINGS.chain_id, stuck.nonce, token, mint(HOLDER, 2), 200_000, fees)
    with pytest.raises(TransactionRefused):
        await world.chain.broadcast(world.signer.sign(call))
    better = world.signer.sign(replace(call, fees=replacement(fees, fees)))
    await world.chain.broadcast(better)
    await world.mine()
    assert await world.chain.receipt(stuck.hash) is None
    receipt = await world.chain.receipt(better.hash)
    assert receipt is not None and receipt.succeeded
    await world.chain.broadcast(stuck)
    assert int.from_bytes(await world.chain.call(token, balance_of(HOLDER))) == 2


async def test_a_transaction_for_another_chain_is_refused(world: World) -> None:
    fees, nonce = await world.chain.fees(), await world.chain.nonce(world.signer.address)
    with pytest.raises(TransactionRefused):
        await world.chain.broadcast(world.signer.sign(Unsigned(1, nonce, HOLDER, b"", 30_000, fees)))


async def test_logs_are_followed_at_finality_and_a_deep_reorganisation_is_told(world: World) -> None:
    token = await world.token()
    await world.mine(DEPTH)
    head = await world.chain.head()
    began = Mark(head.number, head.hash)
    made = await sent(world, token, mint(HOLDER, 7))
    await world.mine(DEPTH - 1)
    assert await look(world.chain, token, [began]) is None or (await world.chain.head()).number > made.block_number + 2
    await world.mine()
    found = await look(world.chain, token, [began])
    assert isinstance(found, Forward) and [int.from_bytes(log.data) for log in found.logs] == [7]
    assert await look(world.chain, token, [found.mark, began]) is None

    await world.reorganise(DEPTH + 1)
    back = await look(world.chain, token, [found.mark, began])
    assert back == Back(began)
    assert await world.chain.receipt(made.tx_hash) is None
    await world.mine(DEPTH)
    again = await look(world.chain, token, [began])
    assert isinstance(again, Forward) and again.logs == ()
    assert await look(world.chain, token, [again.mark, began]) is None
