"""The nouns of the graph and its pure decisions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Scalar = str | int | float | bool | None
Property = Scalar | list[Scalar]
Tier = Literal["documented", "reported", "alleged"]
SourceKind = Literal["primary", "reputable", "unverified"]

NAME_LIMIT_CHARS = 200
TYPE_LIMIT_CHARS = 64
KEY_LIMIT_CHARS = 200
PROPERTIES_LIMIT_KEYS = 50
PROPERTIES_LIMIT_BYTES = 16 * 1024
VALUE_LIMIT_CHARS = 8_000
SOURCES_LIMIT_ITEMS = 50
DOCUMENT_LIMIT_CHARS = 100_000
PASSAGE_LIMIT_CHARS = 600
QUESTION_LIMIT_CHARS = 500
QUESTION_KEPT_DAYS = 365

LIST_DEFAULT_ITEMS = 10
LIST_LIMIT_ITEMS = 200
RELATED_LIMIT_ITEMS = 200
RELATED_DEPTH_LIMIT = 3
PATH_DEFAULT_DEPTH = 4
PATH_LIMIT_DEPTH = 6
PATHS_LIMIT = 10
GRAPH_LIMIT_NODES = 500
GRAPH_LIMIT_EDGES = 2_000
WALK_SECONDS = 1.5
"""How long one walk through the graph may take before it is given up."""

# Which sources a tier needs at least (companions/orchestra.md, section 2): how many, and of which kinds.
NEEDED: Mapping[Tier, tuple[int, frozenset[SourceKind]]] = {
    "documented": (1, frozenset({"primary"})),
    "reported": (2, frozenset({"primary", "reputable"})),
    "alleged": (3, frozenset({"primary", "reputable", "unverified"})),
}
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[\"'(\[]?[A-Z0-9])|\n\s*\n")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What bears a claim: its tier, the documents it was read in, and how sure its author is (0 to 1)."""

    tier: Tier | None = None
    source_ids: tuple[str, ...] = ()
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """``root_id`` is another's id when it was merged into that one."""

    id: str
    key: str | None
    type: str
    name: str
    properties: Mapping[str, Property]
    evidence: Evidence
    root_id: str
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Relationship:
    """``from_id`` and ``to_id`` as stated; the roots are who they are read as."""

    id: str
    from_id: str
    to_id: str
    type: str
    properties: Mapping[str, Property]
    evidence: Evidence
    from_root_id: str
    to_root_id: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Related:
    """Somebody that can be reached, over which relationship at last, and how many steps away."""

    entity: Entity
    relationship: Relationship
    distance: int


@dataclass(frozen=True, slots=True)
class Path:
    """Entities in their order and the relationships between them, one fewer."""

    entities: tuple[Entity, ...]
    relationships: tuple[Relationship, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """An entity that was searched for, how well it matches (0 to 1) and where."""

    entity: Entity
    score: float
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    id: str
    key: str | None
    title: str
    kind: SourceKind
    text: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Merge:
    """``merged_id`` is read as ``kept_id`` until the merge is undone; ``moved`` are all whose pointer it moved."""

    id: str
    kept_id: str
    merged_id: str
    moved: tuple[str, ...]
    reason: str
    merged_by: str
    merged_at: datetime
    undone_by: str | None = None
    undone_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    entities: int
    relationships: int
    documents: int


def lacking(tier: Tier, kinds: Sequence[SourceKind]) -> str | None:
    """What sources of ``kinds`` lack to bear ``tier``, in words; None when they bear it."""
    many, wanted = NEEDED[tier]
    found = sum(kind in wanted for kind in kinds)
    if found >= many:
        return None
    names = " or ".join(sorted(wanted))
    return f"{tier} needs at least {many} {names} source{'s' if many > 1 else ''}; {found} named"


def passages(text: str) -> list[str]:
    """``text`` in pieces of whole sentences, each at most ``PASSAGE_LIMIT_CHARS``; a longer sentence is cut."""
    found: list[str] = []
    for sentence in (part.strip() for part in _SENTENCE_END.split(text)):
        while len(sentence) > PASSAGE_LIMIT_CHARS:
            cut = sentence.rfind(" ", 1, PASSAGE_LIMIT_CHARS)
            cut = PASSAGE_LIMIT_CHARS if cut < 1 else cut
            found.append(sentence[:cut])
            sentence = sentence[cut:].strip()
        if sentence:
            found.append(sentence)
    return found
