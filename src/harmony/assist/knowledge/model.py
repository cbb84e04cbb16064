"""The nouns of knowledge and its pure decisions."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Visibility = Literal["public", "private"]
Status = Literal["draft", "approved", "archived"]
MatchedBy = Literal["fingerprint", "text"]

STATUSES: tuple[Status, ...] = ("draft", "approved", "archived")
MOVES: frozenset[tuple[Status, Status]] = frozenset(
    {("draft", "approved"), ("draft", "archived"), ("approved", "archived")}
)

SEARCH_LIMIT_ITEMS = 50
SEARCH_DEFAULT_ITEMS = 10
MEMBERS_LIMIT = 500
STEPS_LIMIT_ITEMS = 50
KNOWN_SOLUTIONS_LIMIT_ITEMS = 5
FINGERPRINT_RELEVANCE = 1.0
KNOWN_SOLUTION_RELEVANCE = 0.5
"""A text match below this is not offered as a known solution."""


@dataclass(frozen=True, slots=True)
class Space:
    id: str
    name: str
    visibility: Visibility
    owner_id: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """What a session tells an article: who was in it, what it was about, how it ended."""

    session_id: str
    request_id: str
    seeker_id: str
    expert_id: str
    space_id: str | None
    resolved: bool
    rating: int | None
    seeker_consents: bool
    problem: str
    fingerprint: str | None
    category: str
    subcategory: str
    platforms: tuple[str, ...]
    language: str
    environment: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Content:
    """What an author writes; every part may be empty but the title and the problem."""

    title: str
    problem: str
    cause: str = ""
    steps: tuple[str, ...] = ()
    verification: str = ""
    code: str = ""
    categories: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    environment: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """``parties`` must all be among ``consents`` before it is published."""

    id: str
    space_id: str | None
    title: str
    version: int
    status: Status
    problem: str
    environment: Mapping[str, str]
    cause: str
    steps: tuple[str, ...]
    verification: str
    code: str
    categories: tuple[str, ...]
    platforms: tuple[str, ...]
    languages: tuple[str, ...]
    fingerprint: str | None
    session_id: str | None
    request_id: str | None
    author_id: str
    parties: tuple[str, ...]
    consents: tuple[str, ...]
    rating: int | None
    created_at: datetime
    updated_at: datetime
    approved_by: str | None = None
    approved_at: datetime | None = None

    @property
    def effectiveness(self) -> float | None:
        """0 to 1 from the rating that the seeker gave; None when nobody has rated it."""
        return None if self.rating is None else self.rating / 5


@dataclass(frozen=True, slots=True)
class Filters:
    """Empty fields filter nothing; a filter matches when one of its values does, whatever the case."""

    categories: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """An approved article and how well it answers, 0 to 1."""

    article: Article
    relevance: float
    matched_by: MatchedBy


def may_move(before: Status, after: Status) -> bool:
    return (before, after) in MOVES


def may_review(space: Space | None, principal_id: str, *, reviewer: bool) -> bool:
    """A private space is its owner's business alone; everything else is a coordinator's."""
    if space is not None and space.visibility == "private":
        return principal_id == space.owner_id
    return reviewer


def missing_consents(article: Article, approving: str) -> tuple[str, ...]:
    """Who still has to consent when ``approving`` approves: a party that approves consents by it."""
    return tuple(party for party in article.parties if party not in article.consents and party != approving)


def document(article: Article) -> str:
    """The article as Markdown with the front matter of the documentation standard (companions/live.md, section 7)."""
    front = {
        "title": article.title,
        "version": f"{article.version}.0.0",
        "status": article.status,
        "date_created": article.created_at.date().isoformat(),
        "date_modified": article.updated_at.date().isoformat(),
        "authors": [article.author_id],
        "description": article.problem.splitlines()[0] if article.problem else article.title,
        "file_type": "solution",
        "scope": article.space_id or "public",
        "primary_entity_type": "solution",
        "primary_entity_name": article.id,
        "tags": list(article.categories),
        "platforms": list(article.platforms),
        "languages": list(article.languages),
        "environment": dict(article.environment),
        "effectiveness": article.effectiveness,
        "consents": list(article.consents),
        "related_to": [item for item in (article.session_id, article.request_id) if item],
    }
    # A JSON value is a YAML value: every text is quoted, so nothing in it can end the front matter.
    head = "\n".join(f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in front.items())
    steps = "\n".join(f"{number}. {step}" for number, step in enumerate(article.steps, start=1))
    sections = (
        ("Problem", article.problem),
        ("Cause", article.cause),
        ("Steps", steps),
        ("Verification", article.verification),
        ("Code", _fenced(article.code)),
    )
    body = "\n\n".join(f"## {name}\n\n{text}" for name, text in sections if text)
    return f"---\n{head}\n---\n\n# {article.title}\n\n{body}\n"


def _fenced(code: str) -> str:
    """A code block whose fence is longer than any run of backticks inside."""
    if not code:
        return ""
    longest = max((len(run) for run in re.findall("`+", code)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{code}\n{fence}"
