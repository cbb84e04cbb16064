"""Refusals of problems."""

from __future__ import annotations

from harmony.kernel.errors import Conflict, Invalid, NotFound, TooLarge


class ContextUnknown(NotFound):
    code = "problems.context_unknown"
    hint = "Check the contextId; GET /v1/problems lists your own."


class LogTooLarge(TooLarge):
    code = "problems.log_too_large"
    hint = "Send the last part of the log; the limit is in the message."


class FingerprintUnknown(NotFound):
    code = "problems.fingerprint_unknown"
    hint = "Name fingerprints of failures that you reported; GET /v1/problems lists them."


class GroupingUnknown(NotFound):
    code = "problems.grouping_unknown"
    hint = "GET /v1/problems/fingerprints/groupings lists your decisions."


class GroupingContradicts(Conflict):
    code = "problems.grouping_contradicts"
    hint = "Undo the decision that the message names first, or decide about other fingerprints."


class GroupingEmpty(Invalid):
    code = "problems.grouping_empty"
    hint = "Merging takes two different fingerprints; one alone can only be split."


class GroupTooLarge(TooLarge):
    code = "problems.group_too_large"
    hint = "Undo merges that are no longer needed; the limit is in the message."


class NothingToRead(Invalid):
    code = "problems.nothing_to_read"
    hint = "Send `text` (a log, a traceback, an error line) or `recentErrors`."


class KindsBroken(Invalid):
    code = "problems.kinds_broken"
    hint = "Mend the data in assist/problems/kinds; docs/guides/classification.md describes it."
