"""The verbs of knowledge."""

from __future__ import annotations

from dataclasses import replace

from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.assist.knowledge import store
from harmony.assist.knowledge.errors import (
    ArticleExists,
    ArticleStateWrong,
    ArticleUnknown,
    ConsentMissing,
    NotAParty,
    NotTheOwner,
    NotTheReviewer,
    SessionNotResolved,
    SpaceFull,
    SpaceUnknown,
)
from harmony.assist.knowledge.model import (
    FINGERPRINT_RELEVANCE,
    KNOWN_SOLUTION_RELEVANCE,
    KNOWN_SOLUTIONS_LIMIT_ITEMS,
    MEMBERS_LIMIT,
    Article,
    Content,
    Filters,
    Found,
    SessionFacts,
    Space,
    Status,
    Visibility,
    may_move,
    may_review,
    missing_consents,
)
from harmony.commons.identity.service import find_principal
from harmony.commons.journal.service import append
from harmony.kernel.ids import looks_like_id
from harmony.kernel.paging import Page, encode_cursor
from harmony.kernel.redaction.service import redact
from harmony.messages.assist import (
    ArticleApproved,
    ArticleArchived,
    ArticleConsented,
    ArticleDrafted,
    SpaceCreated,
    SpaceJoined,
)


async def create_space(uow: UnitOfWork, owner_id: str, name: str, visibility: Visibility) -> Space:
    """A new space with its owner as the first member."""
    space = Space(uow.ids.new("space"), name, visibility, owner_id, uow.now)
    await store.add_space(uow, space)
    await store.add_member(uow, space.id, owner_id)
    await append(uow, SpaceCreated(space.id, owner_id, visibility), subject=space.id)
    return space


async def add_member(uow: UnitOfWork, space_id: str, principal_id: str) -> Space:
    """Let somebody into a space; only its owner may. Adding a member again changes nothing."""
    space = await find_space(uow.connection, space_id, uow.actor)
    if space.owner_id != uow.actor:
        raise NotTheOwner("only the owner of a space adds members")
    member = await find_principal(uow.connection, principal_id)
    if await store.count_members(uow, space.id) >= MEMBERS_LIMIT:
        raise SpaceFull(f"a space has at most {MEMBERS_LIMIT} members")
    if await store.add_member(uow, space.id, member.id):
        await append(uow, SpaceJoined(space.id, member.id), subject=space.id)
    return space


async def find_space(connection: Connection, space_id: str, principal_id: str) -> Space:
    """The space, which must be public or theirs; refuses as unknown what they may not see."""
    found = await store.space(connection, space_id) if looks_like_id(space_id, "space") else None
    if found is None or (
        found.visibility == "private" and not await store.is_member(connection, space_id, principal_id)
    ):
        raise SpaceUnknown("there is no such space", field="spaceId")
    return found


async def list_spaces(connection: Connection, principal_id: str, before: str | None, limit: int) -> Page[Space]:
    found = await store.spaces(connection, principal_id, before, limit + 1)
    return Page(tuple(found[:limit]), encode_cursor(found[limit - 1].id) if len(found) > limit else None)


async def list_members(connection: Connection, space_id: str, principal_id: str) -> list[str]:
    """The members, at most ``MEMBERS_LIMIT``; shown to members only."""
    await find_space(connection, space_id, principal_id)
    if not await store.is_member(connection, space_id, principal_id):
        return []
    return await store.members(connection, space_id, MEMBERS_LIMIT)


async def is_member(connection: Connection, space_id: str, principal_id: str) -> bool:
    return await store.is_member(connection, space_id, principal_id)


async def write(uow: UnitOfWork, author_id: str, space_id: str | None, content: Content) -> Article:
    """A draft by hand, from its author's own experience; the author alone is its party."""
    if space_id is not None:
        space = await find_space(uow.connection, space_id, author_id)
        if not await store.is_member(uow.connection, space.id, author_id):
            raise NotTheOwner("only members write in a space")
    article = _draft(uow, content, author_id, space_id, parties=(author_id,), consents=(author_id,))
    return await _keep(uow, article)


