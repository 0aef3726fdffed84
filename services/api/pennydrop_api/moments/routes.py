"""Moments over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, status

from pennydrop.moments.find import get_moment, list_moments
from pennydrop.moments.mark import change, change_reply, mark, remove, remove_reply, reply
from pennydrop.moments.models import MomentKind
from pennydrop.paging import MAX_LIMIT
from pennydrop_api import routing
from pennydrop_api.deps import SessionDep, StoreDep, ViewerDep
from pennydrop_api.moments import exchange_routes
from pennydrop_api.moments.present import moment_out, moments_out
from pennydrop_api.moments.schemas import MomentChange, MomentIn, MomentOut, MomentPage, ReplyIn

router = routing.router(tags=["moments"])
router.include_router(exchange_routes.router)


@router.get("/videos/{video_id}/moments", operation_id="list_moments")
def list_(
    session: SessionDep,
    viewer: ViewerDep,
    video_id: str,
    q: Annotated[str | None, Query(max_length=200, description="Words to look for")] = None,
    kind: MomentKind | None = None,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = MAX_LIMIT,
) -> MomentPage:
    """The moments of a video by when they start."""
    page = list_moments(session, viewer, video_id, q=q, kind=kind, cursor=cursor, limit=limit)
    return MomentPage(items=moments_out(session, viewer, page.items), next_cursor=page.next_cursor)


@router.post("/videos/{video_id}/moments", operation_id="mark_moment", status_code=status.HTTP_201_CREATED)
def add(session: SessionDep, viewer: ViewerDep, store: StoreDep, video_id: str, body: MomentIn) -> MomentOut:
    """Mark a point (without `end_ms`) or a span; its times move to the nearest frame."""
    moment = mark(session, viewer, store=store, video_id=video_id, **body.model_dump())
    session.refresh(moment)
    return moment_out(session, viewer, moment)


@router.get("/moments/{moment_id}", operation_id="get_moment")
def get(session: SessionDep, viewer: ViewerDep, moment_id: str) -> MomentOut:
    return moment_out(session, viewer, get_moment(session, viewer, moment_id))


@router.patch("/moments/{moment_id}", operation_id="change_moment")
def edit(
    session: SessionDep, viewer: ViewerDep, store: StoreDep, moment_id: str, body: MomentChange
) -> MomentOut:
    moment = change(session, viewer, moment_id, body.changes(), store=store)
    return moment_out(session, viewer, moment)


@router.delete("/moments/{moment_id}", operation_id="remove_moment", status_code=status.HTTP_204_NO_CONTENT)
def delete(session: SessionDep, viewer: ViewerDep, moment_id: str) -> None:
    remove(session, viewer, moment_id)


@router.post(
    "/moments/{moment_id}/replies", operation_id="reply_to_moment", status_code=status.HTTP_201_CREATED
)
def answer(session: SessionDep, viewer: ViewerDep, moment_id: str, body: ReplyIn) -> MomentOut:
    """Answer a moment; the moment comes back with all its replies."""
    reply(session, viewer, moment_id, text=body.text)
    return moment_out(session, viewer, get_moment(session, viewer, moment_id))


@router.patch("/replies/{reply_id}", operation_id="change_reply")
def edit_reply(session: SessionDep, viewer: ViewerDep, reply_id: str, body: ReplyIn) -> MomentOut:
    """Word my own reply anew; its moment comes back with all of them."""
    return moment_out(session, viewer, change_reply(session, viewer, reply_id, text=body.text))


@router.delete("/replies/{reply_id}", operation_id="remove_reply", status_code=status.HTTP_204_NO_CONTENT)
def delete_reply(session: SessionDep, viewer: ViewerDep, reply_id: str) -> None:
    """Take my own reply back."""
    remove_reply(session, viewer, reply_id)
