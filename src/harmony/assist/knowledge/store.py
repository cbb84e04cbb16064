"""Knowledge's SQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.assist.knowledge.model import Article, Filters, Found, Space, Status

_ADD_SPACE = "INSERT INTO knowledge_spaces (id, name, visibility, owner_id, created_at) VALUES ($1, $2, $3, $4, $5)"
_SPACE = "SELECT id, name, visibility, owner_id, created_at FROM knowledge_spaces WHERE id = $1"
_SPACES = """
SELECT s.id, s.name, s.visibility, s.owner_id, s.created_at FROM knowledge_spaces s
WHERE (s.visibility = 'public' OR EXISTS (
        SELECT 1 FROM knowledge_members m WHERE m.space_id = s.id AND m.principal_id = $1))
  AND ($2::text IS NULL OR s.id < $2)
ORDER BY s.id DESC LIMIT $3
"""
# The space's row is locked first, so that its members are counted as they are.
_LOCK_SPACE = "SELECT 1 FROM knowledge_spaces WHERE id = $1 FOR UPDATE"
_COUNT_MEMBERS = "SELECT count(*) FROM knowledge_members WHERE space_id = $1"
_ADD_MEMBER = """
INSERT INTO knowledge_members (space_id, principal_id, joined_at) VALUES ($1, $2, $3)
ON CONFLICT (space_id, principal_id) DO NOTHING RETURNING true
"""
_MEMBERS = "SELECT principal_id FROM knowledge_members WHERE space_id = $1 ORDER BY principal_id LIMIT $2"
_IS_MEMBER = "SELECT EXISTS (SELECT 1 FROM knowledge_members WHERE space_id = $1 AND principal_id = $2)"
_COLUMNS = """
a.id, a.space_id, a.title, a.version, a.status, a.problem, a.environment, a.cause, a.steps, a.verification, a.code,
a.categories, a.platforms, a.languages, a.fingerprint, a.session_id, a.request_id, a.author_id, a.parties, a.consents,
a.rating, a.created_at, a.updated_at, a.approved_by, a.approved_at
"""
# The weights say where a word counts most: title, then what happened and why, then the rest.
_ADD_ARTICLE = """
INSERT INTO knowledge_articles (
    id, space_id, title, version, status, problem, environment, cause, steps, verification, code, categories,
    platforms, languages, fingerprint, session_id, request_id, author_id, parties, consents, rating, created_at,
    updated_at, search)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23,
    setweight(to_tsvector('english', $3 || ' ' || $24), 'A')
    || setweight(to_tsvector('english', $6 || ' ' || $8), 'B')
    || setweight(to_tsvector('english', $10 || ' ' || $25), 'C'))
ON CONFLICT (session_id) DO NOTHING RETURNING true
"""
_ARTICLE = f"SELECT {_COLUMNS} FROM knowledge_articles a WHERE a.id = $1"
_LOCK_ARTICLE = f"SELECT {_COLUMNS} FROM knowledge_articles a WHERE a.id = $1 FOR UPDATE"
_OF_SESSION = "SELECT id FROM knowledge_articles WHERE session_id = $1"
# Whether $1 may read: approved and public; or a member of its space; or its author or party; or ($2) a reviewer,
# whom a private space does not admit.
_READABLE = """
(a.author_id = $1 OR $1 = ANY (a.parties)
 OR (a.space_id IS NULL AND (a.status = 'approved' OR $2))
 OR EXISTS (SELECT 1 FROM knowledge_spaces s WHERE s.id = a.space_id AND s.owner_id = $1)
 OR (a.status = 'approved' AND EXISTS (
        SELECT 1 FROM knowledge_members m WHERE m.space_id = a.space_id AND m.principal_id = $1))
 OR ((a.status = 'approved' OR $2) AND EXISTS (
        SELECT 1 FROM knowledge_spaces s WHERE s.id = a.space_id AND s.visibility = 'public')))
