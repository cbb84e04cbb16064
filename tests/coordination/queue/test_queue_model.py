"""What becomes of a message is decided without a database: walked state by state, attempt by attempt."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from harmony.coordination.queue.model import BACK_OFF, MOVES, STATES, Cause, Delivery, fate
from harmony.kernel.chance import SeededChance

NOW = datetime(2026, 1, 1, tzinfo=UTC)
HELD = Delivery(
    id="message-1",
    queue="echo-git-sync",
    group="default",
    sender="sherlock-hub",
    message_type="sync-request",
    payload="null",
    priority=4,
    ordering_key=None,
    state="leased",
    attempts=1,
    max_attempts=3,
    sent_at=NOW,
    available_at=NOW,
    expires_at=None,
    lease_id="lease-1",
    consumer="echo-git-sync-001",
    leased_until=NOW,
    reason=None,
    died_at=None,
    trace="a" * 32,
)


@pytest.mark.parametrize("cause", ["rejected", "lease_ended", "consumer_died"])
@pytest.mark.parametrize("attempts", [1, 2, 3])
def test_the_last_attempt_is_the_last_whatever_ended_it(cause: Cause, attempts: int) -> None:
    ended = fate(replace(HELD, attempts=attempts), cause, NOW, SeededChance(1))
    assert (ended.state == "dead") == (attempts == 3)
    assert ended.state in MOVES["leased"]


def test_the_back_off_doubles_up_to_a_bound_and_is_never_the_same_for_all() -> None:
    chance = SeededChance(1)
    for attempts in range(1, 15):
        most = min(BACK_OFF.cap_seconds, BACK_OFF.base_seconds * 2 ** (attempts - 1))
        held = replace(HELD, attempts=attempts, max_attempts=100)
        waits = [fate(held, "rejected", NOW, chance).available_at - NOW for _ in range(50)]
        assert timedelta() <= min(waits) < max(waits) <= timedelta(seconds=most)


def test_a_consumers_death_tells_nothing_about_the_message_so_it_is_ready_at_once() -> None:
    assert fate(HELD, "consumer_died", NOW, SeededChance(1)).state == "ready"


def test_a_delay_that_is_asked_for_goes_before_the_back_off() -> None:
    asked = fate(HELD, "rejected", NOW, SeededChance(1), timedelta(seconds=7))
    assert (asked.state, asked.available_at) == ("scheduled", NOW + timedelta(seconds=7))
    assert fate(HELD, "rejected", NOW, SeededChance(1), timedelta()).state == "ready"


def test_every_state_can_be_left() -> None:
    assert set(MOVES) == set(STATES)
    for state in STATES:
        assert "gone" in MOVES[state]
        assert MOVES[state] <= {*STATES, "gone"}
