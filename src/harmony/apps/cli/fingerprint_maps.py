"""Frames of bundles led back to their sources, for ``harmony fingerprint --source-maps``. Loaded when asked for."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

from harmony.assist.problems.model import Failure
from harmony.assist.problems.traces import source_maps
from harmony.kernel.errors import Invalid
from harmony.kernel.redaction.service import redact


class MapRefused(Invalid):
    code = "cli.source_map_refused"
    hint = "Leave --source-maps out, or give the folder of the maps that belong to this build."


def mapped(failure: Failure, folder: Path) -> Failure:
    """The failure as it was before bundling. Of a frame's path only the last part leads into the folder."""
    found = source_maps.mapped(failure, lambda path: _map(folder, re.split(r"[\\/]", path.split("?")[0])[-1]))
    # What the map tells is text from outside like the trace itself.
    frames = tuple(replace(f, path=redact(f.path).text, function=redact(f.function).text) for f in found.frames)
    return replace(found, frames=frames)


@cache
def _map(folder: Path, name: str) -> source_maps.SourceMap | None:
    file = folder / f"{name}.map"
    if not name or not file.is_file():
        return None
    if file.stat().st_size > source_maps.MAP_LIMIT_CHARS:
        raise MapRefused(f"{file.name} is longer than {source_maps.MAP_LIMIT_CHARS} bytes", field="--source-maps")
    try:
        return source_maps.parse(file.read_text(encoding="utf-8", errors="replace"))
    except source_maps.MapUnreadable as fault:
        raise MapRefused(f"{file.name}: {fault}", field="--source-maps") from None
