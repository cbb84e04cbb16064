"""What is sealed opens for its receiver, in its place, and nowhere else."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st

from harmony.sdk.errors import SealBroken, SealInvalid, SealKeyUnknown, SealKeyWrong, SealNotForYou
from harmony.sdk.seals import KEY_BYTES, KeyRing

RING = KeyRing({"one": b"1" * KEY_BYTES}, "one")
WAY = {"sender": "hub", "to": "sync", "subject": "note"}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(JSON)
def test_what_is_sealed_opens_as_it_was(payload: Any) -> None:
    assert RING.open(RING.seal(payload, **WAY), **WAY) == payload


def test_nothing_of_it_can_be_read_on_the_way_and_no_two_seals_are_alike() -> None:
    first, second = (RING.seal({"secret": "the password"}, **WAY) for _ in range(2))
    assert "password" not in str(first)
    assert first["text"] != second["text"]
    assert first["id"] != second["id"]


@pytest.mark.parametrize("changed", ["to", "sender", "subject"])
def test_what_is_replayed_elsewhere_is_refused_by_name(changed: str) -> None:
    sealed = RING.seal("for sync", **WAY)
    with pytest.raises(SealNotForYou):
        RING.open(sealed, **{**WAY, changed: "another"})
    relabelled = {**sealed, {"sender": "from"}.get(changed, changed): "another"}
    with pytest.raises(SealBroken):
        RING.open(relabelled, **{**WAY, changed: "another"})


@pytest.mark.parametrize("name", ["id", "nonce", "text"])
def test_what_is_altered_is_refused(name: str) -> None:
    sealed = RING.seal("for sync", **WAY)
    flipped = ("B" if sealed[name][0] != "B" else "C") + sealed[name][1:]
    for altered in (flipped, sealed[name][:-4], "", "ä", "x" * 100):
        with pytest.raises(SealBroken):
            RING.open({**sealed, name: altered}, **WAY)


def test_a_wrong_key_and_an_unknown_one_are_told_apart() -> None:
    sealed = RING.seal("for sync", **WAY)
    with pytest.raises(SealKeyWrong):
        KeyRing({"one": b"2" * KEY_BYTES}, "one").open(sealed, **WAY)
    with pytest.raises(SealKeyUnknown):
        KeyRing({"two": b"1" * KEY_BYTES}, "two").open(sealed, **WAY)
    two = RING.rotated("two", b"2" * KEY_BYTES)
    with pytest.raises(SealBroken):
        two.open({**sealed, "key": "two", "check": two.seal(1, **WAY)["check"]}, **WAY)


def test_old_keys_open_while_they_are_kept_and_the_new_one_seals() -> None:
    old = RING.seal("before", **WAY)
    ring = RING.rotated("two", b"2" * KEY_BYTES)
    assert ring.open(old, **WAY) == "before"
    assert ring.seal("after", **WAY)["key"] == "two"
    with pytest.raises(SealKeyUnknown):
        ring.without("one").open(old, **WAY)


@pytest.mark.parametrize("sealed", [None, "text", {}, {"sealed": "rot13"}, {"sealed": "aes-256-gcm", "key": 1}])
def test_what_was_never_sealed_is_refused(sealed: Any) -> None:
    with pytest.raises(SealInvalid):
        RING.open(sealed, **WAY)


def test_the_printed_fernet_sample_opens_and_is_opened() -> None:
    key = base64.urlsafe_b64encode(b"1" * KEY_BYTES)
    message = "Grüße"
    cipher = Fernet(key)
    encrypted_message = cipher.encrypt(message.encode())
    assert RING.fernet_open(encrypted_message.decode()) == message
    assert cipher.decrypt(RING.fernet_seal(message).encode()).decode() == message
    assert RING.rotated("two", b"2" * KEY_BYTES).fernet_open(encrypted_message.decode()) == message
    for wrong in ("", "no token", encrypted_message.decode()[:-4]):
        with pytest.raises(SealBroken):
            RING.fernet_open(wrong)
    with pytest.raises(SealBroken):
        KeyRing({"two": b"2" * KEY_BYTES}, "two").fernet_open(encrypted_message.decode())


def test_a_ring_shows_no_keys_and_holds_only_whole_ones() -> None:
    assert "1111" not in repr(RING)
    for keys, current in (({}, "one"), ({"one": b"short"}, "one"), ({"one": b"1" * KEY_BYTES}, "two")):
        with pytest.raises(ValueError, match="ring|key"):
            KeyRing(keys, current)
    with pytest.raises(ValueError, match="for ever"):
        RING.rotated("one", b"2" * KEY_BYTES)
