"""Known failures in bounded memory, and those among them that are most like a new one.

A failure is kept as a row of 32-bit numbers. It is found again by a few keys (its hashes, its kind with its message,
its innermost frames, rare words); all failures of one key form a chain through a table of fixed size, newest first, as
in the match finder of LZ77 compressors (Deutsch, RFC 1951, section 4). When ``capacity`` is reached the oldest are
overwritten, and chains simply end where they meet an overwritten row. A search follows each chain
``CHAIN_LIMIT_ITEMS`` far, grades what it meets by a cheap bound, and aligns the best ``ALIGNED_LIMIT_ITEMS``.
"""

from __future__ import annotations

import heapq
import zlib
from array import array
from collections.abc import Iterator
from dataclasses import dataclass

from harmony.assist.problems.fingerprints import Fingerprint
from harmony.assist.problems.similarity import STEPS_COMPARED, Sketch, likeness, names_of, shared, words_of

CAPACITY_ITEMS = 1_000_000
CAPACITY_LIMIT_ITEMS = 16_000_000
WORDS_KEPT = 12
KEYS = 6
CHAIN_LIMIT_ITEMS = 96
ALIGNED_LIMIT_ITEMS = 32
FOUND_LIMIT_ITEMS = 20
ROW = 3 + WORDS_KEPT + STEPS_COMPARED
"""Numbers a row: kind, how many words and frames, the words, the frames; each of four bytes."""
BYTES_AN_ITEM = 4 * ROW + 4 * KEYS + 16 + 2 * 4 * KEYS
"""A row, its chains and digest, and its share of the heads, which are up to twice as many."""
_NONE = 0


@dataclass(frozen=True, slots=True)
class Near:
    """A known fingerprint and how like it is, 0 to 1."""

    fingerprint: str
    likeness: float


def sketch_of(print_: Fingerprint) -> Sketch:
    """The failure as numbers that are the same in every process."""
    return Sketch(
        kind=_number(print_.kind),
        words=tuple(_number(word) for word in words_of(print_)[:WORDS_KEPT]),
        steps=tuple(_number(name) for name in names_of(print_)),
    )


def keys_of(print_: Fingerprint, sketch: Sketch) -> tuple[int, ...]:
    """``KEYS`` numbers of 32 bits; failures that share none are not worth comparing."""
    kind, steps = print_.kind, names_of(print_)
    words = sorted(words_of(print_), key=lambda word: (-len(word), word))
    return (
        _number(f"value {print_.value}"),
        _number(f"said {kind} {print_.message}"),
        _number(f"inner {kind} {' '.join(steps[:2])}"),
        _number(f"deeper {kind} {' '.join(steps[1:4])}") if len(steps) > 1 else _NONE,
        _number(f"word {kind} {words[0]}") if words else _NONE,
        _number(f"words {kind} {' '.join(words[1:3])}") if len(words) > 1 else _NONE,
    )


class MemoryIndex:
    """Known failures in one process; at most ``capacity`` of them, ``BYTES_AN_ITEM`` bytes each, taken at once."""

    def __init__(self, capacity: int = CAPACITY_ITEMS) -> None:
        if not 1 <= capacity <= CAPACITY_LIMIT_ITEMS:
            raise ValueError(f"the capacity is between 1 and {CAPACITY_LIMIT_ITEMS}")
        self._capacity = capacity
        self._added = 0
        """How many were ever added; the number of the newest. Four bytes hold it."""
        self._rows = array("I", bytes(4 * ROW * capacity))
        self._digests = bytearray(16 * capacity)
        self._before = array("I", bytes(4 * KEYS * capacity))
        self._mask = (1 << max(8, capacity.bit_length())) - 1
        self._heads = array("I", bytes(4 * KEYS * (self._mask + 1)))

    def __len__(self) -> int:
        return min(self._added, self._capacity)

    @property
    def bytes(self) -> int:
        """The memory that the tables hold, however many failures are known."""
        return 4 * (len(self._rows) + len(self._before) + len(self._heads)) + len(self._digests)

    def add(self, print_: Fingerprint) -> None:
        """Remember a failure; a fingerprint that is the newest of its own already is not kept twice."""
        sketch = sketch_of(print_)
        keys = keys_of(print_, sketch)
        if print_.value in (self._digest(number) for number in self._chain(0, keys[0])):
            return
        # Numbers begin at 1 and never repeat; zero ends a chain.
        self._added += 1
        at = self._added % self._capacity
        self._rows[at * ROW : (at + 1) * ROW] = array("I", _row(sketch))
        self._digests[16 * at : 16 * (at + 1)] = bytes.fromhex(print_.value)
        for which, key in enumerate(keys):
            head = self._head(which, key)
            self._before[at * KEYS + which] = self._heads[head] if key else 0
            if key:
                self._heads[head] = self._added

    def like(self, print_: Fingerprint, *, limit: int = FOUND_LIMIT_ITEMS) -> list[Near]:
        """The known failures most like this one, best first, its own fingerprint among them."""
        sketch = sketch_of(print_)
        met: dict[int, Sketch] = {}
        for which, key in enumerate(keys_of(print_, sketch)):
            for number in self._chain(which, key):
                if number not in met:
                    met[number] = self._sketch(number)
        graded = ((_bound(sketch, known), number) for number, known in met.items() if known.kind == sketch.kind)
        best = heapq.nlargest(max(limit, ALIGNED_LIMIT_ITEMS), graded)
        found = {self._digest(number): likeness(sketch, met[number]) for _, number in best}
        if print_.value in found:
            found[print_.value] = 1.0
        ordered = sorted(found.items(), key=lambda item: (-item[1], item[0]))
        return [Near(digest, grade) for digest, grade in ordered[:limit]]

    def _head(self, which: int, key: int) -> int:
        """Where the chains of a key begin; each kind of key has a table of its own, so that chains never mix."""
        return which * (self._mask + 1) + (key & self._mask)

    def _chain(self, which: int, key: int) -> Iterator[int]:
        """Numbers of the failures that may share a key, newest first."""
        number = self._heads[self._head(which, key)] if key else 0
        for _ in range(CHAIN_LIMIT_ITEMS):
            if number == 0 or number + self._capacity <= self._added:
                return
            yield number
            before = self._before[(number % self._capacity) * KEYS + which]
            if before >= number:
                return
            number = before

    def _sketch(self, number: int) -> Sketch:
        row = self._rows[(number % self._capacity) * ROW : (number % self._capacity + 1) * ROW]
        words, steps = row[1], row[2]
        return Sketch(row[0], tuple(row[3 : 3 + words]), tuple(row[3 + WORDS_KEPT : 3 + WORDS_KEPT + steps]))

    def _digest(self, number: int) -> str:
        at = 16 * (number % self._capacity)
        return self._digests[at : at + 16].hex()


def _row(sketch: Sketch) -> list[int]:
    words, steps = list(sketch.words), list(sketch.steps)
    return [
        sketch.kind,
        len(words),
        len(steps),
        *words,
        *[0] * (WORDS_KEPT - len(words)),
        *steps,
        *[0] * (STEPS_COMPARED - len(steps)),
    ]


def _bound(one: Sketch, other: Sketch) -> float:
    """A cheap stand-in for ``likeness``: frames as a set."""
    return shared(one.words, other.words) + shared(one.steps, other.steps)


def _number(text: str) -> int:
    """32 bits of a text, never zero, the same in every process."""
    return zlib.crc32(text.encode("utf-8", "replace")) or 1
