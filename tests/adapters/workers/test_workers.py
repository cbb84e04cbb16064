"""Work in other processes: done, refused when it dies, and the next work finds a worker again."""

from __future__ import annotations

import os
import signal

import pytest

from harmony.adapters.workers.pool import Workers, WorkFailed


def process_and(value: int) -> tuple[int, int]:
    return os.getpid(), value


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def stumble() -> None:
    raise ValueError("the work's own error")


async def test_work_is_done_in_another_process_and_a_dead_worker_is_replaced() -> None:
    workers = Workers(1)
    try:
        process, value = await workers.run(process_and, 7)
        assert value == 7
        assert process != os.getpid()
        with pytest.raises(WorkFailed):
            await workers.run(die)
        assert (await workers.run(process_and, 8))[1] == 8
        with pytest.raises(ValueError, match="own error"):
            await workers.run(stumble)
    finally:
        workers.close()
