"""Failures are compared by kind, words and aligned frames; likeness never groups, and every verdict has its reasons."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmony.assist.problems.fingerprints import Fingerprint, rounds_once, take
from harmony.assist.problems.model import Failure, Frame
from harmony.assist.problems.similarity import SIMILAR, STEPS_COMPARED, Sketch, aligned, compare, likeness

numbers = st.integers(1, 30)
stacks = st.lists(numbers, min_size=1, max_size=STEPS_COMPARED).map(tuple)
sketches = st.builds(Sketch, st.integers(1, 2), st.lists(numbers, max_size=8).map(tuple), stacks)


def failure(
    functions: str, message: str = "kiln is cold", kind: str = "ColdError", source: str = "heat()"
) -> Fingerprint:
    frames = tuple(Frame("/srv/shop.py", name, 3, False, source) for name in functions.split())
    return take(Failure(kind, message, f"{kind}: {message}", 1, "python", frames, 3))


@given(sketches)
def test_a_failure_is_wholly_like_itself(one: Sketch) -> None:
    assert likeness(one, one) == pytest.approx(1.0)


@given(sketches, sketches)
def test_likeness_has_no_direction_and_bounds(one: Sketch, other: Sketch) -> None:
    assert likeness(one, other) == pytest.approx(likeness(other, one))
    assert 0 <= likeness(one, other) <= 1 + 1e-9


@given(stacks, numbers)
def test_a_change_far_from_the_failure_weighs_less_than_one_near_it(stack: tuple[int, ...], other: int) -> None:
    strange = other + 100
    near, far = (strange, *stack[1:]), (*stack[:-1], strange)
    assert aligned(stack, far) >= aligned(stack, near) - 1e-9


def test_other_kinds_are_never_alike() -> None:
    assert compare(failure("main fire"), failure("main fire", kind="HotError")).likeness == 0.0


def test_alike_is_said_and_not_grouped() -> None:
    found = compare(failure("main serve bake fire"), failure("main serve bake warm fire"))
    assert found.verdict == "similar"
    assert found.likeness >= SIMILAR
    assert "own functions: main > serve > bake > fire | main > serve > bake > warm > fire" in found.reasons


def test_equal_fingerprints_are_one_group() -> None:
    found = compare(failure("main fire", "order 17 is cold"), failure("main fire", "order 4 is cold"))
    assert (found.verdict, found.likeness) == ("same", 1.0)
    assert found.reasons[0] == "the fingerprints are equal"


def test_what_a_person_decided_comes_first() -> None:
    one, other = failure("main fire"), failure("cool", "all is lost")
    assert compare(one, other, "merge").verdict == "same"
    assert compare(one, one, "split").verdict == "different"
    assert compare(one, other, "merge").reasons[0] == "a person decided that they belong together"


def test_the_cause_behind_an_error_tells_two_apart() -> None:
    def chained(cause: str) -> Fingerprint:
        frames = (Frame("/srv/shop.py", "main", 3, False, "run()"),)
        inner = Failure(cause, "it broke", f"{cause}: it broke", 1, "python", frames, 3)
        return take(Failure("JobError", "job failed", "JobError: job failed", 4, "python", frames, 3, 1, (inner,)))

    assert chained("KeyError").value != chained("OSError").value
    assert chained("KeyError").value == chained("KeyError").value
    assert any(
        reason.startswith("causes: KeyError") for reason in compare(chained("KeyError"), chained("OSError")).reasons
    )


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=4), st.integers(2, 40), st.integers(2, 40))
def test_how_deep_a_recursion_went_does_not_matter(round_: list[str], times: int, more: int) -> None:
    one = failure(" ".join(["main", *round_ * times]))
    assert one.value == failure(" ".join(["main", *round_ * (times + more)])).value


def test_a_round_is_counted_once() -> None:
    steps = failure("main a b c a b c a b c end").steps
    assert [step.function for step in steps] == "main a b c end".split()
    assert rounds_once(steps) == list(steps)


def test_library_frames_count_in_the_hash_of_all_frames_only() -> None:
    own = Frame("/srv/shop.py", "main", 3, False, "run()")
    library = Frame("/x/site-packages/a.py", "inner", 3, True, "z()")
    one = take(Failure("E", "m", "E: m", 1, "python", (own,), 3))
    two = take(Failure("E", "m", "E: m", 1, "python", (own, library), 3))
    assert one.app == two.app == one.value
    assert one.all != two.all


def test_without_a_frame_of_one_s_own_all_frames_are_the_fingerprint() -> None:
    print_ = take(Failure("E", "m", "E: m", 1, "python", (Frame("/x", "inner", 3, True),), 3))
    assert (print_.app, print_.value) == ("", print_.all)


def test_a_bare_kind_takes_the_part_before_it() -> None:
    assert failure("main", kind="binascii.Error").kind == "binascii.Error"
    assert failure("main", kind="shop.errors.ColdError").kind == "ColdError"
    assert failure("main", kind="IOError").value == failure("main", kind="OSError").value
