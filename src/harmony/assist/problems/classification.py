"""Evidence weighed: what kind of failure a reading shows, how sure that is, how hard and how pressing it looks.

A decision list (Rivest, "Learning Decision Lists", 1987; Yarowsky, "Decision Lists for Lexical Ambiguity Resolution",
1994): of the rules that fit, the one of which its author expects most decides alone, and the class is as sure as that
rule was right before. A rule that was wrong too often lets the next one speak; when none is left the class is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import prod

from harmony.assist.environments.answers import answer, setting_of
from harmony.assist.problems import scales
from harmony.assist.problems.fingerprints import kind
from harmony.assist.problems.model import (
    EVIDENCE_LIMIT_CHARS,
    EVIDENCE_LIMIT_ITEMS,
    UNKNOWN_CATEGORY,
    UNKNOWN_SUBCATEGORY,
    Action,
    Classification,
    Environment,
    Evidence,
    Failure,
    Frame,
    Judgement,
    Observation,
    Reading,
    Report,
)
from harmony.assist.problems.taxonomy import Kinds, Rule, shipped, signed, speaks
from harmony.assist.problems.traces.pattern import Pattern
from harmony.assist.problems.words import words_of

DETECTION_THRESHOLD = 0.5
CONFIDENCE_CEILING = 0.99
BY_WORDS = "words"
TESTS_FAILED = "tests-failed"
"""Observed by whoever counted the tests of a whole log; ``Reading.observations`` tells it."""
LINES_LIMIT_ITEMS = 400
"""Of a log whose failure no stack and no known form of line shows, its last lines are looked through."""
LINE_LIMIT_CHARS = 500
BESIDE_LIMIT_ITEMS = 20
QUIRKS_ASKED_BELOW = 83
"""A rule of which more is expected needs no difference between systems to explain the failure."""
QUIRK_LEAST_PERCENT = 70
QUIRK_LINES = 20

FAILURE_WEIGHT = 0.35
EXIT_WEIGHT = 0.3
REPEATED_WEIGHT = 0.2
OFTEN_REPEATED_WEIGHT = 0.35
ATTEMPTS_WEIGHT = 0.15
EDITS_WEIGHT = 0.05
READING_WEIGHT = 0.05
REPEATED_OCCURRENCES = 2
OFTEN_OCCURRENCES = 5
DOCUMENTATION_CHECKS = 2

_WINDOWS = re.compile(r"\bwin(?:dows|32|64)?\b", re.IGNORECASE)
_POSIX = re.compile(
    r"linux|ubuntu|debian|fedora|red ?hat|rhel|centos|alpine|arch\b|suse|mac ?os|darwin|bsd|unix|posix|wsl",
    re.IGNORECASE,
)
_READS_ENVIRONMENT = Pattern(r"\bos\.environ\b|\bgetenv\b|process\.env|\bENV\.fetch\b|\bSystem\.getenv\b")
PATTERNS = (_READS_ENVIRONMENT,)


@dataclass(frozen=True, slots=True)
class Around:
    """What is seen whatever the words: the systems, the command, the exit, known differences between systems."""

    features: frozenset[str]
    observations: tuple[Observation, ...]


@dataclass(frozen=True)
class Candidate:
    """Words that may say what failed: where they stand (one of ``SHARES``), and what is seen in them."""

    place: str
    text: str
    message: str
    line: int | None
    kinds: Kinds
    around: Around
    failure: Failure | None = None

    @cached_property
    def low(self) -> str:
        return self.text.lower()

    @cached_property
    def types(self) -> frozenset[str]:
        if self.failure is None:
            return frozenset()
        return frozenset((kind(self.failure.error_type).lower(), self.failure.error_type.lower()))

    @cached_property
    def seen(self) -> frozenset[str]:
        """Features of these words, of the source lines of their stack, and of what is around."""
        return self.around.features | frozenset(observation.feature for observation in self.observed)

    @cached_property
    def observed(self) -> tuple[Observation, ...]:
        return tuple(
            _of_words(self.kinds, self.message, self.text, self.line, self.failure.frames if self.failure else ())
        )


@dataclass(frozen=True, slots=True)
class Decision:
    """The rule that decided, on which words, and how sure that makes the class, 0..1."""

    rule: Rule
    candidate: Candidate
    confidence: float


@dataclass(frozen=True, slots=True)
class Looked:
    """What a reading showed: the decision, if any rule was sure enough, and every rule that fits, the best first."""

    decision: Decision | None
    fitting: tuple[Decision, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Chosen:
    """The class, how sure it is, and by which rule or words."""

    category: str = UNKNOWN_CATEGORY
    subcategory: str = UNKNOWN_SUBCATEGORY
    confidence: float = 0.0
    by: str = ""
    words: tuple[str, ...] = ()


def family(os: str) -> str:
    """``posix``, ``windows``, or nothing when the name says neither."""
    if _POSIX.search(os):
        return "posix"
    return "windows" if _WINDOWS.search(os) else ""


def observe(report: Report, failures: Sequence[Failure], kinds: Kinds | None = None) -> tuple[Observation, ...]:
    """The features of a report: of its environment, its command and exit, and the words of its failures."""
    known = kinds or shipped()
    found = list(_around(report, known))
    for failure in failures:
        found += _of_words(known, failure.message or failure.text, failure.text, failure.line, failure.frames)
    return tuple(found)


def look(reading: Reading, kinds: Kinds) -> Looked:
    """The rules that fit a reading and the one that decides. Pure."""
    told = (found for found in reading.observations if found.feature == TESTS_FAILED)
    around = (*_around(reading.report, kinds), *told)
    ranked = _ranked(reading, kinds, kinds.rules, around)
    if not ranked or _rank(ranked[0], kinds) < QUIRKS_ASKED_BELOW:
        quirks = tuple(_quirks(reading))
        asking = [rule for rule in kinds.rules if any(found.feature in rule.sees for found in quirks)]
        if asking:
            late = _ranked(reading, kinds, asking, (*around, *quirks))
            ranked = sorted([*ranked, *late], key=lambda found: -_rank(found, kinds))
    sure = (found for found in ranked if found.confidence >= kinds.scales.abstain_below)
    return Looked(next(sure, None), tuple(ranked))


def _ranked(reading: Reading, kinds: Kinds, rules: Iterable[Rule], around: tuple[Observation, ...]) -> list[Decision]:
    """The rules that fit, each on the first words that it fits, the one of which most is expected first."""
    fitting: dict[str, Decision] = {}
    for candidate in _candidates(reading, kinds, around):
        share = kinds.scales.shares[candidate.place]
        for rule in rules:
            if rule.id not in fitting and _fits(rule, candidate):
                fitting[rule.id] = Decision(rule, candidate, kinds.reliability(rule) * share)
    return sorted(fitting.values(), key=lambda found: -_rank(found, kinds))


def _quirks(reading: Reading) -> Iterator[Observation]:
    """The subjects of known differences between systems that explain the failure; none where no system is named."""
    environment, decisive = reading.report.environment, reading.decisive
    if not environment.os or (decisive is None and not reading.report.exit_code):
        return
    lines = (reading.report.log or "").splitlines()[-QUIRK_LINES:]
    text = "\n".join([decisive.text, decisive.message, *lines]) if decisive else "\n".join(lines)
    for found in answer(text, setting_of(text, environment.os, environment.previous_environment)):
        if found.confidence_percent >= QUIRK_LEAST_PERCENT:
            shown = found.reasons[0].text if found.reasons else text
            yield Observation(f"quirk-{found.quirk.subject}", f"{found.quirk.title}: {shown}", None)
            yield Observation(f"quirk-{found.quirk.id.replace('.', '-')}", f"{found.quirk.title}: {shown}", None)


def judge(reading: Reading, occurrences: int, kinds: Kinds | None = None) -> Judgement:
    """What the reading shows; ``occurrences`` counts how often this failure has been met."""
    known = kinds or shipped()
    looked = look(reading, known)
    chosen = choose(looked, known, words_of(reading) if known.words else ())
    complexity, harder = scales.complexity(reading, known, chosen.category, chosen.subcategory)
    urgency, pressing = scales.urgency(reading, known, occurrences)
    confidence = min(CONFIDENCE_CEILING, _noisy_or([chosen.confidence, *_signs(reading, occurrences)]))
    return Judgement(
        problem_detected=confidence >= DETECTION_THRESHOLD,
        confidence_percent=round(100 * confidence),
        classification=Classification(chosen.category, chosen.subcategory, complexity, urgency),
        evidence=_evidence(reading, looked, chosen, (*harder, *pressing)),
        occurrences=occurrences,
        class_percent=round(100 * min(CONFIDENCE_CEILING, chosen.confidence)),
        decided_by=chosen.by,
    )


def choose(looked: Looked, kinds: Kinds, words: Sequence[str]) -> Chosen:
    """The rule that decided, or the organisation's own words where they were right more often; unknown by neither."""
    decision = looked.decision
    chosen = Chosen()
    if decision is not None:
        rule = decision.rule
        chosen = Chosen(rule.category, rule.subcategory, decision.confidence, rule.id)
    if kinds.words is not None and words:
        category, likely, speaking = kinds.words.best(words)
        trusted = kinds.words.trusted(likely, kinds.scales.prior_cases)
        if trusted >= kinds.scales.abstain_below and trusted > chosen.confidence and speaking:
            near = next((fit.rule for fit in looked.fitting if fit.rule.category == category), None)
            chosen = Chosen(category, near.subcategory if near else UNKNOWN_SUBCATEGORY, trusted, BY_WORDS, speaking)
    return chosen


