"""The Merkle-sum tree: every leaf is proven, no other leaf, no other amount and no other sum is."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from Crypto.Hash import keccak as reference
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.settlement.world import ADA, CY, usdc

from harmony.adapters.db.pool import Database
from harmony.apps.links.looks import into_reserve
from harmony.settlement.balances import service
from harmony.settlement.balances.keccak import RATE_BYTES, keccak256
from harmony.settlement.balances.reserve import (
    DEPTH_LIMIT,
    LARGEST_UNITS,
    Leaf,
    LeafInvalid,
    Tree,
    account_of_address,
    account_of_principal,
    proves,
    published,
)


def hashed(content: bytes) -> bytes:
    return reference.new(digest_bits=256, data=content).digest()


@given(st.integers(0, RATE_BYTES - 1).flatmap(lambda n: st.lists(st.binary(min_size=n, max_size=n), max_size=5)))
@settings(max_examples=60, deadline=None)
def test_the_hash_is_that_of_the_chain(messages: list[bytes]) -> None:
    assert keccak256(messages) == [hashed(message) for message in messages]


def test_the_hash_of_nothing_is_the_one_that_everybody_knows() -> None:
    assert keccak256([b""])[0].hex() == "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"


@pytest.mark.parametrize("messages", [[b"a", b"ab"], [bytes(RATE_BYTES)]])
def test_messages_of_one_hash_have_one_length_within_a_block(messages: list[bytes]) -> None:
    with pytest.raises(ValueError, match="length"):
        keccak256(messages)


def by_the_contracts_rule(leaves: list[Leaf]) -> tuple[bytes, int]:
    """The rule of the vault's interface, said once more, slowly."""
    level = [(hashed(leaf.account + leaf.amount.to_bytes(32)), leaf.amount) for leaf in leaves]
    while len(level) & (len(level) - 1):
        level.append((bytes(32), 0))
    while len(level) > 1:
        above = []
        for (left, left_sum), (right, right_sum) in zip(level[::2], level[1::2], strict=True):
            both = left + left_sum.to_bytes(32) + right + right_sum.to_bytes(32)
            above.append((bytes(32) if left == right == bytes(32) else hashed(both), left_sum + right_sum))
        level = above
    return level[0]


amounts = st.integers(0, 2**80)
trees = st.lists(amounts, min_size=1, max_size=17).map(
    lambda found: [Leaf(account_of_principal(f"p{number}"), amount) for number, amount in enumerate(found)]
)


@given(trees)
@settings(max_examples=25, deadline=None)
def test_the_root_is_the_contracts_and_the_total_is_the_sum(leaves: list[Leaf]) -> None:
    tree = Tree(leaves)
    assert (tree.root, tree.total) == by_the_contracts_rule(leaves)
    assert tree.total == sum(leaf.amount for leaf in leaves)


@given(trees, st.data())
@settings(max_examples=25, deadline=None)
def test_every_leaf_is_proven_and_nothing_that_differs_from_it_is(leaves: list[Leaf], data: st.DataObject) -> None:
    tree = Tree(leaves)
    found = tree.prove(data.draw(st.integers(0, len(leaves) - 1)))
    assert proves(found, tree.root, tree.total)
    forged = [
        replace(found, leaf=replace(found.leaf, amount=found.leaf.amount + 1)),
        replace(found, leaf=replace(found.leaf, amount=-1)),
        replace(found, leaf=replace(found.leaf, account=account_of_principal("another"))),
        replace(found, index=found.index + (1 << len(found.beside))),
        replace(found, index=-1),
        replace(found, beside=(*found.beside, (bytes(32), 0))),
    ]
    if found.beside:
        (first, amount), *rest = found.beside
        forged += [
            replace(found, beside=((first, amount + 1), *rest)),
            replace(found, beside=((first, -found.leaf.amount - 1), *rest)),
            replace(found, beside=((bytes(31), amount), *rest)),
            replace(found, beside=tuple(rest)),
        ]
    assert not any(proves(one, tree.root, tree.total) for one in forged)
    assert not proves(found, tree.root, tree.total + 1)
    assert not proves(replace(found, beside=((bytes(32), 0),) * (DEPTH_LIMIT + 1)), tree.root, tree.total)


@pytest.mark.parametrize(
    "leaves",
    [
        [],
        [Leaf(bytes(31), 1)],
        [Leaf(bytes(32), -1)],
        [Leaf(bytes(32), LARGEST_UNITS + 1)],
        [Leaf(bytes(32), 1), Leaf(bytes(32), 2)],
        [Leaf(bytes(32), LARGEST_UNITS), Leaf(b"\x01" * 32, 1)],
    ],
)
def test_what_cannot_be_a_tree_is_refused(leaves: list[Leaf]) -> None:
    with pytest.raises(LeafInvalid):
        Tree(leaves)


def test_the_largest_sum_fits() -> None:
    assert Tree([Leaf(bytes(32), LARGEST_UNITS - 1), Leaf(b"\x01" * 32, 1)]).total == LARGEST_UNITS


def test_there_is_no_proof_of_a_place_without_a_leaf() -> None:
    tree = Tree([Leaf(bytes([number]) * 32, number) for number in range(3)])
    for index in (-1, 3):
        with pytest.raises(LeafInvalid):
            tree.prove(index)


def test_from_what_is_published_anybody_builds_the_same_tree() -> None:
    tree = Tree([Leaf(account_of_address(bytes([number]) * 20), number) for number in range(1, 6)])
    head, *lines = (json.loads(line) for line in published(7, tree))
    again = Tree([Leaf(bytes.fromhex(line["account"]), int(line["amount"])) for line in lines])
    assert (head["epoch"], head["root"], head["total"]) == (7, again.root.hex(), str(again.total))


def test_an_address_has_twenty_bytes() -> None:
    with pytest.raises(LeafInvalid):
        account_of_address(bytes(32))


async def test_the_reserve_of_a_ledger_is_the_sum_of_its_shadow_balances(world: Database) -> None:
    async with world.reading() as connection:
        assert await service.reserve(connection) is None
        assert (await into_reserve(connection))["holders"] == 0
    for person, text in ((ADA, "12.5"), (CY, "7")):
        async with world.begin(actor=person.id) as uow:
            await service.deposit(uow, usdc(text))
    async with world.reading() as connection:
        tree = await service.reserve(connection)
        seen = await into_reserve(connection)
    assert tree is not None and tree.total == usdc("19.5").minor
    assert {leaf.account for leaf in tree.leaves} == {account_of_principal(one.id) for one in (ADA, CY)}
    assert (seen["owed"], seen["root"], seen["covered"]) == ("19.500000 practice-USDC", tree.root.hex(), True)
