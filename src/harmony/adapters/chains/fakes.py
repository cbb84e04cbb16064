"""A chain in memory: deterministic, with branches that are given up, answers that fail, and endpoints that lag and lie.

Contracts are Python objects. A block keeps a copy of their state, so going back is exact.
"""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from harmony.adapters.chains.errors import ChainUnreachable, SignatureRefused, TransactionRefused
from harmony.adapters.chains.model import Block, ChainSettings, Fees, Log, Receipt, Signed, Unsigned
from harmony.adapters.chains.ports import LOGS_LIMIT_BLOCKS

GENESIS_TIME = 1_800_000_000
FEES = Fees(2_000_000_000, 1_000_000_000)
REPLACEMENT_PERCENT = 110

Told = tuple[str, tuple[str, ...], bytes]
"""Address, topics and data of a log before it is in a block."""


class Reverted(Exception):
    """What a contract of the fake raises to refuse a call."""


@dataclass(slots=True)
class Frame:
    """What a contract sees of a call; ``tell`` writes a log, ``at`` is the block's time."""

    sender: str
    at: int
    contracts: Mapping[str, Contract]
    told: list[Told] = field(default_factory=list)

    def tell(self, address: str, topics: Sequence[str], data: bytes) -> None:
        self.told.append((address, tuple(topics), data))


class Contract(Protocol):
    """Code at an address; all its state is its attributes."""

    def run(self, frame: Frame, data: bytes) -> bytes:
        """Do what ``data`` asks; raises ``Reverted``."""
        ...


@dataclass(frozen=True, slots=True)
class _Mined:
    block: Block
    transactions: tuple[tuple[Signed, Receipt], ...]
    contracts: dict[str, Contract]
    nonces: dict[str, int]


@dataclass(frozen=True, slots=True)
class FakeSigner:
    """``Signer`` whose signatures only the fake understands."""

    name: str

    @property
    def address(self) -> str:
        return f"0x{hashlib.sha256(self.name.encode()).hexdigest()[:40]}"

    def sign(self, transaction: Unsigned) -> Signed:
        fields = {
            "chain_id": transaction.chain_id,
            "sender": self.address,
            "nonce": transaction.nonce,
            "to": transaction.to,
            "data": transaction.data.hex(),
            "most": transaction.fees.most,
            "tip": transaction.fees.tip,
        }
        raw = json.dumps(fields, sort_keys=True).encode()
        return Signed(f"0x{hashlib.sha256(raw).hexdigest()}", raw, self.address, transaction.nonce)

    def sign_message(self, message: str) -> str:
        return f"{self.address}{hashlib.sha256(message.encode()).hexdigest()}"


class FakeSignatures:
    """``Signatures`` of ``FakeSigner``."""

    def signer_of(self, message: str, signature: str) -> str:
        if signature[42:] != hashlib.sha256(message.encode()).hexdigest():
            raise SignatureRefused("this is no signature of this message", field="wallet_signature")
        return signature[:42]


