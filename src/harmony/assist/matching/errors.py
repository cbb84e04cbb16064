"""Refusals of matching."""

from __future__ import annotations

from harmony.kernel.errors import Conflict, Forbidden, Invalid, NotFound


class RequestUnknown(NotFound):
    code = "matching.request_unknown"
    hint = "Check the requestId; GET /v1/requests lists your own."


class RequestStateWrong(Conflict):
    code = "matching.request_state_wrong"
    hint = "Read the request's state and decide again."


class OfferUnknown(NotFound):
    code = "matching.offer_unknown"
    hint = "Check the offerId; GET /v1/offers lists those made to you."


class OfferStateWrong(Conflict):
    code = "matching.offer_state_wrong"
    hint = "The offer has been answered or has expired; wait for another."


class OfferPending(Conflict):
    code = "matching.offer_pending"
    hint = "Wait for the answer or the expiry of the offer that the details name."


class NotTheSeeker(Forbidden):
    code = "matching.not_the_seeker"
    hint = "Only who asked for help decides whom to ask."


class OwnOffer(Invalid):
    code = "matching.own_offer"
    hint = "Choose another expert; nobody helps themselves for a reward."


class ExpertOutsideSpace(Invalid):
    code = "matching.expert_outside_space"
    hint = "Ask the owner of the space to add the expert, or choose a member."
