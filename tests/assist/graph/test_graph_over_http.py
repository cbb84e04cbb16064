"""sherlock-hub's calls: what is stored is stored once, found by its words, joined and parted without a trace."""

from __future__ import annotations

import asyncio
import itertools
from typing import Any

import pytest
from tests.assist.conftest import Live
from tests.assist.stories import json_of

from harmony.assist.graph.model import (
    DOCUMENT_LIMIT_CHARS,
    NAME_LIMIT_CHARS,
    PATH_LIMIT_DEPTH,
    PROPERTIES_LIMIT_BYTES,
    PROPERTIES_LIMIT_KEYS,
    QUESTION_LIMIT_CHARS,
)

UNKNOWN = "entity-" + "0" * 32


async def entity(live: Live, name: str, status: int = 201, **more: Any) -> Any:
    body = {"type": "Person", "name": name, **more}
    return await json_of(await live["cora"].post("/api/entities", json=body), status)


async def put(live: Live, key: str, name: str, status: int = 200, **more: Any) -> Any:
    body = {"type": "Person", "name": name, "key": key, **more}
    return await json_of(await live["cora"].put("/api/entities", json=body), status)


async def relate(live: Live, start: Any, kind: str, end: Any, status: int = 201, **more: Any) -> Any:
    body = {"from_id": start["id"], "to_id": end["id"], "type": kind, **more}
    return await json_of(await live["cora"].post("/api/relationships", json=body), status)


async def document(live: Live, text: str, kind: str = "primary", **more: Any) -> Any:
    body = {"title": "Minutes", "kind": kind, "text": text, **more}
    return await json_of(await live["cora"].post("/api/documents", json=body), 201)


async def get(live: Live, path: str, status: int = 200) -> Any:
    return await json_of(await live["wanda"].get(path), status)


async def merge(live: Live, keeper: Any, other: Any, status: int = 201) -> Any:
    body = {"merged_id": other["id"], "reason": "the same person"}
    return await json_of(await live["cora"].post(f"/api/entities/{keeper['id']}/merge", json=body), status)


async def undo(live: Live, merged: Any, status: int = 200) -> Any:
    return await json_of(await live["cora"].post(f"/api/merges/{merged['id']}/undo"), status)


async def told(live: Live) -> list[str]:
    await live.stamp()
    entries = await live.journal.read(0)
    return [entry.kind for entry in entries if entry.kind.split(".")[1] in ("entity", "relationship", "document")]


async def test_an_entity_is_made_read_changed_and_deleted_as_the_fact_sheet_prints_it(live: Live) -> None:
    made = await entity(live, "Berta Brandt", properties={"role": "manager", "age": 40, "left": None})
    assert made["type"] == "Person" and made["properties"]["role"] == "manager" and made["created_at"]
    changed = await json_of(
        await live["cora"].put(f"/api/entities/{made['id']}", json={"properties": {"role": "director", "age": None}}),
        200,
    )
    assert changed["properties"] == {"role": "director", "left": None} and changed["name"] == "Berta Brandt"
    page = await get(live, "/api/entities?type=person")
    assert (page["total"], page["page"], page["limit"], page["entities"][0]["id"]) == (1, 1, 10, made["id"])
    gone = await json_of(await live["cora"].delete(f"/api/entities/{made['id']}"), 200)
    assert gone["id"] == made["id"]
    assert (await get(live, f"/api/entities/{made['id']}", 404))["code"] == "graph.entity_unknown"
    assert await told(live) == ["assist.entity.created", "assist.entity.updated", "assist.entity.deleted"]


async def test_an_entity_with_a_key_and_a_relationship_between_two_are_stored_once(live: Live) -> None:
    first, again = await put(live, "hr:7", "Berta"), await put(live, "hr:7", "Berta")
    assert first == again
    renamed = await put(live, "hr:7", "Berta Brandt")
    assert (renamed["id"], renamed["name"]) == (first["id"], "Berta Brandt")
    assert (await entity(live, "Somebody", 409, key="hr:7"))["code"] == "graph.key_taken"
    other = await entity(live, "Otto")
    stated = await relate(live, first, "manages", other, properties={"since": 2020})
    assert await relate(live, first, "manages", other) == stated
    richer = await relate(live, first, "manages", other, properties={"until": 2024})
    assert (richer["id"], richer["properties"]) == (stated["id"], {"since": 2020, "until": 2024})
    kinds = await told(live)
    assert kinds.count("assist.entity.created") == 2 and kinds.count("assist.entity.updated") == 1
    assert kinds.count("assist.relationship.stated") == 2


async def test_many_that_send_the_same_at_once_store_it_once(live: Live) -> None:
    bodies = [live["cora"].put("/api/entities", json={"type": "Person", "name": "Ida", "key": "k"}) for _ in range(6)]
    ids = {answer.json()["id"] for answer in await asyncio.gather(*bodies)}
    assert len(ids) == 1
    other = await entity(live, "Otto")
    body = {"from_id": ids.pop(), "to_id": other["id"], "type": "KNOWS"}
    stated = await asyncio.gather(*[live["cora"].post("/api/relationships", json=body) for _ in range(6)])
    assert len({answer.json()["id"] for answer in stated}) == 1


