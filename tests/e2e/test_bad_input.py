"""Bad input at every edge of a running Harmony: refused with what to do about it, and nothing half-done stays."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from tests.harmony import Harmony
from tests.people import Person, books_untouched, fresh_key, invented, nobody, operator

from harmony.adapters.http.bodies import BODY_LIMIT_BYTES
from harmony.apps.components.application import document
from harmony.apps.components.declared import COMPONENTS
from harmony.assist.problems.model import LOG_LIMIT_BYTES
from harmony.assist.sessions.model import MESSAGE_LIMIT_BYTES
from harmony.commons.identity.model import GRANTS, LOCAL_ROLE, ROLES, permits
from harmony.settlement.verifiers.model import DELIVERABLE_LIMIT_BYTES

UNKNOWN = "0" * 12 + "7" + "0" * 3 + "8" + "0" * 15
"""The hex part of an id of the right form that nothing has."""


@dataclass(frozen=True)
class Operation:
    component: str
    method: str
    path: str
    permission: str
    takes_json: bool

    @property
    def signed(self) -> bool:
        """Whether its sender is known by the signature of the body alone: nothing else of it is looked at before."""
        return self.path == "/v1/ci/hooks/{sourceId}"

    def filled(self) -> str:
        """The path with an id that nothing has at each place."""
        names = {"contextId": "context", "escrow_id": "escrow", "verification_id": "verification", "sha256": ""}
        path = self.path
        while "{" in path:
            name = path[path.index("{") + 1 : path.index("}")]
            noun = names.get(name, name.removesuffix("Id").removesuffix("_id"))
            path = path.replace("{" + name + "}", f"{noun}-{UNKNOWN}" if noun else "0" * 64)
        return path

    def __str__(self) -> str:
        return f"{self.component} {self.method} {self.path}"


def operations() -> Iterator[Operation]:
    for component in COMPONENTS:
        for path, methods in document(component)["paths"].items():
            for method, told in methods.items():
                takes_json = "application/json" in told.get("requestBody", {}).get("content", {})
                yield Operation(component.name, method.upper(), path, told["x-permission"], takes_json)


OPERATIONS = list(operations())
GUARDED = [one for one in OPERATIONS if one.permission != "public"]
JSON_BODIES = [one for one in OPERATIONS if one.takes_json and not one.signed]
SIGNED = [one for one in OPERATIONS if one.signed]
NAMED_BY_CALLER = ("/state/",)
"""Keys and locks are there as soon as somebody names them."""
WITH_IDS = [
    one for one in OPERATIONS if "{" in one.path and not one.signed and not one.path.startswith(NAMED_BY_CALLER)
]


@pytest.fixture(scope="module")
def seeker(running_harmony: Harmony) -> Person:
    found = invented(running_harmony, "seeker")
    grant = {"principal": found.id, "amount_usdc": "100.00"}
    granted = operator(running_harmony).settlement("POST", "/ledger/grant", json=grant, key=fresh_key())
    assert granted.status_code == 201
    return found


@pytest.fixture(scope="module")
def expert(running_harmony: Harmony) -> Person:
    return invented(running_harmony, "expert")


@pytest.fixture(scope="module")
def everybody(running_harmony: Harmony) -> dict[str, Person]:
    """One person of each role."""
    return {role: invented(running_harmony, role) for role in ROLES}


@pytest.fixture(scope="module")
def session(seeker: Person, expert: Person) -> dict[str, str]:
    """The ids of one session that has been resolved."""
    skills = [{"skill": "Python", "level": "Expert", "yearsExperience": 9}]
    profile = expert.live("POST", "/v1/experts", json={"expertise": skills}).json()["expertId"]
    reported = {"command": "report", "exitCode": 1, "log": "FileNotFoundError: [Errno 2] No such file: 'a\\\\b.csv'\n"}
    context = seeker.live("POST", "/v1/detect-problem", json=reported).json()["contextId"]
    request = seeker.live("POST", "/v1/requests", json={"contextId": context}).json()["requestId"]
    offer = seeker.live("POST", f"/v1/requests/{request}/offers", json={"expertId": profile}).json()["offerId"]
    opened = expert.live("POST", f"/v1/offers/{offer}/accept").json()["sessionId"]
    shared = seeker.live("POST", f"/v1/sessions/{opened}/shares", json={"scope": ["log"]}).json()["shareId"]
    resolved = seeker.live("POST", f"/v1/sessions/{opened}/resolve", json={"rating": 5})
    assert resolved.json()["state"] == "resolved"
    return {"context": context, "request": request, "offer": offer, "session": opened, "share": shared}


def agreement(**changes: Any) -> dict[str, Any]:
    terms = {
        "title": "Bad input",
        "description": "Nothing that is refused moves money.",
        "deliverables": ["A program"],
        "delivery_deadline": (datetime.now(UTC) + timedelta(days=1)).isoformat(),
    }
    return {"amount_usdc": "10.00", "terms": terms | changes.pop("terms", {}), **changes}


def hold(buyer: Person, **changes: Any) -> dict[str, Any]:
    made = buyer.settlement("POST", "/escrow/create", json=agreement(**changes), key=fresh_key())
    assert made.status_code == 201, made.text
    found: dict[str, Any] = made.json()
    return found


def refused(answer: httpx.Response, status: int) -> dict[str, Any]:
    """The problem document of a refusal: it says what to do, and is whole."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem: dict[str, Any] = answer.json()
    assert problem["status"] == status
    assert all(problem[name] for name in ("code", "hint", "message", "type", "timestamp", "path"))
    return problem


