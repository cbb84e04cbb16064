"""JSON to a web hook: one POST to an address that was checked, no redirects, and what the answer means."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import httpx

from harmony.adapters.channels.reach import HOST_LIMIT_CHARACTERS, Reach, Unreached, literal

URL_LIMIT_CHARACTERS = 2_000
TIMEOUT_SECONDS = 10.0
"""For each step; all of them together have ``WHOLE_TIMEOUT_SECONDS``."""
WHOLE_TIMEOUT_SECONDS = 30.0
CONNECTIONS_LIMIT = 32
RETRY_AFTER_LIMIT_SECONDS = 3_600.0
_AGAIN = frozenset({408, 425, 429})


class UnfitUrl(ValueError):
    """Not an address of a web hook that may be asked; ``str()`` says why, without the address."""


def check_url(url: str, reach: Reach) -> None:
    """Refuse what can be told from the address alone; names are looked up when they are connected to."""
    if len(url) > URL_LIMIT_CHARACTERS or not url.isascii() or not url.isprintable() or " " in url or "\\" in url:
        raise UnfitUrl("it is too long, or holds characters that no address has")
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname or ""
    except ValueError as error:
        raise UnfitUrl("it cannot be read") from error
    if parts.scheme not in ("https", "http") or not host or len(host) > HOST_LIMIT_CHARACTERS or port == 0:
        raise UnfitUrl("it must begin with https:// and name a host")
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise UnfitUrl("it may hold neither a user nor a fragment")
    encrypted = parts.scheme == "https"
    address = literal(host)
    if address is not None and not reach.allows(address, encrypted=encrypted):
        raise UnfitUrl("its address may not be reached from here")
    if address is None and not encrypted and host != "localhost" and not reach.private:
        raise UnfitUrl("it must begin with https://; http is for loopback")


class Poster:
    """Posts JSON. One a process; every post has a connection of its own, so that none is used for another name."""

    def __init__(self, reach: Reach, now: Callable[[], datetime]) -> None:
        self.reach = reach
        self._now = now
        self._client: httpx.AsyncClient | None = None

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> None:
        """Hand JSON over; raises ``Unreached``."""
        parts = urlsplit(url)
        encrypted = parts.scheme == "https"
        host, port = parts.hostname or "", parts.port or (443 if encrypted else 80)
        address = await self.reach.address_of(host, port, encrypted=encrypted)
        target = httpx.URL(url).copy_with(host=str(address), port=port)
        sent = {**headers, "Host": parts.netloc, "Content-Type": "application/json", "User-Agent": "harmony"}
        request = self._opened().build_request(
            "POST",
            target,
            content=body,
            headers=sent,
            extensions={"sni_hostname": host},
        )
        try:
            async with asyncio.timeout(WHOLE_TIMEOUT_SECONDS):
                answer = await self._opened().send(request, stream=True)
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
            raise Unreached(f"it could not be asked: {type(error).__name__}") from error
        await answer.aclose()
        if not answer.is_success:
            raise self._refused(answer)

    async def close(self) -> None:
        if self._client is not None:
            await self._client.aclose()

    def _opened(self) -> httpx.AsyncClient:
        if self._client is None:
            limits = httpx.Limits(max_connections=CONNECTIONS_LIMIT, max_keepalive_connections=0)
            self._client = httpx.AsyncClient(
                trust_env=False, follow_redirects=False, limits=limits, timeout=TIMEOUT_SECONDS
            )
        return self._client

    def _refused(self, answer: httpx.Response) -> Unreached:
        status = answer.status_code
        after = _seconds(answer.headers.get("Retry-After"), self._now())
        lasting = 300 <= status < 500 and status not in _AGAIN
        wait = after if status in (429, 503) else None
        return Unreached(f"it answered {status}", retry_after_seconds=wait, lasting=lasting)


def _seconds(said: str | None, now: datetime) -> float | None:
    """How long a Retry-After asks to wait, in seconds or as a date (RFC 9110), within a limit."""
    if said is None:
        return None
    try:
        wait = float(int(said)) if said.strip().isdecimal() else (_instant(said) - now).total_seconds()
    except (ValueError, TypeError, OverflowError):
        return None
    return min(RETRY_AFTER_LIMIT_SECONDS, max(1.0, wait))


def _instant(said: str) -> datetime:
    found = parsedate_to_datetime(said[:64])
    return found if found.tzinfo else found.replace(tzinfo=UTC)
