"""Escrows kept, judged and timed out: the money follows, once, whoever is quicker."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from tests.settlement.world import (
    ADA,
    BAD,
    BO,
    CONSULTATIONS,
    CORA,
    CY,
    accepted,
    created,
    in_state,
    on_account,
    proof,
    read,
    spendable,
    submitted,
    terms,
    told,
    usdc,
)

from harmony.adapters.db.pool import Database
from harmony.adapters.db.unit_of_work import UnitOfWork
from harmony.commons.identity.model import Principal
from harmony.kernel.clock import VirtualClock
from harmony.kernel.errors import Refusal
from harmony.settlement.escrows import jobs
from harmony.settlement.escrows.errors import (
    CheckRunning,
    DeadlinePassed,
    DeliverableElsewhere,
    DeliverableMismatch,
    EscrowsTooMany,
    EscrowUnknown,
    NotYourPart,
    OwnEscrow,
    ScoreReached,
    SessionUnknown,
    TermsInvalid,
    WrongState,
)
from harmony.settlement.escrows.model import ACCEPTANCE_WINDOW, CREATED_PER_HOUR_LIMIT, DISPUTE_WINDOW, Escrow
from harmony.settlement.escrows.service import accept, create, judge, resolve, submit
from harmony.settlement.ledger.errors import FundsInsufficient
from harmony.settlement.verifiers import jobs as verifier_jobs
from harmony.settlement.verifiers.errors import DeliverableUnknown
from harmony.settlement.verifiers.fakes import InMemoryRunner
from harmony.settlement.verifiers.model import address
from harmony.settlement.verifiers.service import upload

Verb = Callable[[UnitOfWork], Awaitable[Any]]


async def act(database: Database, person: Principal, verb: Verb) -> Any:
    async with database.begin(actor=person.id) as uow:
        return await verb(uow)


async def refused(database: Database, refusal: type[Refusal], person: Principal, verb: Verb) -> Refusal:
    with pytest.raises(refusal) as caught:
        await act(database, person, verb)
    return caught.value


async def checked(database: Database) -> None:
    """What the two jobs do after a submission."""
    await verifier_jobs.run_pending(database, InMemoryRunner())
    await jobs.settle_verified(database)


async def moneys(database: Database) -> list[str]:
    """Ada's, Bo's and the platform's two incomes."""
    found = [await spendable(database, ADA), await spendable(database, BO)]
    found += [await on_account(database, code) for code in ("platform:escrow-fees", "platform:commission")]
    assert (await proof(database)).ok
    return [f"{amount.minor / 1_000_000:g}" for amount in found]


async def test_a_direct_escrow_of_100_costs_the_buyer_100_25_and_pays_the_seller_99_75(world: Database) -> None:
    escrow = await in_state(world, "submitted")
    assert await moneys(world) == ["899.75", "0", "0", "0"]
    await checked(world)
    assert (await read(world, escrow.id)).status == "released"
    assert await moneys(world) == ["899.75", "99.75", "0.5", "0"]


async def test_a_consultation_of_20_pays_the_expert_17_and_the_platform_3(world: Database) -> None:
    await in_state(world, "submitted", amount="20", session_id="session-1")
    await checked(world)
    assert await moneys(world) == ["980", "17", "0", "3"]


async def test_the_story_of_an_escrow_is_told_under_the_trace_that_began_it(world: Database) -> None:
    escrow = await in_state(world, "submitted", amount="20", session_id="session-1")
    await checked(world)
    entries = await told(world)
    assert [entry.kind.rpartition(".")[2] for entry in entries] == [
        "created", "accepted", "submitted", "verified", "released"
    ]  # fmt: skip
    assert entries[0].trace == entries[-1].trace == escrow.trace
    assert entries[-1].payload == {
        "escrow_id": escrow.id, "session_id": "session-1", "buyer": ADA.id, "seller": BO.id, "amount": "20.000000",
        "asset": "practice-USDC", "score": 100, "payout": "17.000000",
    }  # fmt: skip
    assert entries[0].payload["payout"] is None


