"""Ids, clocks, pages and retries: given the same door, the same thing comes in."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmony.kernel.chance import SeededChance, SystemChance
from harmony.kernel.clock import SystemClock, VirtualClock
from harmony.kernel.errors import Refusal, family
from harmony.kernel.ids import TimeOrderedIds, looks_like_id
from harmony.kernel.paging import CursorInvalid, decode_cursor, encode_cursor
from harmony.kernel.retry import RetryPolicy, retrying


def test_ids_sort_by_time_and_have_the_layout_of_uuid_version_7() -> None:
    clock = VirtualClock()
    ids = TimeOrderedIds(clock, SystemChance())
    made = []
    for _ in range(50):
        made.append(ids.new("session"))
        clock.advance(0.001)
    assert made == sorted(made)
    assert len(set(made)) == 50
    digits = made[0].removeprefix("session-")
    assert digits[12] == "7"
    assert digits[16] in "89ab"
    assert int(digits[:12], 16) == int(datetime(2026, 1, 1, tzinfo=UTC).timestamp() * 1000)


def test_the_same_seed_makes_the_same_ids() -> None:
    def made() -> list[str]:
        ids = TimeOrderedIds(VirtualClock(), SeededChance(7))
        return [ids.new("entry") for _ in range(3)]

    assert made() == made()


@pytest.mark.parametrize("text", ["session-", "session-123", "session-" + "g" * 32, "other-" + "0" * 32, "0" * 32])
def test_what_is_no_id_does_not_look_like_one(text: str) -> None:
    assert not looks_like_id(text, "session")


async def test_sleepers_of_a_virtual_clock_wake_in_the_order_of_their_instants() -> None:
    clock = VirtualClock()
    woken: list[int] = []

    async def sleeper(seconds: int) -> None:
        await clock.sleep(seconds)
        woken.append(seconds)

    tasks = [asyncio.create_task(sleeper(seconds)) for seconds in (3, 1, 2)]
    await asyncio.sleep(0)
    clock.advance(2)
    await asyncio.sleep(0)
    assert woken == [1, 2]
    clock.advance(1)
    await asyncio.gather(*tasks)
    assert woken == [1, 2, 3]
    with pytest.raises(ValueError, match="go back"):
        clock.advance(-1)


def test_the_system_clock_is_aware_and_in_utc() -> None:
    assert SystemClock().now().tzinfo is UTC


@given(st.one_of(st.integers(), st.text().filter(str.isprintable)))
def test_a_cursor_reads_back_as_its_position(position: int | str) -> None:
    assert decode_cursor(encode_cursor(position)) == position


@pytest.mark.parametrize("position", ["\x00", "a\x00b", "\ud800", "\n", "\x1b[31m"])
def test_a_cursor_with_what_no_position_holds_is_refused(position: str) -> None:
    with pytest.raises(CursorInvalid):
        decode_cursor(encode_cursor(position))


@given(st.text())
def test_any_text_is_a_cursor_or_is_refused_by_name(text: str) -> None:
    with suppress(CursorInvalid):
        assert isinstance(decode_cursor(text), int | str)


async def test_a_retry_ends_at_its_limit_and_waits_within_its_bounds() -> None:
    waits: list[float] = []
    tried = 0

    class Patient(VirtualClock):
        async def sleep(self, seconds: float) -> None:
            waits.append(seconds)

    async def fail() -> None:
        nonlocal tried
        tried += 1
        raise OSError("still down")

    policy = RetryPolicy(attempts=6, base_seconds=0.1, cap_seconds=1.0)
    with pytest.raises(OSError, match="still down"):
        await retrying(fail, on=(OSError,), policy=policy, clock=Patient(), chance=SeededChance(3))
    assert tried == 6
    assert all(wait <= min(1.0, 0.1 * 2**number) for number, wait in enumerate(waits))
    assert len(waits) == 5


async def test_what_a_retry_is_not_for_is_raised_at_once() -> None:
    tried = 0

    async def fail() -> None:
        nonlocal tried
        tried += 1
        raise KeyError

    with pytest.raises(KeyError):
        await retrying(fail, on=(OSError,), policy=RetryPolicy(), clock=VirtualClock(), chance=SeededChance(1))
    assert tried == 1


def test_every_refusal_has_a_code_of_its_own_a_status_and_a_remedy() -> None:
    found = [refusal for refusal in family() if refusal.__module__.startswith("harmony.")]
    codes = [refusal.code for refusal in found]
    assert all(400 <= refusal.status < 600 for refusal in found)
    assert all(refusal.hint.strip() for refusal in found)
    assert Refusal in found
    assert all("." in code for code in codes)
