"""The wire shapes of web hooks and their sources."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from harmony.assist.problems.hooks import github, gitlab
from harmony.assist.problems.hooks.receiving import Received
from harmony.assist.problems.pipelines import CiSource, Provider
from harmony.assist.wire import Label, Wire

EVENTS: dict[Provider, tuple[str, ...]] = {"github": github.EVENTS, "gitlab": gitlab.EVENTS}


class AddSource(Wire):
    """``name`` is for you, such as the repository."""

    provider: Provider
    name: Label


class SourceView(Wire):
    """``hookPath``: where the provider sends to; ``events``: which of its events say something here."""

    source_id: str
    provider: Provider
    name: str
    hook_path: str
    events: list[str]
    created_at: datetime
    delivered_at: datetime | None

    @classmethod
    def of(cls, source: CiSource) -> SourceView:
        return cls(**_shown(source))


class SourceSecret(SourceView):
    """``secret`` is shown this once. GitHub: the webhook's secret. GitLab: the signing token, or the secret token."""

    secret: str

    @classmethod
    def with_secret(cls, source: CiSource, secret: str) -> SourceSecret:
        return cls(**_shown(source), secret=secret)


class SourceList(Wire):
    items: list[SourceView]


class HookView(Wire):
    """``accepted``: whether it was judged now; ``reason`` says why not. ``outcomes``: how many were new."""

    accepted: bool
    reason: str
    outcomes: int
    alarms: int

    @classmethod
    def of(cls, received: Received) -> HookView:
        return cls(
            accepted=received.reason == "judged",
            reason=received.reason,
            outcomes=received.outcomes,
            alarms=len(received.alarms),
        )


def _shown(source: CiSource) -> dict[str, Any]:
    return {
        "source_id": source.id,
        "provider": source.provider,
        "name": source.name,
        "hook_path": f"/v1/ci/hooks/{source.id}",
        "events": list(EVENTS[source.provider]),
        "created_at": source.created_at,
        "delivered_at": source.delivered_at,
    }
