"""Addresses of remotes, and the decision what is pushed where: both without any git."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmony.assist.mirrors.git import _refs, _rejected, _worded
from harmony.assist.mirrors.model import MOVES, URL_LIMIT_CHARS, address_fault, plan


@pytest.mark.parametrize(
    "url",
    [
        "https://git.example.org/ada/story.git",
        "https://git.example.org:8443/story",
        "ssh://git@git.example.org/ada/story.git",
        "ssh://git@git.example.org:2222/~ada/story.git",
        "ssh://[::1]/story.git",
        "file:///srv/mirrors/story.git",
    ],
)
def test_an_ordinary_address_is_taken(url: str) -> None:
    assert address_fault(url) is None


@pytest.mark.parametrize(
    "url",
    [
        "--upload-pack=touch /tmp/x",
        "--upload-pack=touch",
        "-oProxyCommand=x",
        "ssh://-oProxyCommand=x/story",
        "ssh://-x@host/story",
        "ssh://git@host/-story",
        "ssh://git@host/%2doption",
        "ext::sh",
        "ext::sh%20-c%20id",
        "fd::17",
        "git://host/story",
        "http://host/story",
        "ftp://host/story",
        "git@host:story.git",
        "host:story",
        "/srv/story.git",
        "story.git",
        "https://token@host/story",
        "https://user:secret@host/story",
        "ssh://git:secret@host/story",
        "https://host/story?token=x",
        "https://host/story#x",
        "https://host",
        "https://host/",
        "https:///story",
        "https://host:99999/story",
        "https://ho_st/story",
        "https://host/../story",
        "https://host/%2e%2e/story",
        "https://host/a%0ab",
        "https://host/a b",
        "https://host/a\nb",
        "file://host/story",
        "file:story",
        "https://[::1/story",
        "https://hóst/story",
        "",
        "https://host/" + "x" * URL_LIMIT_CHARS,
    ],
)
def test_what_could_be_an_option_a_command_or_a_secret_is_refused(url: str) -> None:
    fault = address_fault(url)
    assert fault is not None
    assert "secret" not in fault and "token" not in fault


@given(st.text(max_size=60))
def test_no_text_at_all_makes_the_judge_stumble(text: str) -> None:
    address_fault(text)
    address_fault("ssh://" + text)
    address_fault("https://host/" + text)


def test_a_plan_takes_nothing_away_and_leaves_what_is_in_doubt() -> None:
    a, b, c = "a" * 40, "b" * 40, "c" * 40
    found = {"one": {"refs/heads/m": a, "refs/heads/x": a}, "two": {"refs/heads/m": b, "refs/tags/t": c}, "new": {}}
    decided = plan(found, {"refs/heads/m": b})
    assert decided.pushes["one"] == {"refs/heads/m": b, "refs/tags/t": c}
    assert decided.pushes["two"] == {"refs/heads/x": a}
    assert decided.pushes["new"] == {"refs/heads/m": b, "refs/heads/x": a, "refs/tags/t": c}
    doubtful = plan(found, {})
    assert [one.ref for one in doubtful.divergences] == ["refs/heads/m"]
    assert all("refs/heads/m" not in refs for refs in doubtful.pushes.values())


def test_what_git_says_is_read_with_care_and_told_without_secrets() -> None:
    line = f"{'a' * 40} refs/heads/x\n"
    assert _refs(line + "nonsense here\n" + f"{'b' * 40} refs/heads/ev\u202eil\n{'b' * 40} refs/pull/1\n") == {
        "refs/heads/x": "a" * 40
    }
    assert _rejected("To file:///x\n!\taaa:refs/heads/x\t[rejected] (non-fast-forward)\nDone") == {
        "refs/heads/x": "[rejected] (non-fast-forward)"
    }
    said = _worded("fatal: unable to access 'https://ada:hunter2secret@host/x'\x1b[31m\n")
    assert "hunter2secret" not in said and "\x1b" not in said


def test_every_end_of_a_run_is_final() -> None:
    assert all(not after for state, after in MOVES.items() if state != "running")
    assert MOVES["running"] == set(MOVES) - {"running"}
