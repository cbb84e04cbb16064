"""The git command in a child process: bounded, alone with its own environment, ended with its owner.

What is fetched is kept in a bare repository for each mirror: a cache. Nothing in it is the only copy of anything.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
import re
import resource
import shutil
import signal
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from harmony.adapters.db.processes import tied_to_this_process
from harmony.assist.mirrors.errors import AddressRefused, GitMissing, SyncBusy
from harmony.assist.mirrors.model import (
    ERROR_LIMIT_CHARS,
    FILE_LIMIT_BYTES,
    GIT_LIMIT_SECONDS,
    OUTPUT_LIMIT_BYTES,
    PUSH_LIMIT_REFS,
    REFS_LIMIT,
    Refs,
    address_fault,
)
from harmony.kernel.redaction.service import redact

SEARCHED = "/usr/local/bin:/usr/bin:/bin"
PRIVATE_MODE = 0o700
_NO_HOOKS = "core.hooksPath=/dev/null"
_SETTINGS = (
    _NO_HOOKS,
    "credential.helper=",
    "http.followRedirects=false",
    "transfer.fsckObjects=true",
    "gc.autoDetach=false",
    "maintenance.autoDetach=false",
    "core.fsync=committed",
    "submodule.recurse=false",
)
_OBJECT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_REF = re.compile(r"refs/(?:heads|tags)/[!-~]+")


class GitFailed(Exception):
    """git ended with an error, or not in time; the words are bounded and redacted."""


@dataclass(frozen=True, slots=True)
class Checkout:
    """A mirror's bare repository, held by this process while its lock is open."""

    folder: Path
    lock: int


class Git:
    """git, and the folder in which it keeps its caches. ``allowed`` is where remotes may lie that are files."""

    def __init__(self, home: Path, allowed: Path, limit_seconds: float = GIT_LIMIT_SECONDS) -> None:
        self.home = home
        self.allowed = allowed
        self._limit_seconds = limit_seconds

    def check(self, url: str) -> None:
        """Raises ``AddressRefused``, without the address; called again before each use, since files may move."""
        fault = address_fault(url)
        if fault is None and url.startswith("file:"):
            path = Path(unquote(urlsplit(url).path))
            if not path.resolve().is_relative_to(self.allowed.resolve()):
                fault = "a file address lies below the folder of mirrors"
        if fault is not None:
            raise AddressRefused(fault, field="url")

    @contextmanager
    def holding(self, name: str) -> Iterator[Checkout]:
        """The repository ``name`` for this process alone; raises ``SyncBusy``.

        The lock is a file's, and git's processes inherit it: the next holder waits for the last of them, however its
        owner ended.
        """
        self.home.mkdir(mode=PRIVATE_MODE, parents=True, exist_ok=True)
        lock = os.open(self.home / f"{name}.lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        try:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise SyncBusy(f"{name} is being compared already") from None
            yield Checkout(self.home / f"{name}.git", lock)
        finally:
            os.close(lock)

    async def prepare(self, held: Checkout, *, doubted: bool) -> None:
        """See to it that the cache is there and whole; when ``doubted`` it is examined, and made anew if need be."""
        if held.folder.exists():
            self._clear(held.folder)
            if await self._is_whole(held, doubted):
                return
            await asyncio.to_thread(shutil.rmtree, held.folder)
        coming = held.folder.with_suffix(".coming")
        await asyncio.to_thread(shutil.rmtree, coming, ignore_errors=True)
        await self._run(["init", "--quiet", "--bare", "--", str(coming)], held, folder=self.home)
        coming.rename(held.folder)

    async def fetch(self, held: Checkout, remote: str, url: str) -> None:
        """Bring everything that ``remote`` has into the cache, under its own name."""
        self.check(url)
        kinds = ("heads", "tags")
        refs = [f"+refs/{kind}/*:refs/mirrors/{remote}/{kind}/*" for kind in kinds]
        options = ["--quiet", "--prune", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules"]
        await self._run(["fetch", *options, "--", url, *refs], held)

    async def refs_of(self, held: Checkout, remote: str) -> Refs:
        """What was fetched from ``remote``."""
        prefix = f"refs/mirrors/{remote}/"
        text = await self._run(["for-each-ref", "--format=%(objectname) %(refname)", prefix], held)
        return _refs(text.replace(f" {prefix}", " refs/"))

    async def newest(self, held: Checkout, tips: frozenset[str]) -> str | None:
        """The one of ``tips`` that contains all the others; None when none does."""
        text = await self._run(["merge-base", "--independent", *sorted(tips)], held)
        left = text.split()
        return left[0] if len(left) == 1 else None

    async def push(self, held: Checkout, url: str, refs: Refs) -> dict[str, str]:
        """Move ``refs`` forward, or make them, at ``url``; those that were rejected with the reason.

        Without force: git refuses what is no step forward, and the remote refuses what moved meanwhile.
        """
        self.check(url)
        rejected: dict[str, str] = {}
        every = sorted(refs.items())
        options = ["--porcelain", "--no-verify", "--no-follow-tags", "--recurse-submodules=no"]
        if url.startswith("file:"):  # the other side runs on this machine: its hooks are not ours to run
            options.append(f"--receive-pack=git -c {_NO_HOOKS} receive-pack")
        for start in range(0, len(every), PUSH_LIMIT_REFS):
            part = [f"{oid}:{ref}" for ref, oid in every[start : start + PUSH_LIMIT_REFS]]
            text = await self._run(["push", *options, "--", url, *part], held, also=(1,))
            rejected |= _rejected(text)
        return rejected

    async def listed(self, held: Checkout, url: str) -> Refs:
        """What ``url`` says that it has, asked afresh."""
        self.check(url)
        return _refs(await self._run(["ls-remote", "--quiet", "--refs", "--heads", "--tags", "--", url], held))

    async def _is_whole(self, held: Checkout, doubted: bool) -> bool:
        command = (
            ["fsck", "--connectivity-only", "--no-dangling", "--no-progress"] if doubted else ["rev-parse", "--git-dir"]
        )
        try:
            await self._run(command, held)
        except GitFailed:
            return False
        return True

    def _clear(self, folder: Path) -> None:
        """Take away what killed processes left; the lock says that none of them lives."""
        for left in (*folder.rglob("*.lock"), *folder.glob("objects/pack/tmp_*"), *folder.glob("objects/??/tmp_obj_*")):
            left.unlink(missing_ok=True)

    async def _run(
        self, arguments: Sequence[str], held: Checkout, *, folder: Path | None = None, also: tuple[int, ...] = ()
    ) -> str:
        """What git says; exit codes ``also`` are no failure. Raises ``GitFailed`` and ``GitMissing``."""
        program = shutil.which("git", path=SEARCHED)
        if program is None:
            raise GitMissing("there is no git on this machine")
        settings = [part for setting in _SETTINGS for part in ("-c", setting)]
        command = tied_to_this_process([program, *settings, *arguments], signal.SIGKILL)
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            cwd=folder or held.folder,
            env=self._environment(),
            pass_fds=(held.lock,),
            start_new_session=True,
        )
        with contextlib.suppress(ProcessLookupError):
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (FILE_LIMIT_BYTES, FILE_LIMIT_BYTES))
        try:
            async with asyncio.timeout(self._limit_seconds):
                out, err = await asyncio.gather(_bounded(process.stdout), _bounded(process.stderr))
                code = await process.wait()
        except TimeoutError:
            raise GitFailed(f"git did not end within {self._limit_seconds:g} seconds") from None
        except _TooMuch:
            raise GitFailed(f"git said more than {OUTPUT_LIMIT_BYTES} bytes") from None
        finally:
            await _ended(process)
        if code != 0 and code not in also:
            raise GitFailed(_worded(err) or f"git ended with {code}")
        return out

    def _environment(self) -> Mapping[str, str]:
        """Nothing of the caller's: no configuration, no agent, no proxy, no secret."""
        return {
            "PATH": SEARCHED,
            "LC_ALL": "C",
            "TZ": "UTC",
            "HOME": str(self.home),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": "/dev/null",
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_ASKPASS": "/bin/false",
            "SSH_ASKPASS": "/bin/false",
            "GIT_SSH_COMMAND": "ssh -o BatchMode=yes -o StrictHostKeyChecking=yes -o ConnectTimeout=10",
            "GIT_ALLOW_PROTOCOL": "https:ssh:file",
        }


