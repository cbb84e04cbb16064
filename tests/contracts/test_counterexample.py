"""What holds for our escrow fails on the specification's, and the shortest ways there are known."""

from __future__ import annotations

from typing import Any

from tests.contracts import forge

SHORTEST = {
    "invariant_solvency()": 0,
    "invariant_liveness_for_the_seller()": 2,
    "invariant_only_named_recipients()": 3,
    "invariant_accepted_work_is_not_taken_for_nothing()": 3,
    "invariant_solvency_with_a_token_that_takes_a_fee()": 1,
}
"""Each claim to the number of calls that break it; 0 where nothing did."""


def test_the_specified_contract_breaks_in_as_few_calls_as_the_page_says() -> None:
    found = forge.suites("--match-path", "test/counterexample/*")
    sequences = {
        name: _sequence(result) for results in found.values() for name, result in results["test_results"].items()
    }
    for name, calls in sequences.items():
        print(f"{name}: {' -> '.join(calls) or 'holds'}")
    assert {name: len(calls) for name, calls in sequences.items()} == SHORTEST


def _sequence(result: dict[str, Any]) -> list[str]:
    found = result.get("counterexample")
    return [f"{call['func_name']}({call['raw_args']})" for call in found["Sequence"][1]] if found else []
