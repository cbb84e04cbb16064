"""The answer as JSON-ready data; its keys contain those that the labelled data's predictions have."""

from __future__ import annotations

from harmony.assist.problems.digest.model import Digest, ErrorLine

TEXT_SHOWN_CHARS = 300


def wired(digest: Digest, *, decisive: bool = False) -> dict[str, object]:
    """One object. ``lines`` and ``decisive_lines`` are ``[line, score]``, best first; with ``decisive`` the decisive
    ones stand under ``lines`` too. ``decisive`` holds text and reason of the best few.
    """
    counts = digest.counts
    best = _pairs(digest.decisive_lines)
    return {
        "status": digest.status,
        "status_reason": printable(digest.status_reason),
        "n_run": counts.ran,
        "n_ok": counts.ok,
        "n_failed": counts.broken,
        "n_errors": counts.errors,
        "n_skipped": counts.skipped,
        "n_xfailed": counts.xfailed,
        "n_xpassed": counts.xpassed,
        "tests_ran": counts.ran > 0,
        "tests_failed": counts.broken > 0,
        "failed_tests": [printable(test.name) for test in digest.failed_tests],
        "framework": "#".join(digest.frameworks),
        "test_seconds": round(counts.seconds, 3),
        "service": digest.service,
        "build_system": digest.build_system,
        "failing_command": printable(digest.failing_command) if digest.failing_command else None,
        "environment": {key: printable(value) for key, value in digest.environment.items()},
        "lines": best if decisive else _pairs(digest.lines),
        "decisive_lines": best,
        "decisive": [
            {"line": one.line, "score": one.score, "reason": one.reason, "text": printable(one.text)}
            for one in digest.decisive_lines
        ],
        "n_lines": digest.n_lines,
        "n_bytes": digest.n_bytes,
        "notes": list(digest.notes),
    }


def printable(text: str, limit: int = TEXT_SHOWN_CHARS) -> str:
    """``text`` without anything a terminal would obey or a screen would turn round; cut to ``limit``."""
    flat = text.replace("\t", "    ")
    safe = "".join(sign if sign.isprintable() else "·" for sign in flat[: limit + 1])
    return safe if len(safe) <= limit else safe[: limit - 1] + "…"


def _pairs(lines: tuple[ErrorLine, ...]) -> list[list[float]]:
    return [[one.line, one.score] for one in lines]
