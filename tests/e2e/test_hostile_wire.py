"""What no honest client sends, byte by byte: smuggled requests, endless heads, borrowed names, paths that climb."""

from __future__ import annotations

import socket
from contextlib import ExitStack, suppress

import pytest
from tests.harmony import Harmony
from tests.people import Person, invented, nobody, operator

from harmony.apps.components.declared import COMPONENTS
from harmony.apps.runtime.connections import HEAD_LIMIT_BYTES

PATIENCE_SECONDS = 20
IDLE_CONNECTIONS = 300
NAMES = [component.name for component in COMPONENTS]


def say(port: int, content: bytes) -> bytes:
    """Everything that comes back until the server closes; ``content`` asks it to, or is refused."""
    answer = b""
    # A server that closes before it has read everything resets the line.
    with (
        socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS) as line,
        suppress(ConnectionResetError, BrokenPipeError),
    ):
        line.sendall(content)
        while chunk := line.recv(64 * 1024):
            answer += chunk
    return answer


def request(port: int, path: str, *headers: str, method: str = "GET", host: str | None = None, body: str = "") -> bytes:
    """A whole request that asks the server to close."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host or f'127.0.0.1:{port}'}", "Connection: close", *headers]
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode("latin-1")


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


# Who is spoken to.


@pytest.mark.parametrize("component", NAMES)
@pytest.mark.parametrize("path", ["/", "/health", "/index.html", "/openapi.json"])
def test_a_foreign_host_is_served_nothing_not_even_the_page(
    running_harmony: Harmony, component: str, path: str
) -> None:
    port = running_harmony.port(component)
    for host in ("evil.example", f"evil.example:{port}", "127.0.0.1", f"127.0.0.1:{port}@evil.example", "127.0.0.1:1"):
        assert status(say(port, request(port, path, host=host))) == 421
    assert status(say(port, f"GET {path} HTTP/1.0\r\n\r\n".encode())) == 421


@pytest.mark.parametrize("component", NAMES)
def test_a_name_that_is_there_twice_is_not_taken(running_harmony: Harmony, component: str) -> None:
    port = running_harmony.port(component)
    own = f"127.0.0.1:{port}"
    for first, second in ((own, "evil.example"), ("evil.example", own)):
        assert status(say(port, request(port, "/health", f"Host: {second}", host=first))) in (400, 421)
        origins = (f"Origin: http://{first}", f"Origin: http://{second}")
        assert status(say(port, request(port, "/health", *origins))) == 403


def test_every_name_of_this_machine_s_own_is_served(running_harmony: Harmony) -> None:
    port = running_harmony.port("global-nexus")
    for host in (f"localhost:{port}", f"LocalHost:{port}", f"127.0.0.1:{running_harmony.port('conductor')}"):
        assert status(say(port, request(port, "/health", host=host))) == 200


# Paths and methods.


@pytest.mark.parametrize(
    "path",
    [
        "/assets/../../../etc/passwd",
        "/../../../../../../etc/passwd",
        "//etc/passwd",
        "/%2e%2e/%2e%2e/pyproject.toml",
        "/assets/%2e%2e/%2e%2e/package.json",
        "/assets/..%2f..%2fpackage.json",
        "/assets/..%5c..%5cpackage.json",
        "/%2fetc%2fpasswd",
        "/index.html%00.js",
        "/%00",
        "/assets/" + "a" * 300 + ".js",
        "/" + "a" * 300,
        "/" + "a/" * 5_000,
        "/%f0%9f%92%a9.js",
        "/%1b%5b31m",
    ],
)
def test_the_page_shows_its_own_files_only(running_harmony: Harmony, path: str) -> None:
    port = running_harmony.port("global-nexus")
    answer = say(port, request(port, path))
    assert status(answer) in (200, 404, 503)
    assert b"root:" not in answer
    assert b"[project]" not in answer
    assert b'"dependencies"' not in answer


@pytest.mark.parametrize(
    "path",
    [
        "/conductor/../inspect/ledger",
        "/conductor/..%2finspect%2fledger",
        "/conductor//inspect/ledger",
        "/conductor/inspect/ledger",
        "/v1/../inspect/ledger",
        "/v1/%2e%2e/inspect/ledger",
        "/api/v1/harmony/../../../inspect/ledger",
        "/AUTH/principals",
        "//auth/principals",
        "/auth/../inspect/ledger",
        "/inspect/ledger",
        "/inspect%2fledger",
    ],
)
def test_the_front_door_has_no_side_entrance(running_harmony: Harmony, path: str) -> None:
    port = running_harmony.port("global-nexus")
    seeker = invented(running_harmony, "seeker")
    for proof in ("X-Nothing: 0", f"Authorization: Bearer {seeker.token}"):
        answer = say(port, request(port, path, proof))
        page = status(answer) in (200, 503) and b"text/html" in answer
        assert page or status(answer) in (401, 403, 404)
        assert b"transfers" not in answer


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "OPTIONS", "PUT", "PATCH", "DELETE", "PROPFIND", "BREW", "get"])
def test_a_method_that_nobody_serves_is_refused(running_harmony: Harmony, method: str) -> None:
    for component in NAMES:
        port = running_harmony.port(component)
        for path in ("/health", "/"):
            assert 400 <= status(say(port, request(port, path, method=method))) < 500


def test_an_upgrade_is_not_taken_up(running_harmony: Harmony) -> None:
    """Asking for a web socket opens nothing but the one that there is, and that to our own names only."""
    upgrade = ("Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")
    for component in NAMES:
        port = running_harmony.port(component)
        for path in ("/health", "/events/subscribe", "/inspect/ledger", "/anything", "/heartbeat/stream"):
            lines = [f"GET {path} HTTP/1.1", "Host: evil.example", "Connection: Upgrade, close", *upgrade]
            assert status(say(port, ("\r\n".join(lines) + "\r\n\r\n").encode())) == 403
            lines[1] = f"Host: 127.0.0.1:{port}"
            foreign = [*lines, "Origin: https://evil.example"]
            assert status(say(port, ("\r\n".join(foreign) + "\r\n\r\n").encode())) == 403
            if path != "/heartbeat/stream" or component != "conductor":
                assert status(say(port, ("\r\n".join(lines) + "\r\n\r\n").encode())) == 403


# Requests inside requests.


@pytest.mark.parametrize(
    "headers",
    [
        ("Content-Length: 5", "Transfer-Encoding: chunked"),
        ("Transfer-Encoding: chunked", "Content-Length: 5"),
        ("Content-Length: 5", "Content-Length: 6"),
        ("Content-Length: 5, 6",),
        ("Content-Length: +5",),
        ("Content-Length: -1",),
        ("Content-Length: 0x5",),
        ("Content-Length: 99999999999999999999",),
        ("Content-Length: " + "9" * 5_000,),
        ("Transfer-Encoding: xchunked",),
        ("Transfer-Encoding: chunked, identity",),
        ("Transfer-Encoding : chunked",),
        ("X-Folded: a\r\n b",),
    ],
    ids=lambda headers: " + ".join(headers)[:50],
)
def test_a_request_that_can_be_read_in_two_ways_is_not_read(running_harmony: Harmony, headers: tuple[str, ...]) -> None:
    port = running_harmony.port("conductor")
    smuggled = f"GET /dashboard HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n"
    kind = "Content-Type: application/json"
    answer = say(port, request(port, "/register", kind, *headers, method="POST", body="0\r\n\r\n" + smuggled))
    assert answer.count(b"HTTP/1.1 ") == 1
    assert b"overall_status" not in answer
    assert 400 <= status(answer) < 500


# Bounds.


@pytest.mark.parametrize("component", NAMES)
def test_a_head_beyond_its_limit_is_refused(running_harmony: Harmony, component: str) -> None:
    port = running_harmony.port(component)
    room = HEAD_LIMIT_BYTES // 2
    assert status(say(port, request(port, "/health", "X-Long: " + "a" * room))) == 200
    long = say(port, request(port, "/health", "X-Long: " + "a" * HEAD_LIMIT_BYTES))
    many = say(port, request(port, "/health", *(f"X-{number}: a" for number in range(HEAD_LIMIT_BYTES // 4))))
    endless = say(port, b"GET /health HTTP/1.1\r\nX: " + b"a" * 10 * HEAD_LIMIT_BYTES)
    for answer in (long, many, endless):
        assert answer == b"" or status(answer) == 431, "refused, or cut off where the refusal crossed what still came"


def test_connections_that_say_nothing_do_not_keep_others_out(running_harmony: Harmony) -> None:
    port = running_harmony.port("conductor")
    with ExitStack() as lines:
        for _ in range(IDLE_CONNECTIONS):
            line = lines.enter_context(socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS))
            line.sendall(b"GET /health HTTP/1.1\r\nHost: ")
        assert nobody(running_harmony).ask("conductor", "GET", "/health").is_success


@pytest.mark.parametrize(
    "token",
    [
        "a.b.c",
        "..",
        "W10.e30.x",
        "MQ.e30.x",
        "eyJhbGciOiJub25lIn0.e30.",
        "eyJhbGciOlsiSFMyNTYiXX0.e30.eA",
        "eyJhbGciOiJIUzI1NiIsImtpZCI6WyJhIl19.e30.eA",
        "eyJhbGciOiJIUzI1NiIsImtpZCI6e319.e30.eA",
        "eyJhbGciOiJIUzI1NiIsImNyaXQiOlsieCJdfQ.e30.eA",
        "W1tb" * 5_000 + ".e30.eA",
        "hmy_" + "x" * 5_000,
        "\xe9.\xe9.\xe9",
    ],
    ids=lambda token: token[:20],
)
def test_a_forged_token_is_refused(running_harmony: Harmony, token: str) -> None:
    port = running_harmony.port("global-nexus")
    answer = say(port, request(port, "/auth/me", f"Authorization: Bearer {token}"))
    assert status(answer) == 401
    assert token.encode("latin-1") not in answer


# Whose facts are whose.


def test_the_journal_shows_strangers_the_orchestra_only(running_harmony: Harmony, told_story: dict[str, str]) -> None:
    seeker, expert = invented(running_harmony, "seeker"), invented(running_harmony, "expert")
    strangers: list[Person] = [seeker, expert, invented(running_harmony, "component"), nobody(running_harmony)]
    for stranger in strangers:
        for pattern in (None, "*", "c*", "coordination.*", "settlement.*", "assist.*", "identity.*", "%", "_*", ""):
            for trace in (None, told_story["trace_id"]):
                asked = {"event_type": pattern, "trace": trace, "limit": "500", "after": "0"}
                query = {name: value for name, value in asked.items() if value is not None}
                answer = stranger.ask("conductor", "GET", "/events", params=query)
                kinds = {event["kind"].split(".")[0] for event in answer.json().get("events", [])}
                assert kinds <= {"coordination"}, (stranger.id, pattern)
    seen = operator(running_harmony).ask("conductor", "GET", "/events", params={"trace": told_story["trace_id"]})
    assert seen.json()["events"]


def test_what_belongs_to_the_story_is_unknown_to_strangers(
    running_harmony: Harmony, told_story: dict[str, list[dict[str, dict[str, str]]]]
) -> None:
    ids: dict[str, str] = {}
    for step in told_story["steps"]:
        ids |= {name: value for name, value in step["ids"].items() if isinstance(value, str)}
    strangers = [invented(running_harmony, role) for role in ("seeker", "expert")]
    paths = [
        ("harmony-live", f"/v1/problems/{ids['context_id']}"),
        ("harmony-live", f"/v1/requests/{ids['request_id']}"),
        ("harmony-live", f"/v1/requests/{ids['request_id']}/timeline"),
        ("harmony-live", f"/v1/requests/{ids['request_id']}/events"),
        ("harmony-live", f"/v1/sessions/{ids['session_id']}"),
        ("harmony-live", f"/v1/sessions/{ids['session_id']}/messages"),
        ("harmony-live", f"/v1/sessions/{ids['session_id']}/shares/{ids['share_id']}"),
        ("harmony-live", f"/v1/sessions/{ids['session_id']}/contribution"),
        ("harmony-live", f"/v1/knowledge-base/articles/{ids['article_id']}"),
        ("harmony-live", f"/v1/knowledge-base/spaces/{ids['space_id']}"),
        ("harmony-settlement", f"/api/v1/harmony/escrow/{ids['escrow_id']}"),
        ("harmony-settlement", f"/api/v1/harmony/verifier/{ids['verification_id']}/status"),
    ]
    for stranger in strangers:
        for component, path in paths:
            assert stranger.ask(component, "GET", path).status_code == 404, path
        listed = stranger.live("GET", "/v1/knowledge-base/articles?limit=200").text
        found = stranger.live("POST", "/v1/knowledge-base/search", json={"query": "Windows path Linux backslash"}).text
        assert ids["article_id"] not in listed + found
        assert stranger.settlement("GET", f"/ledger/balance?principal={ids['seeker_id']}").status_code == 403
        assert stranger.settlement("GET", f"/escrow/list?address={ids['seeker_id']}").status_code == 403
