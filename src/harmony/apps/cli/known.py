"""What is known about a failure without asking anybody: the differences between systems that ship with Harmony."""

from __future__ import annotations

import platform
from collections.abc import Iterable

from harmony.adapters.terminal.plain import plain
from harmony.assist.environments.answers import answer, setting_of
from harmony.assist.environments.model import Answer

QUIRKS_SHOWN = 2


def quirks(lines: Iterable[str], system: str = "", was_on: str = "") -> tuple[Answer, ...]:
    """What may explain a failure that said these lines, likeliest first."""
    text = "\n".join(dict.fromkeys(line for line in lines if line))
    return answer(text, setting_of(text, system, was_on))[:QUIRKS_SHOWN] if text else ()


def here() -> str:
    """The system of this machine, as a report names it."""
    return platform.system()


def told(found: Iterable[Answer]) -> list[str]:
    """For a person: what it is, why that is thought, what helps."""
    lines: list[str] = []
    for one in found:
        lines.append(f"known: {plain(one.quirk.title)} ({one.confidence_percent} % sure)")
        lines += [f"  because {plain(reason.reason)}" for reason in one.reasons[:1]]
        lines += [f"  try: {plain(remedy)}" for remedy in one.quirk.remedy[:1]]
    return lines


def facts(found: Iterable[Answer]) -> list[dict[str, object]]:
    """For a program, as ``POST /v1/detect-problem`` names it under ``knownQuirks``."""
    return [
        {
            "quirkId": one.quirk.id,
            "title": one.quirk.title,
            "confidenceScore": one.confidence_percent / 100,
            "reasons": [{"text": plain(reason.text), "reason": reason.reason} for reason in one.reasons],
            "cause": one.quirk.cause,
            "remedy": list(one.quirk.remedy),
        }
        for one in found
    ]
