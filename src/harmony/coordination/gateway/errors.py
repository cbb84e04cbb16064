"""Refusals of the gateway."""

from __future__ import annotations

from harmony.kernel.errors import Forbidden, Invalid, NotFound, Refusal, TooLarge, Unavailable


class NobodyThere(Unavailable):
    code = "gateway.nobody_there"
    hint = "GET /conductor/services tells who is there; ask again when a component is registered and not draining."


class Unreachable(Unavailable):
    code = "gateway.unreachable"
    hint = (
        "The request did not arrive anywhere, so it may be sent again; GET /gateway tells why a component is ejected."
    )


class Overloaded(Unavailable):
    code = "gateway.overloaded"
    hint = "Every component that could answer has as many requests as it may hold; ask again shortly."


class BrokenOff(Refusal):
    code = "gateway.broken_off"
    status = 502
    hint = "It may have arrived. Find out what became of it before you send it again."


class AnswerUnfit(Refusal):
    code = "gateway.answer_unfit"
    status = 502
    hint = "The component has to answer with plain HTTP/1.1, its head within the limit."


class Silent(Refusal):
    code = "gateway.silent"
    status = 504
    hint = "It may have arrived. Give it more time with X-Harmony-Timeout, or ask GET /conductor/services/{id}/why."


class GoesInCircles(Refusal):
    code = "gateway.goes_in_circles"
    status = 508
    hint = "The request came by this gateway too often; a component must not send back what it was sent."


class ComponentUnknown(NotFound):
    code = "gateway.component_unknown"
    hint = "GET /conductor/services lists the components there are."


class CapabilityUnknown(NotFound):
    code = "gateway.capability_unknown"
    hint = "GET /conductor/services?capability=NAME tells who offers it; a slash in its name is written %2F."


class PathRefused(Refusal):
    code = "gateway.path_refused"
    hint = "Send a path without dot segments, empty segments, backslashes, and encoded slashes or control characters."


class HeaderRefused(Refusal):
    code = "gateway.header_refused"
    hint = "Send each header once, in visible characters, and a body either with its length or chunked."


class MethodRefused(Refusal):
    code = "gateway.method_refused"
    status = 405
    hint = "Use GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS."


class NotForPages(Forbidden):
    code = "gateway.not_for_pages"
    hint = "Components are asked by programs and by Harmony's page; they are no part of a page."


class TooManyAtOnce(Refusal):
    code = "gateway.too_many_at_once"
    status = 429
    hint = "Wait for answers before you ask more; the limit of one caller is in the message."


class TooOften(Refusal):
    code = "gateway.too_often"
    status = 429
    hint = "Ask again after the time that Retry-After names."


class BodyTooLarge(TooLarge):
    code = "gateway.body_too_large"
    hint = "Send less; the limit is in the message."


class BodyTooSlow(Refusal):
    code = "gateway.body_too_slow"
    status = 408
    hint = "Send the body without pauses; the longest one is in the message."


class TimeoutInvalid(Invalid):
    code = "gateway.timeout_invalid"
    hint = "X-Harmony-Timeout is a number of seconds within the limits in the message."
