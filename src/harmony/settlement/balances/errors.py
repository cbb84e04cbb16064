"""Refusals of the shadow balances."""

from __future__ import annotations

from harmony.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Refusal


class PaymentRequired(Refusal):
    code = "balances.payment_required"
    status = 402
    hint = "Put money on your shadow balance as `details.payment_methods` says, then send the same request again."


class ChainUnavailable(Invalid):
    code = "balances.chain_unavailable"
    hint = (
        "Use one of `details.chains`; a chain is connected by whoever runs this Harmony (docs/reference/settings.md)."
    )


class DepositUnproven(Invalid):
    code = "balances.deposit_unproven"
    hint = "Name the transaction by which your wallet paid into the vault; on the chain `ledger` leave it out."


class AmountOutOfRange(Invalid):
    code = "balances.amount_out_of_range"
    hint = "Name an amount within the limits that the message says."


class WalletForeign(Forbidden):
    code = "balances.wallet_foreign"
    hint = "Leave wallet_address out, or name yourself: a balance is moved and seen by its owner."


class SettlementUnknown(NotFound):
    code = "balances.settlement_unknown"
    hint = "Name the id of a settlement of your own."


class SettlementWrongState(Conflict):
    code = "balances.settlement_wrong_state"
    hint = "The settlement is finished; look at its status."


class DepositUnconfirmed(Conflict):
    code = "balances.deposit_unconfirmed"
    hint = "Send the same request again when the transaction lies deep enough; the details say how deep."


class DepositForeign(Forbidden):
    code = "balances.deposit_foreign"
    hint = "A deposit is credited to whoever has bound the wallet that paid it."


class DepositRepeated(Conflict):
    code = "balances.deposit_repeated"
    hint = "Nothing more to do: look at your balance and history."


class DepositDiffers(Invalid):
    code = "balances.deposit_differs"
    hint = "Name exactly what the transaction paid into the vault."


class WalletMissing(Invalid):
    code = "balances.wallet_missing"
    hint = "Sign the message that GET /api/v1/harmony/whisperer/wallet answers and send it with a deposit."


class WalletBound(Conflict):
    code = "balances.wallet_bound"
    hint = "A wallet belongs to one principal, who has one wallet a chain; use the one that is bound."


class EpochUncovered(Conflict):
    code = "balances.epoch_uncovered"
    hint = "The operator pays the difference into the vault; until then nothing is published and nobody is paid."


class EpochUnknown(NotFound):
    code = "balances.epoch_unknown"
    hint = "Ask for one of the last epochs of the chain; older data is with whoever kept it."
