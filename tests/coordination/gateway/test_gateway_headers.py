"""What of a request a stranger's component sees, and what of its answer our callers do."""

from __future__ import annotations

import pytest

from harmony.coordination.gateway.errors import AnswerUnfit, GoesInCircles, HeaderRefused, TimeoutInvalid
from harmony.coordination.gateway.headers import (
    ANSWER_HEADERS_LIMIT,
    WALLS,
    Asked,
    answered,
    inside,
    read_asked,
    sent,
)

HUB = "127.0.0.1:8000"
TRACE = b"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


def onward(asked: Asked) -> dict[bytes, bytes]:
    told = sent(asked, authority=HUB, client="10.0.0.7", prefix=b"/hub", caller="local", trace=TRACE, seconds=2.5)
    assert len({name for name, _ in told}) == len(told), "nothing is said twice"
    return dict(told)


def back(*headers: tuple[bytes, bytes]) -> dict[bytes, bytes]:
    return dict(answered(headers, authority=HUB, prefix=b"/hub", ours=((b"traceparent", TRACE),)))


@pytest.mark.parametrize(
    "name",
    [
        b"authorization",
        b"cookie",
        b"proxy-authorization",
        b"proxy-anything",
        b"connection",
        b"keep-alive",
        b"te",
        b"trailer",
        b"upgrade",
        b"http2-settings",
        b"x-forwarded-user",
        b"forwarded",
        b"x-real-ip",
        b"true-client-ip",
        b"x-original-url",
        b"x-rewrite-url",
        b"x-http-method-override",
        b"x-harmony-admin",
        b"x_harmony_caller",
        b"x_forwarded_for",
        b"content_length",
        b"origin",
        b"referer",
        b"sec-fetch-mode",
        b"expect",
    ],
)
def test_what_is_ours_to_say_or_nobody_s_is_not_passed_on(name: bytes) -> None:
    assert name not in onward(read_asked([(b"host", b"here"), (name, b"mine"), (b"accept", b"*/*")]))


def test_what_is_ours_replaces_what_a_caller_claims() -> None:
    claimed = [
        (b"host", b"localhost:9001"),
        (b"x-forwarded-for", b"6.6.6.6"),
        (b"x-forwarded-host", b"evil.example"),
        (b"x-harmony-caller", b"operator"),
        (b"via", b"1.1 somebody"),
        (b"accept", b"text/plain"),
    ]
    told = onward(read_asked(claimed))
    assert told[b"host"] == HUB.encode()
    assert told[b"x-forwarded-for"] == b"10.0.0.7"
    assert told[b"x-forwarded-host"] == b"localhost:9001"
    assert told[b"x-forwarded-prefix"] == b"/hub"
    assert told[b"x-harmony-caller"] == b"local"
    assert told[b"x-harmony-timeout"] == b"2.500"
    assert told[b"traceparent"] == TRACE
    assert told[b"via"] == b"1.1 harmony"
    assert told[b"accept"] == b"text/plain"


def test_what_connection_names_goes_no_further_but_never_the_length() -> None:
    asked = read_asked(
        [(b"connection", b"close, X-Secret, Content-Length"), (b"x-secret", b"1"), (b"content-length", b"5")]
    )
    assert b"x-secret" not in onward(asked)
    assert asked.length == 5


def test_trace_state_goes_with_its_trace_only() -> None:
    assert onward(read_asked([(b"traceparent", TRACE), (b"tracestate", b"a=1")]))[b"tracestate"] == b"a=1"
    assert b"tracestate" not in onward(read_asked([(b"traceparent", b"rubbish"), (b"tracestate", b"a=1")]))


@pytest.mark.parametrize(
    "headers",
    [
        [(b"content-length", b"5"), (b"transfer-encoding", b"chunked")],
        [(b"content-length", b"5"), (b"content-length", b"5")],
        [(b"content-length", b"5, 6")],
        [(b"content-length", b"+5")],
        [(b"content-length", b"9" * 16)],
        [(b"transfer-encoding", b"chunked, identity")],
        [(b"transfer-encoding", b"xchunked")],
        [(b"transfer-encoding", b"chunked"), (b"transfer-encoding", b"chunked")],
        [(b"x-a", b"a\r\nX-B: b")],
        [(b"x-a", b"a\nb")],
        [(b"x-a", b"a\x00b")],
        [(b"x a", b"b")],
        [(b"x-a:", b"b")],
        [(b"traceparent", TRACE), (b"traceparent", TRACE)],
    ],
    ids=str,
)
def test_a_head_that_can_be_read_in_two_ways_is_refused(headers: list[tuple[bytes, bytes]]) -> None:
    with pytest.raises(HeaderRefused):
        read_asked(headers)


