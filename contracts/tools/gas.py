"""What the contracts' verbs cost, as receipts of real transactions on a local chain say it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from eth_abi import encode
from eth_account import Account
from eth_utils import keccak

from contracts.exit import exit as leaving
from contracts.tools.anvil import Chain

UNIT = 1_000_000
PRICE = 100 * UNIT
HOLDERS = 1_024
PAYEES = 100
LEAVING = (0, 1, 2, 300, 600, 601)
"""Leaves that are taken out: 0, 300 and 600 are the first of their 256 neighbours."""

EMPTY = 601
"""A holder who has never held a dollar outside."""

DAY = 86_400


@dataclass
class Cast:
    """Who takes part; ``keys`` sign, ``account`` numbers pay for transactions. Fixed keys keep the figures equal."""

    chain: Chain
    usdc: Any
    buyer: Any
    seller: Any
    house: Any
    worker: Any
    """The account of the seller, which signs with its key as well."""


def measure(chain: Chain) -> dict[str, int]:
    """Name of what was done to the gas it used. Recipients hold some money before, as most do."""
    Account.enable_unaudited_hdwallet_features()
    cast = _cast(chain)
    return {**_escrow(cast), **_vault(chain)}


def specified(chain: Chain) -> dict[str, int]:
    """The same of the specification's own contract, for comparison."""
    Account.enable_unaudited_hdwallet_features()
    return _specified(_cast(chain))


def _cast(chain: Chain) -> Cast:
    usdc = chain.deploy("PracticeUsdc")
    people = [chain.account(number) for number in range(1, 5)]
    for person in people:
        chain.send(usdc.functions.mint(person, 10_000 * UNIT), chain.account(0))
    return Cast(chain, usdc, people[0], people[1], people[2], _key(2))


def _key(number: int) -> Any:
    """The key of the chain's account ``number``."""
    mnemonic = "test test test test test test test test test test test junk"
    return Account.from_mnemonic(mnemonic, account_path=f"m/44'/60'/0'/0/{number}")


def _terms(cast: Cast, salt: int) -> tuple[Any, ...]:
    now = cast.chain.web3.eth.get_block("latest")["timestamp"]
    return (
        cast.buyer,
        cast.seller,
        cast.chain.account(4),
        cast.house,
        50,
        200,
        now + DAY,
        2 * DAY,
        7 * DAY,
        keccak(b"work"),
        salt,
        [(PRICE, DAY)],
    )


def _escrow(cast: Cast) -> dict[str, int]:
    """The cycle open, submit, release with both consents, a submission and a fee, paid in two ways."""
    chain = cast.chain
    escrow = chain.deploy("HarmonyEscrow", cast.usdc.address, chain.account(9))
    # Others' money is in escrow already, and the allowance is given: that is how it is found on most days.
    chain.send(cast.usdc.functions.approve(escrow.address, 10**12), cast.buyer)
    first = _terms(cast, 1)
    chain.send(escrow.functions.open(first, b"", _consent(cast, escrow, first)), cast.buyer)

    terms = _terms(cast, 2)
    by_allowance = {
        "escrow.open": chain.send(escrow.functions.open(terms, b"", _consent(cast, escrow, terms)), cast.buyer),
        "escrow.submit": chain.send(escrow.functions.submit(terms, keccak(b"it")), cast.seller),
        "escrow.release": chain.send(escrow.functions.release(terms, PRICE, 100), cast.buyer),
    }
    paid = _terms(cast, 3)
    identity = escrow.functions.hashTerms(paid).call()
    paper = (0, paid[6], _authorization(cast, escrow.address, paid[6], identity))
    opened = chain.send(
        escrow.functions.openWithAuthorization(paid, paper, _consent(cast, escrow, paid)), chain.account(4)
    )
    submitted = chain.send(escrow.functions.submit(paid, keccak(b"it")), cast.seller)
    released = chain.send(escrow.functions.release(paid, PRICE, 100), cast.buyer)
    return {
        **by_allowance,
        "escrow.openWithAuthorization": opened,
        "escrow cycle by allowance": sum(by_allowance.values()),
        "escrow cycle without approval": opened + submitted + released,
    }


def _consent(cast: Cast, escrow: Any, terms: tuple[Any, ...]) -> bytes:
    return bytes(cast.worker.unsafe_sign_hash(escrow.functions.hashTerms(terms).call()).signature)


