"""Uploads over HTTP: tus 1.0.0 (DESIGN 5). Bytes stream asynchronously; everything else runs in threads."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Annotated, cast

from fastapi import APIRouter, BackgroundTasks, Depends, FastAPI, Request, Response

from pennydrop.access.viewer import Viewer
from pennydrop.db.session import transaction
from pennydrop.db.trouble import said
from pennydrop.errors import PennydropError
from pennydrop.uploads.create import create_upload
from pennydrop.uploads.errors import MethodNotOverridden
from pennydrop.uploads.finish import Places, finish_all
from pennydrop.uploads.join_link import is_join_secret, viewer_by_link
from pennydrop.uploads.models import Upload
from pennydrop.uploads.progress import terminate
from pennydrop.uploads.room import Limits
from pennydrop.uploads.staging import open_staging
from pennydrop_api import errors
from pennydrop_api.deps import Parts, PartsDep, bearer_of, get_viewer
from pennydrop_api.uploads import protocol
from pennydrop_api.uploads.desk import Desk
from pennydrop_api.uploads.protocol import TusRoute
from pennydrop_api.uploads.receive import Patch, complete, receive

log = logging.getLogger("pennydrop.api.uploads")


def desk_of(app: FastAPI) -> Desk:
    """This process's desk; the first request makes it."""
    if not hasattr(app.state, "uploads"):
        parts: Parts = app.state.parts
        staging = open_staging(parts.settings, parts.store, parts.writers)
        staging.prepare()
        app.state.uploads = Desk(Places(parts.writers, parts.store, staging), parts.readers)
    return cast(Desk, app.state.uploads)


@asynccontextmanager
async def _finish_what_was_whole(app: FastAPI) -> AsyncIterator[None]:
    try:
        await asyncio.to_thread(finish_all, desk_of(app).places)
    except Exception as error:
        if errors.known(error) is None:
            raise
        # Clients that ask for their uploads finish them, and so does the hourly job.
        log.warning("what earlier processes left whole isn't finished yet: %s", said(error))
    yield


router = APIRouter(tags=["uploads"], route_class=TusRoute, lifespan=_finish_what_was_whole)


def get_desk(request: Request) -> Desk:
    return desk_of(request.app)


def get_limits(parts: PartsDep) -> Limits:
    return Limits.of(parts.settings)


def get_sender(request: Request, parts: PartsDep, after_answer: BackgroundTasks) -> Viewer:
    """Who sends: asked in a transaction of its own, for none may last as long as an upload.

    A phone that joined by a code is whoever made the code, bound to what that allows.
    """
    bearer = bearer_of(request)
    with transaction(parts.readers) as session:
        if bearer is not None and is_join_secret(bearer):
            return viewer_by_link(session, bearer)
        return get_viewer(request, session, parts, after_answer)


DeskDep = Annotated[Desk, Depends(get_desk)]
LimitsDep = Annotated[Limits, Depends(get_limits)]
SenderDep = Annotated[Viewer, Depends(get_sender)]


@router.options("/uploads", operation_id="describe_uploads", status_code=204)
@router.options("/uploads/{upload_id}", operation_id="describe_upload", status_code=204)
def options(limits: LimitsDep) -> Response:
    """Say which parts of tus are spoken here, and the largest file."""
    return Response(status_code=204, headers=protocol.option_headers(limits.largest))


