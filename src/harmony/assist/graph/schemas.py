"""The wire shapes of the graph, in the snake_case of the documents it follows (companions/orchestra.md, section 2)."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from harmony.assist.graph.answering import Answer, Citation
from harmony.assist.graph.model import (
    DOCUMENT_LIMIT_CHARS,
    KEY_LIMIT_CHARS,
    NAME_LIMIT_CHARS,
    PROPERTIES_LIMIT_KEYS,
    QUESTION_LIMIT_CHARS,
    SOURCES_LIMIT_ITEMS,
    TYPE_LIMIT_CHARS,
    VALUE_LIMIT_CHARS,
    Document,
    Entity,
    Evidence,
    Hit,
    Merge,
    Path,
    Property,
    Related,
    Relationship,
    SourceKind,
)
from harmony.assist.wire import Line, storable

WHOLE_LIMIT = 2**53 - 1
Tier = Literal["documented", "reported", "alleged"]


class Shape(BaseModel):
    """The root of every shape: unknown fields refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def visible(value: str) -> str:
    """Something can be seen of it."""
    if not value.strip():
        raise ValueError("holds nothing that can be seen")
    return storable(value)


Name = Annotated[str, Field(min_length=1, max_length=NAME_LIMIT_CHARS), AfterValidator(visible)]
Type = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_ -]*$", max_length=TYPE_LIMIT_CHARS)]
Key = Annotated[str, Field(min_length=1, max_length=KEY_LIMIT_CHARS), AfterValidator(visible)]
Text = Annotated[str, Field(max_length=VALUE_LIMIT_CHARS), AfterValidator(storable)]
Whole = Annotated[int, Field(ge=-WHOLE_LIMIT, le=WHOLE_LIMIT)]
Broken = Annotated[float, Field(allow_inf_nan=False)]
Value = Text | bool | Whole | Broken | None
PropertyName = Annotated[str, Field(min_length=1, max_length=64), AfterValidator(storable)]
Properties = Annotated[
    dict[PropertyName, Value | Annotated[list[Value], Field(max_length=100)]], Field(max_length=PROPERTIES_LIMIT_KEYS)
]
SourceIds = Annotated[
    tuple[Annotated[str, Field(max_length=64), AfterValidator(storable)], ...], Field(max_length=SOURCES_LIMIT_ITEMS)
]


class Claimed(Shape):
    """What bears a claim. Documented needs a primary source, reported two reputable ones, alleged three."""

    evidence_tier: Tier | None = None
    source_ids: SourceIds = ()
    confidence_score: Annotated[float, Field(ge=0, le=1)] | None = None

    def evidence(self) -> Evidence:
        return Evidence(self.evidence_tier, tuple(sorted(set(self.source_ids))), self.confidence_score)


class CreateEntity(Claimed):
    type: Type
    name: Name
    properties: Properties = {}
    key: Key | None = None


class PutEntity(CreateEntity):
    key: Key


class UpdateEntity(Shape):
    """What is left out stays; properties are merged, one that is null goes."""

    type: Type | None = None
    name: Name | None = None
    properties: Properties = {}
    evidence_tier: Tier | None = None
    source_ids: SourceIds | None = None
    confidence_score: Annotated[float, Field(ge=0, le=1)] | None = None

    def evidence(self) -> Evidence | None:
        """None when nothing is said of it."""
        said = {"evidence_tier", "source_ids", "confidence_score"} & self.model_fields_set
        if not said:
            return None
        return Evidence(self.evidence_tier, tuple(sorted(set(self.source_ids or ()))), self.confidence_score)


class StateRelationship(Claimed):
    from_id: Annotated[str, Field(max_length=64)]
    to_id: Annotated[str, Field(max_length=64)]
    type: Type
    properties: Properties = {}