def suggest(judgement: Judgement, *, solution_is_certain: bool) -> Action:
    """What to do next: a solution of the same failure first, a person when it is hard, repeated or unknown."""
    if not judgement.problem_detected:
        return "none"
    if solution_is_certain:
        return "known_solution"
    repeated = judgement.occurrences >= REPEATED_OCCURRENCES or judgement.classification.urgency != "low"
    return "expert_assistance" if repeated or judgement.classification.complexity != "low" else "nudge"


def _rank(found: Decision, kinds: Kinds) -> float:
    """Rules are asked in the order of what their authors expect of them, less where the words stand aside."""
    return found.rule.weight * kinds.scales.shares[found.candidate.place] + len(found.rule.sees) / 10


def _candidates(reading: Reading, kinds: Kinds, seen: tuple[Observation, ...]) -> Iterator[Candidate]:
    """The decisive failure, its causes, the failures beside it, and the lines of a log that shows none plainly."""
    around = Around(frozenset(found.feature for found in seen), seen)
    decisive = reading.decisive
    plain = decisive is not None and decisive.rank >= 2
    if decisive is not None:
        yield _candidate("decisive", decisive, kinds, around)
        for cause in reversed(decisive.causes):
            yield _candidate("cause", cause, kinds, around)
        for failure in reading.failures[1 : BESIDE_LIMIT_ITEMS + 1]:
            # Only failures that name their kind as plainly as the decisive one speak: noise must not outvote it.
            if failure.rank >= min(decisive.rank, 2):
                yield _candidate("aside" if plain else "beside", failure, kinds, around)
    else:
        yield Candidate("decisive", "", "", None, kinds, around)
    if reading.report.exit_code != 0 or decisive is not None:
        yield from _lines(reading, kinds, around, "aside" if plain else "line")


