"""Clips over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, status

from pennydrop.clips.files import ask_for_original
from pennydrop.clips.find import clips_of_video, get_clip, list_clips
from pennydrop.clips.make import change_clip, delete_clip, make_clip
from pennydrop.clips.share import list_clip_shares, share_clip, withdraw_clip
from pennydrop.paging import DEFAULT_LIMIT, MAX_LIMIT
from pennydrop_api import routing
from pennydrop_api.clips.present import clip_out, clips_out
from pennydrop_api.clips.schemas import ClipChange, ClipIn, ClipOut, ClipPage, ClipShareIn, ClipShareOut
from pennydrop_api.deps import SessionDep, StoreDep, ViewerDep
from pennydrop_api.people.schemas import PersonRef

router = routing.router(tags=["clips"])
Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT)]


@router.get("/videos/{video_id}/clips", operation_id="list_video_clips")
def of_video(
    session: SessionDep,
    viewer: ViewerDep,
    video_id: str,
    cursor: str | None = None,
    limit: Limit = MAX_LIMIT,
) -> ClipPage:
    page = clips_of_video(session, viewer, video_id, cursor=cursor, limit=limit)
    return ClipPage(items=clips_out(session, viewer, page.items), next_cursor=page.next_cursor)


@router.post("/videos/{video_id}/clips", operation_id="make_clip", status_code=status.HTTP_201_CREATED)
def make(session: SessionDep, viewer: ViewerDep, store: StoreDep, video_id: str, body: ClipIn) -> ClipOut:
    """Make a clip. It plays at once, as a window on its video; its own file follows."""
    clip = make_clip(session, viewer, store=store, video_id=video_id, **body.model_dump())
    return clip_out(session, viewer, clip)


@router.get("/clips", operation_id="list_clips")
def list_(
    session: SessionDep,
    viewer: ViewerDep,
    coachee: Annotated[str | None, Query(description="Who is in them: a person's id, or me")] = None,
    action_step: str | None = None,
    criterion: str | None = None,
    cursor: str | None = None,
    limit: Limit = DEFAULT_LIMIT,
) -> ClipPage:
    page = list_clips(
        session,
        viewer,
        coachee=coachee,
        action_step=action_step,
        criterion=criterion,
        cursor=cursor,
        limit=limit,
    )
    return ClipPage(items=clips_out(session, viewer, page.items), next_cursor=page.next_cursor)


@router.get("/clips/{clip_id}", operation_id="get_clip")
def get(session: SessionDep, viewer: ViewerDep, clip_id: str) -> ClipOut:
    return clip_out(session, viewer, get_clip(session, viewer, clip_id))


@router.patch("/clips/{clip_id}", operation_id="change_clip")
def change(
    session: SessionDep, viewer: ViewerDep, store: StoreDep, clip_id: str, body: ClipChange
) -> ClipOut:
    """Rename it, tie it to a step, or move its ends: then its own file is made anew."""
    clip = change_clip(session, viewer, clip_id, body.changes(), store=store)
    return clip_out(session, viewer, clip)


@router.delete("/clips/{clip_id}", operation_id="delete_clip", status_code=status.HTTP_204_NO_CONTENT)
def delete(session: SessionDep, viewer: ViewerDep, clip_id: str) -> None:
    delete_clip(session, viewer, clip_id)


@router.post(
    "/clips/{clip_id}/original", operation_id="ask_for_original", status_code=status.HTTP_202_ACCEPTED
)
def original(session: SessionDep, viewer: ViewerDep, clip_id: str) -> ClipOut:
    """Have the clip made in the film's full quality. Its `original` says when it is there."""
    return clip_out(session, viewer, ask_for_original(session, viewer, clip_id))


@router.get("/clips/{clip_id}/shares", operation_id="list_clip_shares")
def shares(session: SessionDep, viewer: ViewerDep, clip_id: str) -> list[ClipShareOut]:
    found = list_clip_shares(session, viewer, clip_id)
    return [ClipShareOut(person=PersonRef.of(share.person), created_at=share.created_at) for share in found]


@router.post("/clips/{clip_id}/shares", operation_id="share_clip", status_code=status.HTTP_201_CREATED)
def share(session: SessionDep, viewer: ViewerDep, clip_id: str, body: ClipShareIn) -> ClipShareOut:
    made = share_clip(session, viewer, clip_id, person_id=body.person)
    return ClipShareOut(person=PersonRef.of(made.person), created_at=made.created_at)


@router.delete(
    "/clips/{clip_id}/shares/{person_id}",
    operation_id="withdraw_clip",
    status_code=status.HTTP_204_NO_CONTENT,
)
def withdraw(session: SessionDep, viewer: ViewerDep, clip_id: str, person_id: str) -> None:
    withdraw_clip(session, viewer, clip_id, person_id=person_id)
