"""One call, one debit: a dependency that any FastAPI route can carry beside its guard.

    @router.get("/answer")
    async def answer(edge: Annotated[Edge, requires("…")], paid: Annotated[Charge, Metered(price=PRICE)]) -> …

The debit goes through the batching writer: the route begins after it is durable. A caller that cannot pay is answered
402 with how to. With an Idempotency-Key the same call is paid once, however often it is sent.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from fastapi import Depends, Request

from harmony.commons.identity.edge import House, trace_given
from harmony.commons.identity.errors import SignInNeeded
from harmony.commons.identity.model import RESERVED_IDS
from harmony.kernel.errors import Refusal
from harmony.kernel.money import PRACTICE_USDC, Amount, decimal
from harmony.settlement.balances.errors import PaymentRequired
from harmony.settlement.balances.model import CHAIN, METERING, account
from harmony.settlement.ledger.errors import AccountUnknown, FundsInsufficient
from harmony.settlement.ledger.model import REFERENCE_LIMIT_CHARS, Transfer
from harmony.settlement.ledger.writer import Writer

DEPOSIT_PATH = "/api/v1/harmony/whisperer/deposit"


@dataclass(frozen=True, slots=True)
class Charge:
    """What this call has cost; ``repeated`` when an earlier sending of it was charged."""

    transfer_id: str
    amount: Amount
    repeated: bool


class Meter:
    """Debits the caller that the route's guard has found; ``payee`` is an account of the ledger that is open."""

    def __init__(self, price: Amount, payee: str) -> None:
        if price.asset != PRACTICE_USDC or price.minor <= 0:
            raise ValueError("a price is above zero, in the asset of the shadow balances")
        self._price = price
        self._payee = payee

    async def __call__(self, request: Request) -> Charge:
        house: House = request.app.state.house
        caller, trace = _caller(request)
        route = f"{request.method} {request.scope['route'].path}"
        move = Transfer(
            id=_id(house, request, caller, route),
            debit=account(caller),
            credit=self._payee,
            amount=self._price,
            purpose="shadow.meter",
            reference=route[:REFERENCE_LIMIT_CHARS],
        )
        try:
            [posted] = await house.port(Writer).post([move], actor=caller, trace=trace)
        except (FundsInsufficient, AccountUnknown) as refusal:
            raise self._how_to_pay(refusal) from refusal
        return Charge(posted.id, self._price, posted.repeated)

    def _how_to_pay(self, refusal: Refusal) -> PaymentRequired:
        deposit = {"method": "shadow_balance", "chain": CHAIN, "asset": PRACTICE_USDC.code, "deposit": DEPOSIT_PATH}
        return PaymentRequired(
            "this call costs more than your shadow balance holds",
            details={
                "payment_required": True,
                "amount_usdc": decimal(self._price),
                "currency": PRACTICE_USDC.code,
                "payment_methods": [deposit],
                "reason": refusal.code,
            },
        )


def Metered(*, price: Amount, payee: str = METERING) -> Any:  # noqa: N802 - reads as the dependency that it is
    """The dependency that debits ``price`` from whoever the route's guard lets in; name the guard before it."""
    return Depends(Meter(price, payee))


def _caller(request: Request) -> tuple[str, str]:
    """Who the guard found and in which trace; raises ``SignInNeeded`` for who has no account to debit."""
    caller: str | None = getattr(request.state, "caller", None)
    if caller is None:
        raise RuntimeError("a metered route names its guard before its meter")
    if caller in RESERVED_IDS:
        raise SignInNeeded("a metered call needs a signed-in caller")
    return caller, trace_given(request, request.app.state.house)


def _id(house: House, request: Request, caller: str, route: str) -> str:
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return house.database.ids.new("meter")
    # Path and query belong to what is bought; the digest keeps the id short whatever the key.
    bought = f"{caller}\n{route}\n{request.url.path}\n{request.url.query}\n{key}"
    return f"meter:{hashlib.sha256(bought.encode()).hexdigest()}"