async def capture(uow: UnitOfWork, author_id: str, facts: SessionFacts, content: Content) -> Article:
    """A draft from a resolved session: writing it is the author's consent, the other party's is still needed.

    A session gives one article; the second attempt is refused and told which there is.
    """
    if not facts.resolved:
        raise SessionNotResolved("this session is not resolved", details={"session_id": facts.session_id})
    earlier = await store.of_session(uow.connection, facts.session_id)
    if earlier is not None:
        raise ArticleExists("this session has an article", details={"article_id": earlier})
    parties = (facts.seeker_id, facts.expert_id)
    consented = {author_id} | ({facts.seeker_id} if facts.seeker_consents else set())
    article = _draft(
        uow,
        _filled(content, facts),
        author_id,
        facts.space_id,
        parties=parties,
        consents=tuple(party for party in parties if party in consented),
    )
    return await _keep(
        uow,
        replace(
            article,
            fingerprint=facts.fingerprint,
            session_id=facts.session_id,
            request_id=facts.request_id,
            rating=facts.rating,
        ),
    )


async def consent(uow: UnitOfWork, article_id: str) -> Article:
    """A party allows the publication; allowing again changes nothing."""
    article = await _locked(uow, article_id, reviewer=False)
    if uow.actor not in article.parties:
        raise NotAParty("only the parties of the session consent")
    if article.status != "draft":
        raise ArticleStateWrong(f"the article is {article.status}", details={"status": article.status})
    if uow.actor in article.consents:
        return article
    await store.consent(uow, article.id, uow.actor)
    await append(uow, ArticleConsented(article.id, uow.actor), subject=article.id)
    return replace(article, consents=(*article.consents, uow.actor), updated_at=uow.now)


async def approve(uow: UnitOfWork, article_id: str, *, reviewer: bool) -> Article:
    """Publish a draft that every party has consented to; ``reviewer`` says whether the actor is a coordinator."""
    article = await _for_review(uow, article_id, "approved", reviewer=reviewer)
    missing = missing_consents(article, uow.actor)
    if missing:
        raise ConsentMissing("not every party has consented", details={"missing": list(missing)})
    await store.approve(uow, article.id, uow.actor, article.parties)
    await append(uow, ArticleApproved(article.id, uow.actor), subject=article.id)
    return replace(
        article,
        status="approved",
        consents=article.parties,
        approved_by=uow.actor,
        approved_at=uow.now,
        updated_at=uow.now,
    )


async def archive(uow: UnitOfWork, article_id: str, *, reviewer: bool) -> Article:
    """Take an article out of search; it stays readable."""
    article = await _for_review(uow, article_id, "archived", reviewer=reviewer)
    await store.archive(uow, article.id)
    await append(uow, ArticleArchived(article.id, uow.actor), subject=article.id)
    return replace(article, status="archived", updated_at=uow.now)


async def find_article(connection: Connection, article_id: str, principal_id: str, *, reviewer: bool) -> Article:
    """The article; refuses as unknown what ``principal_id`` may not read."""
    found = await store.article(connection, article_id) if looks_like_id(article_id, "article") else None
    if found is None or not await store.is_readable(connection, article_id, principal_id, reviewer):
        raise ArticleUnknown("there is no such article", field="articleId")
    return found


async def list_articles(
    connection: Connection, principal_id: str, *, reviewer: bool, status: Status | None, before: str | None, limit: int
) -> Page[Article]:
    found = await store.articles(connection, principal_id, reviewer, status, before, limit + 1)
    return Page(tuple(found[:limit]), encode_cursor(found[limit - 1].id) if len(found) > limit else None)


