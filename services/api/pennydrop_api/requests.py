"""Every request has a number: in its answer, in every line that is logged meanwhile, and in the figures."""

from __future__ import annotations

import logging
import re
import time
from contextlib import AbstractContextManager, nullcontext

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pennydrop import traces
from pennydrop.ids import new_id
from pennydrop.logs import REQUESTS
from pennydrop_api.health.metrics import Traffic

log = logging.getLogger(REQUESTS)

HEADER = "X-Request-Id"
PROBLEM = "problem"
"""Where a request's state holds the code of the problem it was answered with."""
_GIVEN = re.compile(r"[A-Za-z0-9-]{8,64}")
_ELSEWHERE = "elsewhere"
_TRACED, _LISTENS = "/api/v1/", "/api/v1/events"
_OURS = 500  # what somebody asked for in vain is no fault


class Numbered:
    """Gives requests their number, or keeps the one that a proxy in front gave, and counts them.

    How long an answer took is told by its first byte: a stream of events lasts as long as somebody listens.
    """

    def __init__(self, app: ASGIApp, traffic: Traffic) -> None:
        self._app = app
        self._traffic = traffic

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get(HEADER, "")
        number = given if _GIVEN.fullmatch(given) else new_id()
        scope.setdefault("state", {})["number"] = number
        begun = time.perf_counter()
        answered = False

        async def receive_counted() -> Message:
            message = await receive()
            if scope["method"] == "PATCH":
                self._traffic.take(route_of(scope), len(message.get("body", b"")))
            return message

        async def send_numbered(message: Message) -> None:
            nonlocal answered
            if message["type"] == "http.response.start":
                answered = True
                _told(span, scope, int(message["status"]))
                MutableHeaders(scope=message)[HEADER] = number
                self._answered(scope, int(message["status"]), time.perf_counter() - begun)
            await send(message)

        with structlog.contextvars.bound_contextvars(request=number), _traced(scope, number) as span:
            try:
                await self._app(scope, receive_counted, send_numbered)
            except Exception:
                # The framework answers it from further out; see errors.unexpected.
                if not answered:
                    _told(span, scope, 500)
                    scope["state"][PROBLEM] = "unexpected"
                    self._answered(scope, 500, time.perf_counter() - begun)
                raise

    def _answered(self, scope: Scope, status: int, seconds: float) -> None:
        route = route_of(scope)
        self._traffic.answer(scope["method"], route, status, seconds)
        code = scope["state"].get(PROBLEM)
        if code is not None:
            self._traffic.refuse(code, status)
        # The route and not the address: addresses of films and people don't belong into logs.
        log.info(
            "%s %s %d",
            scope["method"],
            route,
            status,
            extra={"status": status, "ms": round(1000 * seconds, 1)},
        )


def _traced(scope: Scope, number: str) -> AbstractContextManager[traces.Span]:
    """Trace requests that do something: not the hundreds that bring a film, nor those of monitors."""
    path = scope["path"]
    if not path.startswith(_TRACED) or path.startswith(_LISTENS):
        return nullcontext(traces.Span(None))
    return traces.span(scope["method"], kind="server", request=number)


def _told(span: traces.Span, scope: Scope, status: int) -> None:
    """End a request's span with its answer's first byte, under the route and not the address."""
    route = route_of(scope)
    span.rename(f"{scope['method']} {route}")
    span.note(route=route, status=status)
    if status >= _OURS:
        span.fail(str(scope["state"].get(PROBLEM, status)))
    span.end()


def route_of(scope: Scope) -> str:
    """Return the address as its router writes it, for logs: `/videos/{video_id}` tells of nobody."""
    return str(getattr(scope.get("route"), "path", _ELSEWHERE))