# Ids, permissions, states, sizes, keys.


@pytest.mark.parametrize("operation", WITH_IDS, ids=str)
@pytest.mark.parametrize("malformed", [False, True], ids=["unknown", "malformed"])
def test_an_unknown_id_is_a_404(running_harmony: Harmony, operation: Operation, malformed: bool) -> None:
    bodies: dict[str, Any] = {
        "members": {"userId": "operator"},
        "offers": {"expertId": f"expert-{UNKNOWN}"},
        "messages": {"body": "hello"},
        "shares": {"scope": ["log"]},
        "resolve": {"rating": 5},
        "answer": {"answer": "right"},
        "drain": {"draining": True},
        "commands": {"command": "reload"},
        "classification": {"category": "filesystem", "subcategory": "missing_file"},
    }
    path = operation.filled()
    body = bodies.get(path.rsplit("/", 1)[-1]) if operation.takes_json else None
    path = path.replace(UNKNOWN, "%00%27;--%ff") if malformed else path
    answer = operator(running_harmony).ask(operation.component, operation.method, path, json=body)
    if malformed and answer.status_code == 422:  # what cannot be an id at all may be refused by its form
        assert refused(answer, 422)["details"]["field"].startswith("path.")
    else:
        assert refused(answer, 404)["code"] != "http.not_found"


@pytest.mark.parametrize("operation", SIGNED, ids=str)
def test_what_nobody_signed_is_refused_alike_whatever_it_says(running_harmony: Harmony, operation: Operation) -> None:
    """Who does not hold a secret learns neither which sources there are nor how far a body was read."""
    path = operation.filled()
    bodies = [*BODIES.values(), b"{" + b" " * BODY_LIMIT_BYTES + b"}"]
    sender = nobody(running_harmony)
    told = [refused(sender.ask(operation.component, "POST", path, content=body), 401) for body in bodies]
    unknown = path.replace(UNKNOWN, "%00%27;--%ff")
    told.append(refused(sender.ask(operation.component, "POST", unknown, content=b"{}"), 401))
    assert {problem["code"] for problem in told} == {"problems.hook_forged"}


@pytest.mark.parametrize("operation", GUARDED, ids=str)
def test_without_the_permission_nothing_is_done(everybody: dict[str, Person], operation: Operation) -> None:
    for role in [role for role in ROLES if not permits([role], operation.permission)]:
        answer = everybody[role].ask(operation.component, operation.method, operation.filled(), content=b"{")
        if operation.takes_json:  # what cannot be read at all may be refused before the caller is known
            assert answer.status_code in (400, 403, 422)
            answer = everybody[role].ask(operation.component, operation.method, operation.filled(), json={})
        problem = refused(answer, 403)
        assert problem["details"]["permission"] == operation.permission


