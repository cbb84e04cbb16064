"""What of the running interpreter a program may read: its binary, its standard library, its shared libraries.

Imported by the launcher: standard library only.
"""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator
from pathlib import Path

from harmony.adapters.sandbox.landlock import DEVICE, OWN, READ, READ_DIR, READ_FILE, RUN, Rule

THIRD_PARTY = frozenset({"site-packages", "dist-packages"})
DATA = ("/etc/ld.so.cache", "/etc/localtime", "/usr/share/zoneinfo", "/usr/lib/locale")
DEVICES = {"/dev/null": DEVICE, "/dev/zero": READ_FILE, "/dev/random": READ_FILE, "/dev/urandom": READ_FILE}
# No `site` (its packages are not to be had), no PYTHON* variables, no user folder, no bytecode written.
FLAGS = ("-S", "-E", "-s", "-B")


def binary() -> str:
    """The interpreter of this process, links resolved."""
    return os.path.realpath(sys.executable)


def library() -> str:
    """The folder of the standard library of this process."""
    return os.path.dirname(os.path.realpath(os.__file__))


def rules(folder: str) -> list[Rule]:
    """Every path a program in ``folder`` may touch, with what it may do there."""
    found = [Rule(folder, OWN), Rule(binary(), RUN)]
    found += [Rule(path, READ) for path in DATA]
    found += [Rule(path, rights) for path, rights in DEVICES.items()]
    return [*found, *_library_rules(), *_shared_object_rules()]


def _library_rules() -> Iterator[Rule]:
    """Entry by entry, since Landlock cannot take the site-packages inside back again; the listing itself is needed."""
    root = library()
    yield Rule(root, READ_DIR)
    for entry in os.scandir(root):
        if entry.name not in THIRD_PARTY:
            yield Rule(entry.path, READ)


def _shared_object_rules() -> Iterator[Rule]:
    """What this process has mapped (the dynamic loader too), and the system's folders for this kind of machine."""
    for line in Path("/proc/self/maps").read_text().splitlines():
        path = line.split(maxsplit=5)[5] if len(line.split(maxsplit=5)) == 6 else ""
        if ".so" in os.path.basename(path):
            yield Rule(path, RUN)
    for place in ("/lib", "/usr/lib"):
        yield Rule(f"{place}/{platform.machine()}-linux-gnu", RUN)
