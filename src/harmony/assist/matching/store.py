"""Matching's SQL."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.assist.matching.model import HelpRequest, Offer, OfferState, RequestState
from harmony.assist.matching.ranking import Load

_REQUEST_COLUMNS = """
id, seeker_id, context_id, space_id, trace, state, issue_type, description, urgency, required_expertise, language,
attempted_solutions, session_id, opened_at, moved_at
"""
_OFFER_COLUMNS = "id, request_id, expert_id, principal_id, state, trace, made_at, expires_at, answered_at"
_ADD_REQUEST = f"""
INSERT INTO help_requests ({_REQUEST_COLUMNS})
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
"""
_REQUEST = f"SELECT {_REQUEST_COLUMNS} FROM help_requests WHERE id = $1"
_LOCK_REQUEST = f"SELECT {_REQUEST_COLUMNS} FROM help_requests WHERE id = $1 FOR UPDATE"
# Those of a seeker, and those that somebody is asked to help with or helps with.
_REQUESTS = f"""
SELECT {_REQUEST_COLUMNS} FROM help_requests r
WHERE ($1::text IS NULL OR r.seeker_id = $1 OR EXISTS (
    SELECT 1 FROM help_offers o
    WHERE o.request_id = r.id AND o.principal_id = $1 AND o.state IN ('pending', 'accepted')
))
  AND ($2::text IS NULL OR r.id < $2)
ORDER BY r.id DESC LIMIT $3
"""
_MOVE_REQUEST = "UPDATE help_requests SET state = $2, moved_at = $3, session_id = $4 WHERE id = $1"
# Who declined or let the time pass has nothing to do with it any more.
_IS_ASKED = """
SELECT EXISTS (SELECT 1 FROM help_offers
               WHERE request_id = $1 AND principal_id = $2 AND state IN ('pending', 'accepted'))
"""
_IS_ASKED_ABOUT = """
SELECT EXISTS (SELECT 1 FROM help_offers o JOIN help_requests r ON r.id = o.request_id
               WHERE r.context_id = $1 AND o.principal_id = $2 AND o.state IN ('pending', 'accepted'))
