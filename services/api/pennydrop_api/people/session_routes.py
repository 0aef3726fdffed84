"""Logging in and out, and who I am."""

from __future__ import annotations

from fastapi import Request, Response

from pennydrop.db.session import transaction
from pennydrop.people import sessions
from pennydrop.people.login import log_in
from pennydrop.people.relations import relations_of
from pennydrop_api import routing
from pennydrop_api.deps import SESSION_COOKIE, PartsDep, SessionDep, ViewerDep
from pennydrop_api.people.cookie import address_of, check_connection, clear_session_cookie, set_session_cookie
from pennydrop_api.people.schemas import Credentials, Me

router = routing.router(tags=["people"])


@router.post("/session")
def create_session(credentials: Credentials, request: Request, response: Response, parts: PartsDep) -> Me:
    """Log in with e-mail and password; the answer sets the session cookie."""
    check_connection(request)
    secret, viewer = log_in(
        parts.readers,
        parts.writers,
        email=credentials.email,
        password=credentials.password,
        address=address_of(request),
        days=parts.settings.session_days,
    )
    set_session_cookie(request, response, secret, days=parts.settings.session_days)
    with transaction(parts.readers) as session:
        return Me.of(relations_of(session, viewer))


@router.delete("/session", status_code=204)
def end_session(request: Request, response: Response, session: SessionDep) -> None:
    """Log out in this browser."""
    secret = request.cookies.get(SESSION_COOKIE)
    if secret:
        sessions.end_session(session, secret)
    clear_session_cookie(request, response)


@router.get("/me")
def get_me(session: SessionDep, viewer: ViewerDep) -> Me:
    """Who I am, and who I am to others."""
    return Me.of(relations_of(session, viewer))