@pytest.mark.parametrize("operation", GUARDED, ids=str)
def test_an_unauthenticated_caller_is_let_in_to_the_orchestra_calls_alone(
    running_harmony: Harmony, operation: Operation
) -> None:
    forged = Person(running_harmony, "nobody", "hmy_forged")
    content = {"json": {}} if operation.takes_json else {}
    refused(forged.ask(operation.component, operation.method, operation.filled(), **content), 401)
    if operation.permission in GRANTS[LOCAL_ROLE]:
        assert operation.component == "conductor"
    else:
        refused(nobody(running_harmony).ask(operation.component, operation.method, operation.filled(), **content), 401)


def test_a_session_that_is_over_is_a_409(seeker: Person, expert: Person, session: dict[str, str]) -> None:
    over = f"/v1/sessions/{session['session']}"
    refused(seeker.live("POST", f"{over}/messages", json={"body": "still there?"}), 409)
    refused(seeker.live("POST", f"{over}/shares", json={"scope": ["log"]}), 409)
    refused(seeker.live("POST", f"{over}/resolve", json={"rating": 1}), 409)
    refused(seeker.live("POST", f"{over}/abandon"), 409)
    refused(expert.live("POST", f"/v1/offers/{session['offer']}/accept"), 409)
    refused(expert.live("POST", f"/v1/offers/{session['offer']}/decline"), 409)
    refused(seeker.live("POST", f"/v1/requests/{session['request']}/cancel"), 409)


def test_an_article_is_not_approved_twice(seeker: Person) -> None:
    space = seeker.live("POST", "/v1/knowledge-base/spaces", json={"name": "Mine", "visibility": "private"})
    body = {"spaceId": space.json()["spaceId"], "title": "T", "problem": "P", "cause": "C", "steps": ["S"]}
    article = seeker.live("POST", "/v1/knowledge-base/articles", json=body | {"verification": "V"}).json()["articleId"]
    path = f"/v1/knowledge-base/articles/{article}"
    assert seeker.live("POST", f"{path}/approve").status_code == 200
    refused(seeker.live("POST", f"{path}/approve"), 409)
    refused(seeker.live("POST", f"{path}/consent"), 409)
    assert seeker.live("POST", f"{path}/archive").status_code == 200
    refused(seeker.live("POST", f"{path}/archive"), 409)


def test_a_move_in_the_wrong_state_is_a_409_and_moves_no_money(seeker: Person, expert: Person) -> None:
    made = hold(seeker)
    escrow, token = made["escrow_id"], made["invitation_link"].split("token=")[1]
    one = {"escrow_id": escrow}
    work = one | {"deliverable_url": "https://example.invalid/work", "deliverable_hash": "0" * 64}
    with books_untouched(seeker, expert):
        refused(seeker.settlement("POST", "/escrow/approve", json=one, key=fresh_key()), 409)
        refused(seeker.settlement("POST", "/escrow/reject", json=one | {"reason": "no"}, key=fresh_key()), 409)
        refused(expert.settlement("POST", "/escrow/accept", json=one | {"invitation_token": "guessed"}), 404)
        assert expert.settlement("POST", "/escrow/accept", json=one | {"invitation_token": token}).is_success
        refused(expert.settlement("POST", "/escrow/accept", json=one | {"invitation_token": token}), 409)
        refused(seeker.settlement("POST", "/escrow/approve", json=one, key=fresh_key()), 409)
        assert expert.settlement("POST", "/escrow/submit", json=work).is_success
        refused(expert.settlement("POST", "/escrow/submit", json=work), 409)
        resolve = one | {"decision": "refund"}
        refused(operator(seeker.harmony).settlement("POST", "/escrow/resolve", json=resolve, key=fresh_key()), 409)
    assert seeker.settlement("POST", "/escrow/approve", json=one, key=fresh_key()).json()["status"] == "released"
    with books_untouched(seeker, expert):
        refused(seeker.settlement("POST", "/escrow/approve", json=one, key=fresh_key()), 409)
        refused(seeker.settlement("POST", "/escrow/reject", json=one | {"reason": "no"}, key=fresh_key()), 409)


