"""From what was asked and what is stored to an answer that cites all it says, or to none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from harmony.assist.graph.model import Entity, Path, Relationship, Tier

PASSAGE_SHARE_LEAST = 0.6
"""Share of the question's words that a passage must hold to answer it."""
REST_SHARE_LEAST = 0.5
"""Share of the words beside names that the evidence must hold: a name alone supports nothing that is said of it."""
CLAIMS_LIMIT = 10
NAMED_LIMIT = 5
NOTHING = "Nothing that is stored here supports an answer."
# What a question about a connection asks with, as the dictionary of PostgreSQL stems it.
LINKING = frozenset(
    {"associ", "connect", "connection", "know", "link", "path", "relat", "relationship", "tie", "share", "common"}
)

Kind = Literal["relationship", "passage", "entity"]


@dataclass(frozen=True, slots=True)
class Named:
    """An entity that the question names, and the words of its name."""

    entity: Entity
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Claim:
    """A relationship with both its ends, and the words it can answer: of its own and of its ends."""

    relationship: Relationship
    start: Entity
    end: Entity
    own_words: frozenset[str]
    end_words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Passage:
    """Stored words: of a document, or of an entity's description (``document_id`` None)."""

    text: str
    words: frozenset[str]
    document_id: str | None
    title: str
    entity: Entity | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """The words of a question that carry meaning, and whom it names."""

    words: frozenset[str]
    named: tuple[Named, ...]

    @property
    def rest(self) -> frozenset[str]:
        """The words beside the names."""
        return self.words.difference(*(one.words for one in self.named))


@dataclass(frozen=True, slots=True)
class Found:
    """What is stored about it."""

    claims: tuple[Claim, ...] = ()
    passages: tuple[Passage, ...] = ()
    paths: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    kind: Kind
    entity_id: str | None
    entity_name: str | None
    relationship_id: str | None = None
    relationship_type: str | None = None
    document_id: str | None = None
    document_title: str | None = None
    quote: str | None = None
    evidence_tier: Tier | None = None
    source_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """``confidence``: how much of the question the evidence holds, times the least confidence among what is cited."""

    text: str
    confidence: float
    citations: tuple[Citation, ...]

    @property
    def abstains(self) -> bool:
        return not self.citations


ABSTAINED = Answer(NOTHING, 0.0, ())


def answer(asked: Asked, found: Found) -> Answer:
    """The first of these that is supported: a way between two who are named, relationships, a passage, who somebody
    is; otherwise none."""
    return (
        _by_path(asked, found.paths)
        or _by_claims(asked, found.claims)
        or _by_passage(asked, found.passages)
        or _by_description(asked, found)
        or ABSTAINED
    )


def _by_path(asked: Asked, paths: Sequence[Path]) -> Answer | None:
    if len(asked.named) < 2 or not paths or not asked.rest <= LINKING:
        return None
    path = paths[0]
    by_id = {entity.id: entity for entity in path.entities}
    lines = [_said(one, by_id[one.from_root_id], by_id[one.to_root_id]) for one in path.relationships]
    cited = tuple(_of_relationship(one, by_id[one.from_root_id]) for one in path.relationships)
    return Answer("; ".join(lines) + ".", _sure(1.0, path.relationships), cited)


def _by_claims(asked: Asked, claims: Sequence[Claim]) -> Answer | None:
    """Relationships of those named whose own words were asked for; all who are named take part in each."""
    everybody = {one.entity.id for one in asked.named}
    best: list[Claim] = []
    best_share = 0.0
    for claim in claims:
        ends = {claim.start.id, claim.end.id}
        if not asked.rest & claim.own_words or not (everybody <= ends or len(everybody) > 2):
            continue
        share = len(asked.rest & (claim.own_words | claim.end_words)) / len(asked.rest)
        if share > best_share:
            best, best_share = [], share
        if share == best_share:
            best.append(claim)
    if best_share < REST_SHARE_LEAST:
        return None
    best = best[:CLAIMS_LIMIT]
    text = "; ".join(_said(one.relationship, one.start, one.end) for one in best) + "."
    cited = tuple(_of_relationship(one.relationship, one.start) for one in best)
    return Answer(text, _sure(best_share, [one.relationship for one in best]), cited)


def _by_passage(asked: Asked, passages: Sequence[Passage]) -> Answer | None:
    for passage in passages:  # the best first
        share = len(asked.words & passage.words) / max(len(asked.words), 1)
        rest = len(asked.rest & passage.words) / len(asked.rest) if asked.rest else 1.0
        names_somebody = not asked.named or any(one.words <= passage.words for one in asked.named)
        if share >= PASSAGE_SHARE_LEAST and rest >= REST_SHARE_LEAST and names_somebody:
            return Answer(passage.text, round(share, 4), (_of_passage(passage),))
    return None


def _by_description(asked: Asked, found: Found) -> Answer | None:
    """Who is it? What is stored of the one who is named, when nothing else was asked."""
    if len(asked.named) != 1 or asked.rest:
        return None
    entity = asked.named[0].entity
    claims = found.claims[:CLAIMS_LIMIT]
    lines = [
        f"{entity.name} is stored as {entity.type}",
        *(_said(one.relationship, one.start, one.end) for one in claims),
    ]
    evidence = entity.evidence
    own = Citation("entity", entity.id, entity.name, evidence_tier=evidence.tier, source_ids=tuple(evidence.source_ids))
    cited = tuple(_of_relationship(one.relationship, one.start) for one in claims)
    sure = _sure(1.0 if evidence.confidence is None else evidence.confidence, [one.relationship for one in claims])
    return Answer("; ".join(lines) + ".", sure, (own, *cited))


def _said(relationship: Relationship, start: Entity, end: Entity) -> str:
    """Neutral words: the names and the relationship's own type, as stored."""
    return f"{start.name} {relationship.type.replace('_', ' ').lower()} {end.name}"


def _of_relationship(relationship: Relationship, start: Entity) -> Citation:
    return Citation(
        "relationship",
        start.id,
        start.name,
        relationship_id=relationship.id,
        relationship_type=relationship.type,
        evidence_tier=relationship.evidence.tier,
        source_ids=tuple(relationship.evidence.source_ids),
    )


def _of_passage(passage: Passage) -> Citation:
    entity = passage.entity
    return Citation(
        "passage",
        entity.id if entity else None,
        entity.name if entity else None,
        document_id=passage.document_id,
        document_title=passage.title,
        quote=passage.text,
        evidence_tier=entity.evidence.tier if entity else None,
        source_ids=tuple(entity.evidence.source_ids) if entity else (passage.document_id or "",),
    )


def _sure(share: float, relationships: Sequence[Relationship]) -> float:
    stated = [one.evidence.confidence for one in relationships if one.evidence.confidence is not None]
    return round(share * min(stated, default=1.0), 4)