@router.post("/uploads", operation_id="create_upload", status_code=201)
async def create(request: Request, desk: DeskDep, viewer: SenderDep, limits: LimitsDep) -> Response:
    """Begin an upload; the body may bring its first bytes. Content-Location is the video it becomes."""
    length = protocol.length_at_creation(request)
    checksum = protocol.stated_checksum(request)
    metadata = request.headers.get("Upload-Metadata", "")
    upload = await asyncio.to_thread(_create, desk, viewer, length, metadata, limits)
    headers = {
        "Location": f"/api/v1/uploads/{upload.id}",
        "Content-Location": f"/api/v1/videos/{upload.video_id}",
    }
    if protocol.has_bytes(request):
        patch = Patch(protocol.arrival(request), 0, None, protocol.content_length(request), checksum)
        try:
            upload = await receive(desk, viewer, limits, upload.id, patch, request.stream())
        except PennydropError:
            # Its client was never told where it is, so nobody could go on with it.
            await _give_up(desk, viewer, upload.id, protocol.arrival(request))
            raise
    elif upload.offset == upload.length:
        upload = await complete(desk, viewer, upload.id)
    return Response(status_code=201, headers=headers | protocol.offset_headers(upload))


@router.head("/uploads/{upload_id}", operation_id="get_upload_offset")
async def head(upload_id: str, desk: DeskDep, viewer: SenderDep) -> Response:
    """Say how many bytes are kept for good."""
    await complete(desk, viewer, upload_id)
    await desk.settle(upload_id)
    upload = await complete(desk, viewer, upload_id)
    return Response(status_code=200, headers=protocol.state_headers(upload))


@router.patch("/uploads/{upload_id}", operation_id="add_to_upload", status_code=204)
async def patch(
    upload_id: str, request: Request, desk: DeskDep, viewer: SenderDep, limits: LimitsDep
) -> Response:
    """Add bytes at the offset; the last of them lets watching begin."""
    protocol.check_has_bytes(request)
    stated = Patch(
        arrived=protocol.arrival(request),
        offset=protocol.stated_offset(request),
        length=protocol.stated_length(request),
        coming=protocol.content_length(request),
        checksum=protocol.stated_checksum(request),
    )
    upload = await receive(desk, viewer, limits, upload_id, stated, request.stream())
    return Response(status_code=204, headers=protocol.offset_headers(upload))


@router.delete("/uploads/{upload_id}", operation_id="terminate_upload", status_code=204)
async def delete(upload_id: str, request: Request, desk: DeskDep, viewer: SenderDep) -> Response:
    """End an upload, or take back a film that has just arrived: its room is free again, its video is gone."""
    await complete(desk, viewer, upload_id)
    async with desk.hold(upload_id, protocol.arrival(request)):
        await asyncio.to_thread(_terminate, desk, viewer, upload_id)
    return Response(status_code=204)


@router.post("/uploads/{upload_id}", operation_id="override_upload_method", status_code=204)
async def override(
    upload_id: str, request: Request, desk: DeskDep, viewer: SenderDep, limits: LimitsDep
) -> Response:
    """The same by X-HTTP-Method-Override, for networks that let only GET and POST through."""
    method = request.headers.get("X-HTTP-Method-Override", "").upper()
    if method == "PATCH":
        return await patch(upload_id, request, desk, viewer, limits)
    if method == "HEAD":
        return await head(upload_id, desk, viewer)
    if method == "DELETE":
        return await delete(upload_id, request, desk, viewer)
    raise MethodNotOverridden


async def _give_up(desk: Desk, viewer: Viewer, upload_id: str, arrived: float) -> None:
    with suppress(PennydropError):
        async with desk.hold(upload_id, arrived):
            await asyncio.to_thread(_terminate, desk, viewer, upload_id)


def _create(desk: Desk, viewer: Viewer, length: int | None, metadata: str, limits: Limits) -> Upload:
    staging = desk.places.staging
    with transaction(desk.places.sessions) as session:
        upload = create_upload(
            session,
            viewer,
            length=length,
            metadata=metadata,
            limits=limits,
            free_bytes=staging.free_bytes(),
        )
        # Before the commit: a row without its file would be an upload nobody can go on with.
        staging.create(upload.id)
    return upload


def _terminate(desk: Desk, viewer: Viewer, upload_id: str) -> None:
    with transaction(desk.places.sessions) as session:
        terminate(session, viewer, upload_id)
    desk.keep_hash(upload_id, None)
    desk.places.staging.discard(upload_id)
