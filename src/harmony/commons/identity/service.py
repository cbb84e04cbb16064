"""The verbs of identity: who exists, what proves who they are."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import timedelta

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, OctKey

from harmony.adapters.db.pool import Database
from harmony.adapters.db.unit_of_work import Connection, UnitOfWork
from harmony.commons.identity import store
from harmony.commons.identity.errors import (
    LinkRefused,
    PrincipalExists,
    PrincipalUnknown,
    RoleUnknown,
    TokenRefused,
    TokenUnknown,
    TooManyTokens,
)
from harmony.commons.identity.model import (
    API_TOKEN_LONGEST_LIFE,
    BROWSER_SESSION_LIFE,
    LINK_LIFE,
    LIVE_TOKENS_LIMIT,
    RESERVED_IDS,
    ROLES,
    SECRET_BYTES,
    SIGNED_TOKEN_LIFE,
    TOKEN_PREFIX,
    ApiToken,
    Principal,
    secret_hash,
)
from harmony.commons.journal.service import append
from harmony.kernel.paging import PAGE_LIMIT_ITEMS
from harmony.messages.identity import LinkCreated, PrincipalCreated, SignedIn, TokenCreated, TokenRevoked

AUDIENCE = "harmony"


async def create_principal(uow: UnitOfWork, principal: Principal) -> Principal:
    """Add whoever may act from now on; refuses unknown roles and an id that is taken."""
    unknown = [role for role in principal.roles if role not in ROLES]
    if unknown:
        raise RoleUnknown("there is no such role", field="roles", details={"roles": ROLES})
    if principal.id in RESERVED_IDS:
        raise PrincipalExists("this id has a meaning of its own", field="id")
    if not await store.add_principal(uow, principal):
        raise PrincipalExists("a principal with this id exists", field="id")
    await append(uow, PrincipalCreated(principal.id, principal.kind, list(principal.roles)), subject=principal.id)
    return principal


async def ensure_principal(uow: UnitOfWork, principal: Principal) -> Principal:
    """The principal of this id, created when it is missing: for Harmony's own operator and components."""
    found = await store.principal(uow.connection, principal.id)
    return found or await create_principal(uow, principal)


async def find_principal(connection: Connection, principal_id: str) -> Principal:
    found = await store.principal(connection, principal_id)
    if found is None:
        raise PrincipalUnknown("there is no such principal", field="principal_id")
    return found


async def list_principals(connection: Connection, after: str = "") -> list[Principal]:
    return await store.principals(connection, after, PAGE_LIMIT_ITEMS)


async def create_token(uow: UnitOfWork, principal_id: str, label: str, life: timedelta) -> tuple[ApiToken, str]:
    """A new bearer token and its secret, which is shown this once. ``life`` is capped at ``API_TOKEN_LONGEST_LIFE``."""
    await find_principal(uow.connection, principal_id)
    if await store.live_tokens(uow, principal_id) >= LIVE_TOKENS_LIMIT:
        raise TooManyTokens(f"a principal has at most {LIVE_TOKENS_LIMIT} tokens that are valid")
    secret = TOKEN_PREFIX + _secret(uow)
    expires_at = uow.now + min(life, API_TOKEN_LONGEST_LIFE)
    token = ApiToken(uow.ids.new("token"), principal_id, label, uow.now, expires_at, None)
    await store.add_token(uow, token, secret_hash(secret))
    await append(uow, TokenCreated(token.id, principal_id, expires_at.isoformat()), subject=principal_id)
    return token, secret


async def list_tokens(connection: Connection, principal_id: str | None) -> list[ApiToken]:
    """The newest tokens of a principal, of everyone for None; without secrets."""
    return await store.tokens(connection, principal_id, PAGE_LIMIT_ITEMS)


async def revoke_token(uow: UnitOfWork, token_id: str, of_principal: str | None) -> None:
    """End a token at once; ``of_principal`` None may end anyone's."""
    owner = await store.revoke_token(uow, token_id, of_principal)
    if owner is None:
        raise TokenUnknown("there is no such token", field="token_id")
    await append(uow, TokenRevoked(token_id, owner), subject=owner)


