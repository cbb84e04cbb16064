"""Ways out to servers that speak the real protocols: what arrives, what is tried again and when, what is never told."""

from __future__ import annotations

import hmac
import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from hashlib import sha256
from typing import Any

import pytest
from tests.adapters.channels.servers import HookHere, MailServerHere, serving

from harmony.adapters.channels.mail import Mailer
from harmony.adapters.channels.reach import Reach
from harmony.adapters.channels.webhook import Poster
from harmony.adapters.db.pool import Database
from harmony.commons.journal import jobs as journal_jobs
from harmony.commons.journal.service import Journal
from harmony.commons.notifications import jobs, service
from harmony.commons.notifications.errors import ChannelUnfit
from harmony.commons.notifications.model import ChannelKind, Delivery, Notification, Setup, after_failure
from harmony.commons.notifications.outlets import SIGNATURE, Carriers
from harmony.commons.notifications.ports import ChannelFailed
from harmony.kernel.clock import VirtualClock

NOW = datetime(2026, 1, 1, tzinfo=UTC)
NEWS = Notification(
    id="notification-1",
    recipient="operator",
    kind="alert.group",
    subject="hot:1",
    title="hot: 1 firing\nBcc: everybody@example.org",
    body="firing: <!channel> & more\n.\nthe end",
    trace="",
    created_at=NOW,
    facts={"status": "firing"},
)


def carriers(reach: Reach | None = None) -> Carriers:
    found = reach or Reach()
    return Carriers(Poster(found, lambda: NOW), Mailer(found))


def mail(server: MailServerHere, **more: Any) -> Setup:
    settings = {"host": "127.0.0.1", "port": server.port, "security": "none", "username": None, "password": None}
    return Setup("email", "email", {**settings, "sender": "harmony@example.org", "to": ["ada@example.org"], **more})


def hook(server: HookHere, kind: ChannelKind = "slack", **more: Any) -> Setup:
    return Setup(kind, kind, {"url": server.url, **more})


async def failed(setup: Setup, reach: Reach | None = None) -> ChannelFailed:
    with pytest.raises(ChannelFailed) as refused:
        await carriers(reach).deliver(setup, NEWS)
    return refused.value


async def test_mail_arrives_over_real_smtp_and_no_title_becomes_a_header() -> None:
    server = MailServerHere()
    async with serving(server):
        await carriers().deliver(mail(server), NEWS)
    assert "rcpt TO:<ada@example.org>" in server.commands
    head, _, body = server.messages[0].partition("\r\n\r\n")
    assert "Subject: hot: 1 firing Bcc: everybody@example.org" in head.splitlines()
    assert "Message-ID: <notification-1@harmony>" in head.splitlines()
    assert body.splitlines()[:3] == ["firing: <!channel> & more", "..", "the end"], "a lone dot does not end it"


@pytest.mark.parametrize(("code", "lasting"), [(451, False), (550, True)])
async def test_a_mail_server_that_refuses_is_asked_again_only_if_that_helps(code: int, lasting: bool) -> None:
    server = MailServerHere(recipient_code=code)
    async with serving(server):
        refused = await failed(mail(server))
    assert (str(refused), refused.lasting) == (f"the mail server answered {code}", lasting)


async def test_slack_gets_its_text_with_nothing_that_calls_a_channel() -> None:
    server = HookHere([b"200 OK"])
    async with serving(server):
        await carriers().deliver(hook(server), NEWS)
    text = json.loads(server.requests[0][1])["text"]
    assert "&lt;!channel&gt; &amp; more" in text and "<" not in text


async def test_a_web_hook_gets_the_facts_signed() -> None:
    server = HookHere([b"204 No Content"])
    async with serving(server):
        await carriers().deliver(hook(server, "webhook", secret="a secret of both"), NEWS)
    head, body = server.requests[0]
    expected = hmac.new(b"a secret of both", body, sha256).hexdigest()
    assert f"{SIGNATURE}: sha256={expected}".lower() in head.lower()
    assert "idempotency-key: notification-1" in head.lower() and f"host: 127.0.0.1:{server.port}" in head.lower()
    assert json.loads(body)["facts"] == {"status": "firing"}


