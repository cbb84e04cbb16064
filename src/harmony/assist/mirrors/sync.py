"""One run: fetch from every remote, decide, push what lacks, ask everybody again, write down what was found."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from harmony.adapters.db.pool import Database
from harmony.assist.mirrors import store
from harmony.assist.mirrors.errors import AddressRefused, ForceRefused
from harmony.assist.mirrors.git import Checkout, Git, GitFailed
from harmony.assist.mirrors.model import (
    DIVERGENCES_SHOWN_LIMIT,
    RUNS_KEPT,
    Plan,
    Refs,
    Remote,
    Repository,
    Run,
    State,
    differing_heads,
    fingerprint,
    plan,
)
from harmony.assist.mirrors.service import find_repository, list_remotes
from harmony.commons.journal.service import append
from harmony.kernel.errors import Refusal
from harmony.messages.assist import MirrorSynced

NO_REMOTES = "there is no remote yet: POST /repositories/{name}/remotes adds one"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked: ``request_id`` is the message that asked for it, if one did."""

    repository: str
    force: bool = False
    dry_run: bool = False
    request_id: str | None = None
    actor: str = "system"
    trace: str | None = None


@dataclass(slots=True)
class _Seen:
    """What a run has found out about the remotes so far."""

    found: dict[str, Refs] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    rejected: dict[str, Mapping[str, str]] = field(default_factory=dict)
    proven: dict[str, Refs] = field(default_factory=dict)
    plan: Plan = field(default_factory=lambda: Plan({}, {}, ()))


async def sync(database: Database, git: Git, wanted: Wanted) -> Run:
    """Make the remotes alike as far as nothing is overwritten; what was found.

    Raises ``RepositoryUnknown``, ``SyncBusy``, ``GitMissing``, and ``ForceRefused`` once the refusal is written down.
    No transaction is open while git works.
    """
    async with database.reading() as connection:
        repository = await find_repository(connection, wanted.repository)
    with git.holding(repository.name) as held:
        run_id, remotes, doubted = await _begin(database, wanted)
        if wanted.force:
            refusal = ForceRefused("a sync by force is refused", field="force")
            await _finish(database, wanted, run_id, "refused", [], _refusal_report(refusal))
            raise refusal
        seen = _Seen()
        try:
            await git.prepare(held, doubted=doubted)
            await _act(git, held, remotes, seen, wanted.dry_run)
        except GitFailed as error:
            report = {**_report(repository, remotes, seen, wanted.dry_run), "error": str(error)}
            return await _finish(database, wanted, run_id, "failed", _results(remotes, seen, wanted.dry_run), report)
        except Refusal as refusal:
            await _finish(database, wanted, run_id, "refused", [], _refusal_report(refusal))
            raise
        report = _report(repository, remotes, seen, wanted.dry_run)
        state = _state(remotes, seen, wanted.dry_run)
        return await _finish(database, wanted, run_id, state, _results(remotes, seen, wanted.dry_run), report)


async def _begin(database: Database, wanted: Wanted) -> tuple[str, Sequence[Remote], bool]:
    """Commit the intent; also whether an earlier run was cut off, so that the cache is doubted."""
    async with database.begin(actor=wanted.actor, trace=wanted.trace) as uow:
        interrupted = await store.interrupt(uow, wanted.repository)
        last = await store.last_run(uow.connection, wanted.repository)
        remotes = await list_remotes(uow.connection, wanted.repository)
        run_id = uow.ids.new("mirror-run")
        await store.add_run(uow, run_id, wanted.repository, wanted.request_id, wanted.dry_run)
    return run_id, remotes, interrupted or (last is not None and last.state in ("failed", "interrupted"))


async def _act(git: Git, held: Checkout, remotes: Sequence[Remote], seen: _Seen, dry_run: bool) -> None:
    await asyncio.gather(*(_fetch(git, held, one, seen) for one in remotes))
    newest = {}
    for ref, tips in differing_heads(seen.found).items():
        found = await git.newest(held, tips)
        if found is not None:
            newest[ref] = found
    seen.plan = plan(seen.found, newest)
    if not dry_run:
        await asyncio.gather(*(_push(git, held, one, seen) for one in remotes if seen.plan.pushes.get(one.name)))
    await asyncio.gather(*(_prove(git, held, one, seen) for one in remotes if one.name in seen.found))


async def _fetch(git: Git, held: Checkout, remote: Remote, seen: _Seen) -> None:
    try:
        await git.fetch(held, remote.name, remote.url)
        seen.found[remote.name] = await git.refs_of(held, remote.name)
    except (GitFailed, AddressRefused) as error:
        seen.errors[remote.name] = str(error)