@pytest.mark.parametrize("operation", JSON_BODIES, ids=str)
@pytest.mark.parametrize("announced", [True, False], ids=["announced", "in chunks"])
def test_a_body_beyond_the_limit_is_a_413(running_harmony: Harmony, operation: Operation, announced: bool) -> None:
    body = b'{"a":"' + b"x" * BODY_LIMIT_BYTES + b'"}'
    content: Any = body if announced else iter([body[: len(body) // 2], body[len(body) // 2 :]])
    answer = operator(running_harmony).ask(
        operation.component,
        operation.method,
        operation.filled(),
        content=content,
        headers={"Content-Type": "application/json"},
    )
    assert refused(answer, 413)["details"]["limit_bytes"] == BODY_LIMIT_BYTES


@pytest.mark.parametrize("announced", [True, False], ids=["announced", "in chunks"])
def test_a_deliverable_beyond_its_limit_is_a_413_and_not_kept(expert: Person, announced: bool) -> None:
    half = b"x" * (DELIVERABLE_LIMIT_BYTES // 2 + 1)
    content: Any = half * 2 if announced else iter([half, half])
    problem = refused(expert.settlement("POST", "/deliverables", content=content), 413)
    assert problem["details"]["limit_bytes"] == DELIVERABLE_LIMIT_BYTES


def test_a_log_and_a_message_beyond_their_limits_are_refused(
    seeker: Person, session: dict[str, str], running_harmony: Harmony
) -> None:
    log = "é" * (LOG_LIMIT_BYTES // 2 + 1)
    refused(seeker.live("POST", "/v1/detect-problem", json={"log": log}), 413)
    message = {"body": "é" * (MESSAGE_LIMIT_BYTES // 2 + 1)}
    refused(seeker.live("POST", f"/v1/sessions/{session['session']}/messages", json=message), 413)


def test_a_key_that_is_used_again_with_another_body_is_a_409_on_every_route_of_money(
    running_harmony: Harmony, seeker: Person, expert: Person
) -> None:
    made = hold(seeker)
    one = {"escrow_id": made["escrow_id"]}
    token = {"invitation_token": made["invitation_link"].split("token=")[1]}
    work = one | {"deliverable_url": "https://example.invalid/work", "deliverable_hash": "0" * 64}
    owner = operator(running_harmony)
    firsts: list[tuple[Person, str, dict[str, Any], dict[str, Any]]] = [
        (owner, "/ledger/grant", {"principal": seeker.id, "amount_usdc": "1"}, {"amount_usdc": "2"}),
        (seeker, "/escrow/create", agreement(), {"amount_usdc": "11"}),
        (expert, "/escrow/accept", one | token, {"estimated_delivery": None, "invitation_token": "other"}),
        (expert, "/escrow/submit", work, {"deliverable_hash": "1" * 64}),
        (seeker, "/escrow/reject", one | {"reason": "not what was agreed"}, {"reason": "another"}),
        (owner, "/escrow/resolve", one | {"decision": "refund"}, {"decision": "release"}),
    ]
    for who, path, body, change in firsts:
        key = fresh_key()
        first = who.settlement("POST", path, json=body, key=key)
        assert first.is_success, first.text
        with books_untouched(seeker, expert):
            again = who.settlement("POST", path, json=body, key=key)
            assert (again.status_code, again.json()) == (first.status_code, first.json())
            assert again.headers["Idempotent-Replayed"] == "true"
            refused(who.settlement("POST", path, json=body | change, key=key), 409)


def test_a_key_belongs_to_its_principal(running_harmony: Harmony, seeker: Person) -> None:
    key = fresh_key()
    body = agreement()
    first = seeker.settlement("POST", "/escrow/create", json=body, key=key)
    other = invented(running_harmony, "seeker")
    assert first.status_code == 201
    problem = refused(other.settlement("POST", "/escrow/create", json=body, key=key), 402)
    assert first.json()["escrow_id"] not in json.dumps(problem)


@pytest.mark.parametrize("path", ["/ledger/grant", "/escrow/create", "/escrow/approve", "/escrow/reject"])
def test_money_needs_a_key(running_harmony: Harmony, path: str) -> None:
    bodies: dict[str, Any] = {
        "/ledger/grant": {"principal": "operator", "amount_usdc": "1"},
        "/escrow/create": agreement(),
    }
    body = bodies.get(path, {"escrow_id": f"escrow-{UNKNOWN}"} | ({"reason": "no"} if "reject" in path else {}))
    problem = refused(operator(running_harmony).settlement("POST", path, json=body), 422)
    assert problem["details"]["field"] == "Idempotency-Key"


# Bodies that nobody meant.

NUMBERS = ["NaN", "-Infinity", "1e999", "1e99999999", "-1", "9" * 30, "9" * 5_000, '"\\u0000"', "{}"]
BODIES = {
    "nothing": b"",
    "half": b'{"a":',
    "a list": b"[]",
    "null": b"null",
    "a text": b'"text"',
    "deep lists": b"[" * 100_000 + b"]" * 100_000,
    "deep objects": b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
    "not UTF-8": b'{"a":"\xff\xfe"}',
    "half a surrogate pair": b'{"\\ud800":"\\udfff"}',
    "a NUL": b'{"\\u0000":"\\u0000"}',
    "the same name twice": b'{"a":1,"a":2}',
    "beyond 64 bits": b'{"a":' + b"9" * 100 + b"}",
    "beyond what is counted": b'{"a":1e99999999}',
}


@pytest.mark.parametrize("operation", JSON_BODIES, ids=str)
def test_a_body_that_nobody_meant_is_refused(running_harmony: Harmony, operation: Operation) -> None:
    asker = operator(running_harmony)
    for kind, body in itertools.product(["application/json", "text/plain", "application/x-unknown"], BODIES.values()):
        answer = asker.ask(
            operation.component,
            operation.method,
            operation.filled(),
            content=body,
            headers={"Content-Type": kind, "Idempotency-Key": fresh_key()},
        )
        if operation.path == "/rpc" and answer.status_code == 200:
            assert "error" in answer.json()
        elif operation.path == "/mcp" and answer.headers["content-type"] == "application/json":
            assert answer.json()["error"]["code"] < 0, (kind, body[:40])  # the protocol's own refusal (JSON-RPC 2.0)
            assert answer.status_code in (400, 404, 415, 422), (kind, body[:40])
        else:
            assert refused(answer, answer.status_code)["status"] in (400, 404, 415, 422), (kind, body[:40])


@pytest.mark.parametrize("field", ["amount_usdc", "quality_threshold", "delivery_deadline", "weight"])
def test_a_number_that_nobody_meant_holds_no_money(seeker: Person, field: str) -> None:
    """Among them 1e99999999: nine characters that are a hundred million digits once somebody writes them out."""
    case = {"name": "runs", "argv": ["python", "main.py"], "weight": 1}
    with books_untouched(seeker):
        for number in NUMBERS:
            text = json.dumps(agreement(terms={"quality_threshold": 80, "acceptance": [case]}))
            body = json.loads(text)
            holder = {"amount_usdc": body, "weight": body["terms"]["acceptance"][0]}.get(field, body["terms"])
            holder[field] = "HERE"
            content = json.dumps(body).replace('"HERE"', number).encode()
            headers = {"Content-Type": "application/json"}
            answer = seeker.settlement("POST", "/escrow/create", content=content, headers=headers, key=fresh_key())
            problem = refused(answer, answer.status_code)
            assert problem["status"] in (400, 422), (number, problem)


def test_a_negative_or_huge_amount_is_refused(running_harmony: Harmony, seeker: Person) -> None:
    with books_untouched(seeker):
        for amount in ("-10.00", "0", "0.000001", "9999999999999", "1e3", "٥", "10.0000001", " 10", "10 ", "+10"):
            create = seeker.settlement("POST", "/escrow/create", json=agreement(amount_usdc=amount), key=fresh_key())
            refused(create, 422)
            if amount == "0.000001":
                continue
            grant = {"principal": seeker.id, "amount_usdc": amount}
            refused(operator(running_harmony).settlement("POST", "/ledger/grant", json=grant, key=fresh_key()), 422)


def test_a_cursor_that_nobody_gave_is_refused(running_harmony: Harmony) -> None:
    asker = operator(running_harmony)
    for path in ("/v1/notifications", "/v1/problems", "/v1/experts", "/v1/requests", "/v1/offers", "/v1/sessions"):
        for cursor in (
            "IlxcdTAwMDAi",
            "IlxcdWQ4MDAi",
            "IlwidTAwMDAi",
            "Ilx1MDAwMCI",
            "Ilx1ZDgwMCI",
            "====",
            "bnVsbA",
            "é",
        ):
            answer = asker.live("GET", path, params={"cursor": cursor})
            assert answer.status_code in (200, 422), (path, cursor, answer.text)


# Who calls, and from where.


def test_a_caller_without_a_token_registers_with_json_only(running_harmony: Harmony) -> None:
    """What a form of another site can make a browser send is no registration."""
    body = json.dumps({"component": "smuggled", "version": "1", "port": 1})
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""):
        headers = {"Content-Type": kind} if kind else {}
        refused(nobody(running_harmony).ask("conductor", "POST", "/register", content=body, headers=headers), 422)
    found = nobody(running_harmony).ask("conductor", "GET", "/services", params={"component": "smuggled"}).json()
    assert found["services"] == []


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1", "http://localhost"])
@pytest.mark.parametrize("component", [component.name for component in COMPONENTS])
def test_a_foreign_origin_is_refused_even_with_a_token(running_harmony: Harmony, component: str, origin: str) -> None:
    refused(operator(running_harmony).ask(component, "GET", "/health", headers={"Origin": origin}), 403)


def test_a_page_of_our_own_needs_to_sign_in(running_harmony: Harmony) -> None:
    headers = {"Origin": running_harmony.url}
    refused(nobody(running_harmony).ask("conductor", "GET", "/services", headers=headers), 401)


def test_a_one_time_link_works_once_and_a_stolen_one_is_refused(running_harmony: Harmony) -> None:
    link = running_harmony.sign_in_link().rsplit("#", 1)[1]
    visitor = nobody(running_harmony)
    first = visitor.ask("global-nexus", "POST", "/auth/sign-in", json={"link": link})
    cookie = first.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    again = visitor.ask("global-nexus", "POST", "/auth/sign-in", json={"link": link})
    assert link not in str(refused(again, 401))
    assert "set-cookie" not in again.headers


def test_a_cookie_that_the_browser_brought_is_not_kept_at_sign_in(running_harmony: Harmony) -> None:
    """Whoever plants a cookie before somebody signs in gains nothing."""
    link = running_harmony.sign_in_link().rsplit("#", 1)[1]
    planted = {"Cookie": "harmony_session=planted"}
    visitor = nobody(running_harmony)
    answer = visitor.ask("global-nexus", "POST", "/auth/sign-in", json={"link": link}, headers=planted)
    assert answer.is_success
    assert "planted" not in answer.headers["set-cookie"]
    refused(visitor.ask("global-nexus", "GET", "/auth/me", headers=planted), 401)


def test_nobody_makes_tokens_or_links_for_others(running_harmony: Harmony, everybody: dict[str, Person]) -> None:
    for role, person in everybody.items():
        if role == "admin":
            continue
        for path, body in (
            ("/auth/tokens", {"label": "mine now", "principal_id": "operator"}),
            ("/auth/links", {"principal_id": "operator"}),
            ("/auth/links", {"principal_id": person.id}),
            ("/auth/principals", {"kind": "person", "name": "Mine", "roles": ["admin"]}),
        ):
            refused(person.ask("global-nexus", "POST", path, json=body), 403)
        refused(person.ask("global-nexus", "GET", "/auth/tokens?everyone=true"), 403)
    theirs = operator(running_harmony).ask("global-nexus", "GET", "/auth/tokens").json()["tokens"][0]["id"]
    refused(everybody["seeker"].ask("global-nexus", "DELETE", f"/auth/tokens/{theirs}"), 404)
    assert operator(running_harmony).ask("global-nexus", "GET", "/auth/me").is_success
