"""The installation's Ed25519 key: a file in the data folder, beside the database and not inside it.

Who can change the database cannot sign what it then says.
"""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from harmony.kernel.chance import Chance
from harmony.kernel.errors import Refusal

KEY_FILE = "ledger-proof.key"
SEED_BYTES = 32


class SigningKeyDamaged(Refusal):
    code = "signing.key_damaged"
    status = 500
    hint = f"Restore {KEY_FILE} in the data folder from a copy; without one remove it, and tell who keeps the old key."


class FileSigner:
    """``ProofSigner`` with the key of a data folder, made when it is first needed, readable by its owner only."""

    def __init__(self, folder: Path, chance: Chance) -> None:
        self._path = folder / KEY_FILE
        self._chance = chance

    @property
    def public_key(self) -> bytes:
        return self._key().public_key().public_bytes_raw()

    def sign(self, content: bytes) -> bytes:
        return self._key().sign(content)

    def _key(self) -> Ed25519PrivateKey:
        if not self._path.exists():
            self._make()
        seed = self._path.read_bytes()
        if len(seed) != SEED_BYTES:
            raise SigningKeyDamaged(f"{KEY_FILE} does not hold {SEED_BYTES} bytes")
        return Ed25519PrivateKey.from_private_bytes(seed)

    def _make(self) -> None:
        """Written whole beside its place and linked there: of two that make one at once the first stays."""
        fresh = self._path.with_name(f".{KEY_FILE}.{os.getpid()}")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(self._chance.secret_bytes(SEED_BYTES))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(fresh, self._path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
