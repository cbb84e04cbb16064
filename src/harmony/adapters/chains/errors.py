"""Refusals of the chains' door."""

from __future__ import annotations

from harmony.kernel.errors import Conflict, Invalid, Unavailable


class ChainUnknown(Invalid):
    code = "chains.unknown"
    hint = "Name a chain as CAIP-2 does, one that Harmony knows: docs/reference/settings.md lists them."


class ChainUnreachable(Unavailable):
    code = "chains.unreachable"
    hint = "Try again shortly; if it stays, name further JSON-RPC addresses in HARMONY_CHAIN_RPC."


class AnswerRefused(Unavailable):
    code = "chains.answer_refused"
    hint = "An endpoint of the chain answered what cannot be so; nothing was done. Name other endpoints if it stays."


class TransactionRefused(Conflict):
    code = "chains.transaction_refused"
    hint = "The chain's endpoint does not take this transaction; the message says why."


class FeeTooHigh(Unavailable):
    code = "chains.fee_too_high"
    hint = "The chain asks for more than Harmony pays; it waits until the fee falls."


class KeyUnusable(Invalid):
    code = "chains.key_unusable"
    hint = "Give a private key of 32 bytes in hexadecimal, in a file that only its owner can read (0600)."


class SignatureRefused(Invalid):
    code = "chains.signature_refused"
    hint = "Sign the exact message with the wallet's key (personal_sign) and send the 65 bytes in hexadecimal."


class LocalChainFailed(Unavailable):
    code = "chains.local_failed"
    hint = "Prepare the chain's parts with `make setup EXTRAS=chain`, then start again; the message says what failed."
