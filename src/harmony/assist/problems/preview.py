"""What a report of a log would come to, before it is sent: what is hidden, what failed, which class. Pure, and slow
enough for a worker process."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace

from harmony.assist.problems.classification import judge
from harmony.assist.problems.digest.digest import digest_of
from harmony.assist.problems.digest.model import NAMES_A_TEST
from harmony.assist.problems.digest.wire import printable
from harmony.assist.problems.model import (
    FAILED_TESTS_SHOWN_ITEMS,
    Evidence,
    HiddenSpan,
    LogDigest,
    Preview,
    Report,
)
from harmony.assist.problems.service import read_clean, redacted
from harmony.assist.problems.taxonomy import Kinds
from harmony.kernel.redaction.model import Hidden
from harmony.kernel.redaction.service import redact


def preview(report: Report, kinds: Kinds | None = None) -> Preview:
    """Redact, read, digest and judge the report's log. Raises ``NotText`` for binary data."""
    log = report.log or ""
    found = redact(log)
    reading = read_clean(replace(redacted(replace(report, log=None)), log=found.text))
    counted = max((failure.count for failure in reading.failures), default=0)
    return Preview(
        redacted=found.text,
        spans=tuple(_span(hidden) for hidden in found.report),
        digest=_digest(found.text, _Lines.of(log, found.report)),
        judgement=judge(reading, counted, kinds),
        fingerprint=reading.fingerprint,
    )


@dataclass(frozen=True, slots=True)
class _Lines:
    """From lines of the redacted text to those of the given one: a key of many lines became one placeholder.

    Behind redacted line ``after[i]``, ``lost[i]`` lines are missing in all.
    """

    after: tuple[int, ...]
    lost: tuple[int, ...]

    @classmethod
    def of(cls, log: str, report: tuple[Hidden, ...]) -> _Lines:
        after: list[int] = []
        lost: list[int] = []
        line, done, missing = 1, 0, 0
        for hidden in report:
            line += log.count("\n", done, hidden.start)
            done = hidden.end
            inside = log.count("\n", hidden.start, hidden.end)
            if inside:
                missing += inside
                after.append(line)
                lost.append(missing)
        return cls(tuple(after), tuple(lost))

    def given(self, line: int) -> int:
        passed = bisect_left(self.after, line)
        return line + (self.lost[passed - 1] if passed else 0)


def _digest(text: str, lines: _Lines) -> LogDigest:
    found = digest_of([text.encode("utf-8", "replace")])
    return LogDigest(
        status=found.status,
        ran=found.counts.ran,
        failed=found.counts.broken,
        skipped=found.counts.skipped,
        failed_tests=tuple(printable(test.name) for test in found.failed_tests[:FAILED_TESTS_SHOWN_ITEMS]),
        framework=", ".join(found.frameworks),
        decisive=tuple(
            Evidence(lines.given(one.line), printable(one.text), one.reason)
            for one in found.decisive_lines
            if one.reason != NAMES_A_TEST  # the names stand in failed_tests
        ),
    )


def _span(hidden: Hidden) -> HiddenSpan:
    return HiddenSpan(
        start=hidden.start,
        end=hidden.end,
        type=hidden.type,
        rule=hidden.rule,
        secret=hidden.kind == "secret",
        placeholder=hidden.placeholder,
    )
