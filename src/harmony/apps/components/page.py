"""The web page's files: built by ``make setup``, served as they are; every other address is the page itself."""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import Any

import harmony

PATH_LIMIT_BYTES = 255
"""What every file system takes for one name; the page's own addresses are far shorter."""

BUILT = Path(harmony.__file__).parents[2] / "web" / "dist"

POLICY = (
    b"default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'; "
    b"base-uri 'none'; form-action 'self'"
)
HEADERS = (
    (b"content-security-policy", POLICY),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)
NOT_BUILT = b"""<!doctype html><meta charset=utf-8><title>Harmony</title>
<p>The page is not built yet. Run <code>make setup</code> in the checkout, then reload.</p>"""


class Page:
    """ASGI: GET and HEAD of the page's files. Files below ``assets/`` carry their hash and may be kept for ever."""

    def __init__(self, folder: Path = BUILT) -> None:
        self._folder = folder.resolve()

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["method"] not in ("GET", "HEAD"):
            await _answer(send, 405, b"text/plain", b"The page is read with GET.", scope["method"])
            return
        path = self._file(scope["path"])
        if path is None:
            await _answer(send, 404, b"text/plain", b"There is no such file.", scope["method"])
        elif not path.is_file():
            await _answer(send, 503, b"text/html", NOT_BUILT, scope["method"])
        else:
            kind = (mimetypes.guess_type(path.name)[0] or "application/octet-stream").encode()
            kept = b"public, max-age=31536000, immutable" if "assets" in path.parts else b"no-cache"
            await _answer(send, 200, kind, path.read_bytes(), scope["method"], kept)

    def _file(self, path: str) -> Path | None:
        """The file for an address: itself when it exists, the page for addresses of the page, None for the rest."""
        if not path.isprintable() or len(path.encode()) > PATH_LIMIT_BYTES:
            return None
        wanted = (self._folder / path.lstrip("/")).resolve()
        # Outside the folder nothing is even looked at.
        if wanted.is_relative_to(self._folder) and wanted.is_file():
            return wanted
        return None if "." in path.rsplit("/", 1)[-1] else self._folder / "index.html"


async def _answer(send: Any, status: int, kind: bytes, body: bytes, method: str, kept: bytes = b"no-store") -> None:
    headers = [
        (b"content-type", kind),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", kept),
        *HEADERS,
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if method == "HEAD" else body})
