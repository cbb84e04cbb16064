"""The folder of one run: laid out from a program, measured, and removed whatever was left in it.

Imported by the launcher: standard library only.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import count
from pathlib import Path

PROGRAM, WORK = "program", "work"
OWNER_ONLY = 0o700


def lay_out(root: Path, files: Mapping[str, bytes]) -> None:
    """Write ``files`` (already checked) below ``root``, which others may pass through but not list."""
    root.chmod(0o711)
    (root / PROGRAM).mkdir(mode=OWNER_ONLY)
    (root / WORK).mkdir(mode=OWNER_ONLY)
    for path, content in files.items():
        place = root / PROGRAM / path
        place.parent.mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
        place.write_bytes(content)


def copy_program(root: str) -> None:
    """Copy the program into the folder it runs in; its files may be executed."""
    work = os.path.join(root, WORK)
    for folder, _, names in os.walk(os.path.join(root, PROGRAM)):
        target = os.path.normpath(os.path.join(work, os.path.relpath(folder, os.path.join(root, PROGRAM))))
        os.makedirs(target, mode=OWNER_ONLY, exist_ok=True)
        for name in names:
            copied = Path(target, name)
            copied.write_bytes(Path(folder, name).read_bytes())
            copied.chmod(OWNER_ONLY)


def measure(path: str, entries_limit: int) -> tuple[int, int]:
    """Bytes on disk and entries below ``path``; counting ends at ``entries_limit``. Files that vanish count nothing."""
    size = entries = 0
    for entry in _walk(path):
        entries += 1
        with suppress(OSError):
            size += entry.stat(follow_symlinks=False).st_blocks * 512
        if entries >= entries_limit:
            break
    return size, entries


def remove(root: Path) -> None:
    """Remove ``root`` and all below it. No process may use it any more.

    A hostile tree can be deeper than a path is long or a recursion goes, and its folders closed to their owner: each
    folder is opened up, its subfolders moved to the top, and so no path is ever long.
    """
    names = count()
    pending = [root / WORK, root / PROGRAM]
    while pending:
        folder = pending.pop()
        with suppress(FileNotFoundError):
            os.chmod(folder, OWNER_ONLY)
            for entry in os.listdir(folder):
                child = folder / entry
                if stat.S_ISDIR(child.lstat().st_mode):
                    os.chmod(child, OWNER_ONLY)
                    pending.append(child.rename(root / f"removed-{next(names)}"))
                else:
                    child.unlink()
            folder.rmdir()
    root.rmdir()


def _walk(path: str) -> Iterator[os.DirEntry[str]]:
    pending = [path]
    while pending:
        with suppress(OSError), os.scandir(pending.pop()) as entries:
            for entry in entries:
                yield entry
                with suppress(OSError):
                    if entry.is_dir(follow_symlinks=False):
                        pending.append(entry.path)