async def test_a_search_finds_by_any_word_and_says_where(live: Live) -> None:
    berta = await entity(live, "Berta Brandt", properties={"role": "manager", "city": "Bremen"})
    await entity(live, "Bremen Shipping", type="Organization")
    found = await get(live, "/api/search?q=brandt bremen")
    assert found["query"] == "brandt bremen" and found["total"] == 2
    best = found["results"][0]
    assert (best["id"], best["matched_fields"]) == (berta["id"], ["name", "city"])
    assert 1 >= best["match_score"] > found["results"][1]["match_score"] > 0
    assert (await get(live, "/api/search?q=%00%27;--"))["total"] == 0
    advanced = await get(live, "/api/search/advanced?type=person&role=Manager")
    assert (advanced["total"], advanced["results"][0]["id"]) == (1, berta["id"])
    assert advanced["filters"] == {"type": "person", "role": "Manager"}


async def test_a_tier_is_borne_by_its_sources_and_a_rumour_is_not_stored(live: Live) -> None:
    filing = await document(live, "A court filing.")
    blog = await document(live, "A blog.", "unverified")
    thin = await entity(live, "Ida", 422, evidence_tier="documented", source_ids=[blog["id"]])
    assert (thin["code"], thin["details"]["field"]) == ("graph.evidence_thin", "evidence_tier")
    borne = await entity(live, "Ida", evidence_tier="documented", source_ids=[filing["id"]], confidence_score=0.9)
    assert (borne["evidence_tier"], borne["confidence_score"]) == ("documented", 0.9)
    assert (await entity(live, "Ida", 422, evidence_tier="reported", source_ids=[filing["id"]]))["code"] == thin["code"]
    await entity(live, "Ida", 422, evidence_tier="rumor")
    unknown = await entity(live, "Ida", 422, source_ids=["document-" + "0" * 32])
    assert unknown["code"] == "graph.source_unknown"


async def test_neighbours_and_paths_go_no_deeper_than_asked_and_never_in_circles(live: Live) -> None:
    chain = [await entity(live, f"Person {number}") for number in range(PATH_LIMIT_DEPTH + 2)]
    for one, next_one in itertools.pairwise(chain):
        await relate(live, one, "KNOWS", next_one)
    await relate(live, chain[2], "KNOWS", chain[0])
    near = await get(live, f"/api/entities/{chain[0]['id']}/related?depth=2")
    found = {(item["entity"]["id"], item["distance"]) for item in near["related"]}
    assert found == {(chain[1]["id"], 1), (chain[2]["id"], 1), (chain[3]["id"], 2)}
    ways = (await get(live, f"/api/paths/{chain[0]['id']}/{chain[3]['id']}"))["paths"]
    assert [way["length"] for way in ways] == [2, 3]
    assert [node["id"] for node in ways[0]["nodes"]] == [chain[0]["id"], chain[2]["id"], chain[3]["id"]]
    last = chain[PATH_LIMIT_DEPTH + 1]["id"]
    deepest = f"/api/paths/{chain[0]['id']}/{last}?max_depth="
    assert (await get(live, deepest + str(PATH_LIMIT_DEPTH)))["paths"]
    assert (await get(live, deepest + str(PATH_LIMIT_DEPTH - 1)))["paths"] == []
    await get(live, deepest + str(PATH_LIMIT_DEPTH + 1), 422)


async def test_a_walk_through_too_many_ways_is_given_up_and_says_what_to_do(live: Live) -> None:
    people = [await put(live, f"p{number}", f"Person {number}") for number in range(28)]
    async with live.database.begin() as uow:  # everybody knows everybody: too many requests to make here
        await uow.connection.execute(
            "INSERT INTO graph_relationships SELECT 'relationship-' || md5(a.id || b.id), a.id, b.id, 'KNOWS', '{}',"
            " NULL, '{}', NULL, a.id, b.id, now(), now() FROM graph_entities a, graph_entities b WHERE a.id <> b.id"
        )
    alone = await entity(live, "Alone")
    refused = await get(live, f"/api/paths/{people[0]['id']}/{alone['id']}?max_depth=6", 503)
    assert (refused["code"], refused["details"]["field"]) == ("graph.walk_too_long", "max_depth")
    assert (await get(live, f"/api/paths/{people[0]['id']}/{people[1]['id']}?max_depth=1"))["paths"]


