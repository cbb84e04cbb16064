"""Refusals of knowledge."""

from __future__ import annotations

from harmony.kernel.errors import Conflict, Forbidden, NotFound


class ArticleUnknown(NotFound):
    code = "knowledge.article_unknown"
    hint = "Check the id; GET /v1/knowledge-base/articles lists those you may read."


class SpaceUnknown(NotFound):
    code = "knowledge.space_unknown"
    hint = "Check the id; a private space is known to its members only."


class SessionNotResolved(Conflict):
    code = "knowledge.session_not_resolved"
    hint = "Resolve the session first; only a solution that worked is written down."


class ArticleExists(Conflict):
    code = "knowledge.article_exists"
    hint = "A session gives one article; read the one that the details name."


class ArticleStateWrong(Conflict):
    code = "knowledge.article_state_wrong"
    hint = "Read the article's status and decide again."


class ConsentMissing(Conflict):
    code = "knowledge.consent_missing"
    hint = "Ask the named parties to POST to the article's /consent."


class NotTheReviewer(Forbidden):
    code = "knowledge.not_the_reviewer"
    hint = "A coordinator approves; inside a private space its owner does."


class NotTheOwner(Forbidden):
    code = "knowledge.not_the_owner"
    hint = "Ask the owner of the space."


class NotAParty(Forbidden):
    code = "knowledge.not_a_party"
    hint = "Only the seeker and the expert of the session consent to its publication."


class SpaceFull(Conflict):
    code = "knowledge.space_full"
    hint = "Open another space; the limit is in the message."
