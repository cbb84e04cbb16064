"""Routes in front of the framework: the same answers, and everything else goes on to it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from fastapi import APIRouter, FastAPI
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute

from harmony.adapters.http import problems
from harmony.adapters.http.front import Front
from harmony.kernel.errors import Invalid

NOW = datetime(2026, 1, 1, tzinfo=UTC)


class Wrong(Invalid):
    code = "test.wrong"
    hint = "Send something else."


class Quick(APIRoute):
    """Answers some bodies by itself, fails at others, hands the rest on."""

    async def in_front(self, scope: Any, receive: Any, send: Any) -> Any | None:
        message = await receive()
        body = message["body"]
        if body == b"refuse":
            raise Wrong("this is refused", field="body")
        if body == b"break":
            raise LookupError("a secret")
        if body == b"on":

            async def again() -> Any:
                return message

            return again
        await JSONResponse({"by": "front", "route": scope["route"].path})(scope, receive, send)
        return None


async def ask(method: str, path: str, body: bytes = b"", *, raises: bool = True) -> httpx.Response:
    router = APIRouter(route_class=Quick)

    @router.post("/quick")
    async def quick() -> dict[str, str]:
        return {"by": "framework"}

    app = FastAPI()
    app.include_router(router)
    problems.install(app, lambda: NOW)
    front = Front(app, router.routes, lambda: NOW)
    transport = httpx.ASGITransport(app=front, raise_app_exceptions=raises)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        return await client.request(method, path, content=body)


async def test_a_route_in_front_answers_or_hands_on() -> None:
    assert (await ask("POST", "/quick", b"take")).json() == {"by": "front", "route": "/quick"}
    assert (await ask("POST", "/quick", b"on")).json() == {"by": "framework"}


async def test_other_methods_and_paths_are_the_frameworks() -> None:
    assert (await ask("GET", "/quick")).status_code == 405
    assert (await ask("POST", "/quick/")).status_code in (307, 404)
    assert (await ask("POST", "/other")).json()["code"] == "http.not_found"


async def test_a_refusal_in_front_is_a_problem_document() -> None:
    answer = await ask("POST", "/quick", b"refuse")
    assert (answer.status_code, answer.headers["content-type"]) == (422, problems.MEDIA_TYPE)
    assert answer.json()["details"]["field"] == "body"


async def test_a_mistake_in_front_tells_nothing_and_is_raised_for_the_log() -> None:
    answer = await ask("POST", "/quick", b"break", raises=False)
    assert (answer.status_code, answer.json()["code"]) == (500, "http.unexpected")
    assert "secret" not in answer.text
    with pytest.raises(LookupError):
        await ask("POST", "/quick", b"break")
