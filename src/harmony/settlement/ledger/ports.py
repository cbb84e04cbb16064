"""What the ledger asks of outside: the key of this installation."""

from __future__ import annotations

from typing import Protocol


class ProofSigner(Protocol):
    """An Ed25519 key (RFC 8032) that never leaves its keeper."""

    @property
    def public_key(self) -> bytes:
        """32 bytes."""
        ...

    def sign(self, content: bytes) -> bytes:
        """64 bytes."""
        ...
