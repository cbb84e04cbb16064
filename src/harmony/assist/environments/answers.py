"""Which known difference between systems explains a failure.

Symptoms that are seen add up by noisy-or, as the classes of problems do: independent pieces of evidence each leave
their share of doubt, and the doubts multiply.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from math import prod

from harmony.assist.environments.catalogue import quirks
from harmony.assist.environments.detection import detect, named
from harmony.assist.environments.model import (
    ANSWERS_LIMIT_ITEMS,
    REASON_LIMIT_CHARS,
    TEXT_LIMIT_CHARS,
    Answer,
    Facts,
    Platform,
    Quirk,
    Reason,
    Setting,
    Symptom,
)

ANSWER_THRESHOLD = 0.5
CONFIDENCE_CEILING = 0.97


def setting_of(text: str, os: str = "", previous: str = "", features: Iterable[str] = ()) -> Setting:
    """Where a failure happened: by the name given; what the name does not say, by what the text shows."""
    platform, given = detect(Facts(os=os, text=text)), named(os) if os else Platform()
    if given.system:
        distribution = given.distribution or (platform.distribution if given.system == "linux" else "")
        wsl = given.wsl or (platform.wsl and given.system == "linux")
        platform = replace(platform, system=given.system, distribution=distribution, wsl=wsl)
    return Setting(platform, named(previous) if previous else Platform(), frozenset(features))


def answer(text: str, setting: Setting) -> tuple[Answer, ...]:
    """The quirks that may explain the failure, the likeliest first, at most ``ANSWERS_LIMIT_ITEMS``. Pure.

    Reads the last ``TEXT_LIMIT_CHARS`` of the text. A quirk of another system than the known one is left out.
    """
    text, tags = text[-TEXT_LIMIT_CHARS:], tags_of(setting)
    found = [_weighed(quirk, text, tags) for quirk in quirks() if _may_show(quirk, setting.platform)]
    certain = [item for item in found if item is not None]
    return tuple(sorted(certain, key=lambda item: (-item.confidence_percent, item.quirk.id))[:ANSWERS_LIMIT_ITEMS])


def tags_of(setting: Setting) -> frozenset[str]:
    """What a symptom may ask for: ``on-linux``, ``on-posix``, ``from-windows``, ``switched``, ``in-container``, …"""
    now, before = setting.platform, setting.previous
    tags = {f"on-{now.system}", f"on-{now.family}", f"from-{before.system}", f"from-{before.family}"}
    if now.distribution:
        tags.add(f"on-{now.distribution}")
    if now.wsl:
        tags.add("on-wsl")
    if now.container:
        tags.add("in-container")
    if now.ci:
        tags.add("in-ci")
    if now.system and before.system and now.system != before.system:
        tags.add("switched")
    return frozenset(tag for tag in tags if not tag.endswith("-")) | setting.features


def _may_show(quirk: Quirk, platform: Platform) -> bool:
    return not platform.system or platform.system in quirk.systems


def _weighed(quirk: Quirk, text: str, tags: frozenset[str]) -> Answer | None:
    seen = list(_seen(quirk.symptoms, text, tags))
    confidence = min(CONFIDENCE_CEILING, 1 - prod(1 - symptom.weight / 100 for symptom, _ in seen))
    if confidence < ANSWER_THRESHOLD:
        return None
    seen.sort(key=lambda item: -item[0].weight)
    reasons = tuple(Reason(line, symptom.reason) for symptom, line in seen)
    return Answer(quirk, round(100 * confidence), reasons)


def _seen(symptoms: Iterable[Symptom], text: str, tags: frozenset[str]) -> Iterator[tuple[Symptom, str]]:
    for symptom in symptoms:
        if symptom.needs <= tags and not symptom.unless & tags:
            match = _compiled(symptom.pattern).search(text)
            if match:
                yield symptom, _line_of(text, match)


def _line_of(text: str, match: re.Match[str]) -> str:
    start = text.rfind("\n", 0, match.start()) + 1
    end = text.find("\n", match.end())
    return text[start : end if end >= 0 else len(text)].strip()[:REASON_LIMIT_CHARS]


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.MULTILINE)
