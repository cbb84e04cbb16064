"""The Merkle-sum tree of all shadow balances: one root that says who is owed what, and how much in all. Pure.

The rule is the vault's (``contracts/src/SumTree.sol``): a leaf is keccak256(account as 32 bytes, amount as uint256), a
node keccak256(left, left sum, right, right sum); places without a leaf, and nodes over nothing but them, are zero. An
EVM address is its 20 bytes with zeros in front; a principal without one is the keccak256 of its id. Since every node
binds both sums, the leaves that can be proven never hold more than the root says.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from harmony.kernel.errors import Invalid
from harmony.settlement.balances.keccak import HASH_BYTES, RATE_BYTES, keccak256

LARGEST_UNITS = 2**96 - 1
DEPTH_LIMIT = 32
EMPTY = (bytes(HASH_BYTES), 0)

Node = tuple[bytes, int]


class LeafInvalid(Invalid):
    code = "balances.leaf_invalid"
    hint = "Give accounts of 32 bytes, each once, and amounts from 0 to 2^96 - 1 that come to no more than that."


@dataclass(frozen=True, slots=True)
class Leaf:
    """``account`` is 32 bytes, ``amount`` minor units."""

    account: bytes
    amount: int


@dataclass(frozen=True, slots=True)
class Inclusion:
    """What proves a leaf against a root: its place, and hash and sum of what stands beside it on each level."""

    leaf: Leaf
    index: int
    beside: tuple[Node, ...]


class Tree:
    """The tree over ``leaves`` in their order; raises ``LeafInvalid``."""

    def __init__(self, leaves: Sequence[Leaf]) -> None:
        _check(leaves)
        self.leaves = tuple(leaves)
        level: list[Node] = list(zip(keccak256([_leaf_bytes(one) for one in leaves]), _amounts(leaves), strict=True))
        width = 1 << max(len(level) - 1, 0).bit_length()
        level += [EMPTY] * (width - len(level))
        self._levels = [level]
        while len(level) > 1:
            level = _joined(level)
            self._levels.append(level)

    @property
    def root(self) -> bytes:
        return self._levels[-1][0][0]

    @property
    def total(self) -> int:
        """What all leaves come to."""
        return self._levels[-1][0][1]

    def prove(self, index: int) -> Inclusion:
        """What proves the leaf at ``index``; raises ``LeafInvalid`` where there is none."""
        if not 0 <= index < len(self.leaves):
            raise LeafInvalid("there is no leaf at this place", field="index")
        beside = tuple(level[(index >> depth) ^ 1] for depth, level in enumerate(self._levels[:-1]))
        return Inclusion(self.leaves[index], index, beside)


def proves(inclusion: Inclusion, root: bytes, total: int) -> bool:
    """Whether the leaf is in the tree of ``root`` and ``total``: what the vault asks before it pays."""
    depth = len(inclusion.beside)
    sums = [inclusion.leaf.amount, *(amount for _, amount in inclusion.beside)]
    if depth > DEPTH_LIMIT or inclusion.index < 0 or inclusion.index >> depth != 0:
        return False
    if len(inclusion.leaf.account) != HASH_BYTES or any(not 0 <= amount <= LARGEST_UNITS for amount in sums):
        return False
    [hashed] = keccak256([_leaf_bytes(inclusion.leaf)])
    node: Node = (hashed, inclusion.leaf.amount)
    for level, other in enumerate(inclusion.beside):
        if len(other[0]) != HASH_BYTES:
            return False
        pair = (node, other) if (inclusion.index >> level) & 1 == 0 else (other, node)
        [hashed] = keccak256([_pair_bytes(*pair)])
        node = (hashed, node[1] + other[1])
    return node == (root, total) and total <= LARGEST_UNITS


def account_of_principal(principal_id: str) -> bytes:
    """The account of a principal that has no address on a chain; ids have at most 100 characters of ASCII."""
    [found] = keccak256([principal_id.encode()[: RATE_BYTES - 1]])
    return found


def account_of_address(address: bytes) -> bytes:
    """The account of an EVM address, as contracts write it."""
    if len(address) != 20:
        raise LeafInvalid("an address has 20 bytes", field="address")
    return bytes(12) + address


def published(epoch: int, tree: Tree) -> Iterator[str]:
    """The epoch's data as lines of JSON, from which anybody builds the same tree."""
    yield json.dumps({"epoch": epoch, "root": tree.root.hex(), "total": str(tree.total)})
    for leaf in tree.leaves:
        yield json.dumps({"account": leaf.account.hex(), "amount": str(leaf.amount)})


def _check(leaves: Sequence[Leaf]) -> None:
    if not leaves or any(len(one.account) != HASH_BYTES for one in leaves):
        raise LeafInvalid("a tree has leaves, whose accounts have 32 bytes", field="account")
    if len({one.account for one in leaves}) != len(leaves):
        raise LeafInvalid("an account has one leaf", field="account")
    if any(one.amount < 0 for one in leaves) or sum(_amounts(leaves)) > LARGEST_UNITS:
        raise LeafInvalid("the amounts do not fit", field="amount")


def _amounts(leaves: Sequence[Leaf]) -> list[int]:
    return [one.amount for one in leaves]


def _joined(level: Sequence[Node]) -> list[Node]:
    pairs = [(level[at], level[at + 1]) for at in range(0, len(level), 2)]
    full = [pair for pair in pairs if pair != (EMPTY, EMPTY)]
    hashes = iter(keccak256([_pair_bytes(left, right) for left, right in full]))
    return [EMPTY if pair == (EMPTY, EMPTY) else (next(hashes), pair[0][1] + pair[1][1]) for pair in pairs]


def _leaf_bytes(leaf: Leaf) -> bytes:
    return leaf.account + leaf.amount.to_bytes(32)


def _pair_bytes(left: Node, right: Node) -> bytes:
    return left[0] + left[1].to_bytes(32) + right[0] + right[1].to_bytes(32)
