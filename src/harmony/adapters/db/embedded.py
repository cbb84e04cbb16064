"""The embedded PostgreSQL: started, watched and stopped by Harmony's main process.

    server = await EmbeddedPostgres.start(folder, progress=say, clock=clock)
    ...                        # connect to server.dsn
    await server.wait()        # returns when PostgreSQL has died, for whatever reason
    await server.restart()     # crash recovery included
    await server.stop()

Start it from the thread that lives as long as the server should: the kernel shuts PostgreSQL down when that thread
ends, also by ``kill -9``.
"""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import asyncpg

from harmony.adapters.db import cluster as clusters
from harmony.adapters.db import leftovers, programs, system_user
from harmony.adapters.db.cluster import (
    FAST_SHUTDOWN,
    IMMEDIATE_SHUTDOWN,
    ROLE,
    SUPERUSER,
    Cluster,
)
from harmony.adapters.db.data_folder import CLUSTER_FOLDER, DataFolder, Passwords, claim, inspect
from harmony.adapters.db.errors import (
    DataFolderDamaged,
    DataFolderUnreachable,
    ServerDied,
)
from harmony.adapters.db.processes import ended, spawn
from harmony.adapters.db.programs import Programs
from harmony.adapters.db.server_log import ServerLog
from harmony.adapters.db.system_user import SystemUser
from harmony.kernel.chance import Chance, SystemChance
from harmony.kernel.clock import Clock

STOP_FAST_SECONDS = 3.0
"""Then at once, without a last checkpoint: nothing committed is lost, the next start takes longer."""
STOP_IMMEDIATE_SECONDS = 6.0
PROGRESS_EVERY_SECONDS = 3.0
_POLL_FIRST_SECONDS = 0.01
_POLL_LAST_SECONDS = 0.5
_POLL_GROWTH = 1.5
_CONNECT_TIMEOUT_SECONDS = 10.0
_LAST_WORDS_SECONDS = 0.5


