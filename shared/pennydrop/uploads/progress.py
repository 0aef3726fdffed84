"""An upload between its first byte and its last: finding it, its offset, its length, its end by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import CursorResult, bindparam, func, select, update
from sqlalchemy.orm import Session

from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import visible_to
from pennydrop.changes.feed import record as record_change
from pennydrop.clock import utcnow
from pennydrop.errors import PennydropError
from pennydrop.uploads.errors import (
    DiskFull,
    FilmTooLarge,
    MoreThanSaid,
    OffsetMismatch,
    QuotaFull,
    UploadArrived,
    UploadExpired,
    UploadLengthInvalid,
    UploadNotFound,
    UploadTerminated,
)
from pennydrop.uploads.forget import forget
from pennydrop.uploads.models import KEPT_UNFINISHED, Upload, UploadState
from pennydrop.uploads.room import Limits, check_size, room_for
from pennydrop.uploads.take_back import empty_round, take_back
from pennydrop.videos.models import Video


def get_upload(session: Session, viewer: Viewer, upload_id: str) -> Upload:
    """Return an upload that the viewer sends or that becomes hers, going on or finished.

    Raises `UploadNotFound`, `UploadExpired` or `UploadTerminated`.
    """
    upload = session.scalar(select(Upload).where(Upload.id == upload_id, visible_to(viewer, Upload)))
    if upload is None:
        raise UploadNotFound
    check_alive(upload)
    return upload


def check_alive(upload: Upload) -> None:
    if upload.state == UploadState.TERMINATED:
        raise UploadTerminated
    if upload.state == UploadState.EXPIRED or (
        upload.state == UploadState.OPEN and upload.expires_at <= utcnow() and upload.offset != upload.length
    ):
        raise UploadExpired


def is_whole(upload: Upload) -> bool:
    """Whether every byte has come, though the film may not be in its place yet."""
    return upload.state == UploadState.OPEN and upload.offset == upload.length


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many bytes a request may bring, and what to say when it brings more."""

    at_most: int
    refusal: PennydropError


def begin_patch(
    session: Session,
    viewer: Viewer,
    upload_id: str,
    *,
    offset: int,
    length: int | None,
    coming: int | None,
    limits: Limits,
    free_bytes: int | None,
) -> tuple[Upload, Allowance]:
    """Check that bytes may be added at `offset` and return the upload and how much may come.

    `length` is what the client says now of a length it deferred; `coming` is the size of this request where
    it is known. Raises what `get_upload` and `create_upload` raise, `OffsetMismatch`, `UploadLengthInvalid`
    and `MoreThanSaid`.
    """
    upload = get_upload(session, viewer, upload_id)
    if offset != upload.offset:
        raise OffsetMismatch(offset, upload.offset)
    if length is not None:
        _set_length(session, upload, length, limits, free_bytes)
    if upload.length is not None:
        allowance = Allowance(upload.length - offset, MoreThanSaid(upload.length))
    else:
        room = room_for(session, upload.owner_id, limits, free_bytes)
        allowance = min(
            Allowance(limits.largest - offset, FilmTooLarge(limits.largest)),
            Allowance(room.quota, QuotaFull(limits.quota)),
            Allowance(room.disk, DiskFull()),
            key=lambda one: one.at_most,
        )
    if (coming or 0) > allowance.at_most:
        raise allowance.refusal
    return upload, allowance


def _set_length(
    session: Session, upload: Upload, length: int, limits: Limits, free_bytes: int | None
) -> None:
    if upload.length is not None:
        if upload.length != length:
            raise UploadLengthInvalid(f"This file was said to have {upload.length} bytes before.")
        return
    if length < upload.offset:
        raise UploadLengthInvalid(f"We have {upload.offset} bytes already, more than {length}.")
    check_size(length, limits)
    room_for(session, upload.owner_id, limits, free_bytes).check(length - upload.reserved)
    upload.length = length
    upload.reserved = length
    session.flush()


def commit_offset(session: Session, upload_id: str, offset: int) -> None:
    """Note that the first `offset` bytes are on disk for good; the week begins anew.

    Raises `UploadTerminated` where it has ended meanwhile.
    """
    values = {"upload": upload_id, "so_far": offset, "until": utcnow() + KEPT_UNFINISHED}
    done = session.execute(_COMMIT, values, execution_options={"synchronize_session": False})
    if cast(CursorResult[Any], done).rowcount == 0:
        raise UploadTerminated


# Each film on its way asks this every second.
_COMMIT = (
    update(Upload)
    .where(Upload.id == bindparam("upload"), Upload.state == UploadState.OPEN)
    .values(
        offset=bindparam("so_far"),
        reserved=func.coalesce(Upload.length, bindparam("so_far")),
        expires_at=bindparam("until"),
    )
)


def terminate(session: Session, viewer: Viewer, upload_id: str) -> None:
    """End an upload: its room is free again and its video is gone.

    Raises what `get_upload` raises; for one that has arrived, what `take_back` raises.
    """
    upload = get_upload(session, viewer, upload_id)
    if is_whole(upload):
        raise UploadArrived
    if upload.state == UploadState.FINISHED:
        take_back(session, viewer, upload)
        return
    empty_round(session, upload)
    end(session, upload, UploadState.TERMINATED)


def end(session: Session, upload: Upload, state: UploadState) -> None:
    """End an upload that isn't finished, for whatever reason, and take its video away."""
    forget(upload, state)
    video = session.get(Video, upload.video_id) if upload.video_id else None
    session.flush()
    if video is not None:
        record_change(session, "video", video.id, person_id=video.owner_id)
        session.delete(video)
        session.flush()
