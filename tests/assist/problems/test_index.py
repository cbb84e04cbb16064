"""The index finds what it knows, stays within its bound, and forgets the oldest first."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmony.assist.problems.fingerprints import Fingerprint, take
from harmony.assist.problems.index import CAPACITY_LIMIT_ITEMS, FOUND_LIMIT_ITEMS, MemoryIndex
from harmony.assist.problems.model import Failure, Frame

names = st.lists(st.sampled_from([f"step_{letter}" for letter in "abcdefgh"]), min_size=1, max_size=6)


def known(functions: list[str], message: str = "kiln is cold", kind: str = "ColdError") -> Fingerprint:
    frames = tuple(Frame("/srv/shop.py", name, 3, False) for name in functions)
    return take(Failure(kind, message, f"{kind}: {message}", 1, "python", frames, 3))


def numbered(number: int) -> Fingerprint:
    name = "".join(chr(ord("a") + int(digit)) for digit in str(number))
    return known([f"main_{name}"], f"kiln {name} is cold")


def test_the_most_alike_comes_first_and_its_own_wholly() -> None:
    index = MemoryIndex(100)
    near, far = known(["main", "bake", "fire"]), known(["serve", "ring", "fire"], "the bell is broken")
    for print_ in (far, near, known(["main", "bake", "fire"], kind="HotError")):
        index.add(print_)
    asked = known(["main", "bake", "heat", "fire"])
    assert index.like(asked)[0].fingerprint == near.value
    assert index.like(near)[0].fingerprint == near.value
    assert index.like(near)[0].likeness == 1.0


def test_another_kind_is_never_found() -> None:
    index = MemoryIndex(10)
    index.add(known(["main"], kind="HotError"))
    assert index.like(known(["main"])) == []


def test_the_same_is_kept_once() -> None:
    index = MemoryIndex(10)
    for _ in range(3):
        index.add(known(["main"]))
    assert len(index) == 1


def test_beyond_its_capacity_the_oldest_are_forgotten() -> None:
    index = MemoryIndex(50)
    prints = [numbered(number) for number in range(120)]
    for print_ in prints:
        index.add(print_)
    assert len(index) == 50

    def remembered(print_: Fingerprint) -> bool:
        return print_.value in {item.fingerprint for item in index.like(print_)}

    assert all(remembered(print_) for print_ in prints[70:])
    assert not any(remembered(print_) for print_ in prints[:70])


@pytest.mark.parametrize("capacity", [0, CAPACITY_LIMIT_ITEMS + 1])
def test_a_capacity_out_of_bounds_is_refused(capacity: int) -> None:
    with pytest.raises(ValueError, match="capacity"):
        MemoryIndex(capacity)


def test_not_more_than_asked_for_is_found() -> None:
    index = MemoryIndex(200)
    for number in range(150):
        index.add(known([f"f{chr(97 + number % 26)}{chr(97 + number // 26)}", "fire"]))
    assert len(index.like(known(["fire"]))) == FOUND_LIMIT_ITEMS
    assert len(index.like(known(["fire"]), limit=3)) == 3


@settings(max_examples=40)
@given(st.lists(names, min_size=1, max_size=30), st.integers(1, 12))
def test_every_failure_still_held_finds_itself(stacks: list[list[str]], capacity: int) -> None:
    index = MemoryIndex(capacity)
    prints = [known(stack) for stack in stacks]
    for print_ in prints:
        index.add(print_)
    assert index.like(prints[-1])[0].fingerprint == prints[-1].value
    assert len(index) <= capacity