@pytest.mark.parametrize(
    ("answer", "wait", "lasting"),
    [
        (b"429 Too Many Requests\r\nRetry-After: 30", 30.0, False),
        (b"503 Unavailable\r\nRetry-After: " + format_datetime(NOW + timedelta(seconds=90)).encode(), 90.0, False),
        (b"429 Too Many Requests\r\nRetry-After: 99999999", 3_600.0, False),
        (b"429 Too Many Requests\r\nRetry-After: soon", None, False),
        (b"500 Oh", None, False),
        (b"404 Not Found", None, True),
        (b"302 Found\r\nLocation: http://127.0.0.1:1/", None, True),
    ],
)
async def test_what_an_answer_means_for_the_next_try(answer: bytes, wait: float | None, lasting: bool) -> None:
    server = HookHere([answer])
    async with serving(server):
        refused = await failed(hook(server))
    assert (refused.retry_after_seconds, refused.lasting) == (wait, lasting)
    assert len(server.requests) == 1, "a redirect is not followed"


async def test_an_address_inside_is_not_connected_to_whatever_its_name() -> None:
    server = HookHere([b"200 OK"])
    async with serving(server):
        away = Setup("slack", "slack", {"url": f"https://localhost:{server.port}/verysecret"})
        refused = await failed(away, Reach(loopback=False))
    assert refused.lasting and server.requests == [] and "verysecret" not in str(refused)


def test_a_channel_that_cannot_work_is_refused_when_it_is_set_up() -> None:
    unfit = [
        Setup("slack", "slack", {"url": "http://hooks.example.org/verysecret"}),
        Setup("slack", "slack", {"url": "https://10.0.0.1/verysecret"}),
        Setup("email", "email", {"host": "mail.example.org", "security": "none"}),
        Setup("email", "email", {"host": "169.254.0.1", "security": "tls"}),
    ]
    for setup in unfit:
        with pytest.raises(ChannelUnfit) as refused:
            carriers().check(setup)
        assert "verysecret" not in refused.value.message and "verysecret" not in repr(setup)


def test_what_is_too_old_is_given_up_however_politely_it_is_put_off() -> None:
    delivery = Delivery(NEWS, "slack", 1)
    assert after_failure(delivery, NOW, 60.0) == ("pending", NOW + timedelta(seconds=60))
    assert after_failure(delivery, NOW + timedelta(hours=24), 60.0)[0] == "failed"
    assert after_failure(delivery, NOW, lasting=True)[0] == "failed"


async def test_a_delivery_waits_as_long_as_it_is_told_and_arrives_once(database: Database, clock: VirtualClock) -> None:
    server = HookHere([b"429 Too Many Requests\r\nRetry-After: 30", b"200 OK"])
    outlets = carriers()
    async with serving(server):
        async with database.begin() as uow:
            await service.set_channel(uow, hook(server), outlets)
        async with database.begin() as uow:
            what: dict[str, Any] = {"recipient": "operator", "kind": "alert.group", "title": "hot", "body": "hot"}
            await service.notify(uow, subject="hot:1", channels=("slack", "unknown"), **what)
        assert await jobs.deliver(database, outlets=outlets) == 2
        clock.advance(29)
        assert await jobs.deliver(database, outlets=outlets) == 0
        clock.advance(1)
        assert await jobs.deliver(database, outlets=outlets) == 1
        assert await jobs.deliver(database, outlets=outlets) == 0
    assert len(server.requests) == 2


async def test_a_delivery_that_fails_for_good_is_told_in_the_page_without_secrets(database: Database) -> None:
    server = HookHere([b"410 Gone"])
    outlets = carriers()
    async with serving(server):
        async with database.begin() as uow:
            await service.set_channel(uow, hook(server), outlets)
            what: dict[str, Any] = {"recipient": "operator", "kind": "alert.group", "title": "hot", "body": "hot"}
            await service.notify(uow, subject="hot:1", channels=("slack",), **what)
        await jobs.deliver(database, outlets=outlets)
    async with database.reading() as connection:
        page = await service.of_recipient(connection, "operator", None)
    assert sorted(item.title for item in page.items) == ["hot", "the channel slack could not deliver"]
    await journal_jobs.stamp(database)
    entries = await Journal(database).read(0)
    assert [entry.payload for entry in entries] == [{"name": "slack", "channel_kind": "slack"}]
