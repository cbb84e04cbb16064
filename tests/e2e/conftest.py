"""A running Harmony in which the story has been told, for the browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from tests import harmony as houses
from tests.harmony import Harmony
from tests.postgres import reachable_folder


@pytest.fixture(scope="session")
def running_harmony() -> Iterator[Harmony]:
    with reachable_folder() as folder, houses.running_harmony(folder / "data") as found:
        yield found


@pytest.fixture(scope="session")
def told_story(running_harmony: Harmony) -> dict[str, Any]:
    """The summary of one whole telling."""
    told = houses.demo(running_harmony.data, running_harmony.offset)
    output, errors = told.communicate(timeout=180)
    assert told.returncode == 0, output.decode() + errors.decode()
    return houses.summary(output)