class InMemoryChain:
    """``Chain``. ``mine`` and ``reorganise`` are the world's; ``failing`` and ``bending`` are its endpoints' sins."""

    def __init__(self, settings: ChainSettings) -> None:
        self._settings = settings
        self._salt = 0
        self._pool: dict[tuple[str, int], Signed] = {}
        self.failing = 0
        """So many further questions are not answered."""
        self.failing_after: int | None = None
        """So many further questions are answered, and then none; None: all."""
        self.lag_blocks = 0
        """The endpoint does not know the newest blocks."""
        self.bending: Callable[[list[Log]], list[Log]] | None = None
        """What an endpoint makes of the logs it is asked for."""
        genesis = Block(0, self._hash("genesis", 0, ()), f"0x{'0' * 64}", GENESIS_TIME)
        self._chain = [_Mined(genesis, (), {}, {})]

    @property
    def settings(self) -> ChainSettings:
        return self._settings

    # The world's side

    def install(self, address: str, contract: Contract) -> None:
        """Put ``contract`` into the newest block's state."""
        self._chain[-1].contracts[address] = contract

    def contract(self, address: str) -> Contract:
        """The contract as it stands at the newest block."""
        return self._chain[-1].contracts[address]

    def mine(self, seconds: int = 2, *, holding_back: bool = False) -> Block:
        """The next block, with every transaction that can be in it; ``holding_back`` leaves all waiting."""
        before = self._chain[-1]
        contracts, nonces = copy.deepcopy(before.contracts), dict(before.nonces)
        number, at = before.block.number + 1, before.block.timestamp + max(seconds, 1)
        ran: list[tuple[Signed, bool, list[Told]]] = []
        while not holding_back:
            ready = [signed for signed in self._pool.values() if signed.nonce == nonces.get(signed.sender, 0)]
            if not ready:
                break
            for signed in sorted(ready, key=lambda one: (-_fields(one)["most"], one.hash)):
                nonces[signed.sender] = signed.nonce + 1
                del self._pool[signed.sender, signed.nonce]
                contracts, succeeded, told = self._ran(contracts, signed, at)
                ran.append((signed, succeeded, told))
        block = Block(
            number, self._hash(before.block.hash, number, [one.hash for one, _, _ in ran]), before.block.hash, at
        )
        self._chain.append(_Mined(block, tuple(_receipts(block, ran)), contracts, nonces))
        return block

    def reorganise(self, depth: int, *, losing: bool = False) -> None:
        """Give the newest ``depth`` blocks up for one more empty ones; their transactions wait again, or are lost."""
        depth = min(depth, len(self._chain) - 1)
        given_up = self._chain[len(self._chain) - depth :]
        del self._chain[len(self._chain) - depth :]
        self._salt += 1
        for signed in (one for mined in given_up for one, _ in mined.transactions if not losing):
            self._pool.setdefault((signed.sender, signed.nonce), signed)
        for _ in range(depth + 1):
            self.mine(holding_back=True)

    def next_nonce(self, address: str) -> int:
        """As a wallet counts: what is in blocks, and what waits behind that without a gap."""
        nonce = self._chain[-1].nonces.get(address, 0)
        while (address, nonce) in self._pool:
            nonce += 1
        return nonce

    def forget_waiting(self) -> None:
        """Every transaction that is in no block is gone from the nodes."""
        self._pool.clear()

    # ``Chain``

    async def head(self) -> Block:
        return self._seen()[-1].block

    async def block(self, number: int) -> Block | None:
        seen = self._seen()
        return seen[number].block if number < len(seen) else None

    async def receipt(self, tx_hash: str) -> Receipt | None:
        found = [receipt for mined in self._seen() for signed, receipt in mined.transactions if signed.hash == tx_hash]
        return found[0] if found else None

    async def logs(self, address: str, first: int, last: int) -> list[Log]:
        if not 0 <= first <= last < first + LOGS_LIMIT_BLOCKS:
            raise ValueError(f"logs are asked for over 1 to {LOGS_LIMIT_BLOCKS} blocks")
        mined = self._seen()[first : last + 1]
        found = [log for one in mined for _, receipt in one.transactions for log in receipt.logs]
        found = [log for log in found if log.address == address]
        return found if self.bending is None else self.bending(found)

    async def call(self, to: str, data: bytes) -> bytes:
        top = self._seen()[-1]
        if to not in top.contracts:
            return b""
        contracts = copy.deepcopy(top.contracts)
        try:
            return contracts[to].run(Frame(f"0x{'0' * 40}", top.block.timestamp, contracts), data)
        except Reverted as reverted:
            raise TransactionRefused(f"the contract refuses: {reverted}") from reverted

    async def nonce(self, address: str) -> int:
        return self._seen()[-1].nonces.get(address, 0)

    async def fees(self) -> Fees:
        self._answer()
        return FEES

    async def broadcast(self, signed: Signed) -> None:
        self._answer()
        fields = _fields(signed)
        if fields["chain_id"] != self._settings.chain_id:
            raise TransactionRefused("the chain does not take it: invalid chain id")
        if signed.nonce < self._chain[-1].nonces.get(signed.sender, 0):
            return
        waiting = self._pool.get((signed.sender, signed.nonce))
        if waiting is not None and waiting.hash != signed.hash:
            least = _fields(waiting)["most"] * REPLACEMENT_PERCENT
            if fields["most"] * 100 < least:
                raise TransactionRefused("the chain does not take it: replacement transaction underpriced")
        self._pool[signed.sender, signed.nonce] = signed

    # Inside

    def _answer(self) -> None:
        if self.failing_after is not None:
            self.failing_after -= 1
            if self.failing_after < 0:
                raise ChainUnreachable("the endpoint does not answer any more")
        if self.failing > 0:
            self.failing -= 1
            raise ChainUnreachable("the endpoint did not answer in time")

    def _seen(self) -> list[_Mined]:
        self._answer()
        return self._chain[: max(1, len(self._chain) - self.lag_blocks)]

    def _ran(
        self, contracts: dict[str, Contract], signed: Signed, at: int
    ) -> tuple[dict[str, Contract], bool, list[Told]]:
        fields = _fields(signed)
        if fields["to"] not in contracts:
            return contracts, True, []
        after = copy.deepcopy(contracts)
        frame = Frame(signed.sender, at, after)
        try:
            after[fields["to"]].run(frame, bytes.fromhex(fields["data"]))
        except Reverted:
            return contracts, False, []
        return after, True, frame.told

    def _hash(self, *parts: object) -> str:
        return f"0x{hashlib.sha256(repr((self._salt, parts)).encode()).hexdigest()}"


