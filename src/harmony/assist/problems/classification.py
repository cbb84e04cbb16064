"""Evidence weighed: what kind of failure a reading shows, how sure that is, how hard and how pressing it looks.

Rules that fit add up by noisy-or (Pearl, "Probabilistic Reasoning in Intelligent Systems", section 4.3.2): independent
pieces of evidence each leave their share of doubt, and the doubts multiply.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from math import prod

from harmony.assist.problems.fingerprints import kind
from harmony.assist.problems.model import (
    EVIDENCE_LIMIT_CHARS,
    EVIDENCE_LIMIT_ITEMS,
    LEVELS,
    UNKNOWN_CATEGORY,
    UNKNOWN_SUBCATEGORY,
    Action,
    Classification,
    Environment,
    Evidence,
    Failure,
    Judgement,
    Level,
    Observation,
    Reading,
    Report,
    Signals,
)
from harmony.assist.problems.taxonomy import COMMANDS, FEATURES, RULES, Rule

CATEGORY_THRESHOLD = 0.5
DETECTION_THRESHOLD = 0.5
CONFIDENCE_CEILING = 0.99
ASIDE_SHARE = 0.5

FAILURE_WEIGHT = 0.35
EXIT_WEIGHT = 0.3
REPEATED_WEIGHT = 0.2
OFTEN_REPEATED_WEIGHT = 0.35
ATTEMPTS_WEIGHT = 0.15
EDITS_WEIGHT = 0.05
READING_WEIGHT = 0.05
REPEATED_OCCURRENCES = 2
OFTEN_OCCURRENCES = 5
PRESSING_OCCURRENCES = 10
DOCUMENTATION_CHECKS = 2
STUCK_DOCUMENTATION_CHECKS = 5
MANY_KINDS = 3
URGENCY_POINTS: tuple[tuple[int, Level], ...] = ((4, "high"), (2, "medium"), (0, "low"))

_WINDOWS = re.compile(r"\bwin(?:dows|32|64)?\b", re.IGNORECASE)
_POSIX = re.compile(
    r"linux|ubuntu|debian|fedora|red ?hat|rhel|centos|alpine|arch\b|suse|mac ?os|darwin|bsd|unix|posix|wsl",
    re.IGNORECASE,
)
_READS_ENVIRONMENT = re.compile(r"\bos\.environ\b|\bgetenv\b|process\.env")


def family(os: str) -> str:
    """``posix``, ``windows``, or nothing when the name says neither."""
    if _POSIX.search(os):
        return "posix"
    return "windows" if _WINDOWS.search(os) else ""


def observe(report: Report, failures: Sequence[Failure]) -> tuple[Observation, ...]:
    """The features of a report: of its environment, its command and exit, and the words of its failures."""
    found = [*_of_environment(report.environment), *_of_command(report)]
    for failure in failures:
        said = failure.message or failure.text
        found += [Observation(f.name, said, failure.line) for f in FEATURES if f.pattern.search(said)]
        for frame in failure.own_frames:
            in_source = [f for f in FEATURES if f.in_source and f.pattern.search(frame.source)]
            found += [Observation(f.name, frame.source, frame.at) for f in in_source]
        if any(_READS_ENVIRONMENT.search(frame.source) for frame in failure.frames[-2:]) or any(
            frame.path == "<frozen os>" or frame.path.endswith(("/os.py", "\\os.py")) for frame in failure.frames[-2:]
        ):
            found.append(Observation("reads-environment", failure.text, failure.line))
    return tuple(found)


def judge(reading: Reading, occurrences: int) -> Judgement:
    """What the reading shows; ``occurrences`` counts how often this failure has been met."""
    fitting = _fitting(reading)
    category, score = _best_category(fitting, reading.decisive)
    chosen = [(rule, failure) for rule, failure in fitting if rule.category == category]
    rule = max((rule for rule, _ in chosen), key=lambda rule: rule.weight, default=None)
    confidence = min(CONFIDENCE_CEILING, _noisy_or([score, *_signs(reading, occurrences)]))
    classification = Classification(
        category=category,
        subcategory=rule.subcategory if rule else UNKNOWN_SUBCATEGORY,
        complexity=_complexity(rule, reading.failures),
        urgency=_urgency(reading.report.signals, occurrences),
    )
    return Judgement(
        problem_detected=confidence >= DETECTION_THRESHOLD,
        confidence_percent=round(100 * confidence),
        classification=classification,
        evidence=_evidence(reading, chosen, occurrences),
        occurrences=occurrences,
    )


def suggest(judgement: Judgement, *, solution_is_certain: bool) -> Action:
    """What to do next: a solution of the same failure first, a person when it is hard, repeated or unknown."""
    if not judgement.problem_detected:
        return "none"
    if solution_is_certain:
        return "known_solution"
    repeated = judgement.occurrences >= REPEATED_OCCURRENCES or judgement.classification.urgency != "low"
    return "expert_assistance" if repeated or judgement.classification.complexity != "low" else "nudge"


def _fitting(reading: Reading) -> list[tuple[Rule, Failure | None]]:
    """Every rule with the failure that it fits; a rule about the exit alone fits without one."""
    seen = {observation.feature for observation in reading.observations}
    found: list[tuple[Rule, Failure | None]] = []
    for rule in RULES:
        if not rule.features <= seen:
            continue
        if not rule.types and rule.pattern is None:
            found.append((rule, reading.decisive))
            continue
        # Only failures that name their kind as plainly as the decisive one speak: noise must not outvote it.
        candidates = [f for f in reading.failures if reading.decisive and f.rank >= min(reading.decisive.rank, 2)]
        fitting = next((failure for failure in candidates if _fits(rule, failure)), None)
        if fitting is not None:
            found.append((rule, fitting))
    return found


def _fits(rule: Rule, failure: Failure) -> bool:
    if rule.types and kind(failure.error_type).lower() not in rule.types:
        return False
    if rule.pattern is None:
        return True
    return bool(rule.pattern.search(failure.text) or rule.pattern.search(failure.message))


def _best_category(fitting: Iterable[tuple[Rule, Failure | None]], decisive: Failure | None) -> tuple[str, float]:
    """The category with the most evidence; ties go to the one that the taxonomy names first."""
    weights: dict[str, dict[frozenset[str], float]] = {}
    for rule, failure in fitting:
        # What was met on the way, and perhaps handled, speaks less than what stopped the program.
        weight = rule.weight / 100 * (1.0 if failure is decisive else ASIDE_SHARE)
        by_features = weights.setdefault(rule.category, {})
        by_features[rule.features] = max(weight, by_features.get(rule.features, 0.0))
    scores = {category: _noisy_or(found.values()) for category, found in weights.items()}
    best = max(scores, key=lambda category: scores[category], default=UNKNOWN_CATEGORY)
    if scores.get(best, 0.0) < CATEGORY_THRESHOLD:
        return UNKNOWN_CATEGORY, 0.0
    return best, scores[best]


def _noisy_or(weights: Iterable[float]) -> float:
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


def _complexity(rule: Rule | None, failures: Sequence[Failure]) -> Level:
    """The rule's own level, one higher when several kinds of error come together; an unknown kind is medium."""
    if not failures and rule is None:
        return "low"
    level = LEVELS.index(rule.complexity if rule else "medium")
    kinds = {kind(failure.error_type) for failure in failures if failure.rank >= 2}
    return LEVELS[min(level + (len(kinds) >= MANY_KINDS), len(LEVELS) - 1)]


