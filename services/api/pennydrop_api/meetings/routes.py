"""Meetings and drop-ins over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, status

from pennydrop.meetings.change import change_meeting, drop_meeting
from pennydrop.meetings.drop_in import note_drop_in
from pennydrop.meetings.film import give_consent, withdraw_consent
from pennydrop.meetings.find import get_meeting, list_meetings
from pennydrop.meetings.models import MeetingKind, MeetingState
from pennydrop.meetings.prepare import prepare_meeting
from pennydrop.paging import DEFAULT_LIMIT, MAX_LIMIT
from pennydrop.rounds.add import add_meeting_round
from pennydrop_api import routing
from pennydrop_api.deps import SessionDep, ViewerDep
from pennydrop_api.meetings.present import meeting_lines, meeting_out
from pennydrop_api.meetings.schemas import DropInIn, MeetingChange, MeetingIn, MeetingOut, MeetingPage
from pennydrop_api.rounds.present import round_out
from pennydrop_api.rounds.schemas import RoundIn, RoundOut

router = routing.router(tags=["meetings"])
Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT)]
Who = Annotated[str | None, Query(description="A person's id, or me")]
Filmed = Annotated[bool | None, Query(description="Whether there is a film of the meeting itself")]


@router.get("/meetings", operation_id="list_meetings")
def list_(
    session: SessionDep,
    viewer: ViewerDep,
    coachee: Who = None,
    coach: Who = None,
    kind: MeetingKind | None = None,
    state: MeetingState | None = None,
    filmed: Filmed = None,
    cursor: str | None = None,
    limit: Limit = DEFAULT_LIMIT,
) -> MeetingPage:
    """Meetings of mine, newest first: as coach while we are paired, as coachee for good."""
    page = list_meetings(
        session,
        viewer,
        coachee=coachee,
        coach=coach,
        kind=kind,
        state=state,
        filmed=filmed,
        cursor=cursor,
        limit=limit,
    )
    return MeetingPage(items=meeting_lines(session, viewer, page.items), next_cursor=page.next_cursor)


@router.post("/meetings", operation_id="prepare_meeting", status_code=status.HTTP_201_CREATED)
def prepare(session: SessionDep, viewer: ViewerDep, body: MeetingIn) -> MeetingOut:
    """Prepare a meeting with somebody I coach. With a lesson, most of it is there at once."""
    return meeting_out(session, viewer, prepare_meeting(session, viewer, **body.model_dump()))


@router.get("/meetings/{meeting_id}", operation_id="get_meeting")
def get(session: SessionDep, viewer: ViewerDep, meeting_id: str) -> MeetingOut:
    """All that the meeting's screen needs."""
    return meeting_out(session, viewer, get_meeting(session, viewer, meeting_id))


@router.patch("/meetings/{meeting_id}", operation_id="change_meeting")
def change(session: SessionDep, viewer: ViewerDep, meeting_id: str, body: MeetingChange) -> MeetingOut:
    """Prepare it, start it, agree the step, plan the next slot, end it."""
    meeting = change_meeting(session, viewer, meeting_id, body.changes(), notes_before=body.notes_before)
    return meeting_out(session, viewer, meeting)


@router.delete(
    "/meetings/{meeting_id}", operation_id="remove_meeting", status_code=status.HTTP_204_NO_CONTENT
)
def delete(session: SessionDep, viewer: ViewerDep, meeting_id: str) -> None:
    """Take away a meeting that hasn't begun, with its own film, or a drop-in, whose film stays."""
    drop_meeting(session, viewer, meeting_id)


@router.post(
    "/meetings/{meeting_id}/rounds", operation_id="add_meeting_round", status_code=status.HTTP_201_CREATED
)
def add_round(session: SessionDep, viewer: ViewerDep, meeting_id: str, body: RoundIn) -> RoundOut:
    """The coach's model, or another go, in a meeting that goes on."""
    one = add_meeting_round(
        session,
        viewer,
        meeting_id,
        kind=body.kind,
        video=body.video,
        feedback=body.feedback,
        reflection=body.reflection,
        marks=body.changes(),
    )
    return round_out(session, viewer, one)


@router.post(
    "/meetings/{meeting_id}/consent", operation_id="permit_filming", status_code=status.HTTP_201_CREATED
)
def permit(session: SessionDep, viewer: ViewerDep, meeting_id: str) -> MeetingOut:
    """Let this meeting be filmed, for myself. A film can be added once both have."""
    return meeting_out(session, viewer, give_consent(session, viewer, meeting_id))


@router.delete(
    "/meetings/{meeting_id}/consent", operation_id="withdraw_filming", status_code=status.HTTP_204_NO_CONTENT
)
def withdraw(session: SessionDep, viewer: ViewerDep, meeting_id: str) -> None:
    """Take my permission back. The meeting's film is deleted with everything made from it."""
    withdraw_consent(session, viewer, meeting_id)


@router.get("/drop-ins", operation_id="list_drop_ins")
def drop_ins(
    session: SessionDep,
    viewer: ViewerDep,
    coachee: Who = None,
    cursor: str | None = None,
    limit: Limit = DEFAULT_LIMIT,
) -> MeetingPage:
    """Short visits with their notes, newest first."""
    page = list_meetings(
        session, viewer, coachee=coachee, kind=MeetingKind.DROP_IN, cursor=cursor, limit=limit
    )
    return MeetingPage(items=meeting_lines(session, viewer, page.items), next_cursor=page.next_cursor)


@router.post("/drop-ins", operation_id="note_drop_in", status_code=status.HTTP_201_CREATED)
def drop_in(session: SessionDep, viewer: ViewerDep, body: DropInIn) -> MeetingOut:
    """Write down a short visit. The coachee reads it at once; it is changed and removed as a meeting is."""
    return meeting_out(session, viewer, note_drop_in(session, viewer, **body.model_dump()))