@pytest.mark.parametrize(
    "value", [b"0", b"-1", b"301", b"300.1", b"nan", b"inf", b"1e2", b"", b"1 ", b"0x1", b"00000001"]
)
def test_a_time_that_is_none_is_refused(value: bytes) -> None:
    with pytest.raises(TimeoutInvalid):
        read_asked([(b"x-harmony-timeout", value)])


def test_the_least_and_the_longest_time_are_taken() -> None:
    assert read_asked([(b"x-harmony-timeout", b"0.001")]).timeout == 0.001
    assert read_asked([(b"x-harmony-timeout", b"300")]).timeout == 300


def test_who_comes_by_again_and_again_goes_in_circles() -> None:
    told = onward(read_asked([(b"via", b"1.1 harmony, 1.1 other, 1.1 harmony")]))
    assert told[b"via"] == b"1.1 harmony, 1.1 harmony, 1.1 harmony"
    with pytest.raises(GoesInCircles):
        read_asked([(b"via", b"1.1 harmony"), (b"via", b"1.1 harmony, 1.1 harmony,1.0 harmony (x)")])


@pytest.mark.parametrize(
    "name",
    [
        b"set-cookie",
        b"clear-site-data",
        b"service-worker-allowed",
        b"strict-transport-security",
        b"alt-svc",
        b"nel",
        b"report-to",
        b"refresh",
        b"www-authenticate",
        b"access-control-allow-origin",
        b"access-control-allow-credentials",
        b"link",
        b"x-harmony-caller",
        b"content-security-policy-report-only",
        b"speculation-rules",
        b"transfer-encoding",
        b"connection",
        b"upgrade",
    ],
)
def test_an_answer_says_nothing_about_our_origin(name: bytes) -> None:
    assert name not in back((name, b"x"), (b"content-type", b"text/html"))


def test_every_answer_stands_behind_walls_whatever_it_says_itself() -> None:
    told = back((b"content-security-policy", b"default-src *"), (b"x-frame-options", b"ALLOWALL"))
    assert dict(WALLS).items() <= told.items()
    assert told[b"content-security-policy"].startswith(b"sandbox;")


def test_what_an_answer_may_say_is_passed_back() -> None:
    told = back((b"content-type", b"text/plain"), (b"etag", b'"a"'), (b"x-total", b"3"), (b"content-length", b"5"))
    assert (told[b"etag"], told[b"x-total"], told[b"content-length"]) == (b'"a"', b"3", b"5")


def test_an_answer_with_control_characters_or_without_end_is_unfit() -> None:
    for header in ((b"x-a", b"a\x00"), (b"x-a", b"a\nb"), (b"x a", b"b")):
        with pytest.raises(AnswerUnfit):
            back(header)
    assert back(*[(b"x-a", b"b")] * ANSWER_HEADERS_LIMIT)
    with pytest.raises(AnswerUnfit):
        back(*[(b"x-a", b"b")] * (ANSWER_HEADERS_LIMIT + 1))


@pytest.mark.parametrize(
    ("location", "leads_to"),
    [
        (b"/login?next=1", b"/hub/login?next=1"),
        (b"http://127.0.0.1:8000/x", b"/hub/x"),
        (b"http://127.0.0.1:8000", None),
        (b"http://127.0.0.1:8888/conductor", None),
        (b"https://127.0.0.1:8000/x", None),
        (b"//evil.example/x", None),
        (b"/\\evil.example", None),
        (b"http://evil.example/x", None),
        (b"http:/x", None),
        (b"/../conductor/services", None),
        (b"/%2e%2e/auth", None),
        (b"relative", None),
        (b"../auth", None),
        (b"javascript:alert(1)", None),
        (b"data:text/html,x", None),
        (b"/a b", None),
        (b"/x#part", b"/hub/x"),
        (b"http://u:p@127.0.0.1:8000/x", None),
        (b"http://[", None),
    ],
)
def test_an_answer_leads_nobody_out_of_its_component(location: bytes, leads_to: bytes | None) -> None:
    assert inside(location, HUB, b"/hub") == leads_to
    assert back((b"location", location)).get(b"location") == leads_to
