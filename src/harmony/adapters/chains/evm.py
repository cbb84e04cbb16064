"""``Chain`` over any EVM JSON-RPC: the same for anvil and for a public chain."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from harmony.adapters.chains import wire
from harmony.adapters.chains.errors import AnswerRefused, TransactionRefused
from harmony.adapters.chains.model import (
    RAW_LIMIT_BYTES,
    Block,
    ChainSettings,
    Fees,
    Log,
    Receipt,
    Signed,
    require_payable,
)
from harmony.adapters.chains.ports import LOGS_LIMIT_BLOCKS
from harmony.adapters.chains.rpc import Endpoints, Told

Result = TypeVar("Result")

TIP_LEAST_WEI = 1_000_000
WEI_LIMIT = 2**96
KNOWN_ALREADY = ("already known", "already imported", "already in pool", "known transaction", "nonce too low")
"""What nodes say of a transaction that they have, or that is in a block (or was replaced by one that is)."""


class EvmChain:
    """``Chain`` through ``endpoints``."""

    def __init__(self, settings: ChainSettings, endpoints: Endpoints) -> None:
        self._settings = settings
        self._endpoints = endpoints

    @property
    def settings(self) -> ChainSettings:
        return self._settings

    async def head(self) -> Block:
        found = await self._ask("eth_getBlockByNumber", ["latest", False], wire.block)
        if found is None:
            raise AnswerRefused("the endpoint knows no newest block")
        return found

    async def block(self, number: int) -> Block | None:
        return await self._ask(
            "eth_getBlockByNumber", [hex(number), False], lambda value: wire.block(value, number), agreed=True
        )

    async def receipt(self, tx_hash: str) -> Receipt | None:
        return await self._ask(
            "eth_getTransactionReceipt", [tx_hash], lambda value: wire.receipt(value, tx_hash), agreed=True
        )

    async def logs(self, address: str, first: int, last: int) -> list[Log]:
        if not 0 <= first <= last < first + LOGS_LIMIT_BLOCKS:
            raise ValueError(f"logs are asked for over 1 to {LOGS_LIMIT_BLOCKS} blocks")
        query = {"address": address, "fromBlock": hex(first), "toBlock": hex(last)}
        return await self._ask(
            "eth_getLogs", [query], lambda value: wire.logs(value, address, first, last), agreed=True
        )

    async def call(self, to: str, data: bytes) -> bytes:
        try:
            return await self._endpoints.ask("eth_call", [{"to": to, "data": _hex(data)}, "latest"], wire.data)
        except Told as told:
            raise TransactionRefused(f"the contract refuses: {told.message}") from told

    async def nonce(self, address: str) -> int:
        return await self._ask("eth_getTransactionCount", [address, "latest"], wire.quantity)

    async def fees(self) -> Fees:
        """Twice the base fee of the newest block: it at most doubles in six blocks."""
        base = await self._ask("eth_getBlockByNumber", ["latest", False], _base_fee)
        tip = max(
            await self._ask("eth_maxPriorityFeePerGas", [], lambda value: wire.quantity(value, WEI_LIMIT)),
            TIP_LEAST_WEI,
        )
        return require_payable(Fees(2 * base + tip, tip))

    async def broadcast(self, signed: Signed) -> None:
        if len(signed.raw) > RAW_LIMIT_BYTES:
            raise TransactionRefused(f"a transaction has at most {RAW_LIMIT_BYTES} bytes")
        try:
            await self._endpoints.ask("eth_sendRawTransaction", [_hex(signed.raw)], wire.hashed)
        except Told as told:
            if not any(words in told.message.lower() for words in KNOWN_ALREADY):
                raise TransactionRefused(f"the chain does not take it: {told.message}") from told

    async def _ask(
        self, method: str, parameters: list[Any], read: Callable[[Any], Result], *, agreed: bool = False
    ) -> Result:
        """For questions to which no error is an answer."""
        try:
            return await self._endpoints.ask(method, parameters, read, agreed=agreed)
        except Told as told:
            raise AnswerRefused(f"{method}: {told.message}") from told


def _base_fee(value: Any) -> int:
    if not isinstance(value, dict):
        raise AnswerRefused("the endpoint answered something that is no block")
    return wire.quantity(value.get("baseFeePerGas"), WEI_LIMIT)


def _hex(data: bytes) -> str:
    return f"0x{data.hex()}"