async def _push(git: Git, held: Checkout, remote: Remote, seen: _Seen) -> None:
    try:
        seen.rejected[remote.name] = await git.push(held, remote.url, seen.plan.pushes[remote.name])
    except (GitFailed, AddressRefused) as error:
        seen.errors[remote.name] = str(error)


async def _prove(git: Git, held: Checkout, remote: Remote, seen: _Seen) -> None:
    """Ask afresh: what counts is what the remote holds now, not what was sent to it."""
    try:
        seen.proven[remote.name] = await git.listed(held, remote.url)
    except (GitFailed, AddressRefused) as error:
        seen.errors.setdefault(remote.name, str(error))


def _result(remote: Remote, seen: _Seen, dry_run: bool) -> tuple[bool, str, str | None]:
    """Whether it answered, how it stands, and why it does not stand as it should."""
    if remote.name not in seen.found:
        return False, "offline", seen.errors.get(remote.name)
    proven = seen.proven.get(remote.name)
    if proven is None:
        return True, "behind", seen.errors.get(remote.name)
    rejected = seen.rejected.get(remote.name)
    if rejected:
        ref, reason = next(iter(sorted(rejected.items())))
        return True, "rejected", f"{ref}: {reason}"
    lacking = [ref for ref, oid in seen.plan.wanted.items() if proven.get(ref) != oid]
    if lacking:
        moved = None if dry_run else f"{lacking[0]} stands elsewhere by now; the next run looks again"
        return True, "behind", seen.errors.get(remote.name, moved)
    return (True, "diverged", None) if seen.plan.divergences else (True, "synced", None)


def _results(remotes: Sequence[Remote], seen: _Seen, dry_run: bool) -> list[tuple[str, bool, str, str | None]]:
    return [(one.name, *_result(one, seen, dry_run)) for one in remotes]


def _state(remotes: Sequence[Remote], seen: _Seen, dry_run: bool) -> State:
    results = {result for _, _, result, _ in _results(remotes, seen, dry_run)}
    if not remotes or results & {"offline", "rejected"} or (results & {"behind"} and not dry_run):
        return "failed"
    return "diverged" if seen.plan.divergences else "synced"


def _report(repository: Repository, remotes: Sequence[Remote], seen: _Seen, dry_run: bool) -> dict[str, Any]:
    """What is written down of a run: bounded, without an address."""
    alike = len(seen.proven) == len(remotes) > 0 and len({fingerprint(refs) for refs in seen.proven.values()}) == 1
    agreed = next(iter(seen.proven.values())) if alike else {}
    return {
        "error": None if remotes else NO_REMOTES,
        "remotes": [
            {
                "name": name,
                "online": online,
                "result": result,
                "error": error,
                "lacking": len(seen.plan.pushes.get(name, {})),
                "refs": len(seen.proven.get(name, seen.found.get(name, {}))),
            }
            for name, online, result, error in _results(remotes, seen, dry_run)
        ],
        "divergences": [
            {"ref": one.ref, "tips": dict(one.tips), "hint": one.hint}
            for one in seen.plan.divergences[:DIVERGENCES_SHOWN_LIMIT]
        ],
        "divergences_total": len(seen.plan.divergences),
        "hash": fingerprint(agreed) if alike else None,
        "commit": agreed.get(f"refs/heads/{repository.branch}"),
    }


def _refusal_report(refusal: Refusal) -> dict[str, Any]:
    return {"error": refusal.message, "code": refusal.code, "hint": refusal.hint, "remotes": [], "divergences": []}


async def _finish(
    database: Database,
    wanted: Wanted,
    run_id: str,
    state: State,
    results: Sequence[tuple[str, bool, str, str | None]],
    report: Mapping[str, Any],
) -> Run:
    """Commit the result, and tell it."""
    async with database.begin(actor=wanted.actor, trace=wanted.trace) as uow:
        for name, online, result, error in results:
            await store.see_remote(uow, wanted.repository, name, online, result, error)
        if await store.end_run(uow, run_id, state, report):
            await store.count_run(uow, wanted.repository, state in ("failed", "refused"), RUNS_KEPT)
            told = MirrorSynced(run_id, wanted.repository, state, wanted.dry_run, report.get("hash"))
            await append(uow, told, subject=wanted.repository)
        now = uow.now
    return Run(run_id, wanted.repository, wanted.request_id, wanted.dry_run, state, now, now, report)
