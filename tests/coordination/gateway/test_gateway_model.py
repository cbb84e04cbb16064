"""Whom the gateway chooses, whom it leaves alone, how often it tries again."""

from __future__ import annotations

from collections import Counter, deque
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmony.coordination.gateway.model import (
    EJECTED_BASE_SECONDS,
    EJECTED_LIMIT_SECONDS,
    FAILURES_LIMIT,
    OUTSTANDING_LIMIT,
    RETRY_BURST,
    RETRY_FLOOR_PER_SECOND,
    RETRY_SHARE,
    Bucket,
    Pool,
    Record,
    able,
    choose,
    earned,
    in_panic,
    may_connect,
    pool_of,
)
from harmony.coordination.heartbeats.model import Lease, Member, State
from harmony.coordination.registry.model import Component
from harmony.kernel.chance import SeededChance

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def component(number: int, **changed: Any) -> Component:
    fields: dict[str, Any] = {
        "id": f"hub-{number:03d}",
        "component": "hub",
        "version": "1.0",
        "host": "127.0.0.1",
        "port": 7_000 + number,
        "capabilities": ("search",),
        "health_check_url": None,
        "heartbeat_interval_seconds": 5,
        "holder": "local",
        "routable": True,
        "incarnation": 1,
        "registered_at": NOW,
    }
    return Component(**{**fields, **changed})


def member(number: int, state: State = "healthy", **changed: Any) -> Member:
    one = component(number, **changed)
    lease = Lease(one.id, one.holder, state, "healthy", 5, NOW, NOW, NOW + timedelta(seconds=15), {}, "0" * 32)
    return Member(one, lease)


def pool(count: int, weights: list[int] | None = None) -> Pool:
    ones = tuple(component(number, weight=weights[number] if weights else 100) for number in range(count))
    return Pool(ones, tuple(accumulate(one.weight for one in ones)), count)


@pytest.mark.parametrize(
    "changed",
    [
        {"routable": False},
        {"draining": True},
        {"weight": 0},
        {"port": 0},
        {"host": "169.254.169.254"},
        {"host": "0.0.0.0"},
        {"host": "224.0.0.1"},
        {"host": "fe80::1"},
        {"port": 8888},
    ],
    ids=str,
)
def test_who_may_not_be_given_anything_new_is_not_able(changed: dict[str, Any]) -> None:
    assert able([member(1, **changed)], {8888}) == []


def test_a_port_of_harmony_is_somebody_else_s_on_another_machine() -> None:
    assert able([member(1, host="10.0.0.9", port=8888)], {8888})


def test_who_is_offline_is_not_able_and_who_is_degraded_is() -> None:
    assert able([member(1, "offline")], ()) == []
    assert able([member(1, "missing")], ())


def test_beside_a_proven_one_those_that_anybody_could_register_get_nothing() -> None:
    found = able([member(1), member(2, holder="component-hub")], ())
    assert [one.component.id for one in found] == ["hub-002"]


def test_the_degraded_are_asked_when_nobody_is_healthy() -> None:
    assert [one.id for one in pool_of([member(1, "missing"), member(2)]).components] == ["hub-002"]
    assert [one.id for one in pool_of([member(1, "missing"), member(2, "ailing")]).components] == ["hub-001", "hub-002"]


@given(
    weights=st.lists(st.integers(1, 1_000), min_size=1, max_size=8),
    busy=st.dictionaries(st.integers(0, 7), st.integers(0, OUTSTANDING_LIMIT), max_size=8),
    ejected=st.sets(st.integers(0, 7)),
    tried=st.sets(st.integers(0, 7)),
    seed=st.integers(0, 2**32),
)
def test_whoever_is_chosen_has_room_was_not_tried_and_is_ejected_only_in_panic(
    weights: list[int], busy: dict[int, int], ejected: set[int], tried: set[int], seed: int
) -> None:
    everyone = pool(len(weights), weights)
    load = {f"hub-{number:03d}": count for number, count in busy.items()}
    out, done = ({f"hub-{number:03d}" for number in numbers} for numbers in (ejected, tried))
    found = choose(everyone, None, load, out, done, SeededChance(seed))
    left = [one for one in everyone.components if one.id not in out or in_panic(everyone, out)]
    free = [one for one in left if one.id not in done and load.get(one.id, 0) < OUTSTANDING_LIMIT]
    assert (found is None) == (not free)
    assert found is None or found in free


def test_of_two_the_less_busy_for_its_weight_is_chosen() -> None:
    chance = SeededChance(1)
    two = pool(2, [100, 300])
    for _ in range(50):
        assert choose(two, None, {"hub-000": 2, "hub-001": 2}, (), (), chance) == two.components[1]
        assert choose(two, None, {"hub-000": 0, "hub-001": 6}, (), (), chance) == two.components[0]


def test_work_is_shared_by_weight() -> None:
    """With the oldest work ending first each gets what its weight says, within a fifth."""
    chance, three, busy, given_to = SeededChance(7), pool(3, [100, 200, 300]), Counter[str](), Counter[str]()
    in_flight: deque[str] = deque()
    for _ in range(6_000):
        one = choose(three, None, busy, (), (), chance)
        assert one is not None
        busy[one.id] += 1
        given_to[one.id] += 1
        in_flight.append(one.id)
        if len(in_flight) > 60:
            busy[in_flight.popleft()] -= 1
    for one in three.components:
        assert abs(given_to[one.id] - 10 * one.weight) < 2 * one.weight


