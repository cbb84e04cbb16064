"""The graph's SQL, reading only: words, walks, and the whole picture within its bounds."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import asyncpg

from harmony.adapters.db.unit_of_work import Connection
from harmony.assist.graph.answering import Claim, Named, Passage
from harmony.assist.graph.errors import WalkTooLong
from harmony.assist.graph.model import WALK_SECONDS, Entity, Hit, Path, Related, Relationship
from harmony.assist.graph.store.kept import entities, entity_of, relationship_of

CLAIMS_READ_LIMIT = 500
PASSAGES_READ_LIMIT = 20
NAMED_READ_LIMIT = 20

# Any word finds; the share of the words that an entity holds and their weight rank it. What was merged is found by its
# own words too and answered as what it is read as.
_SEARCH = """
WITH asked AS (
    SELECT tsvector_to_array(to_tsvector('english', $1)) AS words,
           replace(plainto_tsquery('english', $1)::text, '&', '|')::tsquery AS any_word
), found AS (
    SELECT DISTINCT ON (e.root_id) e.root_id, e.id, e.name, e.type, e.properties, asked.any_word,
           0.7 * (SELECT count(*) FROM unnest(asked.words) AS word
                  WHERE word = ANY (tsvector_to_array(e.search))) / cardinality(asked.words)
           + 0.3 * ts_rank_cd(e.search, asked.any_word, 32) AS score
    FROM graph_entities e, asked
    WHERE cardinality(asked.words) > 0 AND e.search @@ asked.any_word
    ORDER BY e.root_id, score DESC, e.id
)
SELECT root.*, least(found.score, 1.0)::float8 AS score, count(*) OVER () AS total,
       to_tsvector('english', found.name) @@ found.any_word AS in_name,
       to_tsvector('english', replace(found.type, '_', ' ')) @@ found.any_word AS in_type,
       found.id <> found.root_id AS by_alias,
       ARRAY(SELECT key FROM jsonb_each_text(found.properties)
             WHERE to_tsvector('english', coalesce(value, '')) @@ found.any_word ORDER BY key) AS in_properties
FROM found JOIN graph_entities root ON root.id = found.root_id
ORDER BY found.score DESC, root.id DESC LIMIT $2
"""
_FILTERED = """
SELECT *, count(*) OVER () AS total FROM graph_entities
WHERE root_id = id
  AND ($1::text IS NULL OR lower(type) = lower($1))
  AND ($2::text IS NULL OR lower(properties->>'role') = lower($2))
  AND ($3::text IS NULL OR evidence_tier = $3)
