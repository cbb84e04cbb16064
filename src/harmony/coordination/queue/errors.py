"""Refusals of the queue."""

from __future__ import annotations

from harmony.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Refusal


class MessageInvalid(Invalid):
    code = "queue.message_invalid"
    hint = "Correct the named field; /openapi.json describes each."


class JsonOnly(Refusal):
    code = "queue.json_only"
    status = 415
    hint = "Send the message as JSON with Content-Type: application/json."


class QueueFull(Refusal):
    code = "queue.full"
    status = 429
    hint = "Wait until its consumers have caught up, then send again with the same key; nothing of this was accepted."


class SenderOverQuota(Refusal):
    code = "queue.sender_over_quota"
    status = 429
    hint = "Wait until the consumers have caught up with your messages; others may still send."


class TooManyQueues(Conflict):
    code = "queue.too_many_queues"
    hint = "Send to a queue that exists; GET /queue lists them."


class KeyReused(Conflict):
    code = "queue.key_reused"
    hint = "Use a new idempotency key for a new message; a key belongs to one body."


class NotYourName(Forbidden):
    code = "queue.not_your_name"
    hint = "A component sends as itself and receives its own messages; use its own token or its own name."


class GroupUnknown(NotFound):
    code = "queue.group_unknown"
    hint = "POST /queue/groups creates a group; without one the group is `default`."


class GroupsFull(Conflict):
    code = "queue.groups_full"
    hint = "End a group that is not read any more: DELETE /queue/groups/{queue}/{group}."


class GroupFixed(Conflict):
    code = "queue.group_fixed"
    hint = "The group `default` belongs to its queue and stays."


class MessageUnknown(NotFound):
    code = "queue.message_unknown"
    hint = "Check the id; it is kept as long as the journal's entries about it."


class LeaseLost(Conflict):
    code = "queue.lease_lost"
    hint = "The message has returned to its queue or is finished; receive again and use the lease of that answer."


class InFlightLimit(Refusal):
    code = "queue.in_flight_limit"
    status = 429
    hint = "Acknowledge or reject what you hold before you receive more."


class CrossSiteRefused(Forbidden):
    code = "queue.cross_site_refused"
    hint = "Receiving takes messages from others; a page of another site may not do that."
