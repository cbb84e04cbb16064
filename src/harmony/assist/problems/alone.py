"""A report redacted, read and classed by itself: the steps that the server, filters, measurements and learning share.

Pure, and without anything that a database or a wire needs, because filters have to start at once.
"""

from __future__ import annotations

from dataclasses import replace

from harmony.assist.problems import fingerprints
from harmony.assist.problems.classification import judge
from harmony.assist.problems.model import Judgement, Reading, Report, ReportedError
from harmony.assist.problems.plain import plain
from harmony.assist.problems.reading import decisive_first, of_reported, read_log
from harmony.assist.problems.taxonomy import Kinds
from harmony.kernel.redaction.service import redact

NOTHING_FAILED = "nothing-failed"


def read(report: Report) -> Reading:
    """Redact a report, then find its failures. The only slow step: fit for a worker process."""
    return read_clean(redacted(report))


def read_clean(clean: Report) -> Reading:
    """``read`` for a report that is redacted already. Features are looked for by who judges."""
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


def classed(reading: Reading, kinds: Kinds | None = None) -> Judgement:
    """Judged by itself, without what was reported before it: how often it happened is what the report says."""
    return judge(reading, counted(reading), kinds)


def counted(reading: Reading) -> int:
    """How often the report itself says that its failure was met; 0 when nothing failed."""
    if reading.decisive is None and not reading.report.exit_code:
        return 0
    return max((failure.count for failure in reading.failures), default=1)


def nothing_failed(reading: Reading) -> Reading:
    """The reading of a run that is known to have gone well: what was met on the way was overcome."""
    return replace(reading, report=replace(reading.report, exit_code=0), failures=(), fingerprint=NOTHING_FAILED)


def redacted(report: Report) -> Report:
    """The report without secrets, personal data and what a terminal would obey."""
    environment = report.environment
    return replace(
        report,
        errors=tuple(
            ReportedError(_clean(error.error_type), _clean(error.message), error.frequency) for error in report.errors
        ),
        environment=replace(
            environment,
            os=_clean(environment.os),
            previous_environment=_clean(environment.previous_environment),
            language=_clean(environment.language),
            runtime=_clean(environment.runtime),
        ),
        log=None if report.log is None else _clean(report.log),
        command=None if report.command is None else _clean(report.command),
    )


def _clean(text: str) -> str:
    return redact(plain(text)).text
