"""Which addresses may be reached: nothing inside, however it is written, unless it was allowed."""

from __future__ import annotations

import ipaddress

import pytest

from harmony.adapters.channels.reach import Reach, Unreached
from harmony.adapters.channels.webhook import UnfitUrl, check_url

HERE = Reach()
AFAR = Reach(loopback=False)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/hook",
        "ftp://example.org/hook",
        "https://",
        "https://10.0.0.1/hook",
        "https://192.168.1.1/hook",
        "https://172.16.0.1/hook",
        "https://169.254.169.254/latest/meta-data",
        "https://100.64.0.1/",
        "https://0.0.0.0/",
        "https://[::]/",
        "https://[fe80::1]/",
        "https://[fc00::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://[64:ff9b::a9fe:a9fe]/",
        "https://[2002:a00:1::]/",
        "https://167772161/",
        "https://0x0a000001/",
        "https://012.0.0.1/",
        "https://224.0.0.1/",
        "https://user:secret@example.org/",
        "https://example.org/#x",
        "https://example.org:0/",
        "https://example.org:99999/",
        "https://exa mple.org/",
        "https://example.org\\@10.0.0.1/",
        "https://ex\u00e4mple.org/",
        "https://example.org/" + "a" * 2_000,
        "http://8.8.8.8/",
    ],
)
def test_an_address_that_leads_inside_or_cannot_be_read_is_refused(url: str) -> None:
    with pytest.raises(UnfitUrl) as refused:
        check_url(url, HERE)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("url", ["https://hooks.example.org/x", "http://127.0.0.1:9/x", "http://localhost/x"])
def test_the_world_and_on_loopback_loopback_may_be_asked(url: str) -> None:
    check_url(url, HERE)


def test_loopback_is_refused_where_others_reach_this_installation() -> None:
    for url in ("http://127.0.0.1:9/x", "https://[::1]/x", "https://[::ffff:127.0.0.1]/", "https://2130706433/"):
        with pytest.raises(UnfitUrl):
            check_url(url, AFAR)


def test_private_networks_are_a_setting_and_link_local_ones_never() -> None:
    allowed = Reach(private=True)
    check_url("https://10.0.0.1/hook", allowed)
    with pytest.raises(UnfitUrl):
        check_url("https://169.254.169.254/", allowed)
    assert not allowed.allows(ipaddress.ip_address("8.8.8.8"), encrypted=False)


async def test_a_name_is_checked_when_it_is_connected_to() -> None:
    with pytest.raises(Unreached) as refused:
        await AFAR.address_of("localhost", 80, encrypted=True)
    assert refused.value.lasting
    assert (await HERE.address_of("localhost", 80, encrypted=False)).is_loopback
    with pytest.raises(Unreached):
        await HERE.address_of("nowhere.invalid", 80, encrypted=True)
