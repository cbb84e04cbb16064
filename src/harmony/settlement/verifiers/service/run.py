"""Run a delivered program in the sandbox: the runner that every installation uses."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from harmony.adapters.sandbox.errors import IsolationUnavailable, ProgramRefused, ProgramTooLarge
from harmony.adapters.sandbox.isolation import available
from harmony.adapters.sandbox.model import Limits, Program
from harmony.adapters.sandbox.run import run
from harmony.kernel.clock import Clock
from harmony.settlement.verifiers.errors import ProgramUnfit, RunnerUnavailable
from harmony.settlement.verifiers.model import OUTPUT_LIMIT_BYTES, RUN_LIMIT_SECONDS, Run

LIMITS = Limits(wall_seconds=RUN_LIMIT_SECONDS, cpu_seconds=int(RUN_LIMIT_SECONDS), output_bytes=OUTPUT_LIMIT_BYTES)


@dataclass(frozen=True, slots=True)
class SandboxRunner:
    """``ProgramRunner`` by ``harmony.adapters.sandbox``. The clock bounds real programs, so it is the machine's."""

    clock: Clock

    async def unavailable(self) -> str | None:
        isolation = await asyncio.to_thread(available)
        return None if isolation.sufficient else "isolation is missing: " + ", ".join(isolation.missing)

    async def run(self, files: Mapping[str, bytes], argv: tuple[str, ...], stdin: bytes) -> Run:
        try:
            outcome = await run(Program(files, argv, stdin), LIMITS, clock=self.clock)
        except (ProgramRefused, ProgramTooLarge) as refusal:
            raise ProgramUnfit(refusal.message, field=refusal.field) from refusal
        except IsolationUnavailable as refusal:
            raise RunnerUnavailable(refusal.message) from refusal
        # Who wrote too much and ended in the same moment wrote too much: the verdict must not hang on who was quicker.
        stopped = outcome.stopped or ("output" if outcome.truncated else None)
        exit_code = None if stopped else outcome.exit_code
        return Run(exit_code, outcome.stdout, outcome.stderr, stopped)
