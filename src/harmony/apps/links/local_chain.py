"""A chain of our own for practice: anvil in the data folder, a practice dollar, the vault and the escrow on it.

What the ledger takes in as final is on the disk before: the chain that is handed on writes its state down whenever it
says what its newest block is. Everybody may mint the dollar, with the first of anvil's well-known keys.
"""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import httpx

import harmony
from harmony.adapters.chains import anvil
from harmony.adapters.chains.errors import LocalChainFailed
from harmony.adapters.chains.evm import EvmChain
from harmony.adapters.chains.keys import EthSignatures, KeySigner, read_key
from harmony.adapters.chains.known import LOCAL, settings_of
from harmony.adapters.chains.model import Block, ChainSettings, Unsigned
from harmony.adapters.chains.rpc import Endpoints
from harmony.apps.settings import Settings
from harmony.kernel.chance import Chance
from harmony.kernel.clock import Clock
from harmony.settlement.balances.keccak import keccak256
from harmony.settlement.balances.vaults import Vault

PORT = 8545
FOLDER = "chain"
DELAY_SECONDS = 7 * 86_400
COIN = hex(10**21)
GAS = 8_000_000
WAIT_SECONDS = 0.05
RECEIPT_TRIES = 400
WELL_KNOWN_KEY = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80"
"""The first of ``anvil.MNEMONIC``: it holds nothing anywhere."""
WELL_KNOWN_ACCOUNTS = (
    "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266",
    "0x70997970c51812dc3a010c7d01b50e0d17dc79c8",
    "0x3c44cdddb6a900fa2b585dd299e03d12fa4293bc",
    "0x90f79bf6eb2c4f870365e785982e1f101e93b906",
    "0x15d34aaf54267db7d7c367839aaf71a00a2c6a65",
)
"""Of ``anvil.MNEMONIC``; each gets a million practice dollars."""
MINT = keccak256([b"mint(address,uint256)"])[0][:4]
MINTED_UNITS = 1_000_000_000_000
CONTRACTS = Path(harmony.__path__[0]).parents[1] / "contracts"


class SavedChain(EvmChain):
    """``Chain`` whose newest block is on the disk when it is told."""

    def __init__(self, settings: ChainSettings, endpoints: Endpoints, process: anvil.Anvil) -> None:
        super().__init__(settings, endpoints)
        self._process = process

    async def head(self) -> Block:
        found = await super().head()
        await self._process.save()
        return found


@asynccontextmanager
async def started(
    settings: Settings, client: httpx.AsyncClient, clock: Clock, chance: Chance, say: Callable[[str], None]
) -> AsyncIterator[Vault]:
    """The local chain with its contracts, deployed at the first start, while the block lasts."""
    folder = settings.data / FOLDER
    operator = _operator(folder, chance)
    async with anvil.running(_program(), folder, PORT + settings.port_offset, clock) as process:
        known = settings_of(LOCAL, settings.chain_finality)
        chain = SavedChain(known, Endpoints([process.url], known.chain_id, client), process)
        await process.rpc("anvil_setBalance", operator.address, COIN)
        token, vault, escrow = await _deployed(chain, operator, clock)
        say(f"local chain {LOCAL} at {process.url}: dollar {token}, vault {vault}, escrow {escrow}")
        yield Vault(chain, vault, token, 0, operator, EthSignatures())


def _program() -> Path:
    found = sorted((CONTRACTS / "node_modules" / "@foundry-rs").glob("anvil-*/bin/anvil"))
    if not found:
        raise LocalChainFailed("anvil is not installed; it comes with `make setup EXTRAS=chain`")
    return found[0]


def _operator(folder: Path, chance: Chance) -> KeySigner:
    """The key in the data folder, made at the first start."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = folder / "operator.key"
    if not file.exists():
        fresh = file.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as handle:
            handle.write(chance.secret_bytes(32).hex())
            handle.flush()
            os.fsync(handle.fileno())
        fresh.replace(file)
    return read_key(file)


async def _deployed(chain: EvmChain, operator: KeySigner, clock: Clock) -> tuple[str, str, str]:
    """Dollar, vault and escrow: at the places that the first transactions of a well-known key lead to."""
    deployer = KeySigner(WELL_KNOWN_KEY)
    token, vault, escrow = (_place(deployer.address, nonce) for nonce in range(3))
    nonce = await chain.nonce(deployer.address)
    creations = (
        _creation("PracticeUsdc"),
        _creation("HarmonyVault", _word(token), _word(operator.address), _word(operator.address), DELAY_SECONDS),
        _creation("HarmonyEscrow", _word(token), _word(operator.address)),
    )
    for number, creation in enumerate(creations):
        if nonce <= number:
            await _sent(chain, deployer, None, creation, number, clock)
    for number, account in enumerate(WELL_KNOWN_ACCOUNTS, start=len(creations)):
        if nonce <= number:
            mint = MINT + _word(account).to_bytes(32) + MINTED_UNITS.to_bytes(32)
            await _sent(chain, deployer, token, mint, number, clock)
    return token, vault, escrow


async def _sent(chain: EvmChain, signer: KeySigner, to: str | None, data: bytes, nonce: int, clock: Clock) -> None:
    signed = signer.sign(Unsigned(chain.settings.chain_id, nonce, to, data, GAS, await chain.fees()))
    await chain.broadcast(signed)
    for _ in range(RECEIPT_TRIES):
        receipt = await chain.receipt(signed.hash)
        if receipt is not None:
            if not receipt.succeeded:
                raise LocalChainFailed("the local chain refused a contract; remove its folder in the data folder")
            return
        await clock.sleep(WAIT_SECONDS)
    raise LocalChainFailed("the local chain does not mine")


def _creation(name: str, *words: int) -> bytes:
    """The code that was committed, with the words of its constructor."""
    try:
        golden = json.loads((CONTRACTS / "goldens" / f"{name}.json").read_text(encoding="utf-8"))
    except OSError as error:
        raise LocalChainFailed(f"the contract {name} is not beside the program; start from a checkout") from error
    return bytes.fromhex(golden["bytecode"].removeprefix("0x")) + b"".join(word.to_bytes(32) for word in words)


def _word(address: str) -> int:
    return int(address, 16)


def _place(sender: str, nonce: int) -> str:
    """Where the contract of a transaction comes to be: sender and a number below 128 in recursive length prefix."""
    [hashed] = keccak256([b"\xd6\x94" + bytes.fromhex(sender[2:]) + (bytes([nonce]) if nonce else b"\x80")])
    return f"0x{hashed[12:].hex()}"