"""
_IS_READABLE = f"SELECT {_READABLE} FROM knowledge_articles a WHERE a.id = $3"
_ARTICLES = f"""
SELECT {_COLUMNS} FROM knowledge_articles a
WHERE {_READABLE} AND ($3::text IS NULL OR a.status = $3) AND ($4::text IS NULL OR a.id < $4)
ORDER BY a.id DESC LIMIT $5
"""
_CONSENT = "UPDATE knowledge_articles SET consents = array_append(consents, $2), updated_at = $3 WHERE id = $1"
_APPROVE = """
UPDATE knowledge_articles SET status = 'approved', approved_by = $2, approved_at = $3, updated_at = $3, consents = $4
WHERE id = $1
"""
_ARCHIVE = "UPDATE knowledge_articles SET status = 'archived', updated_at = $2 WHERE id = $1"
# What somebody may find: approved, public or in a space of theirs, and past the filters.
_FINDABLE = """
a.status = 'approved'
AND (a.space_id IS NULL
     OR EXISTS (SELECT 1 FROM knowledge_members m WHERE m.space_id = a.space_id AND m.principal_id = $1)
     OR EXISTS (SELECT 1 FROM knowledge_spaces s WHERE s.id = a.space_id AND s.visibility = 'public'))
AND ($2::text[] IS NULL OR EXISTS (SELECT 1 FROM unnest(a.categories) AS c WHERE lower(c) = ANY ($2)))
AND ($3::text[] IS NULL OR EXISTS (SELECT 1 FROM unnest(a.platforms) AS p WHERE lower(p) = ANY ($3)))
AND ($4::text[] IS NULL OR EXISTS (SELECT 1 FROM unnest(a.languages) AS l WHERE lower(l) = ANY ($4)))
"""
# Any word of the query finds; the share of its words that an article holds and their weight rank it.
_BY_TEXT = f"""
WITH asked AS (
    SELECT tsvector_to_array(to_tsvector('english', $5)) AS words,
           replace(plainto_tsquery('english', $5)::text, '&', '|')::tsquery AS any_word
), found AS (
    SELECT a.*, 0.7 * (SELECT count(*) FROM unnest(asked.words) AS word
                       WHERE word = ANY (tsvector_to_array(a.search))) / cardinality(asked.words)
              + 0.3 * ts_rank_cd(a.search, asked.any_word, 32) AS relevance
    FROM knowledge_articles a, asked
    WHERE cardinality(asked.words) > 0 AND a.search @@ asked.any_word AND {_FINDABLE}
)
SELECT {_COLUMNS}, least(a.relevance, 1.0)::float8 AS relevance, count(*) OVER () AS total
FROM found a ORDER BY a.relevance DESC, a.id DESC LIMIT $6
"""
_BY_FINGERPRINT = f"""
SELECT {_COLUMNS}, count(*) OVER () AS total FROM knowledge_articles a
WHERE a.fingerprint = $5 AND {_FINDABLE}
ORDER BY a.rating DESC NULLS LAST, a.id DESC LIMIT $6
"""


async def add_space(uow: UnitOfWork, space: Space) -> None:
    await uow.connection.execute(_ADD_SPACE, space.id, space.name, space.visibility, space.owner_id, space.created_at)


async def space(connection: Connection, space_id: str) -> Space | None:
    row = await connection.fetchrow(_SPACE, space_id)
    return None if row is None else Space(**row)


async def spaces(connection: Connection, principal_id: str, before: str | None, limit: int) -> list[Space]:
    return [Space(**row) for row in await connection.fetch(_SPACES, principal_id, before, limit)]


async def count_members(uow: UnitOfWork, space_id: str) -> int:
    """How many there are, and nobody joins until this transaction ends."""
    await uow.connection.execute(_LOCK_SPACE, space_id)
    return int(await uow.connection.fetchval(_COUNT_MEMBERS, space_id))


async def add_member(uow: UnitOfWork, space_id: str, principal_id: str) -> bool:
    """False when they are a member already."""
    return bool(await uow.connection.fetchval(_ADD_MEMBER, space_id, principal_id, uow.now))


async def members(connection: Connection, space_id: str, limit: int) -> list[str]:
    return [row["principal_id"] for row in await connection.fetch(_MEMBERS, space_id, limit)]


async def is_member(connection: Connection, space_id: str, principal_id: str) -> bool:
    return bool(await connection.fetchval(_IS_MEMBER, space_id, principal_id))


async def add_article(uow: UnitOfWork, article: Article) -> bool:
    """False when its session has an article already."""
    added = await uow.connection.fetchval(
        _ADD_ARTICLE,
        article.id,
        article.space_id,
        article.title,
        article.version,
        article.status,
        article.problem,
        dict(article.environment),
        article.cause,
        list(article.steps),
        article.verification,
        article.code,
        list(article.categories),
        list(article.platforms),
        list(article.languages),
        article.fingerprint,
        article.session_id,
        article.request_id,
        article.author_id,
        list(article.parties),
        list(article.consents),
        article.rating,
        article.created_at,
        article.updated_at,
        " ".join((*article.categories, *article.platforms, *article.languages)),
        " ".join(article.steps),
    )
    return bool(added)


async def article(connection: Connection, article_id: str) -> Article | None:
    row = await connection.fetchrow(_ARTICLE, article_id)
    return None if row is None else _article(row)


async def lock_article(uow: UnitOfWork, article_id: str) -> Article | None:
    row = await uow.connection.fetchrow(_LOCK_ARTICLE, article_id)
    return None if row is None else _article(row)


async def of_session(connection: Connection, session_id: str) -> str | None:
    found = await connection.fetchval(_OF_SESSION, session_id)
    return None if found is None else str(found)


async def is_readable(connection: Connection, article_id: str, principal_id: str, reviewer: bool) -> bool:
    return bool(await connection.fetchval(_IS_READABLE, principal_id, reviewer, article_id))


async def articles(
    connection: Connection, principal_id: str, reviewer: bool, status: Status | None, before: str | None, limit: int
) -> list[Article]:
    rows = await connection.fetch(_ARTICLES, principal_id, reviewer, status, before, limit)
    return [_article(row) for row in rows]


async def consent(uow: UnitOfWork, article_id: str, principal_id: str) -> None:
    await uow.connection.execute(_CONSENT, article_id, principal_id, uow.now)


async def approve(uow: UnitOfWork, article_id: str, by: str, consents: Sequence[str]) -> None:
    await uow.connection.execute(_APPROVE, article_id, by, uow.now, list(consents))


async def archive(uow: UnitOfWork, article_id: str) -> None:
    await uow.connection.execute(_ARCHIVE, article_id, uow.now)


async def by_text(
    connection: Connection, principal_id: str, query: str, filters: Filters, limit: int
) -> tuple[list[Found], int]:
    """The best matches and how many there are in all."""
    rows = await connection.fetch(_BY_TEXT, principal_id, *_lowered(filters), query, limit)
    found = [Found(_article(row), round(row["relevance"], 4), "text") for row in rows]
    return found, int(rows[0]["total"]) if rows else 0


async def by_fingerprint(
    connection: Connection, principal_id: str, fingerprint: str, filters: Filters, relevance: float, limit: int
) -> tuple[list[Found], int]:
    rows = await connection.fetch(_BY_FINGERPRINT, principal_id, *_lowered(filters), fingerprint, limit)
    found = [Found(_article(row), relevance, "fingerprint") for row in rows]
    return found, int(rows[0]["total"]) if rows else 0


def _lowered(filters: Filters) -> list[list[str] | None]:
    parts = (filters.categories, filters.platforms, filters.languages)
    return [[value.lower() for value in part] or None for part in parts]


def _article(row: Any) -> Article:
    return Article(
        id=row["id"],
        space_id=row["space_id"],
        title=row["title"],
        version=row["version"],
        status=row["status"],
        problem=row["problem"],
        environment=row["environment"],
        cause=row["cause"],
        steps=tuple(row["steps"]),
        verification=row["verification"],
        code=row["code"],
        categories=tuple(row["categories"]),
        platforms=tuple(row["platforms"]),
        languages=tuple(row["languages"]),
        fingerprint=row["fingerprint"],
        session_id=row["session_id"],
        request_id=row["request_id"],
        author_id=row["author_id"],
        parties=tuple(row["parties"]),
        consents=tuple(row["consents"]),
        rating=row["rating"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        approved_by=row["approved_by"],
        approved_at=row["approved_at"],
    )
