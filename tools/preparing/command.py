"""The command: look for what is missing, then the environment, the page, the contracts' tools."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from preparing import contracts, environment, node, page, steps, system

ROOT = Path(__file__).resolve().parents[2]


def main(argv: Sequence[str]) -> int:
    """Prepare for ``up`` or ``test``; 0 when everything is in place, 1 with the remedy printed, 130 on Ctrl-C."""
    arguments = _parse(argv)
    refusal = system.refusal(ROOT)
    if refusal is not None:
        sys.stderr.write(refusal + "\n")
        return 1
    try:
        with steps.alone(ROOT):
            changed = _prepare(ROOT, arguments.selection, frozenset(arguments.extras.split()))
    except steps.StepFailed as failure:
        sys.stderr.write(f"{failure}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("\nInterrupted; the next run repeats this step.\n")
        return 130
    if changed or arguments.say_ready:
        steps.say("Ready", "the checkout is prepared")
    return 0


def _parse(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tools/setup.py", description="Prepare this checkout.")
    parser.add_argument("selection", choices=("up", "test"))
    parser.add_argument("--extras", default="", help="extras of pyproject.toml to install as well, parted by spaces")
    parser.add_argument("--say-ready", action="store_true", help="say so when there was nothing to do")
    return parser.parse_args(argv)


def _prepare(root: Path, selection: str, extras: frozenset[str]) -> bool:
    """Whether anything had to be done."""
    project = environment.read_project(root)
    wanted = frozenset(project.extras) if selection == "test" else extras
    toolchain = node.of_system(root)
    locked_node = selection == "test" or (page.exists(root) and toolchain is None)
    changed = environment.prepare(root, project, wanted, with_node=locked_node)
    if page.exists(root):
        changed = page.prepare(root, toolchain or node.of_wheel(root)) or changed
    if selection == "test" and contracts.exists(root):
        changed = contracts.prepare(root, toolchain or node.of_wheel(root)) or changed
    return changed
