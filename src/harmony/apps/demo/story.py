"""The story: six steps, each a few acts, each act remembered once it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harmony.apps.demo import acts_help, acts_money, acts_people, acts_proof, acts_trouble, state
from harmony.apps.demo.stage import Stage
from harmony.apps.demo.state import State

Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Act:
    """One deed. It may be repeated after an interruption and then has no second effect."""

    name: str
    play: Callable[[Stage], Facts]


@dataclass(frozen=True, slots=True)
class Step:
    name: str
    acts: tuple[Act, ...]


STEPS: tuple[Step, ...] = (
    Step(
        "a program really fails",
        (
            Act("people", acts_people.gather),
            Act("space", acts_people.open_space),
            Act("practice money", acts_people.give_practice_money),
            Act("fail", acts_trouble.fail),
        ),
    ),
    Step(
        "the problem is detected",
        (Act("detect", acts_trouble.detect),),
    ),
    Step(
        "an expert is found and both talk",
        (
            Act("request", acts_help.request),
            Act("rank", acts_help.rank),
            Act("offer", acts_help.offer),
            Act("accept", acts_help.accept),
            Act("talk", acts_help.talk),
            Act("share", acts_help.share),
        ),
    ),
    Step(
        "the fix is held, delivered, checked and paid",
        (
            Act("deadline", acts_money.set_deadline),
            Act("hold", acts_money.hold),
            Act("agree", acts_money.agree),
            Act("deliver", acts_money.deliver),
            Act("check", acts_money.check),
        ),
    ),
    Step(
        "it is rewarded and remembered",
        (
            Act("resolve", acts_help.resolve),
            Act("reward", acts_money.reward),
            Act("draft", acts_help.draft),
            Act("approve", acts_help.approve),
            Act("fail elsewhere", acts_trouble.fail_elsewhere),
        ),
    ),
    Step(
        "the books are proven",
        (
            Act("proof", acts_proof.ledger),
            Act("trail", acts_proof.trail),
        ),
    ),
)


def tell(stage: Stage, data: Path) -> Iterator[tuple[int, Step, Act | None, Facts]]:
    """Play what is not done yet. Yields at the begin of each step (no act), then each finished act with its facts."""
    for number, step in enumerate(STEPS, start=1):
        yield number, step, None, {}
        for act in step.acts:
            if act.name not in stage.state.done:
                stage.state.done[act.name] = act.play(stage)
                state.save(data, stage.state)
            yield number, step, act, stage.state.done[act.name]
    stage.state.finished = True
    state.save(data, stage.state)


def summary(told: State, outcome: str) -> dict[str, Any]:
    """The story as one object for a program."""
    steps = [
        {
            "step": number,
            "name": step.name,
            "outcome": "done" if all(act.name in told.done for act in step.acts) else "open",
            "ids": _ids(told, step),
        }
        for number, step in enumerate(STEPS, start=1)
    ]
    return {
        "trace_id": told.trace,
        "outcome": outcome,
        "steps": steps,
        "ledger_proof": told.done.get("proof", {}).get("ledger_proof"),
        "revisions": told.done.get("trail", {}).get("revisions", []),
    }


def _ids(told: State, step: Step) -> dict[str, Any]:
    """Facts of a step that are ids: what a reader can look up. Tokens never are."""
    return {
        name: value
        for act in step.acts
        for name, value in told.done.get(act.name, {}).items()
        if name.endswith(("_id", "_ids", "_hash"))
    }
