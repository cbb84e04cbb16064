"""Refusals of identity."""

from __future__ import annotations

from harmony.kernel.errors import Conflict, Forbidden, Invalid, NotFound, Unauthenticated


class TokenRefused(Unauthenticated):
    code = "identity.token_refused"
    hint = "Make a new token with `harmony token create`; this one is unknown, expired or revoked."


class LinkRefused(Unauthenticated):
    code = "identity.link_refused"
    hint = "Ask for a new sign-in link; each works once and for a short time."


class SignInNeeded(Unauthenticated):
    code = "identity.sign_in_needed"
    hint = "Send `Authorization: Bearer <token>`, or sign in on the page with a one-time link."


class PermissionMissing(Forbidden):
    code = "identity.permission_missing"
    hint = "Ask an administrator for a role that carries the named permission."


class PrincipalUnknown(NotFound):
    code = "identity.principal_unknown"
    hint = "Check the id; an administrator can list principals."


class PrincipalExists(Conflict):
    code = "identity.principal_exists"
    hint = "Choose another id, or use the existing principal."


class TokenUnknown(NotFound):
    code = "identity.token_unknown"
    hint = "List the tokens to see which there are."


class RoleUnknown(Invalid):
    code = "identity.role_unknown"
    hint = "Use some of: seeker, expert, coordinator, admin, component."


class TooManyTokens(Conflict):
    code = "identity.too_many_tokens"
    hint = "Revoke tokens that are not used any more, or wait until some expire."
