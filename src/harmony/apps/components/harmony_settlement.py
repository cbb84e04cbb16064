"""harmony-settlement: escrows, deliverables, verifications, shadow balances, the ledger."""

from __future__ import annotations

from harmony.apps.components.component import Component, Job
from harmony.commons.identity.edge import House
from harmony.settlement.balances import jobs as balances
from harmony.settlement.balances.routes import router as balance_routes
from harmony.settlement.escrows import jobs as escrows
from harmony.settlement.escrows.routes import router as escrow_routes
from harmony.settlement.ledger import jobs as ledger
from harmony.settlement.ledger.ports import ProofSigner
from harmony.settlement.ledger.routes import router as ledger_routes
from harmony.settlement.verifiers import jobs as verifiers
from harmony.settlement.verifiers.model import DELIVERABLE_LIMIT_BYTES
from harmony.settlement.verifiers.ports import ProgramRunner
from harmony.settlement.verifiers.routes import router as verifier_routes


async def _verify(house: House) -> int:
    """Run what waits to be checked, then take notice of what the checks came to."""
    checked = await verifiers.run_pending(house.database, house.port(ProgramRunner))
    return checked + await escrows.settle_verified(house.database)


HARMONY_SETTLEMENT = Component(
    name="harmony-settlement",
    port=8002,
    capabilities=("escrow", "verification", "shadow-balance", "ledger"),
    routers=(escrow_routes, verifier_routes, balance_routes, ledger_routes),
    jobs=(
        Job("seal the ledger", 0.5, lambda house: ledger.seal(house.database)),
        Job("end pending transfers", 5.0, lambda house: ledger.expire(house.database)),
        Job("prove the ledger", 300.0, lambda house: ledger.prove(house.database)),
        Job("sign the ledger's day", 600.0, lambda house: ledger.sign(house.database, house.port(ProofSigner))),
        Job("pay settlements", 2.0, lambda house: balances.pay(house.database)),
        Job("settle full balances", 60.0, lambda house: balances.settle_daily(house.database)),
        Job("check deliveries", 0.5, _verify),
        Job("decide what is overdue", 5.0, lambda house: escrows.expire_overdue(house.database)),
    ),
    body_limits={"/api/v1/harmony/deliverables": DELIVERABLE_LIMIT_BYTES},
)
