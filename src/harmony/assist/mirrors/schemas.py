"""The wire shapes of mirrors (companions/orchestra.md, section 3)."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from harmony.assist.mirrors.model import (
    BRANCH_NAME,
    REMOTE_NAME,
    REPOSITORY_NAME,
    URL_LIMIT_CHARS,
    Remote,
    Repository,
    Run,
    Standing,
)
from harmony.assist.wire import storable


class Shape(BaseModel):
    """The root of every shape: unknown fields refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def tame(name: str) -> str:
    """A name that is also a file's: neither goes upward nor ends as git's own files do."""
    if ".." in name or name.endswith((".lock", ".git", ".", "/")) or "//" in name:
        raise ValueError("is no name that git takes")
    return name


Name = Annotated[str, Field(pattern=REPOSITORY_NAME), AfterValidator(tame)]
Branch = Annotated[str, Field(pattern=BRANCH_NAME), AfterValidator(tame)]


class AddRepository(Shape):
    """``branch`` is the one whose commit a status names."""

    name: Name
    branch: Branch = "main"


class AddRemote(Shape):
    name: Annotated[str, Field(pattern=REMOTE_NAME)]
    url: Annotated[str, Field(min_length=1, max_length=URL_LIMIT_CHARS), AfterValidator(storable)]


class AskSync(Shape):
    """``dry_run`` says what would be done; ``force`` is refused, always."""

    dry_run: bool = False
    force: bool = False


class AskedOver(BaseModel):
    """A request that the Conductor forwards; what else it carries is not needed here."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    request_type: Annotated[str, Field(max_length=64)]
    payload: Any = None


class RemoteView(Shape):
    name: str
    url: str
    online: bool | None
    last_result: str | None
    error: str | None
    seen_at: datetime | None

    @classmethod
    def of(cls, one: Remote) -> RemoteView:
        return cls(
            name=one.name,
            url=one.url,
            online=one.online,
            last_result=one.last_result,
            error=one.last_error,
            seen_at=one.seen_at,
        )


class RepositoryView(Shape):
    name: str
    branch: str
    syncs_total: int
    errors: int
    created_at: datetime

    @classmethod
    def of(cls, one: Repository) -> RepositoryView:
        return cls(
            name=one.name,
            branch=one.branch,
            syncs_total=one.syncs_total,
            errors=one.errors_total,
            created_at=one.created_at,
        )


class RepositoryList(Shape):
    repositories: list[RepositoryView]


class Integrity(Shape):
    """When all remotes were last alike: ``hash`` is over every reference with its object id."""

    timestamp: datetime
    commit: str | None
    hash: str

    @classmethod
    def of(cls, one: Run) -> Integrity:
        at = one.ended_at or one.started_at
        return cls(timestamp=at, commit=one.report["commit"], hash=one.report["hash"])


class DivergenceView(Shape):
    """The remotes' object ids of one reference, and what to do about it."""

    ref: str
    tips: dict[str, str]
    hint: str


class RunView(Shape):
    id: str
    repository: str
    state: str
    dry_run: bool
    request_id: str | None
    started_at: datetime
    ended_at: datetime | None
    error: str | None
    remotes: list[dict[str, Any]]
    divergences: list[DivergenceView]
    hash: str | None
    commit: str | None

    @classmethod
    def of(cls, one: Run) -> RunView:
        found = one.report
        return cls(
            id=one.id,
            repository=one.repository,
            state=one.state,
            dry_run=one.dry_run,
            request_id=one.request_id,
            started_at=one.started_at,
            ended_at=one.ended_at,
            error=found.get("error"),
            remotes=found.get("remotes", []),
            divergences=[DivergenceView(**divergence) for divergence in found.get("divergences", [])],
            hash=found.get("hash"),
            commit=found.get("commit"),
        )


class RunList(Shape):
    runs: list[RunView]
    next_cursor: str | None


class SyncStatus(Shape):
    """``repository`` is null while nothing is kept alike; ``state`` is that of the last run, null before the first."""

    repository: str | None
    repositories: list[str]
    branch: str | None
    dry_run: bool
    state: str | None
    remotes: list[RemoteView]
    failed_count: int
    divergences: list[DivergenceView]
    last_run_at: datetime | None
    last_integrity: Integrity | None
    syncs_total: int
    errors: int

    @classmethod
    def empty(cls) -> SyncStatus:
        return cls(
            repository=None,
            repositories=[],
            branch=None,
            dry_run=False,
            state=None,
            remotes=[],
            failed_count=0,
            divergences=[],
            last_run_at=None,
            last_integrity=None,
            syncs_total=0,
            errors=0,
        )

    @classmethod
    def of(cls, one: Standing, names: list[str]) -> SyncStatus:
        last = one.last
        return cls(
            repository=one.repository.name,
            repositories=names,
            branch=one.repository.branch,
            dry_run=last is not None and last.dry_run,
            state=None if last is None else last.state,
            remotes=[RemoteView.of(remote) for remote in one.remotes],
            failed_count=sum(remote.last_result not in (None, "synced") for remote in one.remotes),
            divergences=[DivergenceView(**found) for found in (last.report if last else {}).get("divergences", [])],
            last_run_at=None if last is None else last.ended_at or last.started_at,
            last_integrity=None if one.proof is None else Integrity.of(one.proof),
            syncs_total=one.repository.syncs_total,
            errors=one.repository.errors_total,
        )


class Gone(Shape):
    message: str
    name: str