class StoreDocument(Shape):
    title: Name
    kind: SourceKind
    text: Annotated[str, Field(min_length=1, max_length=DOCUMENT_LIMIT_CHARS), AfterValidator(visible)]
    key: Key | None = None


class MergeEntities(Shape):
    merged_id: Annotated[str, Field(max_length=64)]
    reason: Line = ""


class AskQuestion(Shape):
    question: Annotated[str, Field(min_length=1, max_length=QUESTION_LIMIT_CHARS), AfterValidator(visible)]


class AskedOver(BaseModel):
    """A request that the Conductor forwards; what else it carries is not needed here."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    request_type: Annotated[str, Field(max_length=64)]


class EntityView(Shape):
    id: str
    type: str
    name: str
    properties: dict[str, Any]
    key: str | None
    evidence_tier: Tier | None
    source_ids: list[str]
    confidence_score: float | None
    merged_into: str | None
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, one: Entity) -> EntityView:
        return cls(
            id=one.id,
            type=one.type,
            name=one.name,
            properties=dict(one.properties),
            key=one.key,
            evidence_tier=one.evidence.tier,
            source_ids=list(one.evidence.source_ids),
            confidence_score=one.evidence.confidence,
            merged_into=None if one.root_id == one.id else one.root_id,
            created_at=one.created_at,
            updated_at=one.updated_at,
        )


class EntityList(Shape):
    total: int
    page: int
    limit: int
    entities: list[EntityView]


class RelationshipView(Shape):
    """``from_id`` and ``to_id`` are read after merges; the ids that were stated are beside them."""

    id: str
    from_id: str
    to_id: str
    type: str
    properties: dict[str, Any]
    evidence_tier: Tier | None
    source_ids: list[str]
    confidence_score: float | None
    stated_from_id: str
    stated_to_id: str
    created_at: datetime

    @classmethod
    def of(cls, one: Relationship) -> RelationshipView:
        return cls(
            id=one.id,
            from_id=one.from_root_id,
            to_id=one.to_root_id,
            type=one.type,
            properties=dict(one.properties),
            evidence_tier=one.evidence.tier,
            source_ids=list(one.evidence.source_ids),
            confidence_score=one.evidence.confidence,
            stated_from_id=one.from_id,
            stated_to_id=one.to_id,
            created_at=one.created_at,
        )


class RelatedItem(Shape):
    entity: EntityView
    relationship: RelationshipView
    distance: int

    @classmethod
    def of(cls, one: Related) -> RelatedItem:
        return cls(
            entity=EntityView.of(one.entity),
            relationship=RelationshipView.of(one.relationship),
            distance=one.distance,
        )


class RelatedList(Shape):
    entity_id: str
    related: list[RelatedItem]


class PathView(Shape):
    length: int
    nodes: list[EntityView]
    relationships: list[RelationshipView]

    @classmethod
    def of(cls, one: Path) -> PathView:
        return cls(
            length=len(one.relationships),
            nodes=[EntityView.of(entity) for entity in one.entities],
            relationships=[RelationshipView.of(edge) for edge in one.relationships],
        )


class PathList(Shape):
    from_id: str
    to_id: str
    max_depth: int
    paths: list[PathView]


class HitView(Shape):
    id: str
    type: str
    name: str
    match_score: float
    matched_fields: list[str]

    @classmethod
    def of(cls, one: Hit) -> HitView:
        return cls(
            id=one.entity.id,
            type=one.entity.type,
            name=one.entity.name,
            match_score=one.score,
            matched_fields=list(one.fields),
        )


class SearchResults(Shape):
    query: str
    total: int
    results: list[HitView]


class FilterResults(Shape):
    filters: dict[str, str]
    total: int
    results: list[EntityView]


class DocumentView(Shape):
    id: str
    title: str
    kind: SourceKind
    key: str | None
    text: str | None
    created_at: datetime

    @classmethod
    def of(cls, one: Document, *, whole: bool = True) -> DocumentView:
        text = one.text if whole else None
        return cls(id=one.id, title=one.title, kind=one.kind, key=one.key, text=text, created_at=one.created_at)


class DocumentList(Shape):
    documents: list[DocumentView]
    next_cursor: str | None


class MergeView(Shape):
    id: str
    kept_id: str
    merged_id: str
    moved: list[str]
    reason: str
    merged_by: str
    merged_at: datetime
    undone_by: str | None
    undone_at: datetime | None

    @classmethod
    def of(cls, one: Merge) -> MergeView:
        return cls(
            id=one.id,
            kept_id=one.kept_id,
            merged_id=one.merged_id,
            moved=list(one.moved),
            reason=one.reason,
            merged_by=one.merged_by,
            merged_at=one.merged_at,
            undone_by=one.undone_by,
            undone_at=one.undone_at,
        )


class MergeList(Shape):
    merges: list[MergeView]
    next_cursor: str | None


class Source(Shape):
    """One thing that the answer says, and where it is stored."""

    kind: Literal["relationship", "passage", "entity"]
    entity_id: str | None
    entity_name: str | None
    relationship_type: str | None
    relationship_id: str | None
    document_id: str | None
    document_title: str | None
    quote: str | None
    evidence_tier: Tier | None
    source_ids: list[str]

    @classmethod
    def of(cls, one: Citation) -> Source:
        return cls(
            kind=one.kind,
            entity_id=one.entity_id,
            entity_name=one.entity_name,
            relationship_type=one.relationship_type,
            relationship_id=one.relationship_id,
            document_id=one.document_id,
            document_title=one.document_title,
            quote=one.quote,
            evidence_tier=one.evidence_tier,
            source_ids=list(one.source_ids),
        )


class AnswerView(Shape):
    """``answered`` is false when nothing stored supports an answer; then nothing is cited."""

    id: str
    question: str
    answer: str
    answered: bool
    confidence: float
    sources: list[Source]
    created_at: datetime

    @classmethod
    def of(cls, question_id: str, question: str, one: Answer, at: datetime) -> AnswerView:
        return cls(
            id=question_id,
            question=question,
            answer=one.text,
            answered=not one.abstains,
            confidence=one.confidence,
            sources=[Source.of(citation) for citation in one.citations],
            created_at=at,
        )


class AnswerList(Shape):
    questions: list[AnswerView]
    next_cursor: str | None


class Node(Shape):
    id: str
    label: str
    type: str
    properties: dict[str, Any]


class Edge(Shape):
    id: str
    source: str
    target: str
    label: str
    properties: dict[str, Any]


class Picture(Shape):
    """The newest entities, at most ``limit``, and what is between them."""

    nodes: list[Node]
    edges: list[Edge]

    @classmethod
    def of(cls, nodes: list[Entity], edges: list[Relationship]) -> Picture:
        return cls(
            nodes=[Node(id=one.id, label=one.name, type=one.type, properties=dict(one.properties)) for one in nodes],
            edges=[
                Edge(
                    id=one.id,
                    source=one.from_root_id,
                    target=one.to_root_id,
                    label=one.type,
                    properties=dict(one.properties),
                )
                for one in edges
            ],
        )


class Gone(Shape):
    message: str
    id: str


class StatusView(Shape):
    """``cache`` is ``none``: answers come from the database each time."""

    status: str
    database: str
    cache: Literal["none"]
    version: str
    uptime_seconds: int
    entities_count: int
    relationships_count: int


class MetricsView(Shape):
    """Since the start of this process; null where nothing is counted here: there is no cache, and queries are
    PostgreSQL's to count."""

    requests_total: int
    requests_per_minute: float
    average_response_time_ms: float
    database_queries: int | None
    cache_hits: int | None
    cache_misses: int | None
    errors: int


def plain(properties: dict[str, Any]) -> dict[str, Property]:
    """Properties as the model knows them."""
    return dict(properties)
