"""Problem documents: errors as data (RFC 9457), with the fields that the specifications name beside them.

Standard members ``type``, ``title``, ``status``, ``detail``, ``instance``; of the exchange specification ``error``,
``message``, ``code``, ``details``; of the standardization guidelines ``timestamp`` and ``path``; ``hint`` is the
remedy.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict
from starlette.exceptions import HTTPException

from harmony.kernel.errors import Refusal

MEDIA_TYPE = "application/problem+json"
FIELD_ERRORS_LIMIT = 20


class Problem(BaseModel):
    """The wire form of every refusal."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    instance: str
    timestamp: str
    error: str
    message: str
    path: str
    code: str
    hint: str
    details: dict[str, Any]


def document(
    *, code: str, status: int, message: str, hint: str, path: str, details: dict[str, Any], now: datetime
) -> dict[str, Any]:
    """The members of a problem document in the order a reader wants them."""
    title = HTTPStatus(status).phrase
    return {
        "type": f"urn:harmony:problem:{code}",
        "title": title,
        "status": status,
        "detail": message,
        "hint": hint,
        "instance": path,
        "timestamp": now.isoformat().replace("+00:00", "Z"),
        "error": title,
        "message": message,
        "path": path,
        "code": code,
        "details": details,
    }


def of_refusal(refusal: Refusal, path: str, now: datetime) -> JSONResponse:
    details = dict(refusal.details)
    if refusal.field is not None:
        details["field"] = refusal.field
    body = document(
        code=refusal.code,
        status=refusal.status,
        message=refusal.message,
        hint=refusal.hint,
        path=path,
        details=details,
        now=now,
    )
    headers = {"WWW-Authenticate": "Bearer"} if refusal.status == HTTPStatus.UNAUTHORIZED else {}
    if "retry_after_seconds" in refusal.details:
        headers["Retry-After"] = str(refusal.details["retry_after_seconds"])
    return JSONResponse(body, status_code=refusal.status, media_type=MEDIA_TYPE, headers=headers)


def install(app: FastAPI, now: Callable[[], datetime]) -> None:
    """Answer every refusal, validation error and unexpected error of ``app`` with a problem document."""

    async def refused(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, Refusal)
        return of_refusal(error, request.url.path, now())

    async def unreadable(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, RequestValidationError)
        fields = [_field_error(item) for item in error.errors()[:FIELD_ERRORS_LIMIT]]
        first = fields[0] if fields else {"field": "body", "reason": "cannot be read"}
        body = document(
            code="http.invalid_request",
            status=422,
            message=f"{first['field']}: {first['reason']}",
            hint="Correct the named fields; /openapi.json describes each.",
            path=request.url.path,
            details={"field": first["field"], "fields": fields},
            now=now(),
        )
        return JSONResponse(body, status_code=422, media_type=MEDIA_TYPE)

    async def plain(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, HTTPException)
        phrase = HTTPStatus(error.status_code).phrase
        body = document(
            code=f"http.{phrase.lower().replace(' ', '_').replace('-', '_')}",
            status=error.status_code,
            message=phrase,
            hint="/openapi.json lists the paths and methods there are.",
            path=request.url.path,
            details={},
            now=now(),
        )
        return JSONResponse(body, status_code=error.status_code, media_type=MEDIA_TYPE, headers=error.headers)

    async def unexpected(request: Request, error: Exception) -> JSONResponse:
        body = document(
            code="http.unexpected",
            status=500,
            message="Harmony made a mistake; it has been logged.",
            hint="Try again; if it stays, report the trace id of the answer's traceparent header.",
            path=request.url.path,
            details={},
            now=now(),
        )
        return JSONResponse(body, status_code=500, media_type=MEDIA_TYPE)

    app.add_exception_handler(Refusal, refused)
    app.add_exception_handler(RequestValidationError, unreadable)
    app.add_exception_handler(HTTPException, plain)
    app.add_exception_handler(Exception, unexpected)


def _field_error(item: Any) -> dict[str, str]:
    """Where and why, without the value: what was sent may be a secret."""
    where = [str(part) for part in item["loc"] if part != "body"]
    return {"field": ".".join(where) or "body", "reason": _without_value(item)}


def _without_value(item: Any) -> str:
    if item["type"] == "value_error" or item["type"] == "assertion_error":
        return "has an invalid value"
    return str(item["msg"])
