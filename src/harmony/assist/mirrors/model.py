"""Addresses of remotes, references, and what is to be pushed where."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from urllib.parse import unquote, urlsplit

State = Literal["running", "synced", "diverged", "failed", "refused", "interrupted"]
MOVES: Mapping[State, frozenset[State]] = {
    "running": frozenset({"synced", "diverged", "failed", "refused", "interrupted"}),
    "synced": frozenset(),
    "diverged": frozenset(),
    "failed": frozenset(),
    "refused": frozenset(),
    "interrupted": frozenset(),
}

URL_LIMIT_CHARS = 1_000
REPOSITORIES_LIMIT = 50
REMOTES_LIMIT = 10
REFS_LIMIT = 10_000
"""References of one remote."""
PUSH_LIMIT_REFS = 500
"""In one command, whose length is bounded."""
DIVERGENCES_SHOWN_LIMIT = 100
RUNS_KEPT = 500
GIT_LIMIT_SECONDS = 120.0
"""For one command of git, with everything it waits for."""
OUTPUT_LIMIT_BYTES = 4 * 1024**2
FILE_LIMIT_BYTES = 2 * 1024**3
"""The largest file, packs among them, that git may write here."""
ERROR_LIMIT_CHARS = 300

REPOSITORY_NAME = r"^[a-z0-9][a-z0-9._-]{0,62}$"
REMOTE_NAME = r"^[a-z0-9][a-z0-9_-]{0,31}$"
BRANCH_NAME = r"^[A-Za-z0-9_][A-Za-z0-9_./-]{0,199}$"
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|[0-9A-Fa-f:]+")
_USER = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,31}")
_VISIBLE = re.compile(r"[!-~]+")
_SCP_FORM = re.compile(r"[^/:]+:(?!//)")

HEAD_HINT = (
    "Fetch both on a machine of yours, merge or rebase, push the result to one remote; the next run carries it to the "
    "others. Nothing was overwritten."
)
TAG_HINT = "A tag is never moved: delete the wrong one where it stands, or give it another name. Nothing was changed."


@dataclass(frozen=True, slots=True)
class Remote:
    """``last_result``: ``synced``, ``behind``, ``diverged``, ``rejected`` or ``offline``; None before the first run."""

    name: str
    url: str
    online: bool | None = None
    last_result: str | None = None
    last_error: str | None = None
    seen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Repository:
    """``branch`` is the one whose commit a status names."""

    name: str
    branch: str
    syncs_total: int
    errors_total: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Run:
    id: str
    repository: str
    request_id: str | None
    dry_run: bool
    state: State
    started_at: datetime
    ended_at: datetime | None
    report: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Standing:
    """``last`` is the newest run, ``proof`` the newest after which all remotes were alike."""

    repository: Repository
    remotes: tuple[Remote, ...]
    last: Run | None
    proof: Run | None


@dataclass(frozen=True, slots=True)
class SyncRequest:
    """A wish from the queue; ``id`` is the message's, ``lease_id`` proves that it is ours to answer."""

    id: str
    lease_id: str
    repository: str | None
    force: bool
    trace: str
    fault: str | None = None
    """Why it cannot be understood."""


Refs = Mapping[str, str]
"""``refs/heads/…`` or ``refs/tags/…`` -> object id."""


@dataclass(frozen=True, slots=True)
class Divergence:
    """The remotes' tips of one reference, of which none holds all the others."""

    ref: str
    tips: Mapping[str, str]

    @property
    def hint(self) -> str:
        return HEAD_HINT if self.ref.startswith("refs/heads/") else TAG_HINT


@dataclass(frozen=True, slots=True)
class Plan:
    """``wanted`` is how every remote should stand, ``pushes`` what each lacks, ``divergences`` what nobody moves."""

    wanted: Refs
    pushes: Mapping[str, Refs]
    divergences: tuple[Divergence, ...]


def address_fault(url: str) -> str | None:
    """Why ``url`` is not taken as a remote, in words that hold nothing of it; None when it is in order.

    Only https, ssh and file; nothing that a command could take for an option; no password and no token.
    """
    if len(url) > URL_LIMIT_CHARS or not _VISIBLE.fullmatch(url):
        return "an address is visible ASCII without spaces, at most 1000 characters"
    if url.startswith("-"):
        return "an address does not begin like an option"
    if _SCP_FORM.match(url):
        return "the short form host:path is not taken; write ssh://user@host/path"
    try:
        parts = urlsplit(url)
        port, host, user, secret = parts.port, parts.hostname or "", parts.username, parts.password
    except ValueError:
        return "this is not an address"
    if parts.scheme not in ("https", "ssh", "file"):
        return "only https, ssh and file are taken"
    if secret is not None or (user is not None and parts.scheme != "ssh"):
        return "an address holds no credentials"
    if parts.query or parts.fragment or "?" in url or "#" in url:
        return "an address has neither a query nor a fragment"
    if parts.scheme == "file" and (parts.netloc or port is not None):
        return "a file address names no host"
    if parts.scheme != "file" and not _HOST.fullmatch(host):
        return "this is not the name of a host"
    if user is not None and not _USER.fullmatch(user):
        return "this is not the name of a user"
    return _path_fault(parts.path)


def _path_fault(path: str) -> str | None:
    steps = unquote(path).split("/")[1:]
    if not path.startswith("/") or not any(steps):
        return "the address names no repository"
    if any(step == ".." or step.startswith("-") for step in steps) or not unquote(path).isprintable():
        return "the path of an address neither goes upward nor holds what looks like an option"
    return None


def plan(found: Mapping[str, Refs], newest: Mapping[str, str]) -> Plan:
    """What is to be pushed where.

    ``found`` are the references of each remote that answered; ``newest`` holds, for each branch whose tips differ, the
    one tip that contains the others, if there is one. A tag whose objects differ has none. A reference that a remote
    lacks is made there: nothing is ever taken away.
    """
    wanted: dict[str, str] = {}
    divergences = []
    for ref in sorted({ref for refs in found.values() for ref in refs}):
        tips = {remote: refs[ref] for remote, refs in sorted(found.items()) if ref in refs}
        if len(set(tips.values())) == 1:
            wanted[ref] = next(iter(tips.values()))
        elif ref in newest:
            wanted[ref] = newest[ref]
        else:
            divergences.append(Divergence(ref, tips))
    pushes = {
        remote: {ref: oid for ref, oid in wanted.items() if refs.get(ref) != oid} for remote, refs in found.items()
    }
    return Plan(wanted, pushes, tuple(divergences))


def differing_heads(found: Mapping[str, Refs]) -> dict[str, frozenset[str]]:
    """Branches whose tips differ, with these."""
    tips: dict[str, set[str]] = {}
    for refs in found.values():
        for ref, oid in refs.items():
            if ref.startswith("refs/heads/"):
                tips.setdefault(ref, set()).add(oid)
    return {ref: frozenset(oids) for ref, oids in tips.items() if len(oids) > 1}


def fingerprint(refs: Refs) -> str:
    """SHA-256 over every reference with its object id: the same on two remotes when they are alike.

    An object id is itself a hash of content and history, and git has checked each object that it fetched.
    """
    lines = "".join(f"{oid} {ref}\n" for ref, oid in sorted(refs.items()))
    return hashlib.sha256(lines.encode()).hexdigest()
