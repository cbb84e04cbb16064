"""Logs are read: frames, chains, colours, other languages, and nothing out of nothing."""

from __future__ import annotations

import pytest

from harmony.assist.problems import reading as module
from harmony.assist.problems.reading import decisive_first, read_log

CHAIN = """Traceback (most recent call last):
  File "/srv/a.py", line 2, in load
    return cache[key]
KeyError: 'kiln'

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "/srv/a.py", line 9, in main
    load()
  File "/usr/lib/python3.11/json/decoder.py", line 355, in raw_decode
    raise JSONDecodeError("Expecting value", s, err.value) from None
json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)
"""


def test_of_a_chain_of_exceptions_the_last_is_decisive_and_library_frames_are_told_apart() -> None:
    first, second = decisive_first(read_log(CHAIN))
    assert (first.error_type, first.line) == ("json.decoder.JSONDecodeError", 13)
    assert [(frame.function, frame.library) for frame in first.frames] == [("main", False), ("raw_decode", True)]
    assert first.own_frames[0].source == "load()"
    assert second.error_type == "KeyError"


def test_colours_are_looked_through() -> None:
    (failure,) = read_log("\x1b[31mTypeError: \x1b[1mnope\x1b[0m")
    assert (failure.error_type, failure.message) == ("TypeError", "nope")


def test_javascript_frames_come_innermost_first_and_are_turned_round() -> None:
    log = (
        "Error: ENOENT: no such file or directory, open 'x'\n"
        "    at open (node:fs:601:3)\n"
        "    at readOrders (/srv/shop/orders.js:8:12)\n"
        "    at async main (file:///srv/shop/main.js:3:1)\n"
    )
    (failure,) = read_log(log)
    assert failure.error_type == "ENOENT"
    assert [frame.function for frame in failure.own_frames] == ["main", "readOrders"]
    assert failure.language == "javascript"


def test_java_s_cause_is_decisive() -> None:
    log = (
        'Exception in thread "main" java.lang.IllegalStateException: cannot start\n'
        "\tat shop.Main.main(Main.java:12)\n"
        "Caused by: java.net.ConnectException: Connection refused\n"
        "\tat java.base/sun.nio.ch.Net.connect(Net.java:589)\n"
        "\tat shop.Store.open(Store.java:40)\n"
    )
    decisive, *_ = decisive_first(read_log(log))
    assert decisive.error_type == "java.net.ConnectException"
    assert decisive.language == "java"
    assert [frame.line for frame in decisive.frames] == [40, 589]


def test_a_compiler_s_first_error_is_decisive() -> None:
    log = "kiln.c:3:10: fatal error: oven.h: No such file or directory\nmake: *** [Makefile:2: kiln] Error 1"
    decisive, *_ = decisive_first(read_log(log))
    assert (decisive.error_type, decisive.line) == ("CompilerError", 1)


def test_repetitions_are_counted() -> None:
    (failure,) = read_log("KeyError: 'a'\n" * 4)
    assert failure.count == 4


def test_words_about_no_errors_are_no_failure() -> None:
    assert read_log("0 errors\nno failures\nfinished without errors, failed: 0\nall good") == []


@pytest.mark.parametrize(
    "line", ["A" * 500_000, "a.A" * 100_000, "Error: " * 40_000, "X::" * 80_000, '  File "' + "x" * 300_000]
)
def test_an_endless_line_is_cut(line: str) -> None:
    assert all(len(failure.text) <= module.LINE_LIMIT_CHARS for failure in read_log(line))


def test_of_very_many_failures_the_last_are_kept() -> None:
    log = "\n".join(f"KeyError: 'k{number}'" for number in range(1_000))
    found = read_log(log)
    assert len(found) == module.FAILURES_LIMIT_ITEMS
    assert found[-1].message == "'k999'"
