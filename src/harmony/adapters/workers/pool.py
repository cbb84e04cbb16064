"""A small pool of worker processes for pure functions of picklable values."""

from __future__ import annotations

import asyncio
import multiprocessing
import signal
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import ParamSpec, TypeVar

from harmony.kernel.errors import Unavailable

WORKERS_LIMIT = 2
WORK_LIMIT_SECONDS = 30.0
WORK_BEFORE_RENEWAL = 500

Given = ParamSpec("Given")
Result = TypeVar("Result")


class WorkFailed(Unavailable):
    code = "workers.work_failed"
    hint = "Try again; if it stays, send less or simpler input."


class Workers:
    """Runs functions in other processes; ``close`` ends them."""

    def __init__(self, workers: int = WORKERS_LIMIT) -> None:
        self._workers = workers
        self._executor: ProcessPoolExecutor | None = None

    async def run(self, work: Callable[Given, Result], *args: Given.args, **kwargs: Given.kwargs) -> Result:
        """``work(*args)`` in a worker; raises ``WorkFailed`` when the worker dies or takes too long.

        ``work`` is a module-level function, its arguments and result can be pickled. What it raises is raised here.
        """
        if kwargs:
            raise TypeError("work takes positional arguments only")
        executor = self._executor or self._start()
        future = asyncio.get_running_loop().run_in_executor(executor, work, *args)
        try:
            return await asyncio.wait_for(future, WORK_LIMIT_SECONDS)
        except BrokenProcessPool as error:
            self._discard(executor)
            raise WorkFailed("a worker process ended in the middle of its work") from error
        except TimeoutError as error:
            self._discard(executor)
            raise WorkFailed(f"the work took longer than {WORK_LIMIT_SECONDS:.0f} seconds") from error

    def close(self) -> None:
        if self._executor is not None:
            self._discard(self._executor)

    def _start(self) -> ProcessPoolExecutor:
        self._executor = ProcessPoolExecutor(
            max_workers=self._workers,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_leave_interrupts_to_the_parent,
            max_tasks_per_child=WORK_BEFORE_RENEWAL,
        )
        return self._executor

    def _discard(self, executor: ProcessPoolExecutor) -> None:
        """Forget the pool and end its processes, also those in the middle of something."""
        if self._executor is executor:
            self._executor = None
        processes = list((executor._processes or {}).values())
        executor.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.kill()


def _leave_interrupts_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
