"""Keys and signatures, by eth-account. This module alone needs the packages of the extra ``chain``.

A key comes from a file (0600) or a setting. It is in no message, no ``repr`` and no traceback's text.
"""

from __future__ import annotations

import re
import stat
import sys
from pathlib import Path
from typing import Any

from eth_account import Account
from eth_account.messages import encode_defunct

from harmony.adapters.chains.errors import KeyUnusable, SignatureRefused
from harmony.adapters.chains.model import Signed, Unsigned

RECURSION_LIMIT_FRAMES = 1_000
"""Python's own. A package of the chain's world raises it where it is imported, and deep JSON would then end the process
instead of being refused."""
KEY_FILE_LIMIT_BYTES = 200
HALF_ORDER = 0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A0
"""Of secp256k1: of the two signatures that a key can make of one, only the lower counts (EIP-2)."""

_KEY = re.compile(r"(?:0x)?[0-9a-fA-F]{64}\Z", re.ASCII)
_SIGNATURE = re.compile(r"0x[0-9a-fA-F]{130}\Z", re.ASCII)

sys.setrecursionlimit(RECURSION_LIMIT_FRAMES)


class KeySigner:
    """``Signer`` by a private key; raises ``KeyUnusable``."""

    __slots__ = ("_account",)

    def __init__(self, key: str) -> None:
        if not _KEY.match(key.strip()):
            raise KeyUnusable("this is no private key")
        try:
            self._account: Any = Account.from_key(key.strip())
        except ValueError:
            raise KeyUnusable("this is no private key") from None  # its words may hold the key

    def __repr__(self) -> str:
        return f"KeySigner({self.address})"

    def __reduce__(self) -> Any:
        raise TypeError("a key is not copied out of its process")

    @property
    def address(self) -> str:
        return str(self._account.address).lower()

    def sign(self, transaction: Unsigned) -> Signed:
        fields: dict[str, Any] = {
            "type": 2,
            "chainId": transaction.chain_id,
            "nonce": transaction.nonce,
            "to": None if transaction.to is None else bytes.fromhex(transaction.to[2:]),
            "value": 0,
            "data": transaction.data,
            "gas": transaction.gas,
            "maxFeePerGas": transaction.fees.most,
            "maxPriorityFeePerGas": transaction.fees.tip,
            "accessList": [],
        }
        if transaction.to is None:
            del fields["to"]
        signed = self._account.sign_transaction(fields)
        return Signed(f"0x{bytes(signed.hash).hex()}", bytes(signed.raw_transaction), self.address, transaction.nonce)

    def sign_message(self, message: str) -> str:
        """The ERC-191 signature of ``message``, 65 bytes in hexadecimal."""
        return f"0x{bytes(self._account.sign_message(encode_defunct(text=message)).signature).hex()}"


class EthSignatures:
    """``Signatures`` of wallets that are keys."""

    def signer_of(self, message: str, signature: str) -> str:
        if not _SIGNATURE.match(signature):
            raise SignatureRefused("a signature is 0x and 65 bytes in hexadecimal", field="wallet_signature")
        raw = bytes.fromhex(signature[2:])
        if raw[64] not in (0, 1, 27, 28) or int.from_bytes(raw[32:64]) > HALF_ORDER:
            raise SignatureRefused("this is no signature in its one lawful form", field="wallet_signature")
        try:
            found = Account.recover_message(encode_defunct(text=message), signature=raw)
        except Exception as error:  # the library's refusals have no common class
            raise SignatureRefused("this is no signature", field="wallet_signature") from error
        return str(found).lower()


def read_key(file: Path) -> KeySigner:
    """The key in ``file``; raises ``KeyUnusable`` when others may read it."""
    try:
        mode = file.stat().st_mode
        if not stat.S_ISREG(mode) or stat.S_IMODE(mode) & 0o077:
            raise KeyUnusable(f"{file} must be a file that only its owner can read (chmod 600)")
        with file.open(encoding="ascii") as handle:
            return KeySigner(handle.read(KEY_FILE_LIMIT_BYTES))
    except (OSError, UnicodeDecodeError):
        raise KeyUnusable(f"{file} cannot be read") from None
