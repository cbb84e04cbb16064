"""Refusals of notifications."""

from __future__ import annotations

from harmony.kernel.errors import Conflict, Invalid, NotFound


class NotificationUnknown(NotFound):
    code = "notifications.unknown"
    hint = "List your notifications to see which there are."


class ChannelUnknown(NotFound):
    code = "notifications.channel_unknown"
    hint = "GET /channels lists those that are set up; PUT /channels/{name} sets one up."


class ChannelUnfit(Invalid):
    code = "notifications.channel_unfit"
    hint = (
        "Name a public https address; http only on loopback, private networks only where HARMONY_PRIVATE_HOOKS is set."
    )


class TooManyChannels(Conflict):
    code = "notifications.too_many_channels"
    hint = "Remove one with DELETE /channels/{name}."
