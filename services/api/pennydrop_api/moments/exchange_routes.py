"""Moments as files, out and in."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import Query, Response
from fastapi.responses import JSONResponse

from pennydrop.access.visible import get_visible
from pennydrop.moments.export import to_csv, to_vtt
from pennydrop.moments.find import all_moments
from pennydrop.moments.read_file import from_vtt
from pennydrop.videos.models import Video
from pennydrop_api import routing
from pennydrop_api.deps import SessionDep, StoreDep, ViewerDep
from pennydrop_api.moments.present import moments_out
from pennydrop_api.moments.schemas import ImportProblem, ImportReport, MomentsFile
from pennydrop_api.textbody import TextBody, body_of

router = routing.router()


@router.get(
    "/videos/{video_id}/moments.vtt",
    operation_id="export_moments_vtt",
    response_class=Response,
    responses={200: {"content": {"text/vtt": {"schema": {"type": "string"}}}}},
)
def vtt(session: SessionDep, viewer: ViewerDep, video_id: str) -> Response:
    video, text = to_vtt(session, viewer, video_id)
    return Response(text, media_type="text/vtt; charset=utf-8", headers=_named(video, "vtt"))


@router.get(
    "/videos/{video_id}/moments.csv",
    operation_id="export_moments_csv",
    response_class=Response,
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
)
def as_csv(session: SessionDep, viewer: ViewerDep, video_id: str) -> Response:
    video, text = to_csv(session, viewer, video_id)
    # Excel reads a file as UTF-8 only when it begins with this mark.
    return Response(
        "\ufeff" + text, media_type="text/csv; charset=utf-8; header=present", headers=_named(video, "csv")
    )


@router.get("/videos/{video_id}/moments.json", operation_id="export_moments_json", response_model=MomentsFile)
def as_json(session: SessionDep, viewer: ViewerDep, video_id: str) -> Response:
    video = get_visible(session, viewer, Video, video_id)
    moments = moments_out(session, viewer, all_moments(session, viewer, video))
    file = MomentsFile(video=video.id, title=video.title, duration_ms=video.duration_ms, moments=moments)
    return JSONResponse(file.model_dump(mode="json"), headers=_named(video, "json"))


@router.post(
    "/videos/{video_id}/moments/import",
    operation_id="import_moments",
    openapi_extra=body_of("text/vtt", "WebVTT in UTF-8, at most 1 MB"),
)
def import_(
    video_id: str,
    body: TextBody,  # read before the transaction begins: a slow sender holds up nobody
    session: SessionDep,
    viewer: ViewerDep,
    store: StoreDep,
    dry_run: Annotated[bool, Query(description="Report what would happen, and change nothing")] = False,
) -> ImportReport:
    """Add the moments of a WebVTT file: all of them or none. The same file twice adds nothing twice."""
    done = from_vtt(session, viewer, video_id, body=body, store=store, dry_run=dry_run)
    return ImportReport(
        dry_run=dry_run,
        added=done.added,
        already_there=done.already_there,
        problems=[ImportProblem(line=one.line, detail=one.detail) for one in done.problems],
        moments=moments_out(session, viewer, done.moments),
    )


def _named(video: Video, ending: str) -> dict[str, str]:
    """Give the file a name: the video's title in what every system's file names can hold."""
    name = re.sub(r"[^A-Za-z0-9]+", "-", video.title).strip("-")[:80] or "video"
    return {"Content-Disposition": f'attachment; filename="{name}-moments.{ending}"'}
