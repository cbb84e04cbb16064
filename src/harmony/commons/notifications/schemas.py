"""Wire shapes of notifications (camelCase, as all of HARMONY.Live)."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, StringConstraints
from pydantic.alias_generators import to_camel

from harmony.commons.notifications.model import (
    CHANNEL_NAME_LIMIT_CHARACTERS,
    RECIPIENTS_LIMIT,
    ChannelKind,
    Notification,
    Setup,
)


class Wire(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


class NotificationView(Wire):
    notification_id: str
    kind: str
    subject: str
    title: str
    body: str
    created_at: datetime
    read_at: datetime | None


class Notifications(Wire):
    notifications: list[NotificationView]
    next_cursor: str | None


class Read(Wire):
    read: bool = True


def notification_view(notification: Notification) -> NotificationView:
    return NotificationView(
        notification_id=notification.id,
        kind=notification.kind,
        subject=notification.subject,
        title=notification.title,
        body=notification.body,
        created_at=notification.created_at,
        read_at=notification.read_at,
    )


ChannelName = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=CHANNEL_NAME_LIMIT_CHARACTERS)
]
MailAddress = Annotated[
    str, StringConstraints(pattern=r"^[^\s\x00-\x1f\x7f<>@,;:\"()\[\]\\]+@[A-Za-z0-9.-]+$", max_length=254)
]
HostName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9.:-]+$", max_length=253)]


def _storable(secret: SecretStr) -> SecretStr:
    if "\x00" in secret.get_secret_value():
        raise ValueError
    return secret


Secret = Annotated[SecretStr, AfterValidator(_storable)]
"""Text that PostgreSQL can hold."""
SHOWN_SETTINGS = ("host", "port", "security", "username", "sender", "to")


class EmailChannel(BaseModel):
    """Mail by SMTP. ``security`` none is for loopback only."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["email"]
    host: HostName
    port: Annotated[int, Field(ge=1, le=65_535)] = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    username: Annotated[str, StringConstraints(max_length=254, pattern=r"^[^\x00-\x1f\x7f]*$")] | None = None
    password: Annotated[Secret, Field(max_length=500)] | None = None
    sender: MailAddress
    to: Annotated[list[MailAddress], Field(min_length=1, max_length=RECIPIENTS_LIMIT)]

    def to_setup(self, name: str) -> Setup:
        password = self.password.get_secret_value() if self.password else None
        return Setup(name, self.kind, {**self.model_dump(exclude={"kind"}), "password": password})


class SlackChannel(BaseModel):
    """An incoming web hook of Slack, or of what speaks as Slack does."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["slack"]
    url: Annotated[Secret, Field(min_length=1, max_length=2_000)]

    def to_setup(self, name: str) -> Setup:
        return Setup(name, self.kind, {"url": self.url.get_secret_value()})


class WebhookChannel(BaseModel):
    """Any web hook: the notification as JSON, signed with HMAC-SHA256 where a ``secret`` is agreed."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["webhook"]
    url: Annotated[Secret, Field(min_length=1, max_length=2_000)]
    secret: Annotated[Secret, Field(min_length=16, max_length=500)] | None = None

    def to_setup(self, name: str) -> Setup:
        secret = self.secret.get_secret_value() if self.secret else None
        return Setup(name, self.kind, {"url": self.url.get_secret_value(), "secret": secret})


SetChannel = Annotated[EmailChannel | SlackChannel | WebhookChannel, Field(discriminator="kind")]


class ChannelView(BaseModel):
    """A channel without its secrets: of a web hook only the host is shown. ``held_until``: it asked to be left in
    peace."""

    name: str
    kind: ChannelKind
    settings: dict[str, Any]
    held_until: datetime | None
    waiting: int
    failed: int
    last_reason: str | None

    @classmethod
    def of(cls, setup: Setup) -> ChannelView:
        shown = {name: value for name, value in setup.settings.items() if name in SHOWN_SETTINGS}
        if "url" in setup.settings:
            shown["host"] = urlsplit(str(setup.settings["url"])).hostname
        return cls(
            name=setup.name,
            kind=setup.kind,
            settings=shown,
            held_until=setup.held_until,
            waiting=setup.waiting,
            failed=setup.failed,
            last_reason=setup.last_reason,
        )


class Channels(BaseModel):
    channels: list[ChannelView]


class ChannelSetUp(BaseModel):
    status: str = "configured"
    name: str


class ChannelTakenAway(BaseModel):
    status: str = "removed"
    name: str