async def test_work_below_the_score_waits_for_the_buyer_and_is_refunded_when_rejected(world: Database) -> None:
    escrow = await in_state(world, "submitted", content=BAD)
    await checked(world)
    waiting = await read(world, escrow.id)
    assert (waiting.status, waiting.quality_score) == ("submitted", 50)
    await act(world, ADA, lambda uow: judge.reject(uow, escrow.id, "it does not reverse"))
    assert (await read(world, escrow.id)).status == "refunded"
    assert await moneys(world) == ["1000", "0", "0", "0"]


async def test_the_buyer_may_approve_work_below_the_score(world: Database) -> None:
    escrow = await in_state(world, "submitted", content=BAD)
    await checked(world)
    approved = await act(world, ADA, lambda uow: judge.approve(uow, escrow.id))
    assert (approved.status, approved.release_cause, approved.quality_score) == ("released", "buyer", 50)
    assert await moneys(world) == ["899.75", "99.75", "0.5", "0"]


async def test_work_that_reached_the_score_cannot_be_rejected_even_before_it_is_paid(world: Database) -> None:
    escrow = await in_state(world, "submitted")
    await refused(world, CheckRunning, ADA, lambda uow: judge.reject(uow, escrow.id, "no"))
    await verifier_jobs.run_pending(world, InMemoryRunner())
    await refused(world, ScoreReached, ADA, lambda uow: judge.reject(uow, escrow.id, "no"))
    assert await jobs.settle_verified(world) == 1
    assert await jobs.settle_verified(world) == 0


@pytest.mark.parametrize(
    ("decision", "status", "buyer"), [("release", "released", "899.75"), ("refund", "refunded", "1000")]
)
async def test_unscored_work_that_is_rejected_is_disputed_and_decided_by_a_third(
    world: Database, decision: Any, status: str, buyer: str
) -> None:
    escrow = await in_state(world, "submitted", checked=False)
    await checked(world)
    disputed = await act(world, ADA, lambda uow: judge.reject(uow, escrow.id, "not what was agreed"))
    assert disputed.status == "disputed"
    decided = await act(world, CORA, lambda uow: resolve.resolve(uow, escrow.id, decision, "looked at it"))
    assert (decided.status, decided.dispute_resolved_by) == (status, "arbitrator")
    assert (await moneys(world))[0] == buyer


async def test_a_party_does_not_decide_its_own_dispute(world: Database) -> None:
    escrow = await in_state(world, "submitted", checked=False)
    await act(world, ADA, lambda uow: judge.reject(uow, escrow.id, "no"))
    for party in (ADA, BO):
        await refused(world, OwnEscrow, party, lambda uow: resolve.resolve(uow, escrow.id, "refund", ""))


async def test_nobody_accepts_in_time_so_the_buyer_is_refunded(world: Database, clock: VirtualClock) -> None:
    escrow = await in_state(world, "pending")
    clock.advance(ACCEPTANCE_WINDOW.total_seconds() - 0.001)
    assert await jobs.expire_overdue(world) == 0
    clock.advance(0.001)
    await refused(world, DeadlinePassed, BO, lambda uow: accept.accept(uow, escrow.id, escrow.invitation_token))
    assert await jobs.expire_overdue(world) == 1
    assert (await read(world, escrow.id)).status == "expired"
    assert await moneys(world) == ["1000", "0", "0", "0"]


async def test_nobody_delivers_in_time_so_the_buyer_is_refunded(world: Database, clock: VirtualClock) -> None:
    escrow = await in_state(world, "accepted", days=3)
    clock.advance(timedelta(days=3).total_seconds())
    await refused(
        world, DeadlinePassed, BO, lambda uow: submit.submit(uow, escrow.id, "https://example.org/x", "a" * 64)
    )
    assert await jobs.expire_overdue(world) == 1
    assert (await read(world, escrow.id)).status == "expired"
    assert await moneys(world) == ["1000", "0", "0", "0"]


