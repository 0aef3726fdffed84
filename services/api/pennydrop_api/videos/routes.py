"""Videos over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import Body, Query, status

from pennydrop.paging import DEFAULT_LIMIT, MAX_LIMIT
from pennydrop.videos.captions import put_captions
from pennydrop.videos.change import change_video
from pennydrop.videos.delete import delete_video
from pennydrop.videos.find import captions_of, get_video, list_videos
from pennydrop.videos.models import Purpose
from pennydrop.videos.own_watch import list_own_watches
from pennydrop.videos.share import list_shares, list_watches, share_video, withdraw_share
from pennydrop_api import routing
from pennydrop_api.deps import SessionDep, ViewerDep
from pennydrop_api.people.schemas import PersonRef
from pennydrop_api.videos.present import caption_out, video_out, videos_out
from pennydrop_api.videos.schemas import (
    CaptionOut,
    OwnWatchOut,
    ShareIn,
    ShareOut,
    VideoChange,
    VideoOut,
    VideoPage,
    WatchOut,
)

router = routing.router(tags=["videos"])


@router.get("/videos", operation_id="list_videos")
def list_(
    session: SessionDep,
    viewer: ViewerDep,
    owner: Annotated[str | None, Query(description="A person's id, or me")] = None,
    purpose: Purpose | None = None,
    action_step: str | None = None,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT,
) -> VideoPage:
    page = list_videos(
        session, viewer, owner=owner, purpose=purpose, action_step=action_step, cursor=cursor, limit=limit
    )
    return VideoPage(items=videos_out(session, viewer, page.items), next_cursor=page.next_cursor)


@router.get("/videos/{video_id}", operation_id="get_video")
def get(session: SessionDep, viewer: ViewerDep, video_id: str) -> VideoOut:
    return video_out(session, viewer, get_video(session, viewer, video_id))


@router.patch("/videos/{video_id}", operation_id="change_video")
def change(session: SessionDep, viewer: ViewerDep, video_id: str, body: VideoChange) -> VideoOut:
    video = change_video(session, viewer, video_id, **body.model_dump(exclude_unset=True))
    return video_out(session, viewer, video)


@router.delete("/videos/{video_id}", operation_id="delete_video", status_code=status.HTTP_204_NO_CONTENT)
def delete(session: SessionDep, viewer: ViewerDep, video_id: str) -> None:
    delete_video(session, viewer, video_id)


@router.get("/videos/{video_id}/shares", operation_id="list_shares")
def shares(session: SessionDep, viewer: ViewerDep, video_id: str) -> list[ShareOut]:
    found = list_shares(session, viewer, video_id)
    return [ShareOut(person=PersonRef.of(share.person), created_at=share.created_at) for share in found]


@router.post("/videos/{video_id}/shares", operation_id="share_video", status_code=status.HTTP_201_CREATED)
def share(session: SessionDep, viewer: ViewerDep, video_id: str, body: ShareIn) -> ShareOut:
    made = share_video(session, viewer, video_id, person_id=body.person)
    return ShareOut(person=PersonRef.of(made.person), created_at=made.created_at)


@router.delete(
    "/videos/{video_id}/shares/{person_id}",
    operation_id="withdraw_share",
    status_code=status.HTTP_204_NO_CONTENT,
)
def withdraw(session: SessionDep, viewer: ViewerDep, video_id: str, person_id: str) -> None:
    withdraw_share(session, viewer, video_id, person_id=person_id)


@router.get("/videos/{video_id}/watches", operation_id="list_watches")
def watches(session: SessionDep, viewer: ViewerDep, video_id: str) -> list[WatchOut]:
    return [
        WatchOut(person=PersonRef.of(watch.person), clip=watch.clip_id, started_at=watch.started_at)
        for watch in list_watches(session, viewer, video_id)
    ]


@router.get("/videos/{video_id}/captions", operation_id="list_captions")
def captions(session: SessionDep, viewer: ViewerDep, video_id: str) -> list[CaptionOut]:
    video = get_video(session, viewer, video_id)
    return [caption_out(caption) for caption in captions_of(session, [video.id])[video.id]]


@router.post("/videos/{video_id}/captions", operation_id="put_captions", status_code=status.HTTP_201_CREATED)
def add_captions(
    session: SessionDep,
    viewer: ViewerDep,
    video_id: str,
    body: Annotated[bytes, Body(media_type="text/vtt", description="WebVTT, UTF-8, at most 1 MB")],
    language: Annotated[str, Query(description="A BCP 47 tag such as en or cy")] = "en",
    label: Annotated[str, Query(max_length=80)] = "",
) -> CaptionOut:
    return caption_out(put_captions(session, viewer, video_id, language=language, label=label, body=body))


@router.get("/me/watches", operation_id="list_own_watches")
def own_watches(session: SessionDep, viewer: ViewerDep) -> list[OwnWatchOut]:
    """How often I came back to my own films and models, latest first. Nobody else can ask."""
    return [
        OwnWatchOut(video=one.video_id, clip=one.clip_id, count=one.count, last_at=one.last_at)
        for one in list_own_watches(session, viewer)
    ]
