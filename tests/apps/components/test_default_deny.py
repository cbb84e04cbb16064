"""Default deny: every operation of every component names its permission or says that it is public."""

from __future__ import annotations

import pytest

from harmony.apps.components.application import document
from harmony.apps.components.component import Component
from harmony.apps.components.declared import COMPONENTS
from harmony.commons.identity.model import GRANTS, permissions

# What anybody may call: to find out whether Harmony lives, to sign in and out, to read what buyers can begin with.
PUBLIC = {
    "GET /health",
    "POST /auth/sign-in",
    "POST /auth/sign-out",
    "GET /api/v1/harmony/verifier/templates",
    "POST /v1/ci/hooks/{sourceId}",
}
# Only administrators: no other role is granted these by name.
ADMIN_ONLY = {
    "balances.settle",
    "components.manage",
    "identity.manage",
    "inspect.read",
    "ledger.export",
    "ledger.grant",
    "problems.learn",
}


def operations(component: Component) -> dict[str, str | None]:
    """``METHOD path`` of each operation in the OpenAPI document, with the permission it names there."""
    paths = document(component)["paths"]
    return {
        f"{method.upper()} {path}": operation.get("x-permission")
        for path, methods in paths.items()
        for method, operation in methods.items()
    }


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda component: component.name)
def test_every_operation_names_a_permission_or_is_on_the_public_list(component: Component) -> None:
    found = operations(component)
    assert len(found) > 1
    assert {name for name, permission in found.items() if permission == "public"} <= PUBLIC
    unnamed = {name for name, permission in found.items() if permission is None}
    assert not unnamed, "the list of routes without a permission is empty and stays so"


def test_every_permission_that_a_route_asks_for_is_granted_to_a_role_or_to_administrators_only() -> None:
    asked = {permission for component in COMPONENTS for permission in operations(component).values()} - {"public"}
    assert asked - permissions() == ADMIN_ONLY


def test_no_role_is_granted_a_permission_that_no_route_asks_for() -> None:
    asked = {permission for component in COMPONENTS for permission in operations(component).values()}
    beyond_routes = {"journal.read", "knowledge.review"}  # widen what a route shows or allows
    granted = {grant for grants in GRANTS.values() for grant in grants if grant != "*"}
    assert granted - asked - beyond_routes == set()
