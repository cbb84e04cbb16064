"""The door to a chain. Whoever stands behind it passes ``tests/contract_suites/chains.py``."""

from __future__ import annotations

from typing import Protocol

from harmony.adapters.chains.model import Block, ChainSettings, Fees, Log, Receipt, Signed, Unsigned

LOGS_LIMIT_BLOCKS = 1_000
LOGS_LIMIT = 10_000


class Chain(Protocol):
    """One chain. Every verb raises ``ChainUnreachable`` when nobody answers, ``AnswerRefused`` for what cannot be."""

    @property
    def settings(self) -> ChainSettings: ...

    async def head(self) -> Block:
        """The newest block."""
        ...

    async def block(self, number: int) -> Block | None:
        """The block that has this number now, None beyond the head."""
        ...

    async def receipt(self, tx_hash: str) -> Receipt | None:
        """Where a transaction is now, None when it is in no block."""
        ...

    async def logs(self, address: str, first: int, last: int) -> list[Log]:
        """What ``address`` told in the blocks from ``first`` to ``last``, in order, each once; at most
        ``LOGS_LIMIT_BLOCKS`` blocks and ``LOGS_LIMIT`` logs."""
        ...

    async def call(self, to: str, data: bytes) -> bytes:
        """What a contract answers at the head; raises ``TransactionRefused`` when it refuses."""
        ...

    async def nonce(self, address: str) -> int:
        """How many transactions of ``address`` are in blocks."""
        ...

    async def fees(self) -> Fees:
        """What gets a transaction into one of the next blocks; raises ``FeeTooHigh``."""
        ...

    async def broadcast(self, signed: Signed) -> None:
        """Hand a transaction to the chain. To repeat it, before or after it is in a block, changes nothing. Raises
        ``TransactionRefused`` when the chain does not take it."""
        ...


class Signer(Protocol):
    """A key that signs and is never seen."""

    @property
    def address(self) -> str: ...

    def sign(self, transaction: Unsigned) -> Signed: ...


class Signatures(Protocol):
    """Reads who signed a message."""

    def signer_of(self, message: str, signature: str) -> str:
        """The address whose key signed ``message`` as ERC-191 says (personal_sign); raises ``SignatureRefused``."""
        ...
