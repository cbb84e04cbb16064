"""What the verifiers ask of the outside, and of the rooms above."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from harmony.adapters.db.unit_of_work import Connection
from harmony.kernel.money import Amount
from harmony.settlement.verifiers.model import Run


class ProgramRunner(Protocol):
    """Really runs a program that nobody trusts, isolated, within ``RUN_LIMIT_SECONDS`` and ``OUTPUT_LIMIT_BYTES``."""

    async def unavailable(self) -> str | None:
        """Why nothing can be run here; None when it can."""
        ...

    async def run(self, files: Mapping[str, bytes], argv: tuple[str, ...], stdin: bytes) -> Run:
        """Run ``argv`` in a folder of ``files``; ``argv[0]`` is ``python`` or one of the files.

        Raises ``ProgramUnfit`` for what cannot be laid out or begun, ``RunnerUnavailable`` where it cannot be isolated.
        """
        ...


@dataclass(frozen=True, slots=True)
class Payment:
    """What came of an escrow: who was paid how much by which transfer, None while undecided."""

    threshold: int
    released_by_score: bool
    paid_to: str | None
    paid: Amount | None
    transfer_id: str | None


class Carriers(Protocol):
    """The escrows that carry deliverables and verifications; the room above fulfils it."""

    async def is_party(self, connection: Connection, escrow_id: str, principal_id: str) -> bool:
        """Whether the principal is buyer or seller of the escrow."""
        ...

    async def carries_for(self, connection: Connection, sha256: str, principal_id: str) -> bool:
        """Whether an escrow of which the principal is a party has this content delivered."""
        ...

    async def payment(self, connection: Connection, escrow_id: str) -> Payment:
        """What came of the escrow so far."""
        ...
