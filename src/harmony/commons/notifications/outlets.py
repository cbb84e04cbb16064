"""From a notification to mail, to Slack and to any web hook: what is sent, and by which carrier."""

from __future__ import annotations

import hmac
import json
import re
from email.message import EmailMessage
from email.utils import format_datetime
from hashlib import sha256
from typing import Any

from harmony.adapters.channels.mail import Mailer, MailServer
from harmony.adapters.channels.reach import Unreached, literal
from harmony.adapters.channels.webhook import Poster, UnfitUrl, check_url
from harmony.commons.notifications.errors import ChannelUnfit
from harmony.commons.notifications.model import Notification, Setup
from harmony.commons.notifications.ports import ChannelFailed

SIGNATURE = "X-Harmony-Signature-256"
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


class Carriers:
    """``Outlets`` over the two carriers of this process."""

    def __init__(self, poster: Poster, mailer: Mailer) -> None:
        self._poster = poster
        self._mailer = mailer

    def check(self, setup: Setup) -> None:
        try:
            if setup.kind == "email":
                self._check_mail(setup)
            else:
                check_url(str(setup.settings["url"]), self._poster.reach)
        except UnfitUrl as error:
            raise ChannelUnfit(f"this address cannot be used: {error}", field="url") from None

    async def deliver(self, setup: Setup, notification: Notification) -> None:
        try:
            match setup.kind:
                case "email":
                    await self._mail(setup, notification)
                case "slack":
                    await self._poster.post(str(setup.settings["url"]), _encoded(_slack(notification)), {})
                case _:
                    body = _encoded(_plain(notification))
                    headers = _signed(setup, notification, body)
                    await self._poster.post(str(setup.settings["url"]), body, headers)
        except Unreached as failed:
            raise ChannelFailed(
                str(failed), retry_after_seconds=failed.retry_after_seconds, lasting=failed.lasting
            ) from None

    async def _mail(self, setup: Setup, notification: Notification) -> None:
        settings = setup.settings
        server = MailServer(
            settings["host"], settings["port"], settings["security"], settings["username"], settings["password"]
        )
        sender, to = settings["sender"], tuple(settings["to"])
        await self._mailer.send(server, sender, to, _message(notification, sender, to))

    def _check_mail(self, setup: Setup) -> None:
        host, encrypted = str(setup.settings["host"]), setup.settings["security"] != "none"
        address, reach = literal(host), self._mailer.reach
        if address is not None and not reach.allows(address, encrypted=encrypted):
            raise ChannelUnfit("this mail server may not be reached from here", field="host")
        if address is None and not encrypted and host != "localhost" and not reach.private:
            raise ChannelUnfit("mail without encryption is for loopback", field="security")


def _slack(notification: Notification) -> dict[str, Any]:
    """Slack's own escapes: nothing in a text becomes a link or calls a channel."""
    title, body = (_escaped(text) for text in (notification.title, notification.body))
    return {"text": f"*{title}*\n{body}"}


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _plain(notification: Notification) -> dict[str, Any]:
    return {
        "notification_id": notification.id,
        "kind": notification.kind,
        "title": notification.title,
        "body": notification.body,
        "created_at": notification.created_at.isoformat(),
        "facts": notification.facts,
    }


def _encoded(content: dict[str, Any]) -> bytes:
    return json.dumps(content).encode()


def _signed(setup: Setup, notification: Notification, body: bytes) -> dict[str, str]:
    """HMAC-SHA256 of the body, where a secret was agreed; the id lets the receiver drop what comes twice."""
    headers = {"Idempotency-Key": notification.id}
    secret = setup.settings.get("secret")
    if secret:
        headers[SIGNATURE] = "sha256=" + hmac.new(str(secret).encode(), body, sha256).hexdigest()
    return headers


def _message(notification: Notification, sender: str, to: tuple[str, ...]) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = _CONTROL.sub(" ", notification.title)
    message["From"] = sender
    message["To"] = ", ".join(to)
    message["Date"] = format_datetime(notification.created_at)
    message["Message-ID"] = f"<{notification.id}@harmony>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(notification.body)
    return message
