"""Another implementation of EIP-712 hashes what our contracts hash, and published payloads give the digests used there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from eth_account import Account
from eth_account.messages import encode_typed_data
from eth_utils import keccak
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.tools import anvil

AUTHORIZATION = "from:address to:address value:uint256 validAfter:uint256 validBefore:uint256 nonce:bytes32"
TERMS = (
    "buyer:address seller:address arbiter:address feeRecipient:address minFeeBps:uint16 maxFeeBps:uint16 openBy:uint40 "
    "reviewSeconds:uint32 arbitrationSeconds:uint32 work:bytes32 salt:uint256 milestones:Milestone[]"
)
MILESTONE = "amount:uint96 deliverSeconds:uint32"
SETTLEMENT = "escrow:bytes32 toSeller:uint96 toBuyer:uint96 feeBps:uint16 validUntil:uint40"
X402_SIGNATURE = (
    "2d6a7588d6acca505cbf0d9a4a227e0c52c6c34008c8e8986a12832597641736"
    "08a2ce6496642e377d6da8dbbf5836e9bd15092f9ecab05ded3d6293af148b571c"
)

addresses = st.binary(min_size=20, max_size=20)
words = st.binary(min_size=32, max_size=32)


def members(text: str) -> list[dict[str, str]]:
    return [dict(zip(("name", "type"), member.split(":"), strict=True)) for member in text.split()]


def digest(domain: dict[str, Any], kinds: dict[str, str], message: dict[str, Any]) -> bytes:
    typed = {kind: members(text) for kind, text in kinds.items()}
    signable = encode_typed_data(domain_data=domain, message_types=typed, message_data=message)
    return keccak(b"\x19" + signable.version + signable.header + signable.body)


def numbers(bits: int) -> st.SearchStrategy[int]:
    return st.integers(0, 2**bits - 1)


@pytest.fixture(scope="module")
def escrow() -> Iterator[Any]:
    with anvil.running() as chain:
        yield chain.deploy("HarmonyEscrow", chain.deploy("PracticeUsdc").address, chain.account(0))


def domain_of(escrow: Any) -> dict[str, Any]:
    chain = escrow.w3.eth.chain_id
    return {"name": "HarmonyEscrow", "version": "1", "chainId": chain, "verifyingContract": escrow.address}


@settings(max_examples=40, deadline=None)
@given(
    st.tuples(
        *[addresses] * 4,
        *[numbers(16)] * 2,
        numbers(40),
        *[numbers(32)] * 2,
        words,
        numbers(256),
        st.lists(st.tuples(numbers(96), numbers(32)), max_size=4),
    )
)
def test_terms_have_the_id_that_wallets_sign(escrow: Any, values: tuple[Any, ...]) -> None:
    names = [member["name"] for member in members(TERMS)]
    message = dict(zip(names, values, strict=True))
    message["milestones"] = [{"amount": amount, "deliverSeconds": span} for amount, span in values[-1]]
    wanted = digest(domain_of(escrow), {"Terms": TERMS, "Milestone": MILESTONE}, message)
    assert escrow.functions.hashTerms(values).call() == wanted


@settings(max_examples=20, deadline=None)
@given(st.tuples(words, numbers(96), numbers(96), numbers(16), numbers(40)))
def test_settlements_have_the_hash_that_wallets_sign(escrow: Any, values: tuple[Any, ...]) -> None:
    message = dict(zip([member["name"] for member in members(SETTLEMENT)], values, strict=True))
    assert escrow.functions.hashSettlement(values).call() == digest(
        domain_of(escrow), {"Settlement": SETTLEMENT}, message
    )


def test_the_x402_example_gives_the_digest_that_the_contracts_are_tested_with() -> None:
    domain = {
        "name": "USDC",
        "version": "2",
        "chainId": 84_532,
        "verifyingContract": "0x036CbD53842c5426634e7929541eC2318f3dCF7e",
    }
    message = {
        "from": "0x857b06519E91e3A54538791bDbb0E22373e36b66",
        "to": "0x209693Bc6afc0C5328bA36FaF03C514EF312287C",
        "value": 10_000,
        "validAfter": 1_740_672_089,
        "validBefore": 1_740_672_154,
        "nonce": bytes.fromhex("f3746613c2d920b5fdabc0856f2aeb2d4f88ee6037b8cc5d04a71a4462f13480"),
    }
    found = digest(domain, {"TransferWithAuthorization": AUTHORIZATION}, message)
    assert found.hex() == "f256992871671abcb27ff92885a7afa46218724e5fc0bac35d050115aa1d22e6"
    signer = Account._recover_hash(found, signature=bytes.fromhex(X402_SIGNATURE))
    assert signer == message["from"]
