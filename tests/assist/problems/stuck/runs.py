"""Invented runs: how the people and agents of these tests get stuck."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from harmony.assist.problems.stuck.model import Event, Finding, Privacy, Role, Verdict
from harmony.assist.problems.stuck.monitor import Monitor


def user(text: str) -> Event:
    return Event(Role.USER, text)


def says(text: str, name: str = "") -> Event:
    return Event(Role.AGENT, text, name=name)


def does(args: str, tool: str = "shell", why: str = "") -> Event:
    return Event(Role.AGENT, why, tool=tool, args=args)


def gets(text: str, error: bool | None = None) -> Event:
    return Event(Role.TOOL, text, error=error)


def named(tool: str, text: str) -> Event:
    return Event(Role.TOOL, text, name=tool)


def step(args: str, result: str, error: bool | None = None, *, tool: str = "shell", why: str = "") -> list[Event]:
    return [does(args, tool, why), gets(result, error)]


def joined(*parts: Sequence[Event]) -> list[Event]:
    return [event for part in parts for event in part]


def after(events: Iterable[Event], privacy: Privacy = Privacy.STANDARD) -> Verdict:
    return watched(events, privacy).verdict()


def watched(events: Iterable[Event], privacy: Privacy = Privacy.STANDARD) -> Monitor:
    monitor = Monitor(privacy)
    for event in events:
        monitor.observe(event)
    return monitor


def told(events: Iterable[Event], privacy: Privacy = Privacy.STANDARD) -> list[Finding]:
    monitor = Monitor(privacy)
    return [found for event in events if (found := monitor.observe(event)) is not None]


def standing(events: Iterable[Event], privacy: Privacy = Privacy.STANDARD) -> Finding:
    found = after(events, privacy).standing
    assert found is not None
    return found
