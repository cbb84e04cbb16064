"""The npm locks install under npm 10 and 11, on every kind of machine, from any registry."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import npm_lock

PARENT = {
    "version": "2.0.0",
    "dev": True,
    "optionalDependencies": {
        "@a/cli-linux-x64-musl": "2.0.0",
        "@a/cli-wasm32": "2.0.0",
        "fsevents": "~2.3.3",
        "b": "1.0.0",
    },
}
LOCK: dict[str, Any] = {
    "lockfileVersion": 3,
    "packages": {"": {}, "node_modules/a": PARENT, "node_modules/a/node_modules/b": {}},
}


def test_a_missing_machine_is_added_with_what_its_name_says() -> None:
    assert dict(npm_lock.missing(LOCK["packages"])) == {
        "node_modules/@a/cli-linux-x64-musl": {
            "version": "2.0.0",
            "cpu": ["x64"],
            "dev": True,
            "libc": ["musl"],
            "optional": True,
            "os": ["linux"],
        },
        "node_modules/@a/cli-wasm32": {"version": "2.0.0", "cpu": ["wasm32"], "dev": True, "optional": True},
        "node_modules/fsevents": {"version": "2.3.3", "dev": True, "optional": True, "os": ["darwin"]},
    }


def test_a_completed_lock_misses_nothing_and_keeps_what_it_held() -> None:
    completed = npm_lock.complete(LOCK)
    assert list(npm_lock.missing(completed["packages"])) == []
    assert completed["packages"]["node_modules/a"] == PARENT


def test_a_processor_goes_by_the_name_that_npm_knows() -> None:
    packages = {"": {"optionalDependencies": {"@a/cli-linux-amd64": "1.0.0"}}}
    [(_, entry)] = npm_lock.missing(packages)
    assert entry["cpu"] == ["x64"]


@pytest.mark.parametrize("lock", npm_lock.LOCKS, ids=lambda lock: lock.parent.name)
def test_our_own_lock_is_complete_and_names_no_registry(lock: Path) -> None:
    packages = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    assert [path for path, _ in npm_lock.missing(packages)] == [], "`make lock` completes it"
    assert [path for path, entry in packages.items() if "resolved" in entry] == []