class EmbeddedPostgres:
    """A running server and the claim on its data folder. Made by ``start``; ``dsn`` holds a password."""

    def __init__(
        self,
        data: DataFolder,
        cluster: Cluster,
        binaries: Programs,
        user: SystemUser | None,
        passwords: Passwords,
        *,
        progress: Callable[[str], None],
        clock: Clock,
    ) -> None:
        self._data = data
        self._cluster = cluster
        self._programs = binaries
        self._user = user
        self._progress = progress
        self._clock = clock
        self._log = ServerLog(data.path)
        self._process: subprocess.Popen[bytes] | None = None
        self.dsn = cluster.dsn(ROLE, passwords.harmony)
        """The ordinary role that owns Harmony's database and may create others."""
        self.superuser_dsn = cluster.dsn(SUPERUSER, passwords.postgres)
        """For maintenance that only a superuser may do."""

    def __repr__(self) -> str:
        return f"<EmbeddedPostgres {self._data.path} pid={self._process.pid if self._process else None}>"

    @property
    def data_dir(self) -> Path:
        return self._data.path

    @property
    def pid(self) -> int:
        """The server's process; raises ``ServerDied`` when it was stopped."""
        if self._process is None:
            raise ServerDied("PostgreSQL is not running")
        return self._process.pid

    @classmethod
    async def start(
        cls,
        data_dir: Path,
        *,
        progress: Callable[[str], None],
        clock: Clock,
        durable: bool = True,
        chance: Chance | None = None,
    ) -> EmbeddedPostgres:
        """Claim ``data_dir``, make the cluster if there is none, and start it; returns when it accepts connections.

        ``progress`` hears one line now and then; recovery may take as long as it needs. ``durable=False`` is for tests
        only: it loses data with the power. Raises the refusals of ``errors.py``; the folder is then free again.
        """
        data_dir = data_dir.expanduser().resolve()
        inspect(data_dir)
        user = _server_user(data_dir) if os.geteuid() == 0 else None
        system_user.require_listed(user.uid if user else os.geteuid())
        data = await claim(data_dir, durable=durable, clock=clock)
        try:
            binaries = await asyncio.to_thread(programs.reachable_by, user) if user else programs.installed()
            if not clusters.existing(data.cluster):
                progress(f"making a new database in {data.path}")
            passwords = await clusters.ensure(data, binaries, user, chance or SystemChance())
            cluster = clusters.arrange(data, user, os.environ)
            server = cls(data, cluster, binaries, user, passwords, progress=progress, clock=clock)
            await server._launch()
        except BaseException:  # whatever happened, including cancellation: the folder must be free again
            data.release()
            raise
        return server

    async def wait(self) -> int:
        """Return when the server has ended, with its return code (negative: the signal that killed it)."""
        return 0 if self._process is None else await ended(self._process)

    async def restart(self) -> None:
        """Start the server again, after its death or by ending it first; the data folder stays claimed."""
        await self._end()
        await self._launch()

    async def stop(self, *, fast_seconds: float = STOP_FAST_SECONDS) -> None:
        """Stop the server, in an orderly way for ``fast_seconds``, then at once; and free the folder. Repeatable."""
        try:
            await self._end(fast_seconds)
            if self._cluster.socket_folder.parent != self._data.path:
                with suppress(OSError):  # somebody else's file in there is no reason to fail
                    self._cluster.socket_folder.rmdir()
        finally:
            self._data.release()

    async def _launch(self) -> None:
        await leftovers.clear(self._cluster, progress=self._progress, clock=self._clock)
        output = self._log.open()
        try:
            command = self._cluster.command(self._programs)
            self._process = spawn(command, user=self._user, output=output)
        finally:
            os.close(output)
        try:
            await self._until_ready(self._process)
        except BaseException:  # whatever happened, including cancellation: no server without its owner
            await asyncio.shield(self._end())
            raise

    async def _until_ready(self, process: subprocess.Popen[bytes]) -> None:
        """Try to connect until it works, without a limit on time; raises ``ServerDied`` if the server ends."""
        began = reported = self._clock.monotonic()
        pause = _POLL_FIRST_SECONDS
        while not await self._accepts():
            if process.poll() is not None:
                await asyncio.to_thread(self._log.settle, _LAST_WORDS_SECONDS)
                raise ServerDied(f"PostgreSQL ended with status {process.returncode}:\n{self._log.tail()}")
            now = self._clock.monotonic()
            if now - reported >= PROGRESS_EVERY_SECONDS:
                reported = now
                self._progress(f"PostgreSQL is recovering, {now - began:.0f} s so far: {self._log.last_line()}")
            await self._clock.sleep(pause)
            pause = min(pause * _POLL_GROWTH, _POLL_LAST_SECONDS)

    async def _accepts(self) -> bool:
        try:
            connection = await asyncpg.connect(self.dsn, timeout=_CONNECT_TIMEOUT_SECONDS)
        except (
            OSError,
            TimeoutError,
            asyncpg.CannotConnectNowError,
            asyncpg.ConnectionDoesNotExistError,
        ):
            return False
        except (
            asyncpg.InvalidAuthorizationSpecificationError,
            asyncpg.InvalidCatalogNameError,
        ) as error:
            raise DataFolderDamaged(f"the passwords kept in {self._data.path} do not open its database") from error
        except asyncpg.TooManyConnectionsError:  # others were quicker: it does accept
            return True
        await connection.close()
        return True

    async def _end(self, fast_seconds: float = STOP_FAST_SECONDS) -> None:
        """End the server: fast, then immediate, then killed; each step bounded. A dead server is fine."""
        process, self._process = self._process, None
        if process is None:
            return
        steps = (
            (FAST_SHUTDOWN, fast_seconds),
            (IMMEDIATE_SHUTDOWN, STOP_IMMEDIATE_SECONDS),
        )
        for number, seconds in steps:
            process.send_signal(number)
            if await self._ended_within(process, seconds):
                return
        process.send_signal(signal.SIGKILL)
        await ended(process)

    async def _ended_within(self, process: subprocess.Popen[bytes], seconds: float) -> bool:
        end = asyncio.ensure_future(ended(process))
        limit = asyncio.ensure_future(self._clock.sleep(seconds))
        try:
            await asyncio.wait({end, limit}, return_when=asyncio.FIRST_COMPLETED)
            return end.done()
        finally:
            for pending in (end, limit):
                pending.cancel()
            await asyncio.gather(end, limit, return_exceptions=True)


def _server_user(data_dir: Path) -> SystemUser:
    """Whom root lends to the server, able to reach the folder. Raises ``DataFolderUnreachable``."""
    made = data_dir / CLUSTER_FOLDER
    user = system_user.keeper_of(made, os.environ) if made.exists() else system_user.choose(os.environ)
    standing = next(folder for folder in data_dir.parents if folder.exists())
    closed = system_user.first_closed(standing, user)
    if closed is not None:
        raise DataFolderUnreachable(
            f"PostgreSQL runs as {user.name}, who may not enter {closed}, and Harmony does not change that",
            details={"folder": str(closed), "user": user.name},
        )
    return user
