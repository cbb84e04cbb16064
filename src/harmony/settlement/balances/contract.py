"""The language of HarmonyVault: what can be asked of it, what it tells. Pure; see ``contracts/src/interfaces``.

Amounts are minor units of its token. What cannot be in a log of the vault raises ``AnswerRefused``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from harmony.adapters.chains.errors import AnswerRefused
from harmony.adapters.chains.model import Log, Receipt
from harmony.kernel.money import LARGEST_MINOR
from harmony.settlement.balances.keccak import keccak256

WORD_BYTES = 32
PAYMENTS_LIMIT = 100
"""In one epoch; the contract takes 500."""
LEAST_SPAN_SECONDS = 60
"""Between two epochs, by the contract."""
GAS_OF_EPOCH, GAS_OF_PAYMENT = 250_000, 90_000
"""More than is used: a payment to a fresh account whose push is refused takes most."""
GAS_OF_NOTHING = 30_000
"""A transaction to oneself; above what its floor price can ask."""
NOBODY = f"0x{'0' * 40}"

Kind = Literal["deposited", "published", "exited", "reclaimed"]


def _topic(signature: str) -> str:
    return f"0x{keccak256([signature.encode()])[0].hex()}"


def _selector(signature: str) -> bytes:
    return keccak256([signature.encode()])[0][:4]


DEPOSITED = _topic("Deposited(uint256,address,uint256)")
PUBLISHED = _topic("Published(uint256,bytes32,uint256,uint256,uint256)")
EXITED = _topic("Exited(uint256,address,uint256)")
RECLAIMED = _topic("Reclaimed(uint256,address,uint256)")
KEPT = _topic("Kept(address,uint256)")
TRANSFER = _topic("Transfer(address,address,uint256)")

EPOCH, RESERVE, CLOSED = _selector("epoch()"), _selector("reserve()"), _selector("closed()")
DELAY, TOKEN, OPERATOR = _selector("DELAY()"), _selector("TOKEN()"), _selector("OPERATOR()")
PUBLISH = _selector("publish((bytes32,uint256,uint32),bytes32[])")
_MOVED: dict[str, Kind] = {DEPOSITED: "deposited", EXITED: "exited", RECLAIMED: "reclaimed"}


@dataclass(frozen=True, slots=True)
class Event:
    """``number`` is the deposit's or the epoch's. ``root`` is of ``published`` only, whose amount is what was paid."""

    kind: Kind
    number: int
    account: str | None
    amount: int
    root: bytes | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """The vault at one moment: its last epoch, what it holds and owes, and whether it is closed for good."""

    number: int
    published_at: int
    outstanding: int
    included: int
    held: int
    liabilities: int
    closed: bool


def read(log: Log) -> Event | None:
    """What a log of the vault says, None for what moves no money."""
    topic = log.topics[0] if log.topics else ""
    if topic in _MOVED and len(log.topics) == 3 and len(log.data) == WORD_BYTES:
        return Event(_MOVED[topic], _number(log.topics[1]), _account(log.topics[2]), _amount(log.data))
    if topic == PUBLISHED and len(log.topics) == 2 and len(log.data) == 4 * WORD_BYTES:
        root, _, _, paid = _words(log.data)
        return Event("published", _number(log.topics[1]), None, _amount(paid), root)
    if topic in {*_MOVED, PUBLISHED}:
        raise AnswerRefused("the vault's log has not the form of the vault's logs")
    return None


def kept(log: Log) -> str | None:
    """The account whose payment the token refused, None for another log."""
    if log.topics[:1] != (KEPT,) or len(log.topics) != 2:
        return None
    return _account(log.topics[1])


def paid_in(receipt: Receipt, vault: str, token: str) -> dict[str, int]:
    """What each account has deposited in the vault by this transaction: what the vault says, where the token says that
    as much came to the vault."""
    told: dict[str, int] = {}
    for log in receipt.logs:
        event = read(log) if log.address == vault else None
        if event is not None and event.kind == "deposited" and event.account is not None:
            told[event.account] = told.get(event.account, 0) + event.amount
    came: dict[str, int] = {}
    for log in receipt.logs:
        payer, to, amount = _moved(log) if log.address == token else (NOBODY, NOBODY, 0)
        if to == vault:
            came[payer] = came.get(payer, 0) + amount
    return {account: amount for account, amount in told.items() if came.get(account, 0) >= amount}


def _moved(log: Log) -> tuple[str, str, int]:
    """From, to and amount of a token's transfer."""
    if log.topics[:1] != (TRANSFER,) or len(log.topics) != 3 or len(log.data) != WORD_BYTES:
        return NOBODY, NOBODY, 0
    return _account(log.topics[1]), _account(log.topics[2]), _amount(log.data)


def standing(epoch: bytes, reserve: bytes, closed: bytes) -> Standing:
    """What the three questions were answered."""
    if (len(epoch), len(reserve), len(closed)) != (4 * WORD_BYTES, 2 * WORD_BYTES, WORD_BYTES):
        raise AnswerRefused("the vault does not answer as a vault does")
    number, published_at, outstanding, included = (_amount(word) for word in _words(epoch))
    held, liabilities = (_amount(word) for word in _words(reserve))
    return Standing(number, published_at, outstanding, included, held, liabilities, any(closed))


def publish(root: bytes, total: int, included: int, payments: Sequence[tuple[str, int]]) -> bytes:
    """The call that publishes an epoch and pays ``payments``, each an account once."""
    if len(payments) > PAYMENTS_LIMIT:
        raise ValueError(f"an epoch pays at most {PAYMENTS_LIMIT}")
    head = [root, total.to_bytes(32), included.to_bytes(32), (4 * WORD_BYTES).to_bytes(32)]
    words = [bytes.fromhex(account[2:]) + amount.to_bytes(12) for account, amount in payments]
    return PUBLISH + b"".join([*head, len(words).to_bytes(32), *words])


def address_in(word: bytes) -> str:
    """The address that a question was answered."""
    if len(word) != WORD_BYTES or any(word[:12]):
        raise AnswerRefused("the vault does not answer as a vault does")
    return f"0x{word[12:].hex()}"


def _words(data: bytes) -> list[bytes]:
    return [data[at : at + WORD_BYTES] for at in range(0, len(data), WORD_BYTES)]


def _number(topic: str) -> int:
    return _amount(bytes.fromhex(topic[2:]))


def _amount(word: bytes) -> int:
    found = int.from_bytes(word)
    if found > LARGEST_MINOR:
        raise AnswerRefused("the vault's number is beyond what there can be")
    return found


def _account(topic: str) -> str:
    return address_in(bytes.fromhex(topic[2:]))
