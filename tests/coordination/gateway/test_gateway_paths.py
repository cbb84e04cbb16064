"""Which addresses the gateway takes."""

from __future__ import annotations

from urllib.parse import unquote_to_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmony.coordination.gateway.errors import CapabilityUnknown, PathRefused
from harmony.coordination.gateway.paths import TARGET_LIMIT_BYTES, checked, checked_query, target_of


@pytest.mark.parametrize(
    ("path", "kind", "name", "rest"),
    [
        (b"/hub", "component", "hub", b"/"),
        (b"/hub/", "component", "hub", b"/"),
        (b"/sherlock-hub/api/entities", "component", "sherlock-hub", b"/api/entities"),
        (b"/hub/a%20b/%C3%A9", "component", "hub", b"/a%20b/%C3%A9"),
        (b"/hub/.well-known/..a/a..", "component", "hub", b"/.well-known/..a/a.."),
        (b"/by-capability/search/x", "capability", "search", b"/x"),
        (b"/by-capability/echo%2Fsay/x", "capability", "echo/say", b"/x"),
        (b"/by-capability/a:b", "capability", "a:b", b"/"),
    ],
)
def test_an_address_names_a_component_or_a_capability(path: bytes, kind: str, name: str, rest: bytes) -> None:
    found = target_of(path)
    assert found is not None
    assert (found.kind, found.name, found.rest) == (kind, name, rest)
    assert path.startswith(found.prefix)


@pytest.mark.parametrize("path", [b"/", b"/Hub/x", b"/h%75b/x", b"/-hub", b"/hub_x", b"//hub", b"/\xff"])
def test_what_can_be_no_component_is_none_of_the_gateway_s(path: bytes) -> None:
    assert target_of(path) is None


@pytest.mark.parametrize(
    "path", [b"/by-capability", b"/by-capability/", b"/by-capability/%00/x", b"/by-capability/%2e"]
)
def test_a_capability_has_a_name(path: bytes) -> None:
    with pytest.raises(CapabilityUnknown):
        target_of(path)


@pytest.mark.parametrize(
    "rest",
    [
        b"/../conductor/health",
        b"/a/..",
        b"/a/./b",
        b"/.",
        b"/%2e%2e/x",
        b"/%2E./x",
        b"/.%2e/x",
        b"/..;/x",
        b"/..;a=b/x",
        b"/%2e%2e;/x",
        b"//x",
        b"/a//b",
        b"/a%2fb",
        b"/a%2Fb",
        b"/a%5cb",
        b"/a\\b",
        b"/a%00b",
        b"/a%0d%0aX:%20y",
        b"/a%7f",
        b"/a%252e%252e/b",
        b"/a%252fb",
        b"/a%255cb",
        b"/a%2500",
        b"/a%25252f",
        b"/a%zz",
        b"/a%2",
        b"/a b",
        b"/a\x00b",
        b"/a?b",
        b"/a#b",
        b"/\xc3\xa9",
        b"/a|b",
    ],
)
def test_a_path_that_can_be_read_in_two_ways_is_refused(rest: bytes) -> None:
    with pytest.raises(PathRefused):
        checked(rest)


@given(st.lists(st.sampled_from([b"/", b".", b"%2e", b"%2f", b"%25", b"a", b";", b"%5c", b"\\", b"5c", b"2e", b"%"])))
def test_no_reading_of_an_accepted_path_climbs(parts: list[bytes]) -> None:
    path = b"/" + b"".join(parts)
    try:
        accepted = checked(path)
    except PathRefused:
        return
    for _ in range(3):
        segments = [segment.split(b";")[0] for segment in accepted.replace(b"\\", b"/").split(b"/")]
        assert not {b".", b".."} & set(segments)
        assert b"\\" not in accepted
        accepted = unquote_to_bytes(accepted)


def test_a_path_has_a_limit() -> None:
    assert checked(b"/" + b"a" * (TARGET_LIMIT_BYTES - 1))
    with pytest.raises(PathRefused):
        checked(b"/" + b"a" * TARGET_LIMIT_BYTES)


def test_a_query_holds_visible_characters() -> None:
    assert checked_query(b"q=a%00b&x=[1]") == b"q=a%00b&x=[1]"
    for query in (b"a b", b"a\r\nb", b"\xff", b"a" * (TARGET_LIMIT_BYTES + 1)):
        with pytest.raises(PathRefused):
            checked_query(query)
