"""Refusals of problems."""

from __future__ import annotations

from harmony.kernel.errors import Conflict, Invalid, NotFound, Refusal, TooLarge, Unauthenticated


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


class BatchTooLarge(TooLarge):
    code = "problems.batch_too_large"
    hint = "Cut what tools printed, or send fewer events at once; the limit is in the message."


class RunUnknown(NotFound):
    code = "problems.run_unknown"
    hint = "GET /v1/activity/runs lists your runs; one that was silent too long is forgotten."


class AlarmUnknown(NotFound):
    code = "problems.alarm_unknown"
    hint = "GET /v1/detection/alarms lists your alarms."


class AlarmAnswered(Conflict):
    code = "problems.alarm_answered"
    hint = "An alarm is answered once; GET /v1/detection/alarms shows how."


class TimezoneUnknown(Invalid):
    code = "problems.timezone_unknown"
    hint = "Send an IANA name such as Europe/Lisbon, or UTC."


class SourceUnknown(NotFound):
    code = "problems.source_unknown"
    hint = "GET /v1/ci/sources lists your sources."


class TooManySources(Conflict):
    code = "problems.too_many_sources"
    hint = "Remove a source that is no longer used; the limit is in the message."


class HookForged(Unauthenticated):
    code = "problems.hook_forged"
    hint = "Sign with the secret of this very source; POST /v1/ci/sources/{sourceId}/secret makes a new one."


class HookUnreadable(Invalid):
    code = "problems.hook_unreadable"
    hint = "Let the provider send application/json, and the events that docs/guides/detection.md names."


class TooManyDeliveries(Refusal):
    code = "problems.too_many_deliveries"
    status = 429
    hint = "Send fewer events, or spread the repositories over several sources; the limit is in the message."


class DeliveryReplayed(Conflict):
    code = "problems.delivery_replayed"
    hint = "Nothing was changed. A provider's own redelivery, with the same id and body, is taken."


class KindsBroken(Invalid):
    code = "problems.kinds_broken"
    hint = "Mend the data in assist/problems/kinds; docs/guides/classification.md describes it."


class LearnedBroken(Invalid):
    code = "problems.learned_broken"
    hint = "`harmony learn --revert` takes it back, `harmony learn` makes a new one; until then the shipped rules hold."


class NothingLearned(NotFound):
    code = "problems.nothing_learned"
    hint = "`harmony learn FILE` learns from resolved problems; `--data` names another data folder."


class TooLittleToLearn(Invalid):
    code = "problems.too_little_to_learn"
    hint = "Give more resolved problems with their categories; the message says how many there are and must be."


class LessonUnreadable(Invalid):
    code = "problems.lesson_unreadable"
    hint = 'A line is {"text": …, "category": …, "subcategory": …}; docs/guides/classification.md says more.'


class ClassUnknown(Invalid):
    code = "problems.class_unknown"
    hint = "`harmony classify --taxonomy` lists categories and their subcategories."
