"""Every language's examples are read as they say, and no pattern of any language can run away."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmony.assist.problems import fingerprints, reading
from harmony.assist.problems.reading import decisive_first, read_log
from harmony.assist.problems.traces import python, wording
from harmony.assist.problems.traces.grammar import FRAMES_LIMIT_ITEMS, LINE_LIMIT_CHARS, Example, patterns
from harmony.assist.problems.traces.languages import GRAMMARS
from harmony.assist.problems.traces.pattern import Pattern
from harmony.assist.problems.traces.stacks import CAUSES_LIMIT_ITEMS, MESSAGE_LIMIT_LINES
from harmony.kernel.redaction.safety import danger

EXAMPLES = [("python", example) for example in python.EXAMPLES] + [
    (grammar.language, example) for grammar in GRAMMARS for example in grammar.examples
]
PATTERNS = {
    pattern.pattern
    for pattern in (
        *python.PATTERNS,
        *fingerprints.PATTERNS,
        *(pattern for grammar in GRAMMARS for pattern in patterns(grammar)),
        *(change.pattern for change in wording.CHANGES),
        *(value for module in (wording, reading) for value in vars(module).values() if isinstance(value, Pattern)),
        *(form.pattern for form in reading.LINE_FORMS),
    )
}


@pytest.mark.parametrize(("language", "example"), EXAMPLES, ids=[f"{lang}-{e.error_type}" for lang, e in EXAMPLES])
def test_an_example_is_read_as_its_language_says(language: str, example: Example) -> None:
    failure, *_ = decisive_first(read_log(example.text))
    assert (failure.language, failure.error_type, failure.message) == (language, example.error_type, example.message)
    assert tuple(frame.function for frame in failure.own_frames) == example.own
    assert tuple(frame.function for frame in failure.frames if frame.library) == example.library
    assert tuple(cause.error_type for cause in failure.causes) == example.causes


@pytest.mark.parametrize(("language", "example"), EXAMPLES, ids=[f"{lang}-{e.error_type}" for lang, e in EXAMPLES])
def test_a_stack_is_read_alike_between_other_lines_of_a_log(language: str, example: Example) -> None:
    alone, *_ = decisive_first(read_log(example.text))
    within, *_ = decisive_first(read_log(f"starting up\n\n{example.text}\nbye\n"))
    assert fingerprints.take(within) == fingerprints.take(alone)


def test_every_language_has_examples() -> None:
    assert all(len(grammar.examples) >= 2 for grammar in GRAMMARS)


@pytest.mark.parametrize("pattern", sorted(PATTERNS))
def test_no_pattern_can_run_away(pattern: str) -> None:
    assert danger(pattern) == ""


def test_every_sign_of_a_header_is_in_the_lines_that_it_announces() -> None:
    announced = [
        line
        for _, example in EXAMPLES
        for line in example.text.splitlines()
        for grammar in GRAMMARS
        for header in grammar.headers
        if header.pattern.match(line) and header.hint not in line
    ]
    assert announced == []


def test_the_longest_line_still_counts_and_the_rest_of_it_does_not() -> None:
    room = LINE_LIMIT_CHARS - len("ValueError: ")
    (whole,) = read_log("ValueError: " + "x" * room)
    (cut,) = read_log("ValueError: " + "x" * (room + 1))
    assert len(whole.message) == room
    assert cut.message == whole.message


@pytest.mark.parametrize(
    ("frame", "error"),
    [
        ('  File "/srv/a.py", line {n}, in f{n}\n    g()\n', "ValueError: deep\n"),
        ("    at f{n} (/srv/a.js:{n}:1)\n", ""),
        ("\tat shop.A.f{n}(A.java:{n})\n", ""),
    ],
)
def test_of_a_very_deep_stack_both_ends_are_kept(frame: str, error: str) -> None:
    frames = "".join(frame.format(n=number) for number in range(1, 10_001))
    log = f"Traceback (most recent call last):\n{frames}{error}" if error else f"java.lang.DeepError: deep\n{frames}"
    failure, *_ = decisive_first(read_log(log))
    assert len(failure.frames) == FRAMES_LIMIT_ITEMS
    assert {failure.frames[0].line, failure.frames[-1].line} == {1, 10_000}


def test_a_repeated_line_is_no_source() -> None:
    log = (
        "Traceback (most recent call last):\n"
        '  File "/srv/a.py", line 4, in down\n  [Previous line repeated 9970 more times]\nRecursionError: deep\n'
    )
    (failure,) = read_log(log)
    assert [frame.source for frame in failure.frames] == [""]


def test_terminal_escapes_are_not_part_of_what_is_read() -> None:
    log = "\x1b]0;evil\x07\x1b[31mTraceback (most recent call last):\x1b[0m\n" + (
        '  \x1b[35mFile "/srv/a.py"\x1b[0m, line 4, in \x1b[1mdown\x1b[0m\n    x()\n\x1b[1;31mValueError\x1b[0m: no\n'
    )
    failure, *_ = decisive_first(read_log(log))
    assert (failure.error_type, failure.message, failure.frames[0].function) == ("ValueError", "no", "down")


@given(st.lists(st.sampled_from([line for _, e in EXAMPLES for line in e.text.splitlines()]), max_size=60))
def test_lines_in_any_order_are_read_without_trouble(lines: list[str]) -> None:
    for failure in read_log("\n".join(lines)):
        assert len(fingerprints.of_failure(failure)) == 32
        assert len(failure.frames) <= 2 * FRAMES_LIMIT_ITEMS


@given(st.text(max_size=400))
def test_any_text_is_read_without_trouble(text: str) -> None:
    for failure in read_log(text):
        fingerprints.take(failure)


@pytest.mark.parametrize(("lines", "stacked"), [(MESSAGE_LIMIT_LINES, True), (MESSAGE_LIMIT_LINES + 1, False)])
def test_a_stack_may_follow_a_message_of_so_many_lines(lines: int, stacked: bool) -> None:
    said = "".join(f"and {number}\n" for number in range(lines))
    failure, *_ = decisive_first(read_log(f"Uncaught TypeError: lost\n{said}    at fire (/srv/kiln.js:3:1)\n"))
    assert bool(failure.frames) is stacked


@pytest.mark.parametrize("causes", [CAUSES_LIMIT_ITEMS, CAUSES_LIMIT_ITEMS + 1])
def test_of_a_long_chain_the_nearest_causes_are_kept(causes: int) -> None:
    one = 'Traceback (most recent call last):\n  File "/srv/a.py", line 2, in f\n    g()\nE{number}Error: no\n'
    chain = "\nDuring handling of the above exception, another exception occurred:\n\n"
    log = chain.join(one.replace("{number}", str(number)) for number in range(causes + 1))
    failure, *_ = decisive_first(read_log(log))
    assert [cause.error_type for cause in failure.causes] == [
        f"E{number}Error" for number in range(causes - CAUSES_LIMIT_ITEMS, causes)
    ]
