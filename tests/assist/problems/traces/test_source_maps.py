"""A place in a bundle is led back to its source, and what is no map is refused."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmony.assist.problems.fingerprints import take
from harmony.assist.problems.reading import decisive_first, read_log
from harmony.assist.problems.traces.source_maps import MapUnreadable, Original, parse

SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
places = st.lists(
    st.tuples(st.integers(1, 5), st.integers(1, 2_000), st.integers(0, 2), st.integers(1, 500), st.integers(0, 3)),
    min_size=1,
    max_size=40,
    unique_by=lambda place: place[:2],
).map(sorted)


def number(value: int) -> str:
    rest, written = (abs(value) << 1) | (value < 0), ""
    while True:
        rest, digit = rest >> 5, rest & 31
        written += SIGNS[digit | (32 if rest else 0)]
        if not rest:
            return written


def written(segments: list[tuple[int, int, int, int, int]]) -> str:
    """A map of (line, column, source, line there, name) of the bundle, lines and columns from 1."""
    lines: list[list[str]] = [[] for _ in range(5)]
    source = original = name = 0
    at = dict.fromkeys(range(1, 6), 0)
    for line, column, to_source, to_line, to_name in segments:
        values = (column - 1 - at[line], to_source - source, to_line - 1 - original, 0, to_name - name)
        lines[line - 1].append("".join(map(number, values)))
        at[line], source, original, name = column - 1, to_source, to_line - 1, to_name
    mappings = ";".join(",".join(line) for line in lines)
    content = {
        "version": 3,
        "sources": ["a.ts", "b.ts", "c.ts"],
        "names": ["n0", "n1", "n2", "n3"],
        "mappings": mappings,
    }
    return ")]}'\n" + json.dumps(content)


@given(places)
def test_every_place_of_a_map_leads_back(segments: list[tuple[int, int, int, int, int]]) -> None:
    found = parse(written(segments))
    for line, column, source, to_line, name in segments:
        assert found.original(line, column) == Original("abc"[source] + ".ts", to_line, f"n{name}")


def test_a_place_behind_a_segment_is_the_segment_s_and_one_before_all_is_nobody_s() -> None:
    found = parse(written([(1, 10, 0, 3, 1)]))
    assert found.original(1, 500) == Original("a.ts", 3, "n1")
    assert found.original(1, 9) is None
    assert found.original(2, 9) is None


def test_sections_are_read_at_their_offsets() -> None:
    part = json.loads(written([(1, 1, 0, 3, 1)]).partition("\n")[2])
    whole = {"version": 3, "sections": [{"offset": {"line": 4, "column": 20}, "map": part}]}
    assert parse(json.dumps(whole)).original(5, 21) == Original("a.ts", 3, "n1")


@pytest.mark.parametrize(
    "text",
    ["", "no map", "{}", '{"sources": [], "mappings": "AAAA"}', '{"sources": ["a"], "mappings": "!!!"}', "[" * 99_999,
     '{"sources": ["a"], "mappings": "' + "g" * 400 + '"}', '{"sections": [{}]}', '{"sources": 3, "mappings": 4}'],
)  # fmt: skip
def test_what_is_no_map_is_refused(text: str) -> None:
    with pytest.raises(MapUnreadable):
        parse(text)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(MapUnreadable):
        parse(text)


def test_a_minifier_s_names_do_not_tell_failures_apart() -> None:
    def value(name: str, column: int) -> str:
        log = f"Uncaught TypeError: lost\n{name}@https://shop.example/static/main.{column}abcdef0123.js:1:{column}\n"
        return take(decisive_first(read_log(log))[0]).value

    assert value("t", 48_213) == value("Qe", 51_020)
    assert value("readOrders", 48_213) != value("readPages", 48_213)
