"""The known differences between systems: data beside the code, one file a subject, read once on first use."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from harmony.assist.environments.model import Example, Quirk, Symptom

FOLDER = Path(__file__).parent / "quirks"


@cache
def quirks() -> tuple[Quirk, ...]:
    """Every quirk, by subject and then in the order of its file."""
    return tuple(
        _quirk(path.stem, entry)
        for path in sorted(FOLDER.glob("*.toml"))
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["quirk"]
    )


def matching(system: str = "", words: str = "") -> tuple[Quirk, ...]:
    """The quirks that show on ``system`` and hold every one of the words; empty arguments ask nothing."""
    wanted = words.lower().split()
    return tuple(
        quirk
        for quirk in quirks()
        if (not system or system in quirk.systems) and all(word in _said(quirk) for word in wanted)
    )


def _said(quirk: Quirk) -> str:
    return " ".join((quirk.id, quirk.title, quirk.cause, *quirk.remedy, *(e.text for e in quirk.examples))).lower()


def _quirk(subject: str, entry: dict[str, Any]) -> Quirk:
    return Quirk(
        id=entry["id"],
        title=entry["title"],
        subject=subject,
        systems=tuple(entry["systems"]),
        symptoms=tuple(_symptom(item) for item in entry["symptoms"]),
        cause=entry["cause"],
        remedy=tuple(entry["remedy"]),
        verification=entry["verification"],
        examples=tuple(
            Example(item["text"], item.get("os", ""), item.get("previous", "")) for item in entry["examples"]
        ),
    )


def _symptom(item: dict[str, Any]) -> Symptom:
    return Symptom(
        pattern=item["pattern"],
        weight=item["weight"],
        reason=item["reason"],
        needs=frozenset(item.get("needs", "").split()),
        unless=frozenset(item.get("unless", "").split()),
    )
