"""Refusals of the graph."""

from __future__ import annotations

from harmony.kernel.errors import Conflict, Invalid, NotFound, Unavailable


class EntityUnknown(NotFound):
    code = "graph.entity_unknown"
    hint = "Check the id; GET /api/search?q=… finds entities by their words."


class RelationshipUnknown(NotFound):
    code = "graph.relationship_unknown"
    hint = "Check the id; GET /api/entities/{id}/related lists what an entity has to do with others."


class DocumentUnknown(NotFound):
    code = "graph.document_unknown"
    hint = "Check the id; GET /api/documents lists the documents."


class SourceUnknown(Invalid):
    code = "graph.source_unknown"
    hint = "Store the document first with POST /api/documents, then name its id in source_ids."


class QuestionUnknown(NotFound):
    code = "graph.question_unknown"
    hint = "Check the id; GET /api/qa lists what you asked."


class MergeUnknown(NotFound):
    code = "graph.merge_unknown"
    hint = "Check the id; GET /api/merges lists the merges."


class RequestUnknown(NotFound):
    code = "graph.request_unknown"
    hint = "Ask for get-status; everything else is asked over HTTP with a token."


class KeyTaken(Conflict):
    code = "graph.key_taken"
    hint = "PUT /api/entities with this key changes the entity that has it."


class EvidenceThin(Invalid):
    code = "graph.evidence_thin"
    hint = "Name more sources of the needed kind, or state a weaker tier; a rumour is not stored."


class RelatedToItself(Invalid):
    code = "graph.related_to_itself"
    hint = "Name two entities; two that were merged are one."


class PropertiesTooLarge(Invalid):
    code = "graph.properties_too_large"
    hint = "Keep long texts in a document and name it among the sources; the limit is in the message."


class MergedAway(Conflict):
    code = "graph.merged_away"
    hint = "Use the entity that the details name, or undo the merge first."


class StillHolds(Conflict):
    code = "graph.still_holds"
    hint = "Undo the merges into this entity first; GET /api/merges lists them."


class MergeUndone(Conflict):
    code = "graph.merge_undone"
    hint = "Nothing is left to be done: this merge was undone before."


class MergeCovered(Conflict):
    code = "graph.merge_covered"
    hint = "Undo the later merge, which the details name, first."


class WalkTooLong(Unavailable):
    code = "graph.walk_too_long"
    hint = "Ask with a smaller max_depth; so many ways lead through these entities that they were not all followed."
