"""Two chains under one suite: anvil with a real token, and the one in memory."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

import httpx
from contracts.tools import anvil

import tidy
from harmony.adapters.chains.evm import EvmChain
from harmony.adapters.chains.fakes import FakeSigner, InMemoryChain, InMemoryToken
from harmony.adapters.chains.keys import KeySigner
from harmony.adapters.chains.known import LOCAL, settings_of
from harmony.adapters.chains.model import Receipt, Signed, Unsigned
from harmony.adapters.chains.ports import Chain, Signer
from harmony.adapters.chains.rpc import Endpoints

FUNDED = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80"
"""The first key of anvil's own mnemonic, known to everybody."""
DEPTH = 3
SETTINGS = settings_of(LOCAL, DEPTH)
GAS = 6_000_000


class World(Protocol):
    chain: Chain
    signer: Signer

    async def mine(self, blocks: int = 1) -> None: ...

    async def reorganise(self, depth: int) -> None:
        """Give up ``depth`` blocks; what was in them is lost."""
        ...

    async def token(self) -> str:
        """A token whose owner is ``signer``."""
        ...


@dataclass
class InMemoryWorld:
    chain: InMemoryChain = field(default_factory=lambda: InMemoryChain(SETTINGS))
    signer: FakeSigner = field(default_factory=lambda: FakeSigner("owner"))

    async def mine(self, blocks: int = 1) -> None:
        for _ in range(blocks):
            self.chain.mine()

    async def reorganise(self, depth: int) -> None:
        self.chain.reorganise(depth, losing=True)

    async def token(self) -> str:
        address = FakeSigner("token").address
        self.chain.install(address, InMemoryToken(address, self.signer.address))
        return address


@dataclass
class AnvilWorld:
    chain: EvmChain
    signer: KeySigner
    anvil: anvil.Chain

    async def mine(self, blocks: int = 1) -> None:
        for _ in range(blocks):
            self.anvil.rpc("evm_mine")

    async def reorganise(self, depth: int) -> None:
        # As one in memory: one block more than before.
        self.anvil.rpc("anvil_reorg", depth, [])
        self.anvil.rpc("evm_mine")

    async def token(self) -> str:
        receipt = await sent(self, None, creation("PracticeUsdc"))
        assert receipt.contract is not None
        return receipt.contract


def creation(name: str, *words: bytes) -> bytes:
    """What creates a contract as it was committed, with the words of its constructor."""
    golden: dict[str, Any] = json.loads((tidy.ROOT / "contracts" / "goldens" / f"{name}.json").read_text("utf-8"))
    return bytes.fromhex(golden["bytecode"].removeprefix("0x")) + b"".join(words)


@contextmanager
def quiet_anvil() -> Iterator[anvil.Chain]:
    """An anvil that mines when told to."""
    with anvil.running() as chain:
        chain.rpc("evm_setAutomine", False)
        yield chain


@asynccontextmanager
async def world_of(chain: anvil.Chain, depth: int = DEPTH) -> AsyncIterator[AnvilWorld]:
    async with httpx.AsyncClient(trust_env=False) as client:
        settings = replace(SETTINGS, finality_blocks=depth)
        endpoints = Endpoints([chain.url], settings.chain_id, client)
        yield AnvilWorld(EvmChain(settings, endpoints), KeySigner(FUNDED), chain)


async def signed(world: World, to: str | None, data: bytes, *, nonce: int | None = None, times: int = 1) -> Signed:
    """A transaction by the world's signer, offering so many times the fee."""
    fees = await world.chain.fees()
    number = await world.chain.nonce(world.signer.address) if nonce is None else nonce
    offered = replace(fees, most=fees.most * times, tip=fees.tip * times)
    return world.signer.sign(Unsigned(SETTINGS.chain_id, number, to, data, GAS, offered))


async def sent(world: World, to: str | None, data: bytes) -> Receipt:
    """A transaction that is in a block."""
    made = await signed(world, to, data)
    await world.chain.broadcast(made)
    await world.mine()
    receipt = await world.chain.receipt(made.hash)
    assert receipt is not None
    return receipt


def mint(to: str, amount: int) -> bytes:
    return bytes.fromhex("40c10f19") + word(to) + amount.to_bytes(32)


def balance_of(account: str) -> bytes:
    return bytes.fromhex("70a08231") + word(account)


def word(address: str) -> bytes:
    return bytes(12) + bytes.fromhex(address[2:])
