"""The local chain: npm's anvil as a child process, its state kept in the data folder.

The state is written beside the old one and then put in its place, so a kill leaves the one or the other. What a kill
cost, at most the blocks of the last second, is a reorganisation to whoever follows the chain, and every transaction of
Harmony's own is stored before it is sent and is sent again.
"""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import os
import signal
import socket
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import structlog

from harmony.adapters.chains.errors import LocalChainFailed
from harmony.adapters.db.processes import CLEAN_ENVIRONMENT, tied_to_this_process
from harmony.kernel.clock import Clock

MNEMONIC = "test test test test test test test test test test test junk"
"""Anvil's own, known to everybody: its keys hold nothing anywhere."""
CHAIN_ID = 31337
GAS_LIMIT = 60_000_000
START_LIMIT_SECONDS = 30.0
POLL_SECONDS = 0.05
SAVE_SECONDS = 1.0
STATE = "state.json"

log = structlog.get_logger("local chain")


class Anvil:
    """A running anvil; ``url`` is its JSON-RPC."""

    def __init__(self, process: subprocess.Popen[bytes], url: str, folder: Path, client: httpx.AsyncClient) -> None:
        self._process = process
        self._folder = folder
        self._client = client
        self._saved = ""
        self.url = url

    @property
    def pid(self) -> int:
        return self._process.pid

    async def rpc(self, method: str, *parameters: object) -> object:
        """Ask anvil; raises ``LocalChainFailed``."""
        body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": list(parameters)}
        try:
            answer = (await self._client.post(self.url, json=body)).json()
        except (httpx.HTTPError, ValueError) as error:
            raise LocalChainFailed("the local chain does not answer") from error
        if "error" in answer:
            raise LocalChainFailed(f"{method}: {answer['error'].get('message')}")
        found: object = answer["result"]
        return found

    async def save(self) -> bool:
        """Write the state down if there is a new block; whether it was."""
        head = await self.rpc("eth_getBlockByNumber", "latest", False)
        newest = str(head["hash"]) if isinstance(head, dict) else ""
        if newest == self._saved:
            return False
        state = await self.rpc("anvil_dumpState")
        await asyncio.to_thread(_write, self._folder / STATE, _unpacked(state))
        self._saved = newest
        return True

    async def stop(self) -> None:
        """Write the state down and end the process."""
        with contextlib.suppress(LocalChainFailed):
            await self.save()
        self._process.send_signal(signal.SIGTERM)
        await asyncio.to_thread(self._process.wait)


@asynccontextmanager
async def running(program: Path, folder: Path, port: int, clock: Clock) -> AsyncIterator[Anvil]:
    """An anvil on ``port`` with its state in ``folder``, for as long as the block lasts."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    async with httpx.AsyncClient(trust_env=False, timeout=START_LIMIT_SECONDS) as client:
        _require_free(port)
        process = _spawn(program, folder, port)
        anvil = Anvil(process, f"http://127.0.0.1:{port}", folder, client)
        try:
            await _until_it_answers(anvil, process, folder / "anvil.log", clock)
        except BaseException:  # also when this start is cancelled: the process would outlive it
            process.kill()
            process.wait()
            raise
        keeper = asyncio.create_task(_keep_saving(anvil, clock), name="local chain keeper")
        try:
            yield anvil
        finally:
            keeper.cancel()
            await asyncio.gather(keeper, return_exceptions=True)
            await anvil.stop()


def _spawn(program: Path, folder: Path, port: int) -> subprocess.Popen[bytes]:
    state = folder / STATE
    command = [str(program), "--host", "127.0.0.1", "--port", str(port), "--chain-id", str(CHAIN_ID)]
    command += ["--mnemonic", MNEMONIC, "--hardfork", "prague", "--gas-limit", str(GAS_LIMIT), "--quiet"]
    if state.exists():
        command += ["--load-state", str(state)]
    try:
        with (folder / "anvil.log").open("wb") as output:
            return subprocess.Popen(
                tied_to_this_process(command, signal.SIGTERM),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env=CLEAN_ENVIRONMENT | {"HOME": str(folder)},
                cwd=folder,
                start_new_session=True,
            )
    except OSError as error:
        raise LocalChainFailed(f"{program} cannot be started: {error.strerror}") from error


def _require_free(port: int) -> None:
    """Refuse a port on which somebody else would answer in anvil's place."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise LocalChainFailed(f"port {port} of the local chain is taken; choose with --port-offset") from error


async def _until_it_answers(anvil: Anvil, process: subprocess.Popen[bytes], output: Path, clock: Clock) -> None:
    until = clock.monotonic() + START_LIMIT_SECONDS
    while clock.monotonic() < until:
        with contextlib.suppress(LocalChainFailed):
            await anvil.rpc("eth_chainId")
            return
        if process.poll() is not None:
            said = output.read_text(encoding="utf-8", errors="replace")[-500:].strip()
            raise LocalChainFailed(f"the local chain ended at its start: {said}")
        await clock.sleep(POLL_SECONDS)
    raise LocalChainFailed(f"the local chain did not answer within {START_LIMIT_SECONDS:.0f} seconds")


async def _keep_saving(anvil: Anvil, clock: Clock) -> None:
    while True:
        try:
            await anvil.save()
        except (LocalChainFailed, OSError) as error:
            log.warning("the local chain's state was not saved", reason=str(error))
        await clock.sleep(SAVE_SECONDS)


def _unpacked(state: object) -> bytes:
    """What ``anvil_dumpState`` answers, gzip in hexadecimal, as the file that anvil loads."""
    if not isinstance(state, str) or not state.startswith("0x"):
        raise LocalChainFailed("the local chain answered something that is no state")
    return gzip.decompress(bytes.fromhex(state[2:]))


def _write(file: Path, content: bytes) -> None:
    fresh = file.with_suffix(".new")
    with fresh.open("wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    fresh.replace(file)
