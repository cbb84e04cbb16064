"""The house is tidy: its own rules, as one test."""

from __future__ import annotations

import tidy
from house.source import read_house


def test_the_house_keeps_its_rules() -> None:
    found = tidy.findings(read_house(tidy.ROOT))
    assert not found, "\n" + "\n".join(map(str, found))
