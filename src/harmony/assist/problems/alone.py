"""A report read and classed without a server: what filters, measurements and learning load. Pure.

The steps are those of ``service.read``, without what a database needs.
"""

from __future__ import annotations

from dataclasses import replace

from harmony.assist.problems import fingerprints
from harmony.assist.problems.classification import judge
from harmony.assist.problems.model import Environment, Judgement, Reading, Report, ReportedError
from harmony.assist.problems.plain import plain
from harmony.assist.problems.reading import decisive_first, of_reported, read_log
from harmony.assist.problems.taxonomy import Kinds
from harmony.kernel.redaction.service import redact

NOTHING_FAILED = "nothing-failed"


def read(report: Report) -> Reading:
    """Redact a report, then find its failures; features are looked for by who judges."""
    clean = _redacted(report)
    failures = decisive_first([*of_reported(clean.errors), *read_log(clean.log or "")])
    decisive = failures[0] if failures else None
    if decisive is not None:
        fingerprint = fingerprints.of_failure(decisive)
    elif clean.exit_code:
        fingerprint = fingerprints.of_exit(clean.command, clean.exit_code)
    else:
        fingerprint = NOTHING_FAILED
    language = (decisive.language if decisive else "") or clean.environment.language.lower()
    return Reading(clean, failures, (), fingerprint, language)


def classed(reading: Reading, kinds: Kinds) -> Judgement:
    """Judged by itself: how often it happened is what the report says."""
    failed = reading.decisive is not None or bool(reading.report.exit_code)
    counted = max((failure.count for failure in reading.failures), default=1) if failed else 0
    return judge(reading, counted, kinds)


def nothing_failed(reading: Reading) -> Reading:
    """The reading of a run that is known to have gone well: what was met on the way was overcome."""
    return replace(reading, report=replace(reading.report, exit_code=0), failures=(), fingerprint=NOTHING_FAILED)


def _redacted(report: Report) -> Report:
    given = report.environment
    return replace(
        report,
        errors=tuple(ReportedError(_clean(e.error_type), _clean(e.message), e.frequency) for e in report.errors),
        environment=Environment(
            os=_clean(given.os),
            previous_environment=_clean(given.previous_environment),
            recent_code_changes=given.recent_code_changes,
            language=_clean(given.language),
            runtime=_clean(given.runtime),
        ),
        log=None if report.log is None else _clean(report.log),
        command=None if report.command is None else _clean(report.command),
    )


def _clean(text: str) -> str:
    return redact(plain(text)).text