class _TooMuch(Exception):
    """More was said than is read."""


async def _bounded(stream: asyncio.StreamReader | None) -> str:
    assert stream is not None
    said = bytearray()
    while part := await stream.read(65_536):
        said += part
        if len(said) > OUTPUT_LIMIT_BYTES:
            raise _TooMuch
    return said.decode("utf-8", "replace")


async def _ended(process: asyncio.subprocess.Process) -> None:
    """No git, and nothing that it started, outlives the command."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    await process.wait()


def _worded(error: str) -> str:
    """git's last words on one line, without what nobody else should know."""
    words = " ".join("".join(c if c.isprintable() else " " for c in redact(error[-4_000:]).text).split())
    return words[-ERROR_LIMIT_CHARS:]


def _refs(text: str) -> Refs:
    """Lines of object id and reference; raises ``GitFailed`` for more than ``REFS_LIMIT``.

    What is no branch or tag of visible characters is left out: it could not be named in a command.
    """
    pairs = (line.split(None, 1) for line in text.splitlines() if line.strip())
    found = {ref: oid for oid, ref in pairs if _OBJECT.fullmatch(oid) and _REF.fullmatch(ref)}
    if len(found) > REFS_LIMIT:
        raise GitFailed(f"a remote with more than {REFS_LIMIT} references is not kept alike")
    return found


def _rejected(text: str) -> dict[str, str]:
    """From ``--porcelain``: flag, from:to, reason, divided by tabs; ``!`` is a rejection."""
    lines = [line.split("\t") for line in text.splitlines() if line.startswith("!\t")]
    return {parts[1].split(":", 1)[-1]: _worded(parts[-1]) for parts in lines if len(parts) > 1}
