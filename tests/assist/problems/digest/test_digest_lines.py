"""Bytes become lines: encodings, colours, redraws, overlong lines, binary data."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmony.assist.problems.digest.digest import digest_of
from harmony.assist.problems.digest.errors import NotText
from harmony.assist.problems.digest.lines import (
    CHUNK_BYTES,
    LINE_HEAD_CHARS,
    LINE_TAIL_CHARS,
    Reader,
    pictures,
)


def lines(*chunks: bytes) -> list[str]:
    return [line for batch in Reader().batches(chunks) for line in batch]


@given(
    st.lists(
        st.text(st.characters(blacklist_characters="\n\r\x1b", blacklist_categories=["Cs"]), max_size=30), min_size=1
    ),
    st.data(),
)
def test_lines_come_out_as_they_went_in_however_the_bytes_are_cut(wanted: list[str], data: st.DataObject) -> None:
    raw = ("x" * 200 + "\n" + "\n".join(wanted) + "\nend").encode()
    at = data.draw(st.integers(201, len(raw)))
    assert lines(raw[:at], raw[at:]) == ["x" * 200, *wanted, "end"]


def test_colours_titles_and_links_are_taken_off() -> None:
    assert lines(b"\x1b[1;31mred\x1b[0m \x1b]0;title\x07\x1b]8;;http://a\x1b\\link\x1b]8;;\x1b\\ \x1b(Bx\n") == [
        "red link x"
    ]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-32"])
def test_other_encodings_are_recognised(encoding: str) -> None:
    assert lines("eins\nzwei: 1 failed\n".encode(encoding))[1] == "zwei: 1 failed"


def test_broken_bytes_do_not_stop_the_reading() -> None:
    digest = digest_of([b"caf\xe9 \xff\xfe\n1 failed, 2 passed in 0.1s\n"])
    assert digest.counts.failed == 1


def test_all_line_ends_count_alike() -> None:
    assert [line.rstrip("\r") for line in lines(b"one\r\ntwo\nthree\r\n")] == ["one", "two", "three"]
    assert lines(b"one\rtwo\rthree") == ["one", "two", "three"]


def test_a_progress_bar_is_one_picture_and_different_texts_are_several() -> None:
    assert pictures("10% =>\r20% ==>\r30% ===>") == ["30% ===>"]
    assert pictures("travis_time:end:1\rThe command failed") == ["travis_time:end:1", "The command failed"]


def test_line_numbers_count_line_feeds_only() -> None:
    log = b"a\rb\rc\nx\rError: kettle is dry\nend\n"
    assert digest_of([log]).lines[0].line == 2


def test_an_overlong_line_keeps_its_head_and_its_tail() -> None:
    long = b"a" * (LINE_HEAD_CHARS + 10) + b"b" * LINE_TAIL_CHARS
    line = lines(long + b"\nnext\n")[0]
    assert line.startswith("a" * LINE_HEAD_CHARS + " …[10 characters]… ")
    assert line.endswith("b" * LINE_TAIL_CHARS)


def test_a_line_at_the_limit_is_left_alone() -> None:
    exact = b"a" * (LINE_HEAD_CHARS + LINE_TAIL_CHARS)
    assert lines(exact + b"\n") == [exact.decode(), ""] or lines(exact + b"\n") == [exact.decode()]


def test_a_line_of_fifty_megabytes_takes_little_memory_and_hides_nothing_after_it() -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(200):
            yield b"x" * CHUNK_BYTES
        yield b"\n== 1 failed, 2 passed in 0.12s ==\n"

    tracemalloc.start()
    digest = digest_of(chunks())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (digest.n_lines, digest.counts.failed) == (2, 1)
    assert digest.notes == ("1 overlong lines were cut",)
    assert peak < 20 * 1024**2


@pytest.mark.parametrize(
    "data",
    [
        b"\x7fELF\x02\x01\x01" + bytes(200),
        bytes(range(32)) * 40,
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 3 + bytes(300),
    ],
)
def test_binary_data_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(NotText):
        digest_of([data])


def test_an_empty_log_is_ok() -> None:
    digest = digest_of([])
    assert (digest.status, digest.n_lines, digest.lines) == ("ok", 0, ())