async def test_a_merge_reads_two_as_one_and_its_undoing_brings_back_exactly_what_was(live: Live) -> None:
    berta, bertha, otto = (
        await entity(live, "Berta Brandt"),
        await entity(live, "Bertha B."),
        await entity(live, "Otto"),
    )
    await relate(live, bertha, "KNOWS", otto)
    await relate(live, berta, "KNOWS", bertha)
    before = [await get(live, f"/api/entities/{one['id']}/related") for one in (berta, bertha, otto)]
    picture = await get(live, "/api/graph")
    merged = await merge(live, berta, bertha)
    near = (await get(live, f"/api/entities/{berta['id']}/related"))["related"]
    assert [(one["entity"]["id"], one["relationship"]["stated_from_id"]) for one in near] == [
        (otto["id"], bertha["id"])
    ]
    assert (await get(live, f"/api/entities/{bertha['id']}"))["merged_into"] == berta["id"]
    by_alias = (await get(live, "/api/search?q=Bertha"))["results"]
    assert [(one["id"], one["matched_fields"]) for one in by_alias] == [(berta["id"], ["alias"])]
    assert (await merge(live, otto, bertha, 409))["code"] == "graph.merged_away"
    assert (await json_of(await live["cora"].delete(f"/api/entities/{berta['id']}"), 409))[
        "code"
    ] == "graph.still_holds"
    await undo(live, merged)
    assert [await get(live, f"/api/entities/{one['id']}/related") for one in (berta, bertha, otto)] == before
    assert await get(live, "/api/graph") == picture
    assert (await undo(live, merged, 409))["code"] == "graph.merge_undone"


async def test_merges_are_undone_from_the_outside_in_and_in_any_other_order_that_keeps_them_apart(live: Live) -> None:
    one, two, three, four = [await entity(live, name) for name in ("One", "Two", "Three", "Four")]
    first, second = await merge(live, one, two), await merge(live, one, three)
    third = await merge(live, four, one)
    refused = await undo(live, first, 409)
    assert (refused["code"], refused["details"]["merge_id"]) == ("graph.merge_covered", third["id"])
    await undo(live, third)
    await undo(live, first)
    shown = {node["id"] for node in (await get(live, "/api/graph"))["nodes"]}
    assert shown == {one["id"], two["id"], four["id"]}
    await undo(live, second)
    assert len((await get(live, "/api/graph"))["nodes"]) == 4


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": "x" * (NAME_LIMIT_CHARS + 1)}, "name"),
        ({"name": " \t"}, "name"),
        ({"name": "a\x00b"}, "name"),
        ({"type": "1;DROP"}, "type"),
        ({"properties": {"a": {"b": "c"}}}, "properties"),
        ({"properties": {str(number): 1 for number in range(PROPERTIES_LIMIT_KEYS + 1)}}, "properties"),
        ({"properties": {f"k{n}": "x" * 4_000 for n in range(PROPERTIES_LIMIT_BYTES // 4_000 + 1)}}, "properties"),
        ({"confidence_score": 1.01}, "confidence_score"),
        ({"surprise": True}, "surprise"),
    ],
)
async def test_what_cannot_be_an_entity_is_refused_by_its_field(live: Live, body: Any, field: str) -> None:
    refused = await json_of(
        await live["cora"].post("/api/entities", json={"type": "Person", "name": "Ida", **body}), 422
    )
    assert field in refused["details"]["field"] and refused["hint"]
    assert (await get(live, "/api/entities"))["total"] == 0


async def test_limits_are_taken_at_their_edge(live: Live) -> None:
    await entity(live, "x" * NAME_LIMIT_CHARS, properties={str(n): 1 for n in range(PROPERTIES_LIMIT_KEYS)})
    await document(live, "x " * (DOCUMENT_LIMIT_CHARS // 2))
    long = {"title": "x", "kind": "primary", "text": "x" * (DOCUMENT_LIMIT_CHARS + 1)}
    await json_of(await live["cora"].post("/api/documents", json=long), 422)
    await json_of(await live["wanda"].post("/api/qa", json={"question": "x" * QUESTION_LIMIT_CHARS}), 200)
    await json_of(await live["wanda"].post("/api/qa", json={"question": "x" * (QUESTION_LIMIT_CHARS + 1)}), 422)


async def test_readers_do_not_write_and_a_document_is_redacted_and_stored_once(live: Live) -> None:
    body = {"type": "Person", "name": "Ida"}
    await json_of(await live["wanda"].post("/api/entities", json=body), 403)
    await json_of(await live["nobody"].get("/api/entities"), 401)
    stored = await document(live, "Write to ida.brandt@example.org today.", key="minutes")
    assert "ida.brandt@example.org" not in stored["text"]
    assert await document(live, "something else", key="minutes") == stored
    assert (await get(live, "/api/documents"))["documents"][0]["text"] is None
    assert (await get(live, f"/api/documents/{stored['id']}"))["text"] == stored["text"]


async def test_status_metrics_and_a_forwarded_request_count_what_is_there(live: Live) -> None:
    start, end = await entity(live, "Ida"), await entity(live, "Otto")
    await relate(live, start, "KNOWS", end)
    status = await get(live, "/api/system/status")
    assert (status["entities_count"], status["relationships_count"], status["cache"]) == (2, 1, "none")
    assert (await get(live, "/api/system/metrics"))["requests_total"] == 0
    asked = {"request_id": "r", "from": "a", "to": "sherlock-hub", "request_type": "get-status", "payload": None}
    assert (await json_of(await live["wanda"].post("/request", json=asked), 200))["entities_count"] == 2
    asked["request_type"] = "rm -rf"
    assert (await json_of(await live["wanda"].post("/request", json=asked), 404))["code"] == "graph.request_unknown"
