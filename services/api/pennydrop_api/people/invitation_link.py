"""The address of an invitation, as the person will open it."""

from __future__ import annotations

from fastapi import Request

from pennydrop.people.models import Invitation
from pennydrop.settings import Settings
from pennydrop_api.people.schemas import InvitationLink


def invitation_link(
    request: Request, settings: Settings, invitation: Invitation, secret: str
) -> InvitationLink:
    base = settings.public_url or str(request.base_url)
    return InvitationLink(
        url=f"{base.rstrip('/')}/welcome/{secret}", token=secret, expires_at=invitation.expires_at
    )