@pytest.mark.parametrize(
    ("wishes", "status", "money"),
    [
        ({"content": BAD}, "refunded", ["1000", "0", "0", "0"]),
        ({"content": BAD, "threshold": 50}, "released", ["899.75", "99.75", "0.5", "0"]),
        ({"checked": False}, "released", ["899.75", "99.75", "0.5", "0"]),
    ],
)
async def test_the_review_window_passes_and_the_score_decides(
    world: Database, clock: VirtualClock, wishes: dict[str, Any], status: str, money: list[str]
) -> None:
    escrow = await in_state(world, "submitted", **wishes)
    await verifier_jobs.run_pending(world, InMemoryRunner())
    clock.advance(timedelta(hours=48).total_seconds() - 0.001)
    assert await jobs.expire_overdue(world) == 0
    clock.advance(0.001)
    await refused(world, DeadlinePassed, ADA, lambda uow: judge.reject(uow, escrow.id, "too late"))
    assert await jobs.expire_overdue(world) == 1
    decided = await read(world, escrow.id)
    assert decided.status == status
    assert decided.release_cause == ("timeout" if status == "released" else None)
    assert await moneys(world) == money


async def test_the_review_window_begins_with_the_submission_and_never_ends_later_than_agreed(
    world: Database, clock: VirtualClock
) -> None:
    early = await in_state(world, "submitted", days=7)
    assert early.review_deadline == clock.now() + timedelta(hours=48)
    waiting = await accepted(world, await created(world, days=1))
    clock.advance(timedelta(hours=23).total_seconds())
    last_hour = await submitted(world, waiting)
    assert last_hour.review_deadline == clock.now() + timedelta(hours=48)
    assert last_hour.review_deadline <= last_hour.delivery_deadline + timedelta(hours=48)


async def test_a_dispute_that_nobody_decides_refunds_the_buyer(world: Database, clock: VirtualClock) -> None:
    escrow = await in_state(world, "submitted", checked=False)
    await act(world, ADA, lambda uow: judge.reject(uow, escrow.id, "no"))
    clock.advance(DISPUTE_WINDOW.total_seconds() - 0.001)
    assert await jobs.expire_overdue(world) == 0
    clock.advance(0.001)
    assert await jobs.expire_overdue(world) == 1
    decided = await read(world, escrow.id)
    assert (decided.status, decided.dispute_resolved_by) == ("refunded", "timeout")
    assert await moneys(world) == ["1000", "0", "0", "0"]


@pytest.mark.parametrize("status", ["pending", "accepted", "submitted", "disputed"])
async def test_time_alone_empties_every_state_that_holds_money(
    world: Database, clock: VirtualClock, status: str
) -> None:
    escrow = await in_state(world, "submitted" if status == "disputed" else status, checked=False)
    if status == "disputed":
        await act(world, ADA, lambda uow: judge.reject(uow, escrow.id, "no"))
    clock.advance(timedelta(days=400).total_seconds())
    assert await jobs.expire_overdue(world) == 1
    assert (await on_account(world, f"escrow:{escrow.id}")).minor == 0
    assert (await proof(world)).totals[0].debits_pending == 0
    assert await jobs.expire_overdue(world) == 0


async def test_of_two_approvals_at_once_one_pays_and_the_other_is_refused(world: Database) -> None:
    escrow = await in_state(world, "submitted", checked=False)
    twins = [act(world, ADA, lambda uow: judge.approve(uow, escrow.id)) for _ in range(2)]
    answers = await asyncio.gather(*twins, return_exceptions=True)
    assert sorted(type(answer).__name__ for answer in answers) == ["Escrow", "WrongState"]
    assert await moneys(world) == ["899.75", "99.75", "0.5", "0"]


