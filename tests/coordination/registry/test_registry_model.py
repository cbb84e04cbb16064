"""Names, hosts and who may replace whom: pure decisions."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from harmony.coordination.registry.model import (
    LOOPBACK_HOST,
    RESERVED_NAMES,
    Component,
    agreed_version,
    component_id,
    component_of,
    is_routable,
    leads_to,
    may_replace,
    normal_host,
)


def test_an_id_is_the_name_and_three_digits_and_grows_beyond_them() -> None:
    assert component_id("sherlock-hub", 1) == "sherlock-hub-001"
    assert component_id("sherlock-hub", 999) == "sherlock-hub-999"
    assert component_id("sherlock-hub", 1_000) == "sherlock-hub-1000"


@pytest.mark.parametrize("name", ["hub", "sherlock-hub", "hub-001", "a.b"])
def test_the_name_can_be_read_from_the_id(name: str) -> None:
    assert component_of(component_id(name, 7)) == name


@pytest.mark.parametrize(
    "text", ["localhost", "LOCALHOST", "127.0.0.1", "127.9.9.9", "::1", "[::1]", "::ffff:127.0.0.1"]
)
def test_every_loopback_address_is_one_host(text: str) -> None:
    assert normal_host(text) == LOOPBACK_HOST


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("Node-1.Example.ORG.", "node-1.example.org"),
        ("10.0.0.7", "10.0.0.7"),
        ("::ffff:10.0.0.7", "10.0.0.7"),
        ("[2001:DB8::0:1]", "2001:db8::1"),
        ("999.1.1.1", "999.1.1.1"),
    ],
)
def test_a_host_has_one_spelling(text: str, normal: str) -> None:
    assert normal_host(text) == normal
    assert normal_host(normal) == normal


def test_a_built_in_name_is_routed_to_only_with_its_own_principal() -> None:
    own = frozenset({"global-nexus"})
    assert is_routable("global-nexus", "component-global-nexus", own)
    assert not is_routable("global-nexus", "local", own)
    assert not is_routable("global-nexus", "component-harmony-live", own)
    assert is_routable("a-stranger", "local", own)


def test_an_entry_is_changed_by_its_holder_and_by_anybody_when_nobody_proved_to_hold_it() -> None:
    assert may_replace("component-hub", "component-hub", "local")
    assert may_replace("local", "component-hub", "local")
    assert may_replace("local", "local", "local")
    assert not may_replace("component-hub", "local", "local")
    assert not may_replace("component-hub", "component-other", "local")


def test_the_front_doors_own_words_are_reserved() -> None:
    front_door = {"auth", "v1", "api", "rpc", "mcp", "conductor", "health", "openapi.json", "assets"}
    assert front_door <= set(RESERVED_NAMES)
    assert list(RESERVED_NAMES) == sorted(set(RESERVED_NAMES))


def on(host: str) -> Component:
    return Component("hub-001", "hub", "1", host, 1, (), None, 5, "local", True, 1, datetime(2026, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("host", "url", "own"),
    [
        ("127.0.0.1", "http://localhost:8000/health", True),
        ("127.0.0.1", "http://[::1]:8000/health", True),
        ("10.0.0.7", "http://10.0.0.7:8000/health", True),
        ("node-1.example", "https://NODE-1.example./health", True),
        ("10.0.0.7", "http://localhost:8888/health", False),
        ("10.0.0.7", "http://10.0.0.8/health", False),
        ("127.0.0.1", "http://127.0.0.1.example/health", False),
        ("127.0.0.1", "http://127.0.0.1@10.0.0.8/health", False),
        ("127.0.0.1", "http://[/health", False),
        ("169.254.169.254", "http://169.254.169.254/latest", False),
        ("0.0.0.0", "http://0.0.0.0:8888/health", False),
    ],
)
def test_the_conductor_calls_a_component_on_its_own_host_only(host: str, url: str, own: bool) -> None:
    assert leads_to(on(host), url) is own


def test_both_sides_speak_the_best_version_that_they_share() -> None:
    assert agreed_version([1, 9]) == 1
    assert agreed_version([9]) is None