async def create_link(uow: UnitOfWork, principal_id: str) -> str:
    """The secret of a one-time sign-in link; it works once within ``LINK_LIFE``."""
    await find_principal(uow.connection, principal_id)
    secret = _secret(uow)
    await store.add_link(uow, secret_hash(secret), principal_id, uow.now + LINK_LIFE)
    await append(uow, LinkCreated(principal_id), subject=principal_id)
    return secret


async def sign_in(uow: UnitOfWork, link_secret: str) -> tuple[Principal, str]:
    """Use a link up: who it signs in, and the secret of the browser's cookie."""
    principal_id = await store.use_link(uow, secret_hash(link_secret))
    if principal_id is None:
        raise LinkRefused("this sign-in link is unknown, used or expired")
    principal = await find_principal(uow.connection, principal_id)
    cookie = _secret(uow)
    await store.add_browser(uow, secret_hash(cookie), principal_id, uow.now + BROWSER_SESSION_LIFE)
    await append(uow, SignedIn(principal_id), subject=principal_id)
    return principal, cookie


async def sign_out(uow: UnitOfWork, cookie: str) -> None:
    await store.end_browser(uow, secret_hash(cookie))


@dataclass(frozen=True, slots=True)
class Signer:
    """Makes and reads short-lived signed tokens (JWT, HS256): proof of a role without a look at the database."""

    keys: KeySet

    @classmethod
    async def load(cls, database: Database) -> Signer:
        """The signer with the stored keys; the first start makes one."""
        async with database.begin() as uow:
            stored = await store.signing_keys(uow.connection)
            if not stored:
                stored = [(uow.ids.new("key"), uow.chance.secret_bytes(SECRET_BYTES))]
                await store.add_signing_key(uow, *stored[0])
        return cls(KeySet([OctKey.import_key(secret, {"kid": key_id}) for key_id, secret in stored]))

    def sign(self, principal: Principal, now_seconds: float, life: timedelta = SIGNED_TOKEN_LIFE) -> str:
        key = self.keys.keys[0]
        claims = {
            "aud": AUDIENCE,
            "sub": principal.id,
            "kind": principal.kind,
            "name": principal.name,
            "roles": list(principal.roles),
            "iat": int(now_seconds),
            "exp": int(now_seconds + life.total_seconds()),
        }
        return jwt.encode({"alg": "HS256", "kid": key.kid}, claims, key)

    def read(self, token: str, now_seconds: float) -> Principal:
        """Who the token speaks for; raises ``TokenRefused``."""
        try:
            claims = jwt.decode(token, self.keys, algorithms=["HS256"]).claims
        except (JoseError, ValueError) as error:
            raise TokenRefused("this token is not valid") from error
        if claims.get("aud") != AUDIENCE or claims.get("exp", 0) <= now_seconds:
            raise TokenRefused("this token is not valid")
        return Principal(claims["sub"], claims["kind"], claims["name"], tuple(claims["roles"]))


async def of_bearer(database: Database, signer: Signer, token: str) -> Principal:
    """Who a bearer token speaks for; raises ``TokenRefused`` without repeating the token."""
    now = database.clock.now()
    if not token.startswith(TOKEN_PREFIX):
        return signer.read(token, now.timestamp())
    async with database.reading() as connection:
        found = await store.by_token(connection, secret_hash(token), now)
    if found is None:
        raise TokenRefused("this token is unknown, expired or revoked")
    return found


async def of_cookie(database: Database, cookie: str) -> Principal | None:
    """Who a browser's cookie speaks for; None when its session has ended."""
    async with database.reading() as connection:
        return await store.by_browser(connection, secret_hash(cookie), database.clock.now())


def _secret(uow: UnitOfWork) -> str:
    return base64.urlsafe_b64encode(uow.chance.secret_bytes(SECRET_BYTES)).decode().rstrip("=")
