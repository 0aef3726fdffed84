"""The one table from errors to HTTP: RFC 9457 problem details with a stable code and a readable sentence."""

from __future__ import annotations

import errno
import logging
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.types import Receive, Scope, Send

from pennydrop import errors
from pennydrop.db import trouble
from pennydrop.uploads import errors as uploads
from pennydrop_api.requests import PROBLEM, route_of

log = logging.getLogger("pennydrop.api")

# tus 1.0.0, checksum: no registered status says this.
CHECKSUM_MISMATCH = 460
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


# The first class that matches counts, so narrower ones stand first.
STATUS: tuple[tuple[type[errors.PennydropError], int], ...] = (
    (uploads.TusVersionUnsupported, 412),
    (uploads.MethodNotOverridden, 405),
    (uploads.NotABodyOfBytes, 415),
    (uploads.UploadHeaderInvalid, 400),
    (uploads.UploadStalled, 408),
    (uploads.UploadBusy, 423),
    (uploads.UploadTakenOver, 423),
    (uploads.ChecksumMismatch, CHECKSUM_MISMATCH),
    (errors.Invalid, 422),
    (errors.NotSignedIn, 401),
    (errors.NotAllowed, 403),
    (errors.NotFound, 404),
    (errors.Conflict, 409),
    (errors.Gone, 410),
    (errors.TooLarge, 413),
    (errors.TooManyRequests, 429),
    (errors.NoRoom, 507),
    (errors.Unavailable, 503),
)


# What the framework says in a technician's shorthand.
_FRAMEWORK_SENTENCES = {
    400: "What was sent can't be read. Please check it and send it again.",
    404: errors.NotFound().detail,
    405: "This address doesn't do that. The Allow header says what it does.",
}
# Said by `BodyLimit` from inside the reading of a body, in a sentence of its own.
_FRAMEWORK_CODES = {413: "body_too_large"}


class Problem(BaseModel):
    """RFC 9457 problem details."""

    type: str = "about:blank"
    title: str
    status: int
    code: str
    detail: str
    present: str | None = Field(None, description="What stands there now, where two wrote at the same time")


class ProblemResponse(JSONResponse):
    """A problem on its way, which leaves its code where the figures of answers find it."""

    media_type = "application/problem+json"

    def __init__(self, body: Problem, headers: dict[str, str] | None) -> None:
        super().__init__(body.model_dump(exclude_none=True), status_code=body.status, headers=headers)
        self._code = body.code

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope.setdefault("state", {})[PROBLEM] = self._code
        await super().__call__(scope, receive, send)


def problem(
    status: int,
    code: str,
    detail: str,
    headers: dict[str, str] | None = None,
    present: str | None = None,
) -> JSONResponse:
    title = "Checksum Mismatch" if status == CHECKSUM_MISMATCH else HTTPStatus(status).phrase
    body = Problem(title=title, status=status, code=code, detail=detail, present=present)
    return ProblemResponse(body, headers)


def status_of(error: errors.PennydropError) -> int:
    return next((status for kind, status in STATUS if isinstance(error, kind)), 400)


def known(error: Exception) -> errors.PennydropError | None:
    """Return what people are told of an error that isn't a fault of ours, whoever raised it."""
    if isinstance(error, errors.PennydropError):
        return error
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        return uploads.DiskFull()
    return trouble.in_words(error)


def headers_of(error: errors.PennydropError) -> dict[str, str]:
    """Return what goes with an error whatever the route: who may log in, and when to try again."""
    headers = {"WWW-Authenticate": "Bearer"} if isinstance(error, errors.NotSignedIn) else {}
    if error.retry_after_s is not None:
        headers["Retry-After"] = str(error.retry_after_s)
    return headers


def install(app: FastAPI) -> None:
    """Let every error leave the app as a problem a person can read."""

    @app.exception_handler(errors.PennydropError)
    @app.exception_handler(SQLAlchemyError)
    @app.exception_handler(OSError)
    def foreseen(request: Request, error: Exception) -> JSONResponse:
        told = known(error)
        if told is None:
            raise error
        if told is not error:
            # No trace: whoever looks after the server needs to know what is away, not where we noticed.
            log.error("%s %s: %s", request.method, route_of(request.scope), trouble.said(error))
        return problem(status_of(told), told.code, told.detail, headers_of(told), told.present)

    @app.exception_handler(RequestValidationError)
    def unreadable(request: Request, error: RequestValidationError) -> JSONResponse:
        return problem(422, "invalid", _in_words(error))

    @app.exception_handler(HTTPException)
    def from_framework(request: Request, error: HTTPException) -> JSONResponse:
        status = error.status_code
        code = _FRAMEWORK_CODES.get(status) or HTTPStatus(status).phrase.lower().replace(" ", "_")
        sentence = _FRAMEWORK_SENTENCES.get(status, str(error.detail))
        return problem(status, code, sentence, dict(error.headers or {}))

    @app.exception_handler(Exception)
    def unexpected(request: Request, error: Exception) -> JSONResponse:
        number = str(getattr(request.state, "number", ""))
        log.exception(
            "unexpected error in %s %s",
            request.method,
            route_of(request.scope),
            exc_info=error,
            extra={"request": number},
        )
        return problem(
            500,
            "unexpected",
            "Something went wrong on our side. Nothing you saved is lost; please try again. If it happens "
            f"again, tell whoever looks after Pennydrop the end of its number: {number[-6:]}.",
            {"X-Request-Id": number},
        )


def _in_words(error: RequestValidationError) -> str:
    parts = []
    for item in error.errors():
        where = ".".join(str(place) for place in item["loc"] if place not in ("body", "query", "path"))
        parts.append(f"{where or 'The request'}: {item['msg']}")
    return "; ".join(parts)
