"""``/auth``: sign in and out, who am I, principals, tokens, links."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from harmony.adapters.db.unit_of_work import UnitOfWork
from harmony.commons.identity import schemas, service
from harmony.commons.identity.edge import COOKIE, Edge, public, requires
from harmony.commons.identity.errors import PermissionMissing
from harmony.commons.identity.model import BROWSER_SESSION_LIFE, Principal

router = APIRouter(prefix="/auth", tags=["identity"])


@router.post("/sign-in", response_model=schemas.PrincipalView)
async def sign_in(body: schemas.SignIn, edge: Annotated[Edge, public()], request: Request) -> JSONResponse:
    """Use a one-time link up; the answer sets the browser's cookie."""
    async with edge.begin() as uow:
        principal, cookie = await service.sign_in(uow, body.link)
    response = JSONResponse(schemas.principal_view(principal).model_dump())
    response.set_cookie(
        COOKIE,
        cookie,
        max_age=int(BROWSER_SESSION_LIFE.total_seconds()),
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return response


@router.post("/sign-out", response_model=schemas.Done)
async def sign_out(edge: Annotated[Edge, public()], request: Request, response: Response) -> schemas.Done:
    """End the browser's session; nothing happens when there is none."""
    cookie = request.cookies.get(COOKIE)
    if cookie:
        async with edge.begin() as uow:
            await service.sign_out(uow, cookie)
    response.delete_cookie(COOKIE, httponly=True, samesite="strict")
    return schemas.Done()


@router.get("/me", response_model=schemas.PrincipalView)
async def me(edge: Annotated[Edge, requires("identity.self")]) -> schemas.PrincipalView:
    """Who the caller is."""
    return schemas.principal_view(edge.caller)


@router.post("/principals", status_code=201, response_model=schemas.PrincipalView)
async def create_principal(
    body: schemas.CreatePrincipal, edge: Annotated[Edge, requires("identity.manage")]
) -> JSONResponse:
    """Add a person, an agent or a component."""

    async def create(uow: UnitOfWork) -> schemas.PrincipalView:
        principal = Principal(body.id or uow.ids.new(body.kind), body.kind, body.name, tuple(body.roles))
        return schemas.principal_view(await service.create_principal(uow, principal))

    return await edge.once(body, create, status=201)


@router.get("/principals", response_model=schemas.Principals)
async def list_principals(edge: Annotated[Edge, requires("identity.manage")], after: str = "") -> schemas.Principals:
    """Principals by id, after the one named."""
    async with edge.reading() as connection:
        found = await service.list_principals(connection, after.replace("\x00", ""))
    return schemas.Principals(principals=[schemas.principal_view(principal) for principal in found])


@router.post("/tokens", status_code=201, response_model=schemas.TokenCreated)
async def create_token(
    body: schemas.CreateToken, edge: Annotated[Edge, requires("identity.self")]
) -> schemas.TokenCreated:
    """A bearer token for the caller, or, for an administrator, for another principal. Its secret is shown once.

    The answer holds a secret, so it is never kept for an Idempotency-Key.
    """
    owner = body.principal_id or edge.caller.id
    if owner != edge.caller.id:
        _only_managers(edge)
    async with edge.begin() as uow:
        token, secret = await service.create_token(uow, owner, body.label, timedelta(days=body.days))
    return schemas.TokenCreated(**schemas.token_view(token).model_dump(), token=secret)


@router.get("/tokens", response_model=schemas.Tokens)
async def list_tokens(edge: Annotated[Edge, requires("identity.self")], everyone: bool = False) -> schemas.Tokens:
    """The caller's tokens, newest first, without their secrets; an administrator may ask for everyone's."""
    if everyone:
        _only_managers(edge)
    async with edge.reading() as connection:
        found = await service.list_tokens(connection, None if everyone else edge.caller.id)
    return schemas.Tokens(tokens=[schemas.token_view(token) for token in found])


@router.delete("/tokens/{token_id}", response_model=schemas.Done)
async def revoke_token(token_id: str, edge: Annotated[Edge, requires("identity.self")]) -> schemas.Done:
    """End a token at once: one's own, or, for an administrator, anyone's."""
    of_principal = None if edge.caller.may("identity.manage") else edge.caller.id
    async with edge.begin() as uow:
        await service.revoke_token(uow, token_id.replace("\x00", ""), of_principal)
    return schemas.Done()


@router.post("/links", status_code=201, response_model=schemas.LinkCreated)
async def create_link(
    body: schemas.CreateLink, edge: Annotated[Edge, requires("identity.manage")]
) -> schemas.LinkCreated:
    """A one-time sign-in link for a principal."""
    async with edge.begin() as uow:
        return schemas.LinkCreated(link=await service.create_link(uow, body.principal_id))


def _only_managers(edge: Edge) -> None:
    if not edge.caller.may("identity.manage"):
        raise PermissionMissing(
            "only an administrator may do this for others", details={"permission": "identity.manage"}
        )
