"""What a chain consists of, and what can be decided without asking it. Pure.

Addresses and hashes are lower-case hexadecimal with ``0x``; fees are wei; numbers of blocks count from 0.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from harmony.adapters.chains.errors import ChainUnknown, FeeTooHigh

FEE_LIMIT_WEI = 1_000 * 10**9
"""The most that is offered for a unit of gas."""
REPLACEMENT_EIGHTHS = 9
"""A replacement offers at least 9/8: nodes want a tenth more, some an eighth."""
RAW_LIMIT_BYTES = 131_072
"""What nodes take as one transaction."""

_EVM = re.compile(r"eip155:([1-9][0-9]{0,17})\Z", re.ASCII)
_ADDRESS = re.compile(r"0x[0-9a-f]{40}\Z", re.ASCII)
_HASH = re.compile(r"0x[0-9a-f]{64}\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class ChainSettings:
    """``finality_blocks``: that many blocks on top and a block counts as final; 0: at once. ``token`` is its USDC."""

    chain: str
    name: str
    finality_blocks: int
    block_seconds: float
    token: str | None

    @property
    def chain_id(self) -> int:
        return evm_chain_id(self.chain)


@dataclass(frozen=True, slots=True)
class Block:
    number: int
    hash: str
    parent: str
    timestamp: int


@dataclass(frozen=True, slots=True)
class Log:
    """What a contract told. ``index`` counts within the block."""

    address: str
    topics: tuple[str, ...]
    data: bytes
    block_number: int
    block_hash: str
    tx_hash: str
    index: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """A transaction in a block; ``contract`` is what it created."""

    tx_hash: str
    block_number: int
    block_hash: str
    succeeded: bool
    logs: tuple[Log, ...]
    contract: str | None = None


@dataclass(frozen=True, slots=True)
class Fees:
    """Wei for a unit of gas: at most ``most``, of which ``tip`` is whoever mines'."""

    most: int
    tip: int


@dataclass(frozen=True, slots=True)
class Unsigned:
    """A transaction before it is signed; ``to`` None creates a contract."""

    chain_id: int
    nonce: int
    to: str | None
    data: bytes
    gas: int
    fees: Fees


@dataclass(frozen=True, slots=True)
class Signed:
    """What can be broadcast. Whoever holds ``raw`` can make it happen, once."""

    hash: str
    raw: bytes
    sender: str
    nonce: int


def evm_chain_id(chain: str) -> int:
    """The number of an EVM chain named ``eip155:N``; raises ``ChainUnknown``."""
    match = _EVM.match(chain)
    if match is None:
        raise ChainUnknown("a chain is named as CAIP-2 does, such as eip155:8453", field="chain")
    return int(match[1])


def is_address(text: str) -> bool:
    return _ADDRESS.match(text) is not None


def is_hash(text: str) -> bool:
    return _HASH.match(text) is not None


def require_payable(fees: Fees) -> Fees:
    """``fees``; raises ``FeeTooHigh`` beyond ``FEE_LIMIT_WEI``."""
    if fees.most > FEE_LIMIT_WEI:
        raise FeeTooHigh(f"a unit of gas costs more than {FEE_LIMIT_WEI} wei")
    return replace(fees, tip=min(fees.tip, fees.most))


def replacement(stuck: Fees, asked: Fees) -> Fees:
    """What a replacement of a stuck transaction offers: an eighth more, and what the chain asks now; never over
    ``FEE_LIMIT_WEI`` (``FeeTooHigh``)."""
    most = max(-(-stuck.most * REPLACEMENT_EIGHTHS // 8), asked.most)
    tip = max(-(-stuck.tip * REPLACEMENT_EIGHTHS // 8), asked.tip)
    return require_payable(Fees(max(most, tip), tip))
