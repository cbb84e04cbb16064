"""The local chain with the real contracts: a deposit, a withdrawal, an epoch, and everybody's exit without us."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from eth_account import Account
from tests.harmony import free_offset
from tests.settlement.world import ADA, BO

import tidy
from harmony.adapters.chains.errors import KeyUnusable, LocalChainFailed
from harmony.adapters.chains.keys import KeySigner
from harmony.adapters.chains.model import Unsigned, is_address
from harmony.adapters.db.pool import Database
from harmony.apps.links import local_chain
from harmony.apps.settings import Settings
from harmony.commons.identity.model import Principal
from harmony.commons.identity.service import create_principal
from harmony.kernel.chance import SystemChance
from harmony.kernel.clock import SystemClock
from harmony.kernel.money import Amount, parse
from harmony.settlement.balances import contract, service
from harmony.settlement.balances.keccak import keccak256
from harmony.settlement.balances.model import account
from harmony.settlement.balances.onchain import claims, epochs
from harmony.settlement.balances.store import chains as store
from harmony.settlement.balances.vaults import Vault, wallet_message
from harmony.settlement.ledger import service as ledger

SCRIPT = tidy.ROOT / "contracts" / "exit" / "exit.py"
DEPLOYER = KeySigner(local_chain.WELL_KNOWN_KEY)
APPROVE, DEPOSIT, BALANCE = (
    keccak256([signature])[0][:4]
    for signature in (b"approve(address,uint256)", b"deposit(uint256)", b"balanceOf(address)")
)
UNITS = 5_000_000
GAS = 500_000
MINED_TRIES = 2_000


@asynccontextmanager
async def local(data: Path, said: list[str]) -> AsyncIterator[Vault]:
    """The local chain as ``harmony up --chain local`` starts it."""
    settings = Settings(data=data, port_offset=free_offset(), chain="local")
    async with (
        httpx.AsyncClient(trust_env=False) as client,
        local_chain.started(settings, client, SystemClock(), SystemChance(), said.append) as vault,
    ):
        yield vault


def url_in(said: list[str]) -> str:
    """Where it is, as it is announced."""
    return said[-1].split(" at ")[1].split(": ")[0]


async def rpc(url: str, method: str, *parameters: object) -> object:
    async with httpx.AsyncClient(trust_env=False) as client:
        body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": list(parameters)}
        return (await client.post(url, json=body)).json()["result"]


async def sent(vault: Vault, signer: KeySigner, to: str, data: bytes) -> str:
    nonce = await vault.chain.nonce(signer.address)
    fees = await vault.chain.fees()
    signed = signer.sign(Unsigned(vault.chain.settings.chain_id, nonce, to, data, GAS, fees))
    await vault.chain.broadcast(signed)
    for _ in range(MINED_TRIES):
        receipt = await vault.chain.receipt(signed.hash)
        if receipt is not None:
            assert receipt.succeeded
            return signed.hash
    raise AssertionError("the local chain does not mine")


async def deposited(database: Database, vault: Vault, url: str, who: str, units: int) -> KeySigner:
    """A fresh wallet of ``who`` with so much on the shadow balance."""
    wallet = KeySigner(keccak256([who.encode()])[0].hex())
    await rpc(url, "anvil_setBalance", wallet.address, hex(10**18))
    mint = local_chain.MINT + bytes(12) + bytes.fromhex(wallet.address[2:]) + units.to_bytes(32)
    await sent(vault, DEPLOYER, vault.token, mint)
    await sent(vault, wallet, vault.token, APPROVE + bytes(12) + bytes.fromhex(vault.address[2:]) + units.to_bytes(32))
    tx_hash = await sent(vault, wallet, vault.address, DEPOSIT + units.to_bytes(32))
    proven = await claims.prove(database, vault, tx_hash)
    signature = wallet.sign_message(wallet_message(who, vault.name, vault.address))
    async with database.begin(actor=who) as uow:
        await claims.claim(uow, vault, proven, Amount(units, vault.asset), signature)
    return wallet


async def held(vault: Vault, address: str) -> int:
    found = await vault.chain.call(vault.token, BALANCE + bytes(12) + bytes.fromhex(address[2:]))
    return int.from_bytes(found)


async def on(database: Database, vault: Vault, who: str) -> int:
    async with database.reading() as connection:
        found = await ledger.balances(connection, account(who))
    return next((one.available.minor for one in found if one.asset == vault.asset), 0)


async def everybody_leaves(database: Database, folder: Path, count: int) -> None:
    said: list[str] = []
    people = [f"person-{number}" for number in range(count)]
    async with local(folder / "data", said) as vault:
        url = url_in(said)
        wallets = {ADA.id: await deposited(database, vault, url, ADA.id, UNITS)}
        for number, who in enumerate(people):
            async with database.begin() as uow:
                await create_principal(uow, Principal(who, "person", who, ("seeker",)))
            wallets[who] = await deposited(database, vault, url, who, UNITS + number)
        async with database.begin(actor=ADA.id) as uow:
            begun = await service.withdraw(uow, parse("2", vault.asset), vault.name)
        await rpc(url, "evm_increaseTime", 70)
        await rpc(url, "evm_mine")
        await epochs.advance(database, vault)
        for _ in range(MINED_TRIES):
            if (await epochs.standing(vault)).number:
                break
        await epochs.advance(database, vault)
        async with database.reading() as connection:
            paid = await service.see(connection, begun.id, ADA.id, oversees=False)
            epoch = await store.last_epoch(connection, vault.name)
            document = await store.document(connection, vault.name, 1)
        assert paid.status == "confirmed" and await held(vault, wallets[ADA.id].address) == 2_000_000
        now = await epochs.standing(vault)
        assert epoch is not None and (now.number, now.outstanding) == (1, epoch.total) and now.held == now.liabilities

        # From here Harmony is silent for ever: the file, the script and the chain are all there is.
        await rpc(url, "evm_increaseTime", local_chain.DELAY_SECONDS + 1)
        await rpc(url, "evm_mine")
        file = folder / "epoch.jsonl"
        file.write_text(document or "", encoding="utf-8")
        helper = Account.create()
        await rpc(url, "anvil_setBalance", helper.address, hex(10**20))
        done = await asyncio.to_thread(
            subprocess.run,
            [sys.executable, "-I", str(SCRIPT), "exit", str(file), "--rpc", url, "--everybody"],
            env={**os.environ, "EXIT_KEY": helper.key.hex()},
            capture_output=True,
            text=True,
            check=False,
            timeout=600,
        )
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr
        found = [await held(vault, wallets[who].address) for who in [ADA.id, *people]]
        assert found == [UNITS, *(UNITS + number for number in range(count))]
        assert await held(vault, vault.address) == 0


async def test_ten_holders_get_everything_out_of_the_vault_when_harmony_is_silent(
    world: Database, tmp_path: Path
) -> None:
    await everybody_leaves(world, tmp_path, 9)


@pytest.mark.nightly
async def test_a_thousand_holders_get_everything_out_of_the_vault_when_harmony_is_silent(
    world: Database, tmp_path: Path
) -> None:
    await everybody_leaves(world, tmp_path, 999)


async def test_what_the_ledger_has_credited_is_on_the_chain_after_kill_9(world: Database, tmp_path: Path) -> None:
    said: list[str] = []
    data = tmp_path / "data"
    with pytest.raises(LocalChainFailed):
        async with local(data, said) as vault:
            wallet = await deposited(world, vault, url_in(said), BO.id, UNITS)
            first = vault.address, vault.token, vault.operator.address
            process = await listener(url_in(said))
            os.kill(process, signal.SIGKILL)
            await rpc_fails(vault)
    assert await on(world, vault, BO.id) == UNITS
    async with local(data, said) as again:
        assert (again.address, again.token, again.operator.address) == first
        now = await epochs.standing(again)
        assert now.liabilities == UNITS and await held(again, again.address) == UNITS
        await epochs.advance(world, again)
        assert await on(world, again, BO.id) == UNITS and await held(again, wallet.address) == 0


async def listener(url: str) -> int:
    """The process that listens there."""
    port = url.rsplit(":", 1)[1]
    found = [
        int(entry)
        for entry in os.listdir("/proc")
        if entry.isdigit() and f"--port\0{port}\0".encode() in cmdline(entry) and b"anvil" in cmdline(entry)
    ]
    return found[0]


def cmdline(pid: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


async def rpc_fails(vault: Vault) -> None:
    raise LocalChainFailed(f"{vault.name} is gone")


async def test_the_operator_s_key_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    made = local_chain._operator(tmp_path / "chain", SystemChance())
    assert local_chain._operator(tmp_path / "chain", SystemChance()).address == made.address
    file = tmp_path / "chain" / "operator.key"
    assert file.stat().st_mode & 0o777 == 0o600 and is_address(made.address)
    file.chmod(0o644)
    with pytest.raises(KeyUnusable):
        local_chain._operator(tmp_path / "chain", SystemChance())


def test_the_first_contracts_of_the_well_known_key_are_where_everybody_finds_them() -> None:
    assert local_chain._place(DEPLOYER.address, 0) == "0x5fbdb2315678afecb367f032d93f642f64180aa3"
    assert keccak256([b"publish((bytes32,uint256,uint32),bytes32[])"])[0][:4] == contract.PUBLISH
