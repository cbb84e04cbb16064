"""The wire shapes of knowledge."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, Field

from harmony.assist.knowledge.model import (
    SEARCH_DEFAULT_ITEMS,
    SEARCH_LIMIT_ITEMS,
    STEPS_LIMIT_ITEMS,
    Article,
    Content,
    Filters,
    Found,
    MatchedBy,
    Space,
    Status,
    Visibility,
    document,
)
from harmony.assist.wire import Label, Labels, Line, Prose, Wire, storable

TITLE_LIMIT_CHARS = 200
CODE_LIMIT_CHARS = 32_000

Title = Annotated[str, Field(min_length=1, max_length=TITLE_LIMIT_CHARS), AfterValidator(storable)]
Code = Annotated[str, Field(max_length=CODE_LIMIT_CHARS), AfterValidator(storable)]
Query = Annotated[str, Field(min_length=1, max_length=500), AfterValidator(storable)]


class SearchFilters(Wire):
    categories: Labels = ()
    platforms: Labels = ()
    languages: Labels = ()

    def noun(self) -> Filters:
        return Filters(self.categories, self.platforms, self.languages)


class Search(Wire):
    query: Query
    filters: SearchFilters = SearchFilters()
    limit: int = Field(default=SEARCH_DEFAULT_ITEMS, ge=1, le=SEARCH_LIMIT_ITEMS)
    fingerprint: Label | None = None


class FoundView(Wire):
    article_id: str
    title: str
    relevance_score: float
    matched_by: MatchedBy
    summary: str
    categories: list[str]
    platforms: list[str]
    languages: list[str]
    effectiveness: float | None
    space_id: str | None

    @classmethod
    def of(cls, found: Found) -> FoundView:
        article = found.article
        return cls(
            article_id=article.id,
            title=article.title,
            relevance_score=found.relevance,
            matched_by=found.matched_by,
            summary=article.problem[:300],
            categories=list(article.categories),
            platforms=list(article.platforms),
            languages=list(article.languages),
            effectiveness=article.effectiveness,
            space_id=article.space_id,
        )


class SearchResults(Wire):
    total_results: int
    items: list[FoundView]


class CreateSpace(Wire):
    name: Label
    visibility: Visibility = "private"


class AddMember(Wire):
    user_id: Label


class SpaceView(Wire):
    space_id: str
    name: str
    visibility: Visibility
    owner_id: str
    members: list[str]
    created_at: datetime

    @classmethod
    def of(cls, space: Space, members: list[str]) -> SpaceView:
        return cls(
            space_id=space.id,
            name=space.name,
            visibility=space.visibility,
            owner_id=space.owner_id,
            members=members,
            created_at=space.created_at,
        )


class SpaceItem(Wire):
    space_id: str
    name: str
    visibility: Visibility
    owner_id: str


class SpaceList(Wire):
    items: list[SpaceItem]
    next_cursor: str | None


class ArticleEnvironment(Wire):
    os: Line = ""
    previous_environment: Line = ""
    runtime: Line = ""


class WriteArticle(Wire):
    """With ``sessionId`` a draft from that session, whose facts fill what is left out; without, a draft by hand."""

    title: Title
    session_id: Label | None = None
    space_id: Label | None = None
    problem: Prose = ""
    environment: ArticleEnvironment | None = None
    cause: Prose = ""
    steps: Annotated[tuple[Prose, ...], Field(max_length=STEPS_LIMIT_ITEMS)] = ()
    verification: Prose = ""
    code: Code = ""
    categories: Labels = ()
    platforms: Labels = ()
    languages: Labels = ()

    def noun(self) -> Content:
        environment = self.environment.model_dump() if self.environment else {}
        return Content(
            title=self.title,
            problem=self.problem,
            cause=self.cause,
            steps=self.steps,
            verification=self.verification,
            code=self.code,
            categories=self.categories,
            platforms=self.platforms,
            languages=self.languages,
            environment={name: value for name, value in environment.items() if value},
        )


class ArticleView(Wire):
    """``document`` is the article as Markdown with front matter."""

    article_id: str
    space_id: str | None
    title: str
    version: int
    status: Status
    problem: str
    environment: dict[str, str]
    cause: str
    steps: list[str]
    verification: str
    code: str
    categories: list[str]
    platforms: list[str]
    languages: list[str]
    fingerprint: str | None
    session_id: str | None
    request_id: str | None
    author_id: str
    parties: list[str]
    consents: list[str]
    effectiveness: float | None
    created_at: datetime
    updated_at: datetime
    approved_by: str | None
    approved_at: datetime | None
    document: str

    @classmethod
    def of(cls, article: Article) -> ArticleView:
        names = [name for name in cls.model_fields if name not in ("article_id", "document")]
        facts = {name: getattr(article, name) for name in names}
        for name in ("steps", "categories", "platforms", "languages", "parties", "consents"):
            facts[name] = list(facts[name])
        facts["environment"] = dict(article.environment)
        return cls(article_id=article.id, document=document(article), **facts)


class ArticleItem(Wire):
    article_id: str
    space_id: str | None
    title: str
    version: int
    status: Status
    categories: list[str]
    author_id: str
    created_at: datetime
    updated_at: datetime


class ArticleList(Wire):
    items: list[ArticleItem]
    next_cursor: str | None
