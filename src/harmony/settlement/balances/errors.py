"""Refusals of the shadow balances."""

from __future__ import annotations

from harmony.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Refusal


class PaymentRequired(Refusal):
    code = "balances.payment_required"
    status = 402
    hint = "Put money on your shadow balance as `details.payment_methods` says, then send the same request again."


class ChainUnavailable(Invalid):
    code = "balances.chain_unavailable"
    hint = "Use the chain `ledger`; deposits and withdrawals on other chains are not built into this Harmony."


class DepositUnproven(Invalid):
    code = "balances.deposit_unproven"
    hint = "On the chain `ledger` leave deposit_tx_hash out: the deposit is made by this call, out of your own balance."


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
