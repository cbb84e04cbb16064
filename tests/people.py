"""Invented people of a running Harmony, each with a token of their own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from harmony.kernel.chance import SystemChance
from tests.harmony import Harmony


@dataclass(frozen=True)
class Person:
    """Whoever asks: ``token`` None is a caller who proves nothing."""

    harmony: Harmony
    id: str
    token: str | None

    def ask(self, component: str, method: str, path: str, **content: Any) -> httpx.Response:
        """Ask a component at its own port; ``key`` is an Idempotency-Key."""
        headers = dict(content.pop("headers", {}))
        key = content.pop("key", None)
        if self.token is not None:
            headers["Authorization"] = f"Bearer {self.token}"
        if key is not None:
            headers["Idempotency-Key"] = key
        url = f"http://127.0.0.1:{self.harmony.port(component)}{path}"
        with httpx.Client(trust_env=False, timeout=60) as client:
            return client.request(method, url, headers=headers, **content)

    def live(self, method: str, path: str, **content: Any) -> httpx.Response:
        return self.ask("harmony-live", method, path, **content)

    def settlement(self, method: str, path: str, **content: Any) -> httpx.Response:
        return self.ask("harmony-settlement", method, "/api/v1/harmony" + path, **content)

    def balance(self) -> list[dict[str, str]]:
        found: list[dict[str, str]] = self.settlement("GET", "/ledger/balance").json()["balances"]
        return found


def nobody(harmony: Harmony) -> Person:
    return Person(harmony, "local", None)


def operator(harmony: Harmony) -> Person:
    return Person(harmony, "operator", harmony.operator_token)


def invented(harmony: Harmony, *roles: str, kind: str = "person") -> Person:
    """A new principal with these roles."""
    name = f"invented-{SystemChance().secret_bytes(6).hex()}"
    made = {"kind": kind, "name": "Somebody Invented", "roles": list(roles), "id": name}
    assert harmony.ask("POST", "/auth/principals", json=made).status_code == 201
    token = harmony.ask("POST", "/auth/tokens", json={"label": "a test", "principal_id": name, "days": 1})
    return Person(harmony, name, token.json()["token"])


def fresh_key() -> str:
    return SystemChance().secret_bytes(12).hex()


@contextmanager
def books_untouched(*people: Person) -> Iterator[None]:
    """Within the block no balance changes; before and after the ledger's proof is whole."""
    before = [person.balance() for person in people]
    prove(people[0].harmony)
    yield
    assert [person.balance() for person in people] == before
    prove(people[0].harmony)


def prove(harmony: Harmony) -> None:
    proof = operator(harmony).settlement("GET", "/ledger/proof").json()
    assert proof["ok"], proof["faults"]
    assert all(total["balanced"] for total in proof["totals"])
