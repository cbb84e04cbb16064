"""Listening sockets: bound before anything else starts, so that a taken port is the first thing one hears of."""

from __future__ import annotations

import contextlib
import errno
import os
import socket
from collections.abc import Mapping
from pathlib import Path

from harmony.apps.runtime.errors import PortTaken

BACKLOG_CONNECTIONS = 512
LOOPBACK = "127.0.0.1"
_LISTENING = "0A"


def bind(ports: Mapping[str, int], host: str = LOOPBACK) -> dict[str, socket.socket]:
    """A bound, listening socket for each name; raises ``PortTaken`` naming the port and what holds it."""
    bound: dict[str, socket.socket] = {}
    for name, port in ports.items():
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
            listener.listen(BACKLOG_CONNECTIONS)
        except OSError as error:
            for other in (listener, *bound.values()):
                other.close()
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
            raise _refusal(name, port, error) from error
        listener.setblocking(False)
        bound[name] = listener
    return bound


def holder(port: int) -> str | None:
    """What listens on ``port`` of this machine, in words; None when it cannot be seen."""
    inodes = _listening_inodes(port)
    if not inodes:
        return None
    for process in Path("/proc").glob("[0-9]*"):
        if _holds(process, inodes):
            return f"process {process.name} ({(process / 'comm').read_text().strip()})"
    return None


def _holds(process: Path, inodes: set[str]) -> bool:
    """Whether one of the process's descriptors is one of ``inodes``; what may not be looked into holds none."""
    with contextlib.suppress(OSError):
        for link in (process / "fd").iterdir():
            with contextlib.suppress(OSError):  # a descriptor may be closed while we look
                if os.readlink(link) in inodes:
                    return True
    return False


def _refusal(name: str, port: int, error: OSError) -> PortTaken:
    if error.errno == errno.EACCES:
        return PortTaken(f"port {port} of {name} may not be used by this user", details={"port": port})
    found = holder(port)
    by = f" by {found}" if found else ""
    return PortTaken(f"port {port} of {name} is taken{by}", details={"port": port, "holder": found})


def _listening_inodes(port: int) -> set[str]:
    inodes = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        try:
            lines = Path(table).read_text().splitlines()[1:]
        except OSError:
            continue
        for line in lines:
            fields = line.split()
            if fields[3] == _LISTENING and int(fields[1].rsplit(":", 1)[1], 16) == port:
                inodes.add(f"socket:[{fields[9]}]")
    return inodes
