"""What passes which way: of a request to a stranger's component, and of its answer back to our origin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from harmony.adapters.http.traces import trace_of
from harmony.coordination.gateway.errors import AnswerUnfit, GoesInCircles, HeaderRefused, PathRefused, TimeoutInvalid
from harmony.coordination.gateway.model import HOPS_LIMIT, TIMEOUT_LEAST_SECONDS, TIMEOUT_LIMIT_SECONDS
from harmony.coordination.gateway.paths import checked

Headers = Iterable[tuple[bytes, bytes]]

ANSWER_HEADERS_LIMIT = 200
PSEUDONYM = b"harmony"
OWN = b"x-harmony-"
TIMEOUT = b"x-harmony-timeout"
ZONE = b"x-harmony-zone"
NAMESPACE = b"x-harmony-namespace"

_HOP_BY_HOP = frozenset(
    b"connection keep-alive proxy-connection proxy-authenticate proxy-authorization te trailer transfer-encoding "
    b"upgrade http2-settings".split()
)
_NOT_ASKED = _HOP_BY_HOP | frozenset(
    b"authorization cookie cookie2 content-length expect forwarded from host max-forwards origin referer via "
    b"x-real-ip x-client-ip x-cluster-client-ip x-original-host x-original-url x-rewrite-url x-host traceparent "
    b"tracestate true-client-ip cf-connecting-ip x-http-method x-http-method-override x-method-override".split()
)
"""Ours to say or nobody's: proofs of who calls, whose machine, which address, which method."""
_NOT_ANSWERED = _HOP_BY_HOP | frozenset(
    b"set-cookie set-cookie2 clear-site-data service-worker-allowed strict-transport-security public-key-pins "
    b"public-key-pins-report-only expect-ct alt-svc nel report-to reporting-endpoints refresh www-authenticate "
    b"authentication-info proxy-authentication-info content-security-policy content-security-policy-report-only "
    b"x-content-type-options x-frame-options referrer-policy permissions-policy document-policy origin-agent-cluster "
    b"cross-origin-opener-policy cross-origin-opener-policy-report-only cross-origin-embedder-policy "
    b"cross-origin-embedder-policy-report-only cross-origin-resource-policy timing-allow-origin "
    b"supports-loading-mode speculation-rules no-vary-search observe-browsing-topics login-status date via traceparent "
    b"x-permitted-cross-domain-policies content-location accept-ch critical-ch x-xss-protection sourcemap "
    b"x-sourcemap accept-ch-lifetime activate-storage-access link".split()
)
"""What an answer says to the browser about the whole origin, which is ours."""
WALLS: tuple[tuple[bytes, bytes], ...] = (
    (b"content-security-policy", b"sandbox; default-src 'none'; frame-ancestors 'none'; base-uri 'none'"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
_NONE: frozenset[bytes] = frozenset()
_BAD_VALUE = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
_BAD_NAME = re.compile(rb"[^!#$%&'*+.^`|~0-9a-z-]")
_ONCE = frozenset((b"content-length", b"transfer-encoding", b"traceparent", b"host", TIMEOUT, ZONE, NAMESPACE))
_ASKS = frozenset((b"empty", b"document", b"image", b"audio", b"video", b"websocket"))
"""What a browser may want of a component (Sec-Fetch-Dest). A script, style, frame or worker from our own origin would
pass the page's Content-Security-Policy."""


@dataclass(slots=True)
class Asked:
    """A request's headers, read once. ``passed`` is what the component sees; ``length`` None: chunked, or no body."""

    passed: list[tuple[bytes, bytes]] = field(default_factory=list)
    authorization: bytes = b""
    cookie: bytes = b""
    host: bytes = b""
    traceparent: bytes = b""
    tracestate: bytes = b""
    length: int | None = None
    chunked: bool = False
    timeout: float | None = None
    zone: str | None = None
    namespace: str | None = None
    hops: int = 0
    cross_site: bool = False
    for_page: bool = False
    has_origin: bool = False


def read_asked(headers: Sequence[tuple[bytes, bytes]]) -> Asked:
    """What a request says of itself, and what of it is passed on. Names come in lower case.

    A name with an underscore is left out: many servers read it as one with a hyphen, and so as one of ours. Raises
    ``HeaderRefused``, ``TimeoutInvalid``, ``GoesInCircles``.
    """
    asked = Asked()
    named: set[bytes] = set()
    dropped = _connection_names(headers)
    for name, value in headers:
        if _BAD_VALUE.search(value) or _BAD_NAME.search(name.replace(b"_", b"-")):
            raise HeaderRefused("a header holds control characters", field=name.decode("latin-1"))
        if name in _ONCE:
            if name in named:
                raise HeaderRefused("this header is there twice", field=name.decode("latin-1"))
            named.add(name)
        if name in _NOT_ASKED or name.startswith((OWN, b"sec-", b"x-forwarded", b"proxy-", b"access-control-")):
            _note(asked, name, value)
        elif name not in dropped and b"_" not in name:
            asked.passed.append((name, value))
    if asked.chunked and asked.length is not None:
        raise HeaderRefused("a body has either a length or chunks", field="Transfer-Encoding")
    if asked.hops >= HOPS_LIMIT:
        raise GoesInCircles(f"this request came by {HOPS_LIMIT} times", details={"limit": HOPS_LIMIT})
    return asked


def sent(
    asked: Asked, *, authority: str, client: str, prefix: bytes, caller: str, trace: bytes, seconds: float
) -> list[tuple[bytes, bytes]]:
    """The headers that a component is sent. Our own tell who calls, from where and how much time is left."""
    ours = [
        (b"host", authority.encode()),
        (b"via", b", ".join([b"1.1 " + PSEUDONYM] * (asked.hops + 1))),
        (b"x-forwarded-for", client.encode()),
        (b"x-forwarded-host", asked.host),
        (b"x-forwarded-proto", b"http"),
        (b"x-forwarded-prefix", prefix),
        (b"x-harmony-caller", caller.encode()),
        (TIMEOUT, b"%.3f" % max(seconds, TIMEOUT_LEAST_SECONDS)),
        (b"traceparent", trace),
    ]
    if asked.tracestate and trace_of(asked.traceparent.decode("latin-1")):
        ours.append((b"tracestate", asked.tracestate))
    return [*ours, *asked.passed]


def answered(
    headers: Sequence[tuple[bytes, bytes]], *, authority: str, prefix: bytes, ours: Headers
) -> list[tuple[bytes, bytes]]:
    """What of an answer's headers is passed back, behind walls, with ``ours``. Raises ``AnswerUnfit``."""
    if len(headers) > ANSWER_HEADERS_LIMIT:
        raise AnswerUnfit(f"the answer has more than {ANSWER_HEADERS_LIMIT} headers")
    dropped = _connection_names(headers)
    passed: list[tuple[bytes, bytes]] = []
    for name, value in headers:
        if name in _NOT_ANSWERED or name.startswith((b"access-control-", OWN, b"proxy-", b"sec-")):
            continue
        if _BAD_VALUE.search(value) or _BAD_NAME.search(name):
            raise AnswerUnfit("a header of the answer holds control characters")
        if name in dropped:
            continue
        if name == b"location":
            place = inside(value, authority, prefix)
            if place is None:
                continue
            value = place
        passed.append((name, value))
    return [*passed, *WALLS, *ours]


def inside(location: bytes, authority: str, prefix: bytes) -> bytes | None:
    """Where an answer leads, as our callers have to write it; None when it leads out of the component.

    A caller that follows a redirect sends its token along within one origin, and every address here is of one origin:
    a component must not be able to send anybody to another.
    """
    try:
        parts = urlsplit(location.decode("ascii"))
    except ValueError:
        return None
    if parts.scheme not in ("", "http") or (parts.netloc or authority) != authority:
        return None
    if bool(parts.scheme) != bool(parts.netloc) or not parts.path.startswith("/") or location.startswith(b"//"):
        return None
    try:
        path = prefix + checked(parts.path.encode())
    except PathRefused:
        return None
    query = b"?" + parts.query.encode() if parts.query else b""
    return None if _BAD_VALUE.search(query) else path + query


def _note(asked: Asked, name: bytes, value: bytes) -> None:
    match name:
        case b"authorization":
            asked.authorization = value
        case b"cookie":
            asked.cookie = value
        case b"host":
            asked.host = value
        case b"content-length":
            asked.length = _length(value)
        case b"transfer-encoding":
            if value.strip().lower() != b"chunked":
                raise HeaderRefused("only chunks are taken", field="Transfer-Encoding")
            asked.chunked = True
        case b"traceparent":
            asked.traceparent = value
        case b"tracestate":
            asked.tracestate = value if not asked.tracestate else asked.tracestate + b"," + value
        case b"via":
            asked.hops += sum(part.split()[1:2] == [PSEUDONYM] for part in value.split(b","))
        case b"origin":
            asked.has_origin = True
        case b"sec-fetch-site":
            asked.cross_site = value not in (b"same-origin", b"none")
        case b"sec-fetch-dest":
            asked.for_page = value not in _ASKS
        case _ if name == TIMEOUT:
            asked.timeout = _timeout(value)
        case _ if name == ZONE:
            asked.zone = value.decode("latin-1")
        case _ if name == NAMESPACE:
            asked.namespace = value.decode("latin-1")


def _length(value: bytes) -> int:
    if not value.isdigit() or len(value) > 15:
        raise HeaderRefused("this is no length", field="Content-Length")
    return int(value)


def _timeout(value: bytes) -> float:
    try:
        seconds = float(value) if re.fullmatch(rb"[0-9]{1,4}(?:\.[0-9]{1,6})?", value) else -1.0
    except ValueError:
        seconds = -1.0
    if not TIMEOUT_LEAST_SECONDS <= seconds <= TIMEOUT_LIMIT_SECONDS:
        bounds = f"between {TIMEOUT_LEAST_SECONDS:g} and {TIMEOUT_LIMIT_SECONDS:g} seconds"
        raise TimeoutInvalid(f"a request is given {bounds}", field="X-Harmony-Timeout")
    return seconds


def _connection_names(headers: Headers) -> frozenset[bytes]:
    """The headers that ``Connection`` names as meant for the next hop only; lengths are never among them."""
    named: set[bytes] = set()
    for name, value in headers:
        if name == b"connection":
            named.update(part.strip().lower() for part in value.split(b","))
    return frozenset(named) - {b"content-length", b"content-type"} if named else _NONE
