"""Invitations by link: for somebody who isn't logged in yet."""

from __future__ import annotations

from fastapi import Request, Response

from pennydrop.db.session import transaction
from pennydrop.people import invite
from pennydrop.people.relations import relations_of
from pennydrop_api import routing
from pennydrop_api.deps import PartsDep, SessionDep
from pennydrop_api.people.cookie import check_connection, set_session_cookie
from pennydrop_api.people.schemas import InvitationAnswer, InvitationView, Me, OrganisationRef, SchoolRef

router = routing.router(tags=["people"])


@router.get("/invitations/{token}")
def get_invitation(token: str, session: SessionDep) -> InvitationView:
    """Whose link this is."""
    invitation = invite.open_invitation(session, token)
    person = invitation.person
    return InvitationView(
        name=person.name,
        email=person.email,
        school=SchoolRef.of(person.school),
        organisation=OrganisationRef.of(person.school.organisation),
        expires_at=invitation.expires_at,
        first_time=person.password_hash is None,
    )


@router.post("/invitations/{token}")
def accept_invitation(
    token: str, answer: InvitationAnswer, request: Request, response: Response, parts: PartsDep
) -> Me:
    """Set name and password; the answer sets the session cookie."""
    check_connection(request)
    days = parts.settings.session_days
    secret, viewer = invite.accept_invitation(
        parts.readers, parts.writers, secret=token, name=answer.name, password=answer.password, days=days
    )
    set_session_cookie(request, response, secret, days=days)
    with transaction(parts.readers) as session:
        return Me.of(relations_of(session, viewer))
