"""Classes are learned from resolved problems: better or not at all, the same for the same seed, and nothing of anybody
but single words is kept; a file that was tampered with is refused by name."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from harmony.assist.problems import learned as module
from harmony.assist.problems.alone import classed, read
from harmony.assist.problems.drift import drift
from harmony.assist.problems.errors import LearnedBroken, NothingLearned, TooLittleToLearn
from harmony.assist.problems.learned import Learned, install, kinds_at, kinds_with, revert, written
from harmony.assist.problems.learning import Comparison, learn
from harmony.assist.problems.lessons import Lesson, counted, decided, lesson_of
from harmony.assist.problems.model import Report
from harmony.assist.problems.taxonomy import Counts, shipped
from harmony.assist.problems.words import BANDS, Words
from harmony.kernel.chance import SeededChance

PLACES = "harbour meadow canyon summit lagoon prairie".split()
OWN = (
    ("shop.Trouble: ledger row of {place} {name} is out of balance with the till", "database"),
    ("kiln.Heat: element current of {place} {name} too low in its zone", "configuration"),
    ("ERROR card gateway {place} {name} declined the whole batch", "external-service"),
)
NAMES = "amber birch cedar daisy ember fern grove hazel iris juniper".split()
SECRET = "AKIA" + "IOSFODNN7EXAMPLQ"


def lesson(text: str, category: str) -> Lesson:
    return lesson_of(read(Report(log=text, exit_code=1)), category, shipped())


def history() -> list[Lesson]:
    """Failures that no rule knows, each of its own words, and a rule that is wrong here: a missing key is a setting."""
    found = [
        lesson(text.format(place=place, name=name), category)
        for text, category in OWN
        for place in PLACES
        for name in NAMES[:5]
    ]
    return found + [lesson(f"KeyError: '{name}'", "configuration") for name in NAMES]


@pytest.fixture(scope="module")
def taught() -> tuple[Learned, Comparison]:
    return learn(history(), shipped(), seed=7, made_at="2026-05-01", chance=SeededChance(7))


def test_what_was_learned_is_better_on_failures_it_never_saw(taught: tuple[Learned, Comparison]) -> None:
    _, compared = taught
    assert compared.better
    assert compared.gain_low > 0.5
    assert compared.shipped.worth < 0 < compared.learned.worth
    assert compared.learned.low <= compared.learned.worth <= compared.learned.high


def test_the_same_history_and_seed_teach_the_same_to_the_byte(taught: tuple[Learned, Comparison]) -> None:
    again, _ = learn(history(), shipped(), seed=7, made_at="2026-05-01", chance=SeededChance(7))
    assert written(again) == written(taught[0])


def test_a_history_that_the_rules_know_already_teaches_nothing_better() -> None:
    known = [lesson(f"KeyError: '{name}'", "logic-error") for name in NAMES] + [
        lesson(f"ModuleNotFoundError: No module named '{name}{place}'", "dependency-missing")
        for name in NAMES
        for place in PLACES
    ]
    _, compared = learn(known, shipped(), seed=7, made_at="", chance=SeededChance(7))
    assert compared.shipped.right == 1.0
    assert not compared.better


def test_labels_drawn_by_lot_teach_nothing_better() -> None:
    chance = SeededChance(11)
    categories = ("database", "network", "syntax")
    drawn = [
        lesson(f"shop.Trouble: {place} {name} {other}", categories[int(chance.uniform(0, 3))])
        for place in PLACES
        for name in NAMES
        for other in NAMES[:3]
    ]
    _, compared = learn(drawn, shipped(), seed=7, made_at="", chance=SeededChance(7))
    assert not compared.better


def test_too_short_a_history_is_refused_with_how_much_is_needed() -> None:
    with pytest.raises(TooLittleToLearn) as refused:
        learn(history()[:29], shipped(), seed=7, made_at="", chance=SeededChance(7))
    assert "30" in refused.value.message
    with pytest.raises(TooLittleToLearn):
        learn([*history()[:30]], shipped(), seed=7, made_at="", chance=SeededChance(7))


def test_a_rule_that_is_wrong_here_loses_its_trust_and_words_speak_instead(
    taught: tuple[Learned, Comparison],
) -> None:
    kinds = kinds_with(taught[0], shipped())
    reading = read(Report(log="KeyError: 'quartz'", exit_code=1))
    assert classed(reading, shipped()).classification.category == "logic-error"
    assert classed(reading, kinds).classification.category == "configuration"
    own = read(Report(log=OWN[0][0].format(place="delta", name="maple"), exit_code=1))
    judged = classed(own, kinds)
    assert (judged.classification.category, judged.decided_by) == ("database", "words")
    assert any("ledger" in item.text and "resolved here" in item.reason for item in judged.evidence)


def test_lessons_are_decided_as_their_readings_are(taught: tuple[Learned, Comparison]) -> None:
    kinds = kinds_with(taught[0], shipped())
    for text in (*(text for text, _ in OWN), "KeyError: 'x'", "connect ECONNREFUSED", "nothing known"):
        reading = read(Report(log=text, exit_code=1))
        judged = classed(reading, kinds)
        assert decided(lesson_of(reading, "", shipped()), kinds) == (
            judged.classification.category,
            judged.decided_by,
        )


def test_no_sentence_and_no_rare_word_is_kept(taught: tuple[Learned, Comparison]) -> None:
    rare = lesson(f"shop.Trouble: password of quentin is {SECRET} on C:/quentin/notes.txt", "database")
    found, _ = learn([*history(), rare], shipped(), seed=7, made_at="", chance=SeededChance(7))
    kept = written(found).decode()
    assert "quentin" not in kept
    assert SECRET not in kept
    assert "out of balance" not in kept


def test_what_came_back_a_hundred_times_counts_once() -> None:
    rules = {rule.id: rule for rule in shipped().rules}
    again = [lesson("KeyError: 'x'", "configuration")] * 100
    assert counted(again, rules) == {"missing-key": Counts(0, 1)}


def test_what_is_installed_is_in_use_and_can_be_taken_back(taught: tuple[Learned, Comparison], tmp_path: Path) -> None:
    assert kinds_at(tmp_path) == (shipped(), "")
    path = install(tmp_path, taught[0])
    assert path.stat().st_mode & 0o777 == 0o600
    kinds, made_at = kinds_at(tmp_path)
    assert (kinds.words, made_at) == (taught[0].words, "2026-05-01")
    install(tmp_path, taught[0])
    assert revert(tmp_path) == "former"
    assert kinds_at(tmp_path)[1] == "2026-05-01"
    assert revert(tmp_path) == "shipped"
    assert kinds_at(tmp_path)[0] is shipped()
    with pytest.raises(NothingLearned):
        revert(tmp_path)


def small() -> dict[str, Any]:
    """The smallest file that is read."""
    words = Words(("network", "syntax"), (0.0, 0.1), {"refused": (1.5, -1.5)}, tuple((2, 1) for _ in BANDS))
    found = Learned("2026-05-01", 7, 40, {"timeout": Counts(3, 1)}, words, {"network": 40}, {"ab": 3}, {"gain": 0.1})
    return dict(json.loads(written(found)))


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda d: d.update(version=2), "version"),
        (lambda d: d.update(format="something"), "no file of learned classes"),
        (lambda d: d.update(categories=["network", "teapots"]), "category"),
        (lambda d: d.update(categories=["network", "network"]), "category"),
        (lambda d: d["words"].update(refused=[13.0, 0.0]), "a weight beyond 12"),
        (lambda d: d["words"].update(refused=[float("nan"), 0.0]), "NaN"),
        (lambda d: d["words"].update(refused=[float("inf"), 0.0]), "Infinity"),
        (lambda d: d["words"].update(refused=[10**400, 0.0]), "not made as such a file is"),
        (lambda d: d["words"].update(refused=[True, 0.0]), "no number"),
        (lambda d: d["words"].update(refused=[1.0]), "do not fit"),
        (lambda d: d["words"].update({"\x1b[2J": [1.0, 1.0]}), "cannot be a word"),
        (lambda d: d["rules"].update(timeout=[-1, 0]), "count"),
        (lambda d: d["rules"].update(timeout=[10**7, 0]), "count"),
        (lambda d: d["rules"].update(timeout=[1]), "not made"),
        (lambda d: d.update(bands=[[1, 1]]), "bands"),
        (lambda d: d.update(bias=[0.0]), "bias"),
        (lambda d: d.update(made_at="\x1b]0;owned\x07"), "instant"),
        (lambda d: d.pop("history"), "missing"),
    ],
)
def test_a_file_that_was_tampered_with_is_refused_by_name(
    change: Callable[[dict[str, Any]], Any], named: str, tmp_path: Path
) -> None:
    data = small()
    change(data)
    path = tmp_path / module.NAME
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(LearnedBroken) as refused:
        kinds_at(tmp_path)
    assert named in refused.value.message


@pytest.mark.parametrize("raw", [b"", b"[]", b"{", b"\xff\xfe", b"[" * 100_000, b'"learned"', b"null"])
def test_what_is_no_such_file_is_refused(raw: bytes, tmp_path: Path) -> None:
    (tmp_path / module.NAME).write_bytes(raw)
    with pytest.raises(LearnedBroken):
        kinds_at(tmp_path)


def test_a_file_is_read_up_to_its_bounds_and_not_beyond(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / module.NAME
    path.write_text(json.dumps(small()), encoding="utf-8")
    monkeypatch.setattr(module, "FILE_LIMIT_BYTES", path.stat().st_size)
    assert module.read(path).cases == 40
    monkeypatch.setattr(module, "FILE_LIMIT_BYTES", path.stat().st_size - 1)
    with pytest.raises(LearnedBroken, match="larger"):
        module.read(path)
    monkeypatch.undo()
    monkeypatch.setattr(module, "WORDS_LIMIT_ITEMS", 0)
    with pytest.raises(LearnedBroken, match="more than 0 words"):
        module.read(path)


def test_a_file_that_changed_is_read_anew(taught: tuple[Learned, Comparison], tmp_path: Path) -> None:
    install(tmp_path, taught[0])
    assert kinds_at(tmp_path)[1] == "2026-05-01"
    path = tmp_path / module.NAME
    path.write_text(json.dumps(small() | {"made_at": "2026-06-02"}), encoding="utf-8")
    assert kinds_at(tmp_path)[1] == "2026-06-02"


def test_a_history_like_the_one_learned_from_is_steady(taught: tuple[Learned, Comparison]) -> None:
    found = drift(taught[0], kinds_with(taught[0], shipped()), history())
    assert (found.verdict, found.fallen, found.unknown) == ("steady", (), ())


def test_drift_names_what_moved_what_fell_and_what_is_newly_unknown(taught: tuple[Learned, Comparison]) -> None:
    kinds = kinds_with(taught[0], shipped())
    moved = [lesson(f"ModuleNotFoundError: No module named '{a}{b}'", "git") for a in NAMES for b in PLACES]
    strange = [lesson("zyx: qwv", "") for _ in range(4)]
    found = drift(taught[0], kinds, [*moved, *strange])
    assert found.verdict == "shifted"
    assert found.shifts[0].category == "git"
    assert [fallen.rule for fallen in found.fallen] == ["module-not-found", "module-not-found-said"]
    assert found.fallen[0].high < found.fallen[0].trusted
    assert [(then, now) for _, then, now in found.unknown] == [(0, 4)]