async def test_of_an_approval_and_a_time_out_at_once_one_decides(world: Database, clock: VirtualClock) -> None:
    escrow = await in_state(world, "submitted", content=BAD)
    await verifier_jobs.run_pending(world, InMemoryRunner())
    clock.advance(timedelta(hours=48).total_seconds())
    answers: Any = await asyncio.gather(
        act(world, ADA, lambda uow: judge.approve(uow, escrow.id)), jobs.expire_overdue(world), return_exceptions=True
    )
    approval, status = answers[0], (await read(world, escrow.id)).status
    assert status == ("released" if isinstance(approval, Escrow) else "refunded")
    assert isinstance(approval, Escrow | WrongState)
    assert (await moneys(world))[0] == ("899.75" if status == "released" else "1000")


async def test_two_who_hold_the_invitation_do_not_both_become_the_seller(world: Database) -> None:
    escrow = await created(world)
    answers = await asyncio.gather(
        *(act(world, who, lambda uow: accept.accept(uow, escrow.id, escrow.invitation_token)) for who in (BO, CY)),
        return_exceptions=True,
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["Escrow", "EscrowUnknown"]


async def test_an_escrow_is_accepted_by_invitation_and_by_nobody_else(world: Database) -> None:
    escrow = await created(world)
    for invitation in (None, "guessed", f"{escrow.invitation_token}x"):
        await refused(world, EscrowUnknown, BO, partial(accept.accept, escrow_id=escrow.id, invitation=invitation))
    await refused(world, OwnEscrow, ADA, lambda uow: accept.accept(uow, escrow.id, escrow.invitation_token))
    assert (await accepted(world, escrow)).seller == BO.id
    await refused(world, WrongState, BO, lambda uow: accept.accept(uow, escrow.id))


async def test_a_consultation_is_accepted_by_its_expert_only(world: Database) -> None:
    escrow = await created(world, session_id="session-1")
    assert (escrow.seller, escrow.invitation_token) == (BO.id, None)
    await refused(world, EscrowUnknown, CY, lambda uow: accept.accept(uow, escrow.id))
    assert (await accepted(world, escrow)).status == "accepted"


@pytest.mark.parametrize(("buyer", "session_id"), [(ADA, "session-2"), (BO, "session-1"), (CY, "session-1")])
async def test_only_its_seeker_pays_for_a_session(world: Database, buyer: Principal, session_id: str) -> None:
    with pytest.raises(SessionUnknown):
        await created(world, buyer=buyer, session_id=session_id)


async def test_each_verb_belongs_to_one_party_and_strangers_find_nothing(world: Database) -> None:
    escrow = await in_state(world, "accepted")

    def deliver(uow: UnitOfWork) -> Awaitable[Any]:
        return submit.submit(uow, escrow.id, "https://example.org/x", "a" * 64)

    await refused(world, NotYourPart, ADA, deliver)
    await refused(world, EscrowUnknown, CY, deliver)
    await refused(world, NotYourPart, BO, lambda uow: judge.approve(uow, escrow.id))
    await refused(world, EscrowUnknown, CY, lambda uow: judge.reject(uow, escrow.id, "no"))
    await refused(world, WrongState, ADA, lambda uow: judge.approve(uow, escrow.id))
    await refused(world, WrongState, CORA, lambda uow: resolve.resolve(uow, escrow.id, "refund", ""))


async def test_what_is_submitted_is_the_sellers_own_upload_with_its_own_hash(world: Database) -> None:
    escrow = await in_state(world, "accepted")
    stored = await act(world, CY, lambda uow: upload.upload(uow, b"print('of somebody else')"))
    url = address(stored.sha256)
    await refused(world, DeliverableUnknown, BO, lambda uow: submit.submit(uow, escrow.id, url, stored.sha256))
    await refused(world, DeliverableMismatch, BO, lambda uow: submit.submit(uow, escrow.id, url, "b" * 64))
    assert (await read(world, escrow.id)).status == "accepted"


async def test_acceptance_cases_are_run_even_if_the_seller_would_rather_not(world: Database) -> None:
    escrow = await in_state(world, "accepted")
    stored = await act(world, BO, lambda uow: upload.upload(uow, BAD))
    _, check = await act(
        world,
        BO,
        lambda uow: submit.submit(uow, escrow.id, address(stored.sha256), stored.sha256, request_verification=False),
    )
    assert check is not None and check.status == "pending"


async def test_the_agreed_check_is_not_dodged_by_delivering_elsewhere(world: Database) -> None:
    escrow = await in_state(world, "accepted")
    with pytest.raises(DeliverableElsewhere):
        await act(world, BO, lambda uow: submit.submit(uow, escrow.id, "https://example.org/x.zip", "a" * 64))
    assert (await read(world, escrow.id)).status == "accepted"


async def test_a_delivery_elsewhere_is_stored_not_fetched_and_not_scored(world: Database) -> None:
    escrow = await in_state(world, "accepted", checked=False)
    url = "https://example.org/x.zip"
    _, check = await act(world, BO, lambda uow: submit.submit(uow, escrow.id, url, "a" * 64))
    assert (check.status, check.reason) == ("failed", "no_acceptance_cases")
    await checked(world)
    found = await read(world, escrow.id)
    assert (found.status, found.deliverable_url, found.quality_score) == ("submitted", url, None)


async def test_without_isolation_nothing_is_scored_and_the_buyer_reviews(world: Database) -> None:
    escrow = await in_state(world, "submitted")
    await verifier_jobs.run_pending(world, InMemoryRunner(missing="no Landlock"))
    await jobs.settle_verified(world)
    assert (await read(world, escrow.id)).status == "submitted"
    assert (await told(world))[-1].kind == "settlement.escrow.verified"
    disputed = await act(world, ADA, lambda uow: judge.reject(uow, escrow.id, "no"))
    assert disputed.status == "disputed"


async def test_an_escrow_beyond_the_buyers_means_leaves_nothing(world: Database) -> None:
    with pytest.raises(FundsInsufficient):
        await created(world, amount="998")
    assert await told(world) == []
    await created(world, amount="997.50")


async def test_a_buyer_creates_so_many_escrows_an_hour_and_no_more(world: Database, clock: VirtualClock) -> None:
    answers = await asyncio.gather(
        *(created(world, amount="1") for _ in range(CREATED_PER_HOUR_LIMIT + 2)), return_exceptions=True
    )
    refusals = [answer for answer in answers if isinstance(answer, EscrowsTooMany)]
    assert len(refusals) == 2 and refusals[0].details == {"retry_after_seconds": 3601}
    await created(world, buyer=CY, amount="1")
    clock.advance(3_601)
    await created(world, amount="1")


@pytest.mark.parametrize(
    ("amount", "days", "field"),
    [
        ("0.999999", 1, "amount_usdc"),
        ("1000000000.000001", 1, "amount_usdc"),
        ("1", 0, "terms.delivery_deadline"),
        ("1", 365.0001, "terms.delivery_deadline"),
    ],
)
async def test_amounts_and_deadlines_have_bounds(world: Database, amount: str, days: float, field: str) -> None:
    now = world.clock.now()
    refusal = await refused(
        world,
        TermsInvalid,
        ADA,
        lambda uow: create.create(uow, CONSULTATIONS, usdc(amount), terms(now), now + timedelta(days=days)),
    )
    assert refusal.field == field
    await created(world, amount="1", days=365)


async def test_the_jobs_go_on_past_one_batch(world: Database, clock: VirtualClock, monkeypatch: Any) -> None:
    monkeypatch.setattr(jobs, "BATCH_LIMIT_ESCROWS", 2)
    for _ in range(5):
        await in_state(world, "submitted", amount="1")
    await verifier_jobs.run_pending(world, InMemoryRunner())
    assert await jobs.settle_verified(world) == 5
    for _ in range(5):
        await created(world, amount="1")
    clock.advance(ACCEPTANCE_WINDOW.total_seconds())
    assert await jobs.expire_overdue(world) == 5