ORDER BY id DESC LIMIT $4
"""
_STEPS = """
SELECT id, to_root_id AS other FROM graph_relationships WHERE from_root_id = walk.node
UNION ALL
SELECT id, from_root_id FROM graph_relationships WHERE to_root_id = walk.node
"""
# Everybody within $2 steps, each once, by the shortest way; nobody who was passed is entered again.
_RELATED = f"""
WITH RECURSIVE walk (node, distance, visited, edge) AS (
    SELECT $1::text, 0, ARRAY[$1::text], NULL::text
    UNION ALL
    SELECT step.other, walk.distance + 1, walk.visited || step.other, step.id
    FROM walk CROSS JOIN LATERAL ({_STEPS}) AS step
    WHERE walk.distance < $2 AND step.other <> ALL (walk.visited)
), nearest AS (
    SELECT DISTINCT ON (node, edge) node, edge, distance FROM walk WHERE distance > 0 ORDER BY node, edge, distance
), first AS (
    SELECT *, min(distance) OVER (PARTITION BY node) AS least FROM nearest
)
SELECT node, edge, distance FROM first WHERE distance = least ORDER BY distance, node, edge LIMIT $3
"""
# Ways of exactly $3 steps from $1 to $2 that enter nobody twice.
_PATHS = f"""
WITH RECURSIVE walk (node, visited, edges) AS (
    SELECT $1::text, ARRAY[$1::text], ARRAY[]::text[]
    UNION ALL
    SELECT step.other, walk.visited || step.other, walk.edges || step.id
    FROM walk CROSS JOIN LATERAL ({_STEPS}) AS step
    WHERE cardinality(walk.edges) < $3 AND walk.node <> $2 AND step.other <> ALL (walk.visited)
)
SELECT visited, edges FROM walk WHERE node = $2 AND cardinality(edges) = $3 ORDER BY edges LIMIT $4
"""
_RELATIONSHIPS = "SELECT * FROM graph_relationships WHERE id = ANY ($1::text[])"
_NODES = "SELECT * FROM graph_entities WHERE root_id = id ORDER BY id DESC LIMIT $1"
_EDGES = """
SELECT * FROM graph_relationships
WHERE from_root_id = ANY ($1::text[]) AND to_root_id = ANY ($1::text[]) AND from_root_id <> to_root_id
ORDER BY id DESC LIMIT $2
"""
_PATIENCE = "SELECT set_config('statement_timeout', $1, true)"
_USUAL_PATIENCE = "SET LOCAL statement_timeout TO DEFAULT"
_WORDS = "SELECT tsvector_to_array(to_tsvector('english', $1))"
# Entities whose whole name stands in the question; whoever was merged is known by the old name too.
_NAMED = """
WITH asked AS (
    SELECT to_tsvector('simple', $1) AS text,
           replace(plainto_tsquery('simple', $1)::text, '&', '|')::tsquery AS any_word
)
SELECT root.*, e.name AS called, tsvector_to_array(to_tsvector('english', e.name)) AS words
FROM asked, graph_entities e JOIN graph_entities root ON root.id = e.root_id
WHERE to_tsvector('simple', e.name) @@ asked.any_word AND asked.text @@ phraseto_tsquery('simple', e.name)
ORDER BY length(e.name) DESC, e.id LIMIT $2
"""
_CLAIMS = """
SELECT r.*, tsvector_to_array(to_tsvector('english', replace(r.type, '_', ' '))) AS own_words,
       tsvector_to_array(a.search || b.search) AS end_words
FROM graph_relationships r
JOIN graph_entities a ON a.id = r.from_root_id JOIN graph_entities b ON b.id = r.to_root_id
WHERE (r.from_root_id = ANY ($1::text[]) OR r.to_root_id = ANY ($1::text[])) AND r.from_root_id <> r.to_root_id
ORDER BY r.id LIMIT $2
"""
_PASSAGES = """
WITH asked AS (
    SELECT tsvector_to_array(to_tsvector('english', $1)) AS words,
           replace(plainto_tsquery('english', $1)::text, '&', '|')::tsquery AS any_word
), stored AS (
    SELECT p.text, p.search, p.document_id, d.title, NULL::text AS entity_id, p.document_id AS place, p.number
    FROM asked, graph_passages p JOIN graph_documents d ON d.id = p.document_id WHERE p.search @@ asked.any_word
    UNION ALL
    SELECT e.properties->>'description', e.search, NULL, e.name, e.root_id, e.id, 0
    FROM asked, graph_entities e
    WHERE e.search @@ asked.any_word AND jsonb_typeof(e.properties->'description') = 'string'
)
SELECT stored.text, stored.document_id, stored.title, stored.entity_id,
       tsvector_to_array(stored.search) AS words
FROM stored, asked
ORDER BY (SELECT count(*) FROM unnest(asked.words) AS word WHERE word = ANY (tsvector_to_array(stored.search))) DESC,
         ts_rank_cd(stored.search, asked.any_word, 32) DESC, stored.place, stored.number
