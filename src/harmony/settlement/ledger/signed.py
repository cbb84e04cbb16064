"""What leaves the ledger and can be checked without it: signed proofs, and exports line by line. Pure.

A proof says of one day: up to seal N, whose block has hash H, the sums of each asset are these. It is signed with
Ed25519 over ``PREFIX`` and the canonical JSON (sorted keys, no spaces, UTF-8) of its field ``proof``.
An export is JSON lines: ``{"transfer": …}``, after the last of a block ``{"block": …}``, and signed proofs.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from harmony.settlement.ledger.model import GENESIS, Block, Row, digest

PREFIX = b"harmony ledger proof 1\n"
LINE_LIMIT_BYTES = 64 * 1024
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""Cells that begin so are formulas to a spreadsheet; the last four are the wide forms of the first."""
MOVES = ("transfer", "part", "post")
CSV_COLUMNS = (
    "seal", "block", "position", "id", "kind", "debit", "credit", "asset", "amount", "released", "pending_id",
    "expires_at", "purpose", "reference", "actor", "trace", "posted_at",
)  # fmt: skip
"""``amount`` and ``released`` are minor units."""


@dataclass(frozen=True, slots=True)
class SealedSum:
    """Of one asset, up to a seal: what has moved in all, and what is reserved; minor units."""

    asset: str
    moved: int
    reserved: int