def _urgency(signals: Signals, occurrences: int) -> Level:
    points = sum(
        (
            occurrences >= REPEATED_OCCURRENCES,
            occurrences >= PRESSING_OCCURRENCES,
            signals.repeated_attempts,
            signals.rapid_edits,
            signals.documentation_checks >= STUCK_DOCUMENTATION_CHECKS,
        )
    )
    return next(level for needed, level in URGENCY_POINTS if points >= needed)


def _evidence(
    reading: Reading, chosen: Sequence[tuple[Rule, Failure | None]], occurrences: int
) -> tuple[Evidence, ...]:
    """The decisive line first, then where it happened in one's own code, then what speaks for the class."""
    found: list[Evidence] = []
    decisive = reading.decisive
    if decisive is not None:
        found.append(Evidence(decisive.line, decisive.text, "the line that names the failure"))
        if decisive.own_frames:
            frame = decisive.own_frames[-1]
            where = f"{frame.function}: {frame.source}" if frame.source else frame.function
            found.append(Evidence(frame.at, where, "where it happened in your own code"))
    found += [
        Evidence(_seen(reading, rule, failure).line, _seen(reading, rule, failure).text, rule.reason)
        for rule, failure in chosen
    ]
    if reading.report.exit_code:
        found.append(Evidence(None, f"exit code {reading.report.exit_code}", "the command failed"))
    if occurrences >= REPEATED_OCCURRENCES:
        found.append(Evidence(None, f"{occurrences} times", "the same failure was met before"))
    if reading.report.signals.repeated_attempts:
        found.append(Evidence(None, "repeated attempts", "it was tried again and again"))
    return tuple(
        Evidence(item.line, item.text[:EVIDENCE_LIMIT_CHARS], item.reason) for item in found[:EVIDENCE_LIMIT_ITEMS]
    )


def _seen(reading: Reading, rule: Rule, failure: Failure | None) -> Evidence:
    """What a rule was read from: the feature it asks for, or else the failure's own line."""
    # Features of the words say more than those of the environment, which come first.
    for observation in reversed(reading.observations):
        if observation.feature in rule.features:
            return Evidence(observation.line, observation.text, rule.reason)
    return Evidence(failure.line if failure else None, failure.text if failure else "", rule.reason)


def _of_environment(environment: Environment) -> list[Observation]:
    now, before = family(environment.os), family(environment.previous_environment)
    found = [Observation(f"on-{now}", environment.os, None)] if now else []
    if now and before and now != before:
        moved = f"{environment.previous_environment} before, {environment.os} now"
        found.append(Observation("switched-environment", moved, None))
    return found


def _of_command(report: Report) -> list[Observation]:
    found = [
        Observation(name, report.command, None)
        for name, pattern in COMMANDS
        if report.command and pattern.search(report.command)
    ]
    if report.exit_code:
        found.append(Observation(f"exit-{report.exit_code}", f"exit code {report.exit_code}", None))
    return found
