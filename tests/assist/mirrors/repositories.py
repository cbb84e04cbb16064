"""Real bare repositories, and somebody who commits."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

from harmony.adapters.db.pool import Database
from harmony.assist.mirrors import service
from harmony.assist.mirrors.git import Git
from harmony.assist.mirrors.model import Run
from harmony.assist.mirrors.sync import Wanted, sync

AUTHOR = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "init.defaultBranch=main")


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *AUTHOR, *arguments], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@dataclass
class World:
    """A folder of bare remotes, a clone to work in, and a mirror of theirs called ``story``."""

    folder: Path
    database: Database
    git: Git

    @property
    def work(self) -> Path:
        return self.folder / "work"

    def url(self, name: str) -> str:
        return f"file://{self.git.allowed}/{name}.git"

    def bare(self, name: str) -> Path:
        return self.git.allowed / f"{name}.git"

    def make(self, *names: str) -> None:
        self.git.allowed.mkdir(exist_ok=True)
        for name in names:
            git(self.git.allowed, "init", "--quiet", "--bare", f"{name}.git")
        if not self.work.exists():
            git(self.folder, "init", "--quiet", "work")

    def commit(self, text: str, *, at: str | None = None, branch: str = "main") -> str:
        """A commit on ``branch``, begun at another commit when ``at`` is given; its id."""
        if at is not None:
            git(self.work, "checkout", "--quiet", "-B", branch, at)
        (self.work / "story.txt").write_text(text)
        git(self.work, "add", "-A")
        git(self.work, "commit", "--quiet", "-m", text)
        return git(self.work, "rev-parse", "HEAD")

    def push(self, name: str, *refs: str) -> None:
        git(self.work, "push", "--quiet", str(self.bare(name)), *(refs or ("HEAD:refs/heads/main",)))

    def refs(self, name: str) -> dict[str, str]:
        lines = git(self.bare(name), "for-each-ref", "--format=%(refname) %(objectname)").splitlines()
        return dict(line.split(" ") for line in lines)

    async def mirror(self, *names: str) -> None:
        async with self.database.begin() as uow:
            await service.add_repository(uow, "story", "main")
            for name in names:
                await service.add_remote(uow, self.git, "story", name, self.url(name))

    async def sync(self, *, force: bool = False, dry_run: bool = False) -> Run:
        return await sync(self.database, self.git, Wanted("story", force, dry_run))