def _candidate(place: str, failure: Failure, kinds: Kinds, around: Around) -> Candidate:
    said = failure.message or failure.text
    text = failure.text if said in failure.text else f"{failure.text}\n{said}"
    return Candidate(place, text, said, failure.line, kinds, around, failure)


def _lines(reading: Reading, kinds: Kinds, around: Around, place: str) -> Iterator[Candidate]:
    lines = (reading.report.log or "").splitlines()
    first = max(0, len(lines) - LINES_LIMIT_ITEMS)
    for number, line in enumerate(lines[first:], first + 1):
        short = line[:LINE_LIMIT_CHARS].rstrip()
        if short:
            yield Candidate(place, short, short, number, kinds, around)


def _fits(rule: Rule, candidate: Candidate) -> bool:
    if rule.of_features:
        # Features alone say nothing about a failure that names itself.
        explained = any(feature.startswith("quirk-") or feature == TESTS_FAILED for feature in rule.sees)
        named = candidate.failure is not None and candidate.failure.rank >= 2 and not explained
        return candidate.place == "decisive" and not named and _is_seen(rule, candidate)
    typed = bool(rule.types) and not rule.types.isdisjoint(candidate.types)
    if rule.both:
        return typed and _says(rule, candidate) and _is_seen(rule, candidate)
    return (typed or _says(rule, candidate)) and _is_seen(rule, candidate)


def _says(rule: Rule, candidate: Candidate) -> bool:
    if any(speaks(parts, candidate.low) for parts in rule.says):
        return True
    pattern = rule.pattern
    return (
        pattern is not None
        and signed(rule.signs, candidate.low)
        and bool(pattern.search(candidate.text) or pattern.search(candidate.message))
    )


def _is_seen(rule: Rule, candidate: Candidate) -> bool:
    if not (rule.sees or rule.unless):
        return True
    return rule.sees <= candidate.seen and rule.unless.isdisjoint(candidate.seen)