def _authorization(cast: Cast, payee: str, until: int, nonce: bytes) -> bytes:
    usdc = cast.usdc.functions
    kinds = ["bytes32", "address", "address", "uint256", "uint256", "uint256", "bytes32"]
    kind = usdc.RECEIVE_WITH_AUTHORIZATION_TYPEHASH().call()
    struct = keccak(encode(kinds, [kind, cast.buyer, payee, PRICE, 0, until, nonce]))
    digest = keccak(b"\x19\x01" + usdc.DOMAIN_SEPARATOR().call() + struct)
    return bytes(_key(1).unsafe_sign_hash(digest).signature)


def _specified(cast: Cast) -> dict[str, int]:
    """The specification's contract: create, accept, release. No terms, no consent to them, no submission, no fee."""
    chain = cast.chain
    escrow = chain.deploy("SpecifiedEscrow", cast.usdc.address)
    chain.send(cast.usdc.functions.approve(escrow.address, 2 * PRICE), cast.buyer)
    chain.send(escrow.functions.createEscrow(PRICE), cast.buyer)
    chain.send(cast.usdc.functions.approve(escrow.address, 0), cast.buyer)
    approved = chain.send(cast.usdc.functions.approve(escrow.address, 2 * PRICE), cast.buyer)
    created = chain.send(escrow.functions.createEscrow(PRICE), cast.buyer)
    accepted = chain.send(escrow.functions.acceptEscrow(1), cast.seller)
    released = chain.send(escrow.functions.releaseEscrow(1), cast.buyer)
    return {
        "specified cycle by allowance": created + accepted + released,
        "specified cycle with approval": approved + created + accepted + released,
    }


def _vault(chain: Chain) -> dict[str, int]:
    usdc = chain.deploy("PracticeUsdc")
    owner, operator, payer = chain.account(0), chain.account(5), chain.account(6)
    vault = chain.deploy("HarmonyVault", usdc.address, owner, operator, 7 * DAY)
    holders = ["0x" + keccak(number.to_bytes(4, "big"))[:20].hex() for number in range(HOLDERS)]
    amount = 5 * UNIT
    for account in (payer, operator):
        chain.send(usdc.functions.mint(account, 10**12), owner)
    chain.send(usdc.functions.approve(vault.address, 10**12), payer)
    deposited = _deposits(chain, vault, payer, HOLDERS * amount + 2 * PAYEES * UNIT)
    for holder in {*holders[:PAYEES], *(holders[index] for index in LEAVING)} - {holders[EMPTY]}:
        chain.send(usdc.functions.mint(chain.web3.to_checksum_address(holder), 1), owner)

    spare = "0x" + "11" * 20
    published = [
        _publish(chain, vault, operator, [*zip(holders, [amount] * HOLDERS, strict=True), (spare, rest)], payments)
        for rest, payments in (
            (2 * PAYEES * UNIT, []),
            (2 * PAYEES * UNIT, []),
            (PAYEES * UNIT, [(holder, UNIT) for holder in holders[:PAYEES]]),
            (0, [(holder, UNIT) for holder in holders[:PAYEES]]),
        )
    ]
    leaves = [*zip(holders, [amount] * HOLDERS, strict=True)]
    root_only = _publish(chain, vault, operator, leaves, [])
    chain.pass_time(7 * DAY + 1)
    tree = leaving.Tree(leaves)
    number = vault.functions.epoch().call()[0]
    exits = {index: chain.send(vault.functions.exit(number, tree.leaf(index)), operator) for index in LEAVING}
    return {
        "token transfer": chain.send(usdc.functions.transfer(chain.account(5), UNIT), payer),
        "vault.deposit": deposited,
        "vault.publish": root_only,
        "vault payment, each of 100": (published[3] - published[1]) // PAYEES,
        "vault.exit at 1,024 leaves": max(exits[1], exits[2]),
        "vault.exit, first of 256 neighbours": max(exits[0], exits[300]),
        "vault.exit, to an account without a dollar": exits[EMPTY],
    }


def _deposits(chain: Chain, vault: Any, payer: Any, total: int) -> int:
    chain.send(vault.functions.deposit(total // 2), payer)
    return chain.send(vault.functions.deposit(total - total // 2), payer)


def _publish(
    chain: Chain, vault: Any, operator: Any, leaves: Sequence[tuple[str, int]], payments: Sequence[tuple[str, int]]
) -> int:
    chain.pass_time(61)
    tree = leaving.Tree(leaves)
    words = [bytes.fromhex(account[2:]) + amount.to_bytes(12, "big") for account, amount in payments]
    return chain.send(vault.functions.publish((tree.root, tree.total, 2), words), operator)