def _fields(signed: Signed) -> dict[str, Any]:
    return dict(json.loads(signed.raw))


def _receipts(block: Block, ran: Sequence[tuple[Signed, bool, list[Told]]]) -> list[tuple[Signed, Receipt]]:
    found, index = [], 0
    for signed, succeeded, told in ran:
        logs = []
        for address, topics, data in told:
            logs.append(Log(address, topics, data, block.number, block.hash, signed.hash, index))
            index += 1
        found.append((signed, Receipt(signed.hash, block.number, block.hash, succeeded, tuple(logs))))
    return found


@dataclass
class InMemoryToken:
    """An ERC-20 of whole units, minted by its owner; ``denied`` accounts receive nothing."""

    address: str
    owner: str
    balances: dict[str, int] = field(default_factory=dict)
    denied: set[str] = field(default_factory=set)

    def run(self, frame: Frame, data: bytes) -> bytes:
        words = [data[at : at + 32] for at in range(4, len(data), 32)]
        match data[:4].hex():
            case "40c10f19":  # mint(address,uint256)
                if frame.sender != self.owner:
                    raise Reverted("OnlyOwner()")
                self.move(frame, None, _address(words[0]), int.from_bytes(words[1]))
            case "a9059cbb":  # transfer(address,uint256)
                self.move(frame, frame.sender, _address(words[0]), int.from_bytes(words[1]))
            case "70a08231":  # balanceOf(address)
                return self.balances.get(_address(words[0]), 0).to_bytes(32)
            case _:
                raise Reverted("unknown function")
        return (1).to_bytes(32)

    def move(self, frame: Frame, source: str | None, to: str, amount: int) -> None:
        """Move ``amount``, out of nothing for None; raises ``Reverted``."""
        if to in self.denied or (source is not None and self.balances.get(source, 0) < amount):
            raise Reverted("ERC20: transfer amount exceeds balance")
        if source is not None:
            self.balances[source] -= amount
        self.balances[to] = self.balances.get(to, 0) + amount
        frame.tell(self.address, [TRANSFER, _word(source or f"0x{'0' * 40}"), _word(to)], amount.to_bytes(32))


TRANSFER = "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef"
"""Transfer(address,address,uint256)."""


def _word(address: str) -> str:
    return f"0x{'0' * 24}{address[2:]}"


def _address(word: bytes) -> str:
    return f"0x{word[12:].hex()}"