LIMIT $2
"""


async def search(connection: Connection, query: str, limit: int) -> tuple[list[Hit], int]:
    """The best matches and how many there are in all."""
    rows = await connection.fetch(_SEARCH, query, limit)
    hits = []
    for row in rows:
        marks = (("name", row["in_name"] and not row["by_alias"]), ("alias", row["in_name"] and row["by_alias"]))
        fields = [name for name, found in (*marks, ("type", row["in_type"])) if found]
        hits.append(Hit(entity_of(row), round(row["score"], 4), (*fields, *row["in_properties"])))
    return hits, int(rows[0]["total"]) if rows else 0


async def filtered(
    connection: Connection, kind: str | None, role: str | None, tier: str | None, limit: int
) -> tuple[list[Entity], int]:
    rows = await connection.fetch(_FILTERED, kind, role, tier, limit)
    return [entity_of(row) for row in rows], int(rows[0]["total"]) if rows else 0


async def related(connection: Connection, entity_id: str, depth: int, limit: int) -> list[Related]:
    """Raises ``WalkTooLong``."""
    async with _impatiently(connection):
        rows = await connection.fetch(_RELATED, entity_id, depth, limit)
    people = await entities(connection, [row["node"] for row in rows])
    edges = await _relationships(connection, [row["edge"] for row in rows])
    return [Related(people[row["node"]], edges[row["edge"]], row["distance"]) for row in rows]


async def paths(connection: Connection, from_id: str, to_id: str, depth: int, limit: int) -> list[Path]:
    """Ways between two, the shortest first and always in the same order. Raises ``WalkTooLong``."""
    found: list[tuple[list[str], list[str]]] = []
    async with _impatiently(connection):
        for steps in range(1, depth + 1):
            rows = await connection.fetch(_PATHS, from_id, to_id, steps, limit - len(found))
            found += [(row["visited"], row["edges"]) for row in rows]
            if len(found) >= limit:
                break
    people = await entities(connection, [one for visited, _ in found for one in visited])
    edges = await _relationships(connection, [one for _, passed in found for one in passed])
    return [
        Path(tuple(people[one] for one in visited), tuple(edges[one] for one in passed)) for visited, passed in found
    ]


async def picture(connection: Connection, nodes: int, edges: int) -> tuple[list[Entity], list[Relationship]]:
    """The newest entities and what is between them."""
    shown = [entity_of(row) for row in await connection.fetch(_NODES, nodes)]
    rows = await connection.fetch(_EDGES, [one.id for one in shown], edges)
    return shown, [relationship_of(row) for row in rows]


async def words(connection: Connection, text: str) -> frozenset[str]:
    """What carries meaning in ``text``, stemmed."""
    return frozenset(await connection.fetchval(_WORDS, text))


async def named(connection: Connection, question: str, limit: int) -> tuple[Named, ...]:
    """Whom ``question`` names, the longest name first; a name inside another that was found does not count."""
    kept: list[Named] = []
    names: list[str] = []
    for row in await connection.fetch(_NAMED, question, NAMED_READ_LIMIT):
        called = row["called"].lower()
        inside = any(called in name and called != name for name in names)
        if not inside and all(one.entity.id != row["id"] for one in kept):
            kept.append(Named(entity_of(row), frozenset(row["words"])))
        names.append(called)
    return tuple(kept[:limit])


async def claims(connection: Connection, ids: Sequence[str]) -> tuple[Claim, ...]:
    rows = await connection.fetch(_CLAIMS, list(ids), CLAIMS_READ_LIMIT)
    people = await entities(connection, [row[end] for row in rows for end in ("from_root_id", "to_root_id")])
    return tuple(
        Claim(
            relationship_of(row),
            people[row["from_root_id"]],
            people[row["to_root_id"]],
            frozenset(row["own_words"]),
            frozenset(row["end_words"]),
        )
        for row in rows
    )


async def passages(connection: Connection, question: str) -> tuple[Passage, ...]:
    """Stored words that share some with ``question``, the best first."""
    rows = await connection.fetch(_PASSAGES, question, PASSAGES_READ_LIMIT)
    people = await entities(connection, [row["entity_id"] for row in rows if row["entity_id"]])
    return tuple(
        Passage(
            row["text"], frozenset(row["words"]), row["document_id"], row["title"], people.get(row["entity_id"] or "")
        )
        for row in rows
    )


async def _relationships(connection: Connection, ids: Sequence[str]) -> dict[str, Relationship]:
    rows = await connection.fetch(_RELATIONSHIPS, list(ids))
    return {row["id"]: relationship_of(row) for row in rows}


@asynccontextmanager
async def _impatiently(connection: Connection) -> AsyncIterator[None]:
    """Within ``WALK_SECONDS`` a statement; what takes longer is given up and the transaction goes on."""
    try:
        async with connection.transaction():
            await connection.execute(_PATIENCE, str(int(WALK_SECONDS * 1000)))
            yield
            await connection.execute(_USUAL_PATIENCE)
    except asyncpg.QueryCanceledError:
        raise WalkTooLong("too many ways lead through these entities", field="max_depth") from None
