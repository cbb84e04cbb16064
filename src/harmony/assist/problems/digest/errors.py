"""How the digest refuses."""

from __future__ import annotations

from harmony.kernel.errors import Invalid, NotFound, TooLarge


class NotText(Invalid):
    code = "problems.digest_not_text"
    hint = "Give the log itself: text, a .gz of it, or a CI archive (.zip)."


class NoLog(NotFound):
    code = "problems.digest_no_log"
    hint = "Check the path; a folder must hold at least one log."


class BadArchive(Invalid):
    code = "problems.digest_bad_archive"
    hint = "Unpack it by hand and give the log files or their folder."


class ArchiveTooLarge(TooLarge):
    code = "problems.digest_archive_too_large"
    hint = "Unpack only the logs you need and give those."


class BadCase(Invalid):
    code = "problems.digest_bad_case"
    hint = 'One JSON object a line, with "id" and either "log_path" or "text".'
