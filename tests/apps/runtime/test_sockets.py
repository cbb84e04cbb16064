"""A taken port is named, with what holds it and how to choose another."""

from __future__ import annotations

import os
import socket

import pytest

from harmony.apps.runtime import sockets
from harmony.apps.runtime.errors import PortTaken


def test_a_taken_port_is_named_with_its_holder_and_the_remedy() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(PortTaken) as refusal:
            sockets.bind({"conductor": port})
    assert f"port {port} of conductor is taken" in refusal.value.message
    assert f"process {os.getpid()}" in refusal.value.message
    assert "--port-offset" in refusal.value.hint


def test_when_one_port_is_taken_none_stays_bound() -> None:
    with socket.socket() as other, socket.socket() as probe:
        other.bind(("127.0.0.1", 0))
        other.listen()
        probe.bind(("127.0.0.1", 0))
        free = probe.getsockname()[1]
        probe.close()
        with pytest.raises(PortTaken):
            sockets.bind({"first": free, "second": other.getsockname()[1]})
        bound = sockets.bind({"first": free})
        bound["first"].close()


def test_a_port_that_nobody_holds_has_no_holder() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        assert sockets.holder(probe.getsockname()[1]) is None, "bound is not listening"
