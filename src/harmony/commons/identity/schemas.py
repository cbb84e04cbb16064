"""Wire shapes of identity."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from harmony.commons.identity.model import ApiToken, Principal

Label = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]+$")]
PrincipalId = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[A-Za-z0-9._:@-]+$")]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class SignIn(Body):
    link: str = Field(min_length=1, max_length=200, description="The part of the one-time link behind the #.")


class CreatePrincipal(Body):
    kind: Literal["person", "agent", "component"]
    name: Label
    roles: list[Annotated[str, Field(max_length=20)]] = Field(min_length=1, max_length=5)
    id: PrincipalId | None = Field(default=None, description="Chosen by Harmony when it is left out.")


class CreateToken(Body):
    label: Label
    principal_id: PrincipalId | None = Field(default=None, description="Another principal than the caller: admin only.")
    days: int = Field(default=90, ge=1, le=366)


class CreateLink(Body):
    principal_id: PrincipalId


class PrincipalView(BaseModel):
    id: str
    kind: str
    name: str
    roles: list[str]


class Principals(BaseModel):
    principals: list[PrincipalView]


class TokenView(BaseModel):
    id: str
    principal_id: str
    label: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None


class TokenCreated(TokenView):
    token: str = Field(description="Shown this once.")


class Tokens(BaseModel):
    tokens: list[TokenView]


class LinkCreated(BaseModel):
    link: str = Field(description="Works once, for 15 minutes: append it to <address>/sign-in#")


class Done(BaseModel):
    done: bool = True


def principal_view(principal: Principal) -> PrincipalView:
    return PrincipalView(id=principal.id, kind=principal.kind, name=principal.name, roles=list(principal.roles))


def token_view(token: ApiToken) -> TokenView:
    return TokenView(
        id=token.id,
        principal_id=token.principal_id,
        label=token.label,
        created_at=token.created_at,
        expires_at=token.expires_at,
        revoked_at=token.revoked_at,
    )
