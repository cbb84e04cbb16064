"""Many logs of one run as one answer: the counts add up, the worst status holds, the worst log explains."""

from __future__ import annotations

from harmony.assist.problems.digest.model import BROKEN, CANCELLED, OK, Counts, Digest
from harmony.assist.problems.digest.wire import printable, wired

_BADNESS = {BROKEN: 2, CANCELLED: 1, OK: 0}


def worst(digests: list[tuple[str, Digest]]) -> tuple[str, Digest]:
    """The log that explains the run: the first of the worst status with the most failed tests."""
    return max(digests, key=lambda pair: (_BADNESS[pair[1].status], pair[1].counts.broken))


def joined(digests: list[tuple[str, Digest]], *, decisive: bool) -> dict[str, object]:
    """One object: that of the worst log, with the sums of all, and ``logs`` with a short line on each."""
    name, leading = worst(digests)
    counts = Counts()
    for _, digest in digests:
        counts = counts.plus(digest.counts)
    names = dict.fromkeys(test.name for _, digest in digests for test in digest.failed_tests)
    frameworks = dict.fromkeys(framework for _, digest in digests for framework in digest.frameworks)
    return {
        **wired(leading, decisive=decisive),
        "n_run": counts.ran,
        "n_ok": counts.ok,
        "n_failed": counts.broken,
        "n_errors": counts.errors,
        "n_skipped": counts.skipped,
        "failed_tests": [printable(test) for test in names],
        "framework": "#".join(frameworks),
        "log": printable(name),
        "logs": [
            {
                "log": printable(each),
                "status": digest.status,
                "n_run": digest.counts.ran,
                "n_failed": digest.counts.broken,
            }
            for each, digest in digests
        ],
    }
