"""Keccak-256 as contracts compute it, over many short messages of one length at once. Pure.

Source: FIPS 202 for the permutation; the padding is that of the original submission (0x01), which Ethereum kept. Many
at once, because a level of a tree is one call: the numbers are columns of 64-bit lanes, each step works on all of them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

RATE_BYTES = 136
HASH_BYTES = 32

_LANES = NDArray[np.uint64]
_ROTATIONS = (
    (0, 36, 3, 41, 18),
    (1, 44, 10, 45, 2),
    (62, 6, 43, 15, 61),
    (28, 55, 25, 21, 56),
    (27, 20, 39, 8, 14),
)
"""By x, then y (FIPS 202, table 2)."""
_ROUNDS = (
    0x0000000000000001, 0x0000000000008082, 0x800000000000808A, 0x8000000080008000, 0x000000000000808B,
    0x0000000080000001, 0x8000000080008081, 0x8000000000008009, 0x000000000000008A, 0x0000000000000088,
    0x0000000080008009, 0x000000008000000A, 0x000000008000808B, 0x800000000000008B, 0x8000000000008089,
    0x8000000000008003, 0x8000000000008002, 0x8000000000000080, 0x000000000000800A, 0x800000008000000A,
    0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
)  # fmt: skip


def keccak256(messages: Sequence[bytes]) -> list[bytes]:
    """The hash of each message; all have one length of at most ``RATE_BYTES`` - 1 bytes (``ValueError``)."""
    if not messages:
        return []
    length = len(messages[0])
    if length >= RATE_BYTES or any(len(message) != length for message in messages):
        raise ValueError(f"messages have one length below {RATE_BYTES} bytes")
    blocks = np.zeros((len(messages), RATE_BYTES), dtype=np.uint8)
    blocks[:, :length] = np.frombuffer(b"".join(messages), dtype=np.uint8).reshape(len(messages), length)
    blocks[:, length] ^= 0x01
    blocks[:, -1] ^= 0x80
    lanes = blocks.view("<u8").T.astype(np.uint64)
    zero = np.zeros(len(messages), dtype=np.uint64)
    state = [[lanes[x + 5 * y] if x + 5 * y < len(lanes) else zero for y in range(5)] for x in range(5)]
    for constant in _ROUNDS:
        state = _round(state, np.uint64(constant))
    digests = np.stack([state[x][0] for x in range(HASH_BYTES // 8)], axis=1).astype("<u8")
    return [row.tobytes() for row in digests]


def _round(state: list[list[_LANES]], constant: np.uint64) -> list[list[_LANES]]:
    column = [state[x][0] ^ state[x][1] ^ state[x][2] ^ state[x][3] ^ state[x][4] for x in range(5)]
    parity = [column[x - 1] ^ _rotated(column[(x + 1) % 5], 1) for x in range(5)]
    moved: list[list[_LANES]] = [[column[0]] * 5 for _ in range(5)]
    for x in range(5):
        for y in range(5):
            moved[y][(2 * x + 3 * y) % 5] = _rotated(state[x][y] ^ parity[x], _ROTATIONS[x][y])
    mixed = [[moved[x][y] ^ (~moved[(x + 1) % 5][y] & moved[(x + 2) % 5][y]) for y in range(5)] for x in range(5)]
    mixed[0][0] = mixed[0][0] ^ constant
    return mixed


def _rotated(lanes: _LANES, by: int) -> _LANES:
    if by == 0:
        return lanes
    return (lanes << np.uint64(by)) | (lanes >> np.uint64(64 - by))