def test_a_zone_is_kept_to_while_half_of_it_is_well() -> None:
    everyone = pool(6)
    near = Pool(everyone.components[:2], (100, 200), 2)
    chance = SeededChance(3)
    zone = {one.id for one in near.components}
    for _ in range(50):
        found = choose(everyone, near, {}, {"hub-000"}, (), chance)
        assert found is not None
        assert found.id == "hub-001"
    spilt = {choose(everyone, near, {}, zone, (), chance) for _ in range(50)}
    assert {one.id for one in spilt if one} == {f"hub-{number:03d}" for number in range(2, 6)}


def test_a_zone_most_of_whose_components_are_degraded_is_left() -> None:
    everyone, near = pool(6), Pool(pool(1).components, (100,), 3)
    found = {choose(everyone, near, {}, (), (), SeededChance(seed)) for seed in range(50)}
    assert len(found) > 1


def test_in_panic_everybody_is_asked() -> None:
    everyone = pool(3)
    assert not in_panic(everyone, {"hub-000"})
    assert in_panic(everyone, {"hub-000", "hub-001"})
    asked = {choose(everyone, None, {}, {"hub-000", "hub-001"}, (), SeededChance(seed)) for seed in range(50)}
    assert len(asked) == 3
    assert not in_panic(pool(2), {"hub-000"}), "a half is enough"


def test_failures_in_a_row_eject_and_a_success_between_them_does_not() -> None:
    record = Record()
    for _ in range(FAILURES_LIMIT - 1):
        record = record.after_failure("refused", 10.0)
    assert not record.is_ejected(10.0)
    kept = record.after_success(10.0).after_failure("refused", 10.0)
    assert not kept.is_ejected(10.0)
    out = record.after_failure("broken off", 10.0)
    assert out.is_ejected(10.0)
    assert out.is_ejected(10.0 + EJECTED_BASE_SECONDS - 0.001)
    assert not out.is_ejected(10.0 + EJECTED_BASE_SECONDS)
    assert [one.kind for one in out.evidence] == ["refused"] * (FAILURES_LIMIT - 1) + ["broken off"]


def test_who_fails_when_it_comes_back_is_ejected_for_twice_as_long() -> None:
    record, now, lengths = Record(), 0.0, []
    for _ in range(6):
        while not record.is_ejected(now):
            record = record.after_failure("refused", now)
        lengths.append(record.until - now)
        now = record.until
    assert lengths == [5.0, 10.0, 20.0, 40.0, EJECTED_LIMIT_SECONDS, EJECTED_LIMIT_SECONDS]
    calm = record.after_success(now + 60.0)
    assert calm.times == 0


@given(st.lists(st.tuples(st.booleans(), st.floats(0, 100)), max_size=60))
def test_nobody_is_ejected_for_longer_than_the_limit(steps: list[tuple[bool, float]]) -> None:
    record, now = Record(), 0.0
    for ok, seconds in steps:
        now += seconds
        record = record.after_success(now) if ok else record.after_failure("silent", now)
        assert record.until - now <= EJECTED_LIMIT_SECONDS
        assert not (ok and record.failures)


@given(st.lists(st.tuples(st.booleans(), st.floats(0, 5)), max_size=200))
def test_tries_more_never_exceed_the_budget(steps: list[tuple[bool, float]]) -> None:
    """A storm of failures adds a fifth to the load, not a multiple of it."""
    budget, now, requests, retries = Bucket(RETRY_BURST, 0.0), 0.0, 0, 0
    for wants_retry, seconds in steps:
        now += seconds
        requests += 1
        budget = earned(budget, now)
        while wants_retry and budget.tokens >= 1:
            budget, retries = budget.changed(-1), retries + 1
    assert retries <= RETRY_BURST + RETRY_SHARE * requests + RETRY_FLOOR_PER_SECOND * now + 1e-6


def test_a_clock_that_goes_back_brings_nothing() -> None:
    assert Bucket(1.0, 100.0).filled(50.0, 10.0, 100.0) == Bucket(1.0, 100.0)


@pytest.mark.parametrize(
    ("host", "address", "fits"),
    [
        ("127.0.0.1", "127.0.0.1", True),
        ("hub.example", "10.1.2.3", True),
        ("hub.example", "127.0.0.1", False),
        ("hub.example", "::1", False),
        ("hub.example", "::ffff:127.0.0.1", False),
        ("hub.example", "169.254.169.254", False),
        ("hub.example", "::ffff:169.254.169.254", False),
        ("hub.example", "fe80::1%eth0", False),
        ("hub.example", "0.0.0.0", False),
        ("hub.example", "224.0.0.1", False),
    ],
)
def test_a_name_leads_neither_to_this_machine_s_own_loopback_nor_to_nobody_s_address(
    host: str, address: str, fits: bool
) -> None:
    assert may_connect(host, address) is fits