def _noisy_or(weights: Iterable[float]) -> float:
    """Independent pieces of evidence each leave their share of doubt, and the doubts multiply (Pearl, "Probabilistic
    Reasoning in Intelligent Systems", section 4.3.2)."""
    return 1.0 - prod(1.0 - weight for weight in weights)


def _signs(reading: Reading, occurrences: int) -> list[float]:
    """Evidence that somebody is stuck, whatever the kind of failure."""
    signals = reading.report.signals
    signs = [FAILURE_WEIGHT] if reading.failures or reading.report.exit_code else []
    if reading.report.exit_code:
        signs.append(EXIT_WEIGHT)
    if occurrences >= OFTEN_OCCURRENCES:
        signs.append(OFTEN_REPEATED_WEIGHT)
    elif occurrences >= REPEATED_OCCURRENCES:
        signs.append(REPEATED_WEIGHT)
    if signals.repeated_attempts:
        signs.append(ATTEMPTS_WEIGHT)
    if signals.rapid_edits:
        signs.append(EDITS_WEIGHT)
    if signals.documentation_checks >= DOCUMENTATION_CHECKS:
        signs.append(READING_WEIGHT)
    return signs


def _evidence(reading: Reading, looked: Looked, chosen: Chosen, levels: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """The decisive line first, then where it happened in one's own code, then what speaks for the class, then what
    makes it hard or pressing."""
    found: list[Evidence] = []
    decisive = reading.decisive
    if decisive is not None:
        found.append(Evidence(decisive.line, decisive.text, "the line that names the failure"))
        if decisive.own_frames:
            frame = decisive.own_frames[-1]
            where = f"{frame.function}: {frame.source}" if frame.source else frame.function
            found.append(Evidence(frame.at, where, "where it happened in your own code"))
    found += [_seen(fit) for fit in looked.fitting if fit.rule.category == chosen.category]
    if chosen.words:
        found.append(Evidence(None, ", ".join(chosen.words), "words that spoke for it in problems resolved here"))
    if reading.report.exit_code:
        found.append(Evidence(None, f"exit code {reading.report.exit_code}", "the command failed"))
    last = list(levels)[:EVIDENCE_LIMIT_ITEMS]
    found = [*list(dict.fromkeys(found))[: EVIDENCE_LIMIT_ITEMS - len(last)], *last]
    return tuple(Evidence(item.line, item.text[:EVIDENCE_LIMIT_CHARS], item.reason) for item in found)


def _seen(fit: Decision) -> Evidence:
    """What a rule was read from: the feature it asks for, or else the line whose words it fits."""
    candidate, asked = fit.candidate, fit.rule.sees
    # Features of the words say more than those of the environment, which come first.
    for observation in (*reversed(candidate.observed), *candidate.around.observations) if asked else ():
        if observation.feature in asked:
            return Evidence(observation.line, observation.text, fit.rule.reason)
    return Evidence(candidate.line, candidate.text, fit.rule.reason)


def _of_words(kinds: Kinds, said: str, text: str, line: int | None, frames: Sequence[Frame]) -> Iterator[Observation]:
    """Features of what a failure says, then of the source lines of its stack."""
    for feature in kinds.features:
        if feature.is_in(said):
            yield Observation(feature.name, said, line)
    for frame in frames:
        if frame.source and not frame.library:
            for feature in kinds.features:
                if feature.in_source and feature.is_in(frame.source):
                    yield Observation(feature.name, frame.source, frame.at)
    last = frames[-2:]
    if any(_READS_ENVIRONMENT.search(frame.source) or _is_of_environ(frame.path) for frame in last):
        yield Observation("reads-environment", text, line)


def _is_of_environ(path: str) -> bool:
    return path == "<frozen os>" or path.endswith(("/os.py", "\\os.py"))


def _around(report: Report, kinds: Kinds) -> Iterator[Observation]:
    yield from _of_environment(report.environment)
    if report.command:
        for feature in kinds.commands:
            if feature.is_in(report.command):
                yield Observation(feature.name, report.command, None)
    if report.exit_code:
        yield Observation(f"exit-{report.exit_code}", f"exit code {report.exit_code}", None)


def _of_environment(environment: Environment) -> Iterator[Observation]:
    now, before = family(environment.os), family(environment.previous_environment)
    if now:
        yield Observation(f"on-{now}", environment.os, None)
    if now and before and now != before:
        moved = f"{environment.previous_environment} before, {environment.os} now"
        yield Observation("switched-environment", moved, None)
