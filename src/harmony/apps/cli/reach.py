"""Where a Harmony may be reached, and with which token. Standard library and kernel only: filters ask as well.

A token goes over https only, or to this machine.
"""

from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from harmony.apps.cli.data_folder import data_folder
from harmony.apps.runtime import run_file
from harmony.apps.runtime.errors import NoFrontDoor
from harmony.kernel.errors import Invalid

ANSWER_LIMIT_BYTES = 4 * 1024**2
"""Of an answer so much is read; no Harmony says more to one question."""


class AddressRefused(Invalid):
    code = "cli.address_refused"
    hint = "Give --url as https://…; plain http:// is for this machine only, since a token goes with it."


@dataclass(frozen=True, slots=True)
class Reach:
    """A Harmony at ``url``, else the one that the run file of ``data`` names."""

    url: str | None
    data: Path
    token: str | None

    def find(self) -> tuple[str, str | None] | None:
        """Address and token; None when no Harmony is named and none runs, or it runs without the front door. Looked up
        each time: it may come and go."""
        if self.url is not None:
            return self.url, self.token
        run = run_file.read(self.data)
        if run is None:
            return None
        try:
            return run.front_door, self.token or run.operator_token
        except NoFrontDoor:
            return None


def chosen(url: str | None, data: Path | None) -> Reach:
    """By the arguments, else the environment (``HARMONY_DATA``, ``HARMONY_TOKEN``). Raises ``AddressRefused``."""
    token = os.environ.get("HARMONY_TOKEN")  # tidy: ok(settings): a filter has no settings
    return Reach(None if url is None else address(url), data_folder(data), token)


def address(url: str) -> str:
    """``url`` as paths are put behind it; raises ``AddressRefused`` for what cannot be called or is not safe."""
    try:
        parts = urlsplit(url)
        host, named = parts.hostname, parts.username is not None or bool(parts.query or parts.fragment)
        usable = parts.port != 0 and url.isascii() and url.isprintable() and " " not in url
    except ValueError:
        host, named, usable = None, False, False
    if not host or named or not usable or parts.scheme not in ("http", "https"):
        raise AddressRefused("--url is not an address that can be called", field="--url")
    if parts.scheme == "http" and not _is_here(host):
        raise AddressRefused("a token would travel in the open", field="--url")
    return url.rstrip("/")


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
