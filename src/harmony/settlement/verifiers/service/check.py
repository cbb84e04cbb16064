"""Check a delivery: run every case and say what came of it. No transaction is open while programs run."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from harmony.kernel.redaction.service import redact
from harmony.settlement.verifiers.errors import ArchiveRefused, ProgramUnfit
from harmony.settlement.verifiers.model import EVIDENCE_LIMIT_CHARS, Case, CaseResult, Run, judge
from harmony.settlement.verifiers.ports import ProgramRunner
from harmony.settlement.verifiers.service.unpack import unpack


async def check(runner: ProgramRunner, content: bytes, cases: Sequence[Case]) -> list[CaseResult]:
    """The result of each case, in order; raises ``RunnerUnavailable``.

    A delivery that cannot be unpacked or begun fails its cases: it was delivered like that. A case's own files lie
    over the delivered ones, so a delivery cannot bring its own examination.
    """
    try:
        files = await asyncio.to_thread(unpack, content)
    except ArchiveRefused as refusal:
        return [_failed(case, refusal.message) for case in cases]
    return [await _check_case(runner, files, case) for case in cases]


async def _check_case(runner: ProgramRunner, files: Mapping[str, bytes], case: Case) -> CaseResult:
    laid_out = {**files, **{path: text.encode() for path, text in case.files.items()}}
    try:
        run = await runner.run(laid_out, case.argv, case.stdin.encode())
    except ProgramUnfit as refusal:
        return _failed(case, refusal.message)
    return judge(case, run, await asyncio.to_thread(_evidence, run))


def _failed(case: Case, reasoning: str) -> CaseResult:
    return CaseResult(case.name, False, case.weight, reasoning, "")


def _evidence(run: Run) -> str:
    """What the program wrote, redacted as a whole and then shortened, so that no cut hides a secret's shape."""
    shown = []
    for name, stream in (("stdout", run.stdout), ("stderr", run.stderr)):
        text = redact(stream.decode(errors="replace").replace("\0", "\N{REPLACEMENT CHARACTER}")).text
        if text:
            end = text[-EVIDENCE_LIMIT_CHARS // 2 :]
            shown.append(f"{name}:\n{end}" if end == text else f"{name} (its end):\n{end}")
    return "\n".join(shown)[: EVIDENCE_LIMIT_CHARS + 100]
