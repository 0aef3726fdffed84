"""Joining by a code: the laptop makes it, a phone without a log-in opens it and films."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter, Request, status
from pydantic import BaseModel, Field

from pennydrop.errors import NotSignedIn
from pennydrop.settings import Settings
from pennydrop.uploads.join_link import (
    end_link,
    get_link,
    is_living,
    link_for_meeting,
    link_for_step,
    open_link,
)
from pennydrop.uploads.models import JoinLink
from pennydrop.videos.models import VideoState
from pennydrop_api.deps import SessionDep, SettingsDep, ViewerDep, bearer_of
from pennydrop_api.uploads.reachable import reachable

router = APIRouter(tags=["uploads"])


class JoinLinkMade(BaseModel):
    """A code for a phone. It is shown once; only a fingerprint of it is kept."""

    id: str
    url: str = Field(description="What the QR code holds. The secret is behind the #, so that no log has it")
    token: str = Field(
        description="The bearer token with which the phone speaks to /uploads, and to nothing else"
    )
    expires_at: datetime = Field(description="Each film that is begun opens it for as long again")


class JoinedTo(BaseModel):
    """What a phone that joined may know: whom it films for, and what is rehearsed."""

    coachee: str
    goal: str
    action: str
    wording: str
    criteria: list[str]
    expires_at: datetime


@router.post(
    "/meetings/{meeting_id}/join-link", operation_id="join_meeting", status_code=status.HTTP_201_CREATED
)
def for_meeting(
    request: Request, session: SessionDep, viewer: ViewerDep, settings: SettingsDep, meeting_id: str
) -> JoinLinkMade:
    """Let a phone film the rounds of this meeting for 15 minutes. The step must be agreed."""
    return _made(request, settings, *link_for_meeting(session, viewer, meeting_id))


@router.post(
    "/action-steps/{action_step_id}/join-link",
    operation_id="join_action_step",
    status_code=status.HTTP_201_CREATED,
)
def for_step(
    request: Request, session: SessionDep, viewer: ViewerDep, settings: SettingsDep, action_step_id: str
) -> JoinLinkMade:
    """Let a phone film rehearsals of this step for 15 minutes."""
    return _made(request, settings, *link_for_step(session, viewer, action_step_id))


class FilmByLink(BaseModel):
    id: str
    title: str
    state: VideoState


class JoinLinkOut(BaseModel):
    """A code on a laptop, and what has come by it."""

    id: str
    is_open: bool = Field(description="Whether new films can be begun by it")
    expires_at: datetime
    films: list[FilmByLink] = Field(description="Newest first")


@router.get("/join-link", operation_id="open_join_link")
def opened(request: Request, session: SessionDep) -> JoinedTo:
    """What the phone films. Asked with the code's own token as the bearer token; nobody else's opens it."""
    bearer = bearer_of(request)
    if bearer is None:
        raise NotSignedIn("Please scan the code on the laptop.")
    link = open_link(session, bearer)
    step = link.action_step
    return JoinedTo(
        coachee=step.coachee.name,
        goal=step.goal,
        action=step.action,
        wording=step.wording,
        criteria=[one.text for one in step.criteria],
        expires_at=link.expires_at,
    )


@router.get("/join-links/{join_link_id}", operation_id="get_join_link")
def get(session: SessionDep, viewer: ViewerDep, join_link_id: str) -> JoinLinkOut:
    """How long a code still lives and which films came by it: for who made it, and the coachee."""
    link, films = get_link(session, viewer, join_link_id)
    return JoinLinkOut(
        id=link.id,
        is_open=is_living(link),
        expires_at=link.expires_at,
        films=[FilmByLink(id=film.id, title=film.title, state=film.state) for film in films],
    )


@router.delete(
    "/join-links/{join_link_id}", operation_id="end_join_link", status_code=status.HTTP_204_NO_CONTENT
)
def end(session: SessionDep, viewer: ViewerDep, join_link_id: str) -> None:
    """End a code: who made it, or the coachee. Films that were begun still arrive."""
    end_link(session, viewer, join_link_id)


def _made(request: Request, settings: Settings, link: JoinLink, secret: str) -> JoinLinkMade:
    base = settings.public_url or reachable(str(request.base_url), listening_on=settings.host)
    url = f"{base.rstrip('/')}/join#{secret}"
    return JoinLinkMade(id=link.id, url=url, token=secret, expires_at=link.expires_at)
