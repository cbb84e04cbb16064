"""Forge on this repository's contracts, and what its suites and the compiler say."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import tidy
from contracts.tools import compiled
from preparing import contracts

FOLDER = tidy.ROOT / "contracts"


def forge(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run ``forge`` in the contracts' folder; ``settings`` go into its environment."""
    environment = {**contracts.environment(tidy.ROOT), "FOUNDRY_DISABLE_NIGHTLY_WARNING": "1", **settings}
    command = [str(contracts.binary(tidy.ROOT, "forge")), *arguments]
    with compiled.alone():
        return subprocess.run(command, cwd=FOLDER, env=environment, capture_output=True, text=True, check=False)


def suites(*arguments: str, **settings: str) -> dict[str, Any]:
    """Every suite's name to its results. Raises ``AssertionError`` with forge's own words when none can be read."""
    done = forge("test", "--json", *arguments, **settings)
    written = [line for line in done.stdout.splitlines() if line.startswith("{") and '"test_results"' in line]
    assert written, (done.stdout + done.stderr)[-4000:]
    return dict(json.loads(written[-1]))


def failures(found: dict[str, Any]) -> list[str]:
    """Each failing test with its reason, and the counterexample where forge found one."""
    return [
        f"{suite} {name}: {result['reason']} {json.dumps(result.get('counterexample'))}"
        for suite, results in found.items()
        for name, result in results["test_results"].items()
        if result["status"] != "Success"
    ]


def artifact(name: str) -> dict[str, Any]:
    """What the compiler wrote about the contract ``name``, built when needed."""
    return compiled.artifact(name)
