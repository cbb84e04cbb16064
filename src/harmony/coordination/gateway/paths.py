"""Which addresses are taken: one reading each, whoever reads them next."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from urllib.parse import unquote_to_bytes

from harmony.coordination.gateway.errors import CapabilityUnknown, PathRefused

BY_CAPABILITY = "by-capability"
TARGET_LIMIT_BYTES = 16 * 1024

_NAME = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*\Z")
_CAPABILITY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/-]*\Z")
# Segments of RFC 3986's own characters, none of them empty; one slash may end the path.
_FORM = re.compile(rb"(?:/(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})+)*/?\Z")
_QUERY = re.compile(rb"[!-~]*\Z")
_DOTS = re.compile(rb"(?:\A|/)\.{1,2}(?:[/;]|\Z)")
# What decoding must not bring out: controls, a backslash, another layer of encoding for any of the dangerous ones.
_HIDDEN = re.compile(rb"[\x00-\x1f\x7f\\]|%(?:2[ef5]|5c|[01][0-9a-f])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Target:
    """What an address names. ``prefix`` is what is taken off, ``rest`` what the component sees; both as sent."""

    kind: Literal["component", "capability"]
    name: str
    prefix: bytes
    rest: bytes


@lru_cache(maxsize=512)
def target_of(raw_path: bytes) -> Target | None:
    """What the address names; None when its first word can be no component.

    Raises ``PathRefused``, ``CapabilityUnknown`` when no capability is named so.
    """
    head, slash, rest = raw_path[1:].partition(b"/")
    name = head.decode("latin-1")
    if not _NAME.match(name):
        return None
    if name != BY_CAPABILITY:
        return Target("component", name, b"/" + head, checked(slash + rest or b"/"))
    word, slash, rest = rest.partition(b"/")
    capability = unquote_to_bytes(word).decode("latin-1")
    if not _CAPABILITY.match(capability):
        raise CapabilityUnknown("no capability has this name", field="capability")
    return Target("capability", capability, b"/" + head + b"/" + word, checked(slash + rest or b"/"))


def checked(path: bytes) -> bytes:
    """The path, when it can be read in one way only; raises ``PathRefused``."""
    if len(path) > TARGET_LIMIT_BYTES:
        raise PathRefused(f"the path is longer than {TARGET_LIMIT_BYTES} bytes", field="path")
    if not _FORM.match(path) or _DOTS.search(path):
        raise PathRefused("this path can be read in more than one way", field="path")
    if b"%" in path:
        plain = unquote_to_bytes(path)
        if plain.count(b"/") != path.count(b"/") or _HIDDEN.search(plain) or _DOTS.search(plain):
            raise PathRefused("this path hides another one", field="path")
    return path


def checked_query(query: bytes) -> bytes:
    """The query as it was sent; raises ``PathRefused``."""
    if len(query) > TARGET_LIMIT_BYTES or not _QUERY.match(query):
        raise PathRefused("the query holds what no address may hold", field="query")
    return query
