"""What may be said in a registration, at the edge of every bound."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from harmony.coordination.registry.errors import HostUnknown
from harmony.coordination.registry.schemas import RegisterComponent

LEAST: dict[str, Any] = {"component": "sherlock-hub", "version": "1.0.0", "port": 8000}

ACCEPTED: list[tuple[str, Any]] = [
    ("component", "a" * 64),
    ("component", "global-nexus"),
    ("version", "v" * 64),
    ("version", "2.0.0-rc.1+build_7"),
    ("port", 0),
    ("port", 65_535),
    ("capabilities", [f"c{number}" for number in range(64)]),
    ("capabilities", ["c" * 64]),
    ("health_check_url", None),
    ("health_check_url", "https://[::1]:8000/health?deep=1"),
    ("health_check_url", "http://" + "h" * 2_041),
    ("host", "h" * 253),
    ("host", "::1"),
    ("heartbeat_interval", 1),
    ("heartbeat_interval", 30),
    ("colour", "unknown fields are ignored"),
]
REFUSED: list[tuple[str, Any]] = [
    ("component", "a" * 65),
    ("component", ""),
    ("component", "Sherlock Hub"),
    ("component", "-hub"),
    ("component", "hub-"),
    ("component", "hub/../auth"),
    ("component", "hub\n"),
    ("component", "hub\x00"),
    ("component", 7),
    ("version", "v" * 65),
    ("version", ""),
    ("version", "1 0"),
    ("port", -1),
    ("port", 65_536),
    ("port", "8000"),
    ("port", 80.5),
    ("port", True),
    ("port", None),
    ("capabilities", [f"c{number}" for number in range(65)]),
    ("capabilities", ["c" * 65]),
    ("capabilities", [""]),
    ("capabilities", "search"),
    ("capabilities", ["nul\x00"]),
    ("health_check_url", "ftp://localhost/health"),
    ("health_check_url", "javascript:alert(1)"),
    ("health_check_url", "http://"),
    ("health_check_url", "http://user:secret@localhost/"),
    ("health_check_url", "http://local host/"),
    ("health_check_url", "http://" + "h" * 2_042),
    ("host", "h" * 254),
    ("host", ""),
    ("host", "two words"),
    ("heartbeat_interval", 0),
    ("heartbeat_interval", 31),
    ("heartbeat_interval", 2.5),
]


@pytest.mark.parametrize(("field", "value"), ACCEPTED)
def test_within_its_bounds_a_field_is_taken(field: str, value: Any) -> None:
    RegisterComponent.model_validate(LEAST | {field: value})


@pytest.mark.parametrize(("field", "value"), REFUSED)
def test_beyond_its_bounds_a_field_is_refused_by_its_name(field: str, value: Any) -> None:
    with pytest.raises(ValidationError) as refused:
        RegisterComponent.model_validate(LEAST | {field: value})
    assert {str(error["loc"][0]) for error in refused.value.errors()} == {field}


@pytest.mark.parametrize("field", ["component", "version", "port"])
def test_what_is_needed_cannot_be_left_out(field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        RegisterComponent.model_validate({name: value for name, value in LEAST.items() if name != field})
    assert [error["loc"] for error in refused.value.errors()] == [(field,)]


def test_a_capability_said_twice_counts_once() -> None:
    body = RegisterComponent.model_validate(LEAST | {"capabilities": ["qa", "search", "qa"]})
    assert body.to_registration("127.0.0.1").capabilities == ("qa", "search")


def test_the_host_is_the_callers_address_unless_it_is_named() -> None:
    body = RegisterComponent.model_validate(LEAST)
    assert body.to_registration("10.0.0.7").host == "10.0.0.7"
    named = RegisterComponent.model_validate(LEAST | {"host": "Node-1"})
    assert named.to_registration("10.0.0.7").host == "node-1"
    with pytest.raises(HostUnknown):
        body.to_registration(None)
