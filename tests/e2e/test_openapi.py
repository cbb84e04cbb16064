"""Every documented operation, asked with what its document allows and with what it does not.

schemathesis makes the requests from each component's own OpenAPI document and a running Harmony answers them at the
component's own port: no answer is a 500, and what comes back is what the document says.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.specs.openapi.checks import response_schema_conformance
from tests.harmony import Harmony
from tests.people import Person, invented, operator

from harmony.apps.components.application import document
from harmony.apps.components.declared import COMPONENTS

EXAMPLES = 10
"""Of each operation, for each caller, in each mode: bounded so that the whole takes a minute or two."""
WAIT_SECONDS = 0.1
ENDLESS = {
    "GET /events/subscribe": "an answer without an end; tests/coordination/events reads it",
    "GET /state/subscribe": "an answer without an end; tests/coordination/state reads it",
    "GET /v1/requests/{requestId}/events": "an answer without an end; tests/assist/matching reads it",
}
BOUNDED = settings(
    max_examples=EXAMPLES,
    derandomize=True,  # the same requests in every run
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def operations() -> Iterator[Any]:
    for component in COMPONENTS:
        schema = schemathesis.openapi.from_dict(document(component))
        for found in schema.get_all_operations():
            operation = found.ok()
            skipped = [pytest.mark.skip(reason=ENDLESS[operation.label])] if operation.label in ENDLESS else []
            yield pytest.param(component.name, operation, id=f"{component.name} {operation.label}", marks=skipped)


@pytest.fixture(scope="module")
def callers(running_harmony: Harmony) -> list[Person]:
    return [operator(running_harmony), invented(running_harmony, "seeker")]


@pytest.fixture(scope="module")
def http() -> Iterator[requests.Session]:
    with requests.Session() as session:
        session.trust_env = False
        yield session


def try_out(operation: Any, mode: GenerationMode, url: str, caller: Person, http: requests.Session) -> None:
    """Ask ``EXAMPLES`` times and check each answer."""

    @BOUNDED
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Case) -> None:
        if isinstance((case.query or {}).get("wait"), (int, float)):  # waiting for a message proves nothing here
            case.query["wait"] = min(case.query["wait"], WAIT_SECONDS)
        answer = case.call(base_url=url, session=http, headers={"Authorization": f"Bearer {caller.token}"})
        case.validate_response(answer, checks=[response_schema_conformance])
        documented = operation.definition.raw["responses"]
        # A gateway's 503 that the document names is an answer; a 500 never is.
        assert answer.status_code < 500 or (answer.status_code > 500 and str(answer.status_code) in documented)

    ask()


@pytest.mark.parametrize(("component", "operation"), list(operations()))
def test_no_request_is_answered_by_a_500_or_by_what_is_not_documented(
    running_harmony: Harmony, callers: list[Person], http: requests.Session, component: str, operation: Any
) -> None:
    url = f"http://127.0.0.1:{running_harmony.port(component)}"
    for caller in callers:
        try_out(operation, GenerationMode.POSITIVE, url, caller, http)
        with suppress(Unsatisfiable):  # where any text at all is allowed, nothing can be sent that is not
            try_out(operation, GenerationMode.NEGATIVE, url, caller, http)
