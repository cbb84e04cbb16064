"""Messages that only their receiver can read: sealed by the sender, opened by the receiver, opaque to the Conductor.

AES-256-GCM (NIST SP 800-38D) with the names of sender, receiver, subject and seal as associated data: what is moved to
another message, receiver or subject does not open. A random 96-bit nonce allows 2^32 seals with one key; rotate long
before. The specification's own Fernet (orchestra.md, Message Encryption) binds nothing but its text.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from harmony.kernel.chance import Chance, SystemChance
from harmony.sdk.errors import SealBroken, SealInvalid, SealKeyUnknown, SealKeyWrong, SealNotForYou

METHOD = "aes-256-gcm"
KEY_BYTES, NONCE_BYTES, SEAL_ID_BYTES, CHECK_BYTES = 32, 12, 16, 8
KEYS_LIMIT = 100
_FIELDS = ("key", "check", "id", "from", "to", "subject", "nonce", "text")


@dataclass(frozen=True, slots=True)
class KeyRing:
    """Keys by their ids, 32 bytes each. ``current`` seals; all of them open, so that a new key may be given to all
    readers before anybody seals with it, and an old one kept until nothing that it sealed is on its way."""

    keys: Mapping[str, bytes]
    current: str
    chance: Chance = field(default_factory=SystemChance)

    def __post_init__(self) -> None:
        if self.current not in self.keys or len(self.keys) > KEYS_LIMIT:
            raise ValueError(f"a ring holds its current key, and at most {KEYS_LIMIT}")
        if any(len(key) != KEY_BYTES for key in self.keys.values()):
            raise ValueError(f"a key is {KEY_BYTES} bytes")

    def __repr__(self) -> str:
        return f"KeyRing({sorted(self.keys)}, current={self.current!r})"  # never the keys

    def rotated(self, key_id: str, key: bytes) -> KeyRing:
        """With a new key that seals from now on; the others still open."""
        if key_id in self.keys:
            raise ValueError("an id names one key for ever")
        return KeyRing({**self.keys, key_id: key}, key_id, self.chance)

    def without(self, key_id: str) -> KeyRing:
        """What this key sealed does not open any more."""
        return KeyRing({name: key for name, key in self.keys.items() if name != key_id}, self.current, self.chance)

    def seal(self, payload: Any, *, sender: str, to: str, subject: str) -> dict[str, str]:
        """``payload`` (JSON) as another payload, for a message of type ``subject`` from ``sender`` to ``to``."""
        drawn = self.chance.secret_bytes(SEAL_ID_BYTES + NONCE_BYTES)
        key, nonce = self.keys[self.current], drawn[SEAL_ID_BYTES:]
        open_fields = {"id": drawn[:SEAL_ID_BYTES].hex(), "from": sender, "to": to, "subject": subject}
        text = json.dumps(payload, ensure_ascii=False, allow_nan=False).encode()
        sealed = AESGCM(key).encrypt(nonce, text, _bound(self.current, open_fields))
        return {
            "sealed": METHOD,
            "key": self.current,
            "check": _check(key),
            **open_fields,
            "nonce": base64.b64encode(nonce).decode(),
            "text": base64.b64encode(sealed).decode(),
        }

    def open(self, sealed: Any, *, sender: str, to: str, subject: str) -> Any:
        """What was sealed, for the receiver ``to`` of a message of type ``subject`` from ``sender``.

        A seal's ``id`` is the same whenever its message is delivered again. Raises ``SealInvalid``, ``SealNotForYou``,
        ``SealKeyUnknown``, ``SealKeyWrong`` and ``SealBroken``.
        """
        fields = _fields(sealed)
        for name, expected in (("to", to), ("from", sender), ("subject", subject)):
            if fields[name] != expected:
                raise SealNotForYou(f"this was sealed with another {name}", field=name)
        key = self.keys.get(fields["key"])
        if key is None:
            raise SealKeyUnknown("the key that sealed this is not in the ring", details={"key": fields["key"][:100]})
        if not hmac.compare_digest(_check(key).encode(), fields["check"].encode(errors="replace")):
            raise SealKeyWrong("another key goes by this id here", details={"key": fields["key"]})
        try:
            nonce = base64.b64decode(fields["nonce"], validate=True)
            text = base64.b64decode(fields["text"], validate=True)
            return json.loads(AESGCM(key).decrypt(nonce, text, _bound(fields["key"], fields)))
        except (InvalidTag, ValueError, binascii.Error) as error:
            raise SealBroken("what was sealed has been altered") from error

    def fernet_seal(self, text: str) -> str:
        """As the specification prints it: ``Fernet(key).encrypt(text.encode())``."""
        return self._fernet(self.current).encrypt(text.encode()).decode()

    def fernet_open(self, token: str) -> str:
        """A Fernet token of any key of the ring. Raises ``SealBroken``: Fernet tells no wrong key from a wrong text."""
        for key_id in self.keys:
            try:
                return self._fernet(key_id).decrypt(token.encode(errors="replace")).decode()
            except (InvalidToken, UnicodeDecodeError):
                continue
        raise SealBroken("no key of the ring opens this, or it has been altered")

    def _fernet(self, key_id: str) -> Fernet:
        return Fernet(base64.urlsafe_b64encode(self.keys[key_id]))


def _fields(sealed: Any) -> Mapping[str, str]:
    if not isinstance(sealed, Mapping) or sealed.get("sealed") != METHOD:
        raise SealInvalid("this is not sealed, or in a way that is not known", field="sealed")
    for name in _FIELDS:
        if not isinstance(sealed.get(name), str):
            raise SealInvalid(f"{name} is missing", field=name)
    return sealed


def _bound(key_id: str, fields: Mapping[str, str]) -> bytes:
    """What is not encrypted and must not be altered, in one way only."""
    return json.dumps([METHOD, key_id, fields["from"], fields["to"], fields["subject"], fields["id"]]).encode()


def _check(key: bytes) -> str:
    """Tells one key from another without telling anything of it."""
    return hmac.new(key, b"harmony seal key check", hashlib.sha256).digest()[:CHECK_BYTES].hex()