def canonical(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def statement_of_day(day: date, signed_at: datetime, last: Block | None, sums: Sequence[SealedSum]) -> dict[str, Any]:
    """What a daily proof says."""
    return {
        "day": day.isoformat(),
        "signed_at": signed_at.isoformat(),
        "last_seal": last.last_seal if last else 0,
        "last_hash": last.hash.hex() if last else GENESIS.hex(),
        "sums": [asdict(one) for one in sums],
    }


def document(content: Mapping[str, Any], key: bytes, signature: bytes) -> str:
    """One line of JSON that stands for itself."""
    return canonical({"proof": content, "key": key.hex(), "signature": signature.hex()}).decode()


def line_of_transfer(seal: int, block: int, row: Row) -> str:
    return json.dumps({"transfer": {"seal": seal, "block": block, **_plain(row)}}, ensure_ascii=False)


def line_of_block(block: Block) -> str:
    fields = {**asdict(block), "previous_hash": block.previous_hash.hex(), "hash": block.hash.hex()}
    return json.dumps({"block": fields})


def csv_cells(seal: int, block: int, row: Row) -> list[str]:
    """The cells of ``CSV_COLUMNS``; what a spreadsheet would run gets an apostrophe in front."""
    fields: dict[str, Any] = {"seal": seal, "block": block, **_plain(row)}
    return [_harmless("" if fields[name] is None else str(fields[name])) for name in CSV_COLUMNS]


@dataclass(slots=True)
class Verdict:
    """What a verification found. ``key`` is the key that signed, hexadecimal; ``faults`` is empty when all is well."""

    transfers: int = 0
    blocks: int = 0
    proofs: int = 0
    last_seal: int = 0
    last_hash: str = GENESIS.hex()
    key: str | None = None
    faults: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.faults and self.transfers + self.proofs > 0


def verify(lines: Iterable[bytes], trusted_key: str | None = None) -> Verdict:
    """Check a signed proof or an export line by line, in bounded memory; stops at the first fault.

    With ``trusted_key`` (hexadecimal) a proof signed by any other key is a fault; without it, whoever reads the verdict
    compares the key.
    """
    reader = _Reader(trusted_key)
    for number, line in enumerate(lines, start=1):
        try:
            reader.read(line)
        except _Wrong as wrong:
            reader.verdict.faults.append(f"line {number}: {wrong}")
            return reader.verdict
    try:
        reader.end()
    except _Wrong as wrong:
        reader.verdict.faults.append(str(wrong))
    return reader.verdict


class _Wrong(Exception):
    """What is wrong, in words."""


class _Reader:
    """Goes through the lines once: the chain so far, the sums so far."""

    def __init__(self, trusted_key: str | None) -> None:
        self.verdict = Verdict()
        self._trusted_key = trusted_key
        self._open: Any = None
        self._seal = 0
        self._moved: Counter[str] = Counter()
        self._reserved: Counter[str] = Counter()

    def read(self, line: bytes) -> None:
        if len(line) > LINE_LIMIT_BYTES:
            raise _Wrong(f"is longer than {LINE_LIMIT_BYTES} bytes")
        try:
            found = json.loads(line)
            match found:
                case {"transfer": dict() as fields}:
                    self._transfer(fields)
                case {"block": dict() as fields}:
                    self._block(fields)
                case {"proof": dict() as content, "key": str() as key, "signature": str() as signature}:
                    self._proof(content, key, signature)
                case _:
                    raise _Wrong("is neither a transfer, a block nor a proof")
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise _Wrong("cannot be read") from error

    def end(self) -> None:
        if self._open is not None:
            raise _Wrong("the last transfers belong to no block: the end is missing")

    def _transfer(self, fields: dict[str, Any]) -> None:
        seal, block = fields.pop("seal"), fields.pop("block")
        if (seal, block) != (self._seal + 1, self.verdict.blocks + 1):
            raise _Wrong(f"expected seal {self._seal + 1} of block {self.verdict.blocks + 1}")
        for name in ("expires_at", "posted_at"):
            fields[name] = None if fields[name] is None else datetime.fromisoformat(fields[name])
        row = Row(**fields)
        if self._open is None:
            previous = bytes.fromhex(self.verdict.last_hash)
            self._open = hashlib.sha256(previous + (self.verdict.blocks + 1).to_bytes(8))
        self._open.update(digest(row, seal))
        self._seal = seal
        self.verdict.transfers += 1
        self._moved[row.asset] += row.amount if row.kind in MOVES else 0
        self._reserved[row.asset] += row.amount if row.kind == "pending" else -row.released

    def _block(self, fields: dict[str, Any]) -> None:
        if self._open is None or fields["number"] != self.verdict.blocks + 1 or fields["last_seal"] != self._seal:
            raise _Wrong("the block does not end here")
        if fields["previous_hash"] != self.verdict.last_hash or fields["hash"] != self._open.hexdigest():
            raise _Wrong(f"block {fields['number']} is not the hash of its transfers and the block before it")
        self._open = None
        self.verdict.blocks += 1
        self.verdict.last_seal, self.verdict.last_hash = self._seal, fields["hash"]

    def _proof(self, content: dict[str, Any], key: str, signature: str) -> None:
        if self._trusted_key is not None and key.lower() != self._trusted_key.lower():
            raise _Wrong(f"is signed by another key, {key}")
        try:
            Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(
                bytes.fromhex(signature), PREFIX + canonical(content)
            )
        except InvalidSignature as error:
            raise _Wrong("the signature does not fit what is signed") from error
        self.verdict.proofs += 1
        self.verdict.key = key
        # A proof of an earlier day than the lines before it is checked by its signature alone.
        if self.verdict.transfers and content["last_seal"] == self._seal:
            self._compare(content)
        elif not self.verdict.transfers:
            self.verdict.last_seal, self.verdict.last_hash = content["last_seal"], content["last_hash"]

    def _compare(self, content: dict[str, Any]) -> None:
        if content["last_hash"] != self.verdict.last_hash:
            raise _Wrong("the chain that is signed is not the one above")
        sums = {one["asset"]: (one["moved"], one["reserved"]) for one in content["sums"]}
        if sums != {asset: (self._moved[asset], self._reserved[asset]) for asset in self._moved}:
            raise _Wrong("the sums that are signed are not those of the transfers above")


def _plain(row: Row) -> dict[str, Any]:
    fields: dict[str, Any] = asdict(row)
    fields["expires_at"] = None if row.expires_at is None else row.expires_at.isoformat()
    return {**fields, "posted_at": row.posted_at.isoformat()}


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
