"""A session is valued once, its tokens are handed out once, and standing moves once, whatever is interrupted."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest
from tests.assist.conftest import Live
from tests.assist.stories import json_of, open_session, resolved_session

from harmony.assist.ports import AccountKind
from harmony.assist.rewards import service
from harmony.assist.rewards.errors import ScoreInvalid, SessionAbandoned
from harmony.assist.rewards.fakes import MemoryBook
from harmony.assist.rewards.jobs import distribute_valued
from harmony.assist.rewards.model import Contribution
from harmony.kernel.money import Amount


async def value(live: Live, session_id: str, score: int = 92) -> Contribution:
    async with live.database.begin() as uow:
        return await service.value(uow, session_id, score)


@dataclass(slots=True)
class StoppedBook:
    """Credits, then the process dies before anything else happens."""

    book: MemoryBook = field(default_factory=MemoryBook)

    async def distribute(
        self, contribution_id: str, expert_id: str, shares: Mapping[AccountKind, Amount], trace: str
    ) -> None:
        await self.book.distribute(contribution_id, expert_id, shares, trace)
        raise ConnectionError("stopped")


async def test_valuing_again_answers_what_was_valued_first(live: Live) -> None:
    session = await resolved_session(live, rating=5)
    first = await value(live, session["sessionId"], 92)
    assert await value(live, session["sessionId"], 10) == first
    assert first.value.tokens.minor == 20_944_000


async def test_valuing_at_the_same_moment_values_once(live: Live) -> None:
    session = await resolved_session(live)
    found = await asyncio.gather(*(value(live, session["sessionId"], score) for score in (10, 50, 90)))
    assert len({contribution.id for contribution in found}) == 1


async def test_a_session_that_is_not_rated_yet_is_valued_by_its_score(live: Live) -> None:
    session = await open_session(live)
    contribution = await value(live, session["sessionId"], 100)
    assert contribution.work.rating is None
    assert contribution.value.tokens.minor == 22_000_000


async def test_what_cannot_be_valued_is_refused(live: Live) -> None:
    session = await open_session(live)
    for score in (-1, 101):
        with pytest.raises(ScoreInvalid):
            await value(live, session["sessionId"], score)
    await json_of(await live["ada"].post(f"/v1/sessions/{session['sessionId']}/abandon"), 200)
    with pytest.raises(SessionAbandoned):
        await value(live, session["sessionId"])


async def test_a_stop_between_book_and_settlement_is_made_good_without_paying_twice(live: Live) -> None:
    session = await resolved_session(live)
    await value(live, session["sessionId"])
    stopped = StoppedBook()
    with pytest.raises(ConnectionError):
        await distribute_valued(live.database, stopped)
    assert await distribute_valued(live.database, stopped.book) == 1
    assert await distribute_valued(live.database, stopped.book) == 0
    assert stopped.book.accounts == {
        "expert:ada-expert": 14_660_800,
        "maintenance": 4_188_800,
        "governance": 2_094_400,
    }
    expert = await json_of(await live["ada"].get(f"/v1/experts/{session['expertId']}"), 200)
    assert expert["reputationPoints"] == "1.808"


async def test_jobs_at_the_same_moment_settle_once(live: Live) -> None:
    session = await resolved_session(live)
    await value(live, session["sessionId"])
    book = MemoryBook()
    settled = await asyncio.gather(*(distribute_valued(live.database, book) for _ in range(3)))
    assert sum(settled) == 1
    assert sum(book.accounts.values()) == 20_944_000


async def test_a_contribution_is_seen_by_its_parties_and_overseers(live: Live) -> None:
    session = await resolved_session(live)
    path = f"/v1/sessions/{session['sessionId']}/contribution"
    assert (await json_of(await live["ada"].get(path), 404))["code"] == "rewards.contribution_unknown"
    await value(live, session["sessionId"])
    statuses = {who: (await live[who].get(path)).status_code for who in ("ada", "wanda", "cora", "bruno", "nobody")}
    assert statuses == {"ada": 200, "wanda": 200, "cora": 200, "bruno": 404, "nobody": 401}