async def search(
    connection: Connection,
    principal_id: str,
    query: str,
    filters: Filters,
    limit: int,
    *,
    fingerprint: str | None = None,
) -> tuple[list[Found], int]:
    """Approved articles that ``principal_id`` may see: those of the same fingerprint, then those of like words.

    Also how many there are in all.
    """
    exact: list[Found] = []
    exact_total = 0
    if fingerprint is not None:
        exact, exact_total = await store.by_fingerprint(
            connection, principal_id, fingerprint, filters, FINGERPRINT_RELEVANCE, limit
        )
    alike, total = await store.by_text(connection, principal_id, query, filters, limit + len(exact))
    seen = {found.article.id for found in exact}
    fresh = [found for found in alike if found.article.id not in seen]
    return [*exact, *fresh][:limit], exact_total + total - (len(alike) - len(fresh))


async def known_solutions(
    connection: Connection, principal_id: str, fingerprint: str, query: str, category: str
) -> list[Found]:
    """What may answer a failure already: the same fingerprint, or the same category with much the same words."""
    filters = Filters(categories=(category,))
    exact, _ = await store.by_fingerprint(
        connection, principal_id, fingerprint, Filters(), FINGERPRINT_RELEVANCE, KNOWN_SOLUTIONS_LIMIT_ITEMS
    )
    alike, _ = await store.by_text(connection, principal_id, query, filters, KNOWN_SOLUTIONS_LIMIT_ITEMS)
    seen = {found.article.id for found in exact}
    near = [found for found in alike if found.article.id not in seen and found.relevance >= KNOWN_SOLUTION_RELEVANCE]
    return [*exact, *near][:KNOWN_SOLUTIONS_LIMIT_ITEMS]


async def _for_review(uow: UnitOfWork, article_id: str, after: Status, *, reviewer: bool) -> Article:
    article = await _locked(uow, article_id, reviewer=reviewer)
    space = None if article.space_id is None else await store.space(uow.connection, article.space_id)
    if not may_review(space, uow.actor, reviewer=reviewer):
        raise NotTheReviewer("this article is not yours to review")
    if not may_move(article.status, after):
        raise ArticleStateWrong(
            f"an article that is {article.status} cannot become {after}", details={"status": article.status}
        )
    return article


async def _locked(uow: UnitOfWork, article_id: str, *, reviewer: bool) -> Article:
    await find_article(uow.connection, article_id, uow.actor, reviewer=reviewer)
    found = await store.lock_article(uow, article_id)
    assert found is not None, "articles are never deleted"
    return found


async def _keep(uow: UnitOfWork, article: Article) -> Article:
    if not await store.add_article(uow, article):
        raise ArticleExists("this session has an article", details={"session_id": article.session_id})
    await append(uow, ArticleDrafted(article.id, article.space_id, article.session_id), subject=article.id)
    return article


def _draft(
    uow: UnitOfWork,
    content: Content,
    author_id: str,
    space_id: str | None,
    *,
    parties: tuple[str, ...],
    consents: tuple[str, ...],
) -> Article:
    """The article as it is stored: every text of people redacted."""
    return Article(
        id=uow.ids.new("article"),
        space_id=space_id,
        title=redact(content.title).text[:200],
        version=1,
        status="draft",
        problem=redact(content.problem).text,
        environment=dict(content.environment or {}),
        cause=redact(content.cause).text,
        steps=tuple(redact(step).text for step in content.steps),
        verification=redact(content.verification).text,
        code=redact(content.code).text,
        categories=content.categories,
        platforms=content.platforms,
        languages=content.languages,
        fingerprint=None,
        session_id=None,
        request_id=None,
        author_id=author_id,
        parties=parties,
        consents=consents,
        rating=None,
        created_at=uow.now,
        updated_at=uow.now,
    )


def _filled(content: Content, facts: SessionFacts) -> Content:
    """What the author left out is taken from the session."""
    return replace(
        content,
        problem=content.problem or facts.problem,
        categories=content.categories or (facts.category, facts.subcategory),
        platforms=content.platforms or facts.platforms,
        languages=content.languages or ((facts.language,) if facts.language else ()),
        environment=content.environment or facts.environment,
    )
