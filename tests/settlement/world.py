"""A small settlement world for tests: invented people with practice money, one consultation, a runner in memory."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any

from fastapi import FastAPI

from harmony.adapters.db.pool import Database
from harmony.adapters.http import problems
from harmony.commons.identity.edge import House
from harmony.commons.identity.model import Principal
from harmony.commons.identity.service import Signer, create_principal
from harmony.commons.journal import jobs as journal_jobs
from harmony.commons.journal.model import Entry
from harmony.commons.journal.service import Journal
from harmony.kernel.money import PRACTICE_USDC, Amount, parse
from harmony.settlement.escrows import routes as escrow_routes
from harmony.settlement.escrows.model import Escrow
from harmony.settlement.escrows.service import accept, carry, create, submit
from harmony.settlement.escrows.store import find
from harmony.settlement.fakes import InMemoryConsultations
from harmony.settlement.ledger import routes as ledger_routes
from harmony.settlement.ledger import service as ledger
from harmony.settlement.ledger.model import Proof, available
from harmony.settlement.ports import Consultations, Parties
from harmony.settlement.verifiers import routes as verifier_routes
from harmony.settlement.verifiers.model import address
from harmony.settlement.verifiers.ports import Carriers
from harmony.settlement.verifiers.service import upload

ADA = Principal("person-ada", "person", "Ada Example", ("seeker",))
BO = Principal("person-bo", "person", "Bo Example", ("expert",))
CY = Principal("person-cy", "person", "Cy Example", ("seeker", "expert"))
CORA = Principal("person-cora", "person", "Cora Example", ("coordinator",))
ROOT = Principal("operator", "operator", "Operator", ("admin",))
PEOPLE = (ADA, BO, CY, CORA, ROOT)
CONSULTATIONS = InMemoryConsultations({"session-1": Parties(ADA.id, BO.id)})

GOOD, BAD = b"print(input()[::-1])\n", b"print(input())\n"
CASES = [
    {"name": "word", "argv": ["python", "main.py"], "stdin": "abc\n", "match": "exact", "expected_stdout": "cba\n"},
    {"name": "palindrome", "argv": ["python", "main.py"], "stdin": "anna\n", "match": "exact",
     "expected_stdout": "anna\n"},
]  # fmt: skip
FULL_CASE = {"files": {}, "stdin": "", "expected_exit": 0, "match": "none", "expected_stdout": "", "weight": 1}


def usdc(text: str) -> Amount:
    return parse(text, PRACTICE_USDC)


def terms(now: datetime, *, checked: bool = True, days: float = 7, threshold: int = 80) -> dict[str, Any]:
    """Terms as the wire hands them to the service."""
    return {
        "title": "Reverse a word",
        "description": "A program that prints its input reversed.",
        "deliverables": ["main.py"],
        "delivery_deadline": (now + timedelta(days=days)).isoformat(),
        "quality_threshold": threshold,
        "acceptance": [FULL_CASE | case for case in CASES] if checked else [],
    }


async def populate(database: Database, funds: str = "1000") -> None:
    """People, and money for Ada and Cy."""
    async with database.begin() as uow:
        for person in PEOPLE:
            await create_principal(uow, person)
    for person in (ADA, CY):
        async with database.begin() as uow:
            await ledger.grant(uow, person.id, usdc(funds))


async def application(database: Database) -> tuple[FastAPI, House]:
    """The settlement component as an application."""
    ports: dict[type, Any] = {Consultations: CONSULTATIONS, Carriers: carry}
    house = House(database, Journal(database), await Signer.load(database), ports)
    app = FastAPI()
    app.state.house = house
    for routes in (escrow_routes, verifier_routes, ledger_routes):
        app.include_router(routes.router)
    problems.install(app, database.clock.now)
    return app, house


def bearer(house: House, person: Principal) -> dict[str, str]:
    token = house.signer.sign(person, house.database.clock.now().timestamp())
    return {"Authorization": f"Bearer {token}"}


async def spendable(database: Database, person: Principal) -> Amount:
    return await on_account(database, available(person.id))


async def on_account(database: Database, code: str) -> Amount:
    async with database.reading() as connection:
        found = await ledger.balances(connection, code)
    return found[0].available if found else usdc("0")


async def proof(database: Database) -> Proof:
    async with database.reading() as connection:
        return await ledger.prove(connection)


async def read(database: Database, escrow_id: str) -> Escrow:
    async with database.reading() as connection:
        found = await find(connection, escrow_id)
    assert found is not None
    return found


async def told(database: Database, kind: str = "settlement.escrow.") -> list[Entry]:
    """What the journal tells about escrows, oldest first."""
    await journal_jobs.stamp(database)
    return [entry for entry in await Journal(database).read(0) if entry.kind.startswith(kind)]


async def created(
    database: Database,
    *,
    buyer: Principal = ADA,
    amount: str = "100",
    session_id: str | None = None,
    checked: bool = True,
    days: float = 7,
    threshold: int = 80,
) -> Escrow:
    """An escrow that waits to be accepted."""
    now = database.clock.now()
    async with database.begin(actor=buyer.id) as uow:
        return await create.create(
            uow,
            CONSULTATIONS,
            usdc(amount),
            terms(now, checked=checked, days=days, threshold=threshold),
            now + timedelta(days=days),
            session_id=session_id,
        )


async def accepted(database: Database, escrow: Escrow, seller: Principal = BO) -> Escrow:
    async with database.begin(actor=seller.id) as uow:
        return await accept.accept(uow, escrow.id, escrow.invitation_token)


async def submitted(database: Database, escrow: Escrow, content: bytes = GOOD, seller: Principal = BO) -> Escrow:
    """The escrow with ``content`` uploaded and submitted."""
    sha256 = hashlib.sha256(content).hexdigest()
    async with database.begin(actor=seller.id) as uow:
        await upload.upload(uow, content)
        moved, _ = await submit.submit(uow, escrow.id, address(sha256), sha256)
    return moved


async def in_state(database: Database, status: str, **wishes: Any) -> Escrow:
    """An escrow brought to ``pending``, ``accepted`` or ``submitted``."""
    content = wishes.pop("content", GOOD)
    escrow = await created(database, **wishes)
    if status != "pending":
        escrow = await accepted(database, escrow)
    if status == "submitted":
        escrow = await submitted(database, escrow, content)
    return escrow
