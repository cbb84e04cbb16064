"""HarmonyVault in memory, on the chain in memory: what the contract checks and tells, for simulations and tests."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

from harmony.adapters.chains.fakes import Frame, InMemoryToken, Reverted
from harmony.settlement.balances import contract as vault
from harmony.settlement.balances.keccak import keccak256

DEPOSIT = keccak256([b"deposit(uint256)"])[0][:4]
LEAVE = keccak256([b"leave()"])[0][:4]
"""Stands for ``exit``: everything of the caller's leaf, proof and delay apart."""


@dataclass
class InMemoryVault:
    """Deposits, epochs, payments with the fall-back, and leaving. Whoever deposits needs no allowance here."""

    address: str
    token: str
    operator: str
    published_at: int
    number: int = 0
    outstanding: int = 0
    included: int = 0
    root: bytes = bytes(32)
    deposits: list[tuple[str, int]] = field(default_factory=list)
    owed: dict[str, int] = field(default_factory=dict)

    def run(self, frame: Frame, data: bytes) -> bytes:
        words = [data[at : at + 32] for at in range(4, len(data), 32)]
        match data[:4]:
            case vault.EPOCH:
                return b"".join(
                    one.to_bytes(32) for one in (self.number, self.published_at, self.outstanding, self.included)
                )
            case vault.RESERVE:
                held = self._token(frame).balances.get(self.address, 0)
                return held.to_bytes(32) + self._liabilities().to_bytes(32)
            case vault.CLOSED:
                return bytes(32)
            case vault.PUBLISH:
                self._publish(frame, words)
            case head if head == DEPOSIT:
                self._deposit(frame, int.from_bytes(words[0]))
            case head if head == LEAVE:
                self._leave(frame, int.from_bytes(words[0]))
            case _:
                raise Reverted("unknown function")
        return b""

    def _token(self, frame: Frame) -> InMemoryToken:
        return cast(InMemoryToken, frame.contracts[self.token])

    def _liabilities(self) -> int:
        waiting = sum(amount for _, amount in self.deposits[self.included :])
        return self.outstanding + waiting + sum(self.owed.values())

    def _deposit(self, frame: Frame, amount: int) -> None:
        if amount == 0:
            raise Reverted("AmountNotAllowed(0)")
        self.deposits.append((frame.sender, amount))
        self._tell(frame, vault.DEPOSITED, len(self.deposits), frame.sender, amount)
        self._token(frame).move(frame, frame.sender, self.address, amount)

    def _publish(self, frame: Frame, words: list[bytes]) -> None:
        total, included = int.from_bytes(words[1]), int.from_bytes(words[2])
        payments = [(f"0x{word[:20].hex()}", int.from_bytes(word[20:])) for word in words[5:]]
        if frame.sender != self.operator:
            raise Reverted("NotOperator()")
        if frame.at < self.published_at + vault.LEAST_SPAN_SECONDS:
            raise Reverted("TooSoon()")
        if not self.included <= included <= len(self.deposits):
            raise Reverted("InclusionNotAllowed()")
        paid = sum(amount for _, amount in payments)
        covered = sum(amount for _, amount in self.deposits[self.included : included])
        if total + paid != self.outstanding + covered:
            raise Reverted("NotConserved()")
        self.number, self.published_at, self.outstanding = self.number + 1, frame.at, total
        self.included, self.root = included, words[0]
        frame.tell(
            self.address,
            [vault.PUBLISHED, f"0x{self.number:064x}"],
            b"".join([self.root, *(one.to_bytes(32) for one in (total, included, paid))]),
        )
        for account, amount in payments:
            self._push(frame, account, amount)

    def _leave(self, frame: Frame, amount: int) -> None:
        if not 0 < amount <= self.outstanding:
            raise Reverted("NotInTree()")
        self.outstanding -= amount
        self._tell(frame, vault.EXITED, self.number, frame.sender, amount)
        self._push(frame, frame.sender, amount)

    def _push(self, frame: Frame, account: str, amount: int) -> None:
        try:
            self._token(frame).move(frame, self.address, account, amount)
        except Reverted:
            self.owed[account] = self.owed.get(account, 0) + amount
            frame.tell(self.address, [vault.KEPT, f"0x{'0' * 24}{account[2:]}"], amount.to_bytes(32))

    def _tell(self, frame: Frame, topic: str, number: int, account: str, amount: int) -> None:
        topics = [topic, f"0x{number:064x}", f"0x{'0' * 24}{account[2:]}"]
        frame.tell(self.address, topics, amount.to_bytes(32))
