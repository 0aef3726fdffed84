"""The session cookie: out of reach of scripts and of other sites, over TLS except on localhost."""

from __future__ import annotations

from urllib.parse import urlsplit

from fastapi import Request, Response

from pennydrop.errors import Invalid
from pennydrop_api.deps import SESSION_COOKIE

_DAY_S = 24 * 60 * 60


class ConnectionNotSecure(Invalid):
    def __init__(self) -> None:
        super().__init__(
            "This address isn't secure, so your browser wouldn't keep you logged in. "
            "Open Pennydrop by its https:// address, or as http://localhost on the machine it runs on."
        )


def on_localhost(hostname: str | None) -> bool:
    name = hostname or ""
    return name in {"localhost", "127.0.0.1", "::1"} or name.endswith(".localhost")


def address_of(request: Request) -> str:
    """Where a request comes from, as the server in front of us says it."""
    return request.client.host if request.client else ""


def check_connection(request: Request) -> None:
    """Say so when the browser would silently drop the cookie. Raises `ConnectionNotSecure`."""
    origin = urlsplit(request.headers.get("Origin", ""))
    if origin.scheme == "http" and not on_localhost(origin.hostname):
        raise ConnectionNotSecure


def set_session_cookie(request: Request, response: Response, secret: str, *, days: int) -> None:
    response.set_cookie(
        SESSION_COOKIE,
        secret,
        max_age=days * _DAY_S,
        path="/",
        httponly=True,
        samesite="lax",
        secure=not on_localhost(request.url.hostname),
    )


def clear_session_cookie(request: Request, response: Response) -> None:
    response.delete_cookie(
        SESSION_COOKIE,
        path="/",
        httponly=True,
        samesite="lax",
        secure=not on_localhost(request.url.hostname),
    )