"""
_ADD_OFFER = f"""
INSERT INTO help_offers ({_OFFER_COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""
_OFFER = f"SELECT {_OFFER_COLUMNS} FROM help_offers WHERE id = $1"
_PENDING = f"SELECT {_OFFER_COLUMNS} FROM help_offers WHERE request_id = $1 AND state = 'pending'"
_OFFERS = f"""
SELECT {_OFFER_COLUMNS} FROM help_offers
WHERE principal_id = $1 AND ($2::text IS NULL OR state = $2) AND ($3::text IS NULL OR id < $3)
ORDER BY id DESC LIMIT $4
"""
_OF_REQUEST = f"SELECT {_OFFER_COLUMNS} FROM help_offers WHERE request_id = $1 ORDER BY id DESC LIMIT $2"
_ANSWER = "UPDATE help_offers SET state = $2, answered_at = $3 WHERE id = $1"
_EXPIRED = "SELECT id FROM help_offers WHERE state = 'pending' AND expires_at <= $1 ORDER BY expires_at, id LIMIT $2"
# The request is locked before its offer, as every verb does; a locked one is somebody else's business now.
_LOCK_EXPIRED = """
SELECT r.id FROM help_requests r JOIN help_offers o ON o.request_id = r.id
WHERE o.id = $1 FOR UPDATE OF r SKIP LOCKED
"""
_DECLINERS = """
SELECT DISTINCT expert_id FROM help_offers WHERE request_id = $1 AND state IN ('declined', 'expired')
"""
_LOADS = """
SELECT o.principal_id, count(*) FILTER (WHERE r.state = 'in_session') AS sessions,
       count(*) FILTER (WHERE o.answered_at > $2) AS accepted_this_week
FROM help_offers o JOIN help_requests r ON r.id = o.request_id
WHERE o.principal_id = ANY ($1) AND o.state = 'accepted'
GROUP BY o.principal_id
"""


async def add_request(uow: UnitOfWork, request: HelpRequest) -> None:
    await uow.connection.execute(
        _ADD_REQUEST,
        request.id,
        request.seeker_id,
        request.context_id,
        request.space_id,
        request.trace,
        request.state,
        request.issue_type,
        request.description,
        request.urgency,
        list(request.required_expertise),
        request.language,
        list(request.attempted_solutions),
        request.session_id,
        request.opened_at,
        request.moved_at,
    )


async def request(connection: Connection, request_id: str) -> HelpRequest | None:
    return _request(await connection.fetchrow(_REQUEST, request_id))


async def lock_request(uow: UnitOfWork, request_id: str) -> HelpRequest | None:
    return _request(await uow.connection.fetchrow(_LOCK_REQUEST, request_id))


async def requests(
    connection: Connection, principal_id: str | None, before: str | None, limit: int
) -> list[HelpRequest]:
    """Newest first; of everybody for None."""
    rows = await connection.fetch(_REQUESTS, principal_id, before, limit)
    return [found for row in rows if (found := _request(row)) is not None]


async def move_request(uow: UnitOfWork, request_id: str, state: RequestState, session_id: str | None) -> None:
    await uow.connection.execute(_MOVE_REQUEST, request_id, state, uow.now, session_id)


async def is_asked(connection: Connection, request_id: str, principal_id: str) -> bool:
    return bool(await connection.fetchval(_IS_ASKED, request_id, principal_id))


async def is_asked_about(connection: Connection, context_id: str, principal_id: str) -> bool:
    return bool(await connection.fetchval(_IS_ASKED_ABOUT, context_id, principal_id))


async def add_offer(uow: UnitOfWork, offer: Offer) -> None:
    """The caller holds the request's lock and has seen that there is no open offer."""
    await uow.connection.execute(
        _ADD_OFFER,
        offer.id,
        offer.request_id,
        offer.expert_id,
        offer.principal_id,
        offer.state,
        offer.trace,
        offer.made_at,
        offer.expires_at,
        offer.answered_at,
    )


async def offer(connection: Connection, offer_id: str) -> Offer | None:
    row = await connection.fetchrow(_OFFER, offer_id)
    return None if row is None else Offer(**row)


async def pending(connection: Connection, request_id: str) -> Offer | None:
    row = await connection.fetchrow(_PENDING, request_id)
    return None if row is None else Offer(**row)


async def offers(
    connection: Connection, principal_id: str, state: OfferState | None, before: str | None, limit: int
) -> list[Offer]:
    return [Offer(**row) for row in await connection.fetch(_OFFERS, principal_id, state, before, limit)]


async def of_request(connection: Connection, request_id: str, limit: int) -> list[Offer]:
    return [Offer(**row) for row in await connection.fetch(_OF_REQUEST, request_id, limit)]


async def answer(uow: UnitOfWork, offer_id: str, state: OfferState) -> None:
    await uow.connection.execute(_ANSWER, offer_id, state, uow.now)


async def expired(connection: Connection, now: datetime, limit: int) -> list[str]:
    return [row["id"] for row in await connection.fetch(_EXPIRED, now, limit)]


async def lock_expired(uow: UnitOfWork, offer_id: str) -> str | None:
    """The offer's request, locked; None when somebody else holds it."""
    found = await uow.connection.fetchval(_LOCK_EXPIRED, offer_id)
    return None if found is None else str(found)


async def decliners(connection: Connection, request_id: str) -> set[str]:
    return {row["expert_id"] for row in await connection.fetch(_DECLINERS, request_id)}


async def loads(connection: Connection, principals: Collection[str], since: datetime) -> dict[str, Load]:
    rows = await connection.fetch(_LOADS, list(principals), since)
    return {row["principal_id"]: Load(row["sessions"], row["accepted_this_week"]) for row in rows}


def _request(row: Any) -> HelpRequest | None:
    if row is None:
        return None
    return HelpRequest(
        id=row["id"],
        seeker_id=row["seeker_id"],
        context_id=row["context_id"],
        space_id=row["space_id"],
        trace=row["trace"],
        state=row["state"],
        issue_type=row["issue_type"],
        description=row["description"],
        urgency=row["urgency"],
        required_expertise=tuple(row["required_expertise"]),
        language=row["language"],
        attempted_solutions=tuple(row["attempted_solutions"]),
        session_id=row["session_id"],
        opened_at=row["opened_at"],
        moved_at=row["moved_at"],
    )
