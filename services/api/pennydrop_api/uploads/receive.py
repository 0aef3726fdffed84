"""One PATCH, or the body of a POST that creates: checked, taken, committed, and finished by its last byte."""

from __future__ import annotations

import asyncio
import errno
import logging
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy.exc import OperationalError

from pennydrop.access.viewer import Viewer
from pennydrop.db.session import transaction
from pennydrop.uploads.errors import (
    ChecksumMismatch,
    DiskFull,
    UploadBytesLost,
    UploadMovesOn,
    UploadStalled,
    UploadTakenOver,
)
from pennydrop.uploads.finish import begin_anew, finish
from pennydrop.uploads.models import Upload
from pennydrop.uploads.progress import Allowance, begin_patch, commit_offset, get_upload, is_whole
from pennydrop.uploads.room import Limits
from pennydrop.uploads.staging import PartWriter
from pennydrop_api.uploads.desk import Desk, Hold
from pennydrop_api.uploads.protocol import Checksum
from pennydrop_api.uploads.reception import Reception

log = logging.getLogger("pennydrop.api.uploads")


@dataclass(frozen=True, slots=True)
class Patch:
    """What a request says of the bytes it brings, and when it came, as a monotonic time."""

    arrived: float
    offset: int
    length: int | None
    coming: int | None
    checksum: Checksum | None


async def receive(
    desk: Desk, viewer: Viewer, limits: Limits, upload_id: str, patch: Patch, stream: AsyncIterator[bytes]
) -> Upload:
    """Add a request's bytes to an upload and return it as it is then.

    What arrived is kept when the request breaks off, unless it came with a checksum: half of what was to be
    checked can't be.
    """
    work = asyncio.create_task(_receive(desk, viewer, limits, upload_id, patch, stream))
    try:
        # A server that stops cancels its requests: what arrived is committed all the same.
        return await asyncio.shield(work)
    except asyncio.CancelledError:
        desk.stop(upload_id)
        with suppress(Exception):
            await work
        raise


async def complete(desk: Desk, viewer: Viewer, upload_id: str) -> Upload:
    """Return an upload, having finished it where an earlier process stopped just before that."""
    upload = await asyncio.to_thread(_load, desk, viewer, upload_id)
    if is_whole(upload):
        async with desk.hold(upload_id, time.monotonic()):
            upload = await asyncio.to_thread(_end, desk, viewer, upload_id)
    return upload


async def _receive(
    desk: Desk, viewer: Viewer, limits: Limits, upload_id: str, patch: Patch, stream: AsyncIterator[bytes]
) -> Upload:
    # Before anything else: nobody may disturb an upload that she can't see.
    await asyncio.to_thread(_load, desk, viewer, upload_id)
    async with desk.hold(upload_id, patch.arrived) as hold:
        upload, allowance = await asyncio.to_thread(_begin, desk, viewer, limits, upload_id, patch)
        if upload.offset != upload.length:
            await _take_bytes(desk, hold, upload_id, patch, allowance, stream)
        return await asyncio.to_thread(_end, desk, viewer, upload_id)


async def _take_bytes(
    desk: Desk, hold: Hold, upload_id: str, patch: Patch, allowance: Allowance, stream: AsyncIterator[bytes]
) -> None:
    def commit(offset: int) -> None:
        with transaction(desk.places.sessions) as session:
            desk.places.staging.check_held(session, upload_id)
            commit_offset(session, upload_id, offset)

    writer = await asyncio.to_thread(_open, desk, upload_id, patch)
    reception = hold.reception = Reception(
        writer,
        at_most=allowance.at_most,
        commit=commit,
        is_wanted=lambda: desk.places.staging.is_wanted(upload_id),
        commits_on_the_way=patch.checksum is None,
        pace=desk.pace,
    )
    if hold.stopped:
        reception.stop()
    try:
        came_whole = await _run(reception, patch, stream)
        damaged = patch.checksum is not None and not (came_whole and patch.checksum.matches())
        if reception.overflowed or damaged:
            raise allowance.refusal if reception.overflowed else ChecksumMismatch()
        await asyncio.to_thread(reception.settle)
        desk.keep_hash(upload_id, writer.running)
    except Exception:
        # What nobody counts on goes: its room may be what is wanted most.
        await asyncio.to_thread(writer.cut, reception.counted_on)
        raise
    finally:
        await asyncio.to_thread(reception.close)
    if reception.stopped and not came_whole:
        if reception.stalled:
            raise UploadStalled
        raise UploadMovesOn if desk.closing else UploadTakenOver


async def _run(reception: Reception, patch: Patch, stream: AsyncIterator[bytes]) -> bool:
    try:
        return await reception.run(stream)
    except OSError as error:
        log.warning("an upload can't be written: %s", error)
        if patch.checksum is None:
            with suppress(OSError, OperationalError):  # the database lies on the same disk
                await asyncio.to_thread(reception.settle)
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise DiskFull from None
        raise


def _load(desk: Desk, viewer: Viewer, upload_id: str) -> Upload:
    with transaction(desk.readers) as session:
        return get_upload(session, viewer, upload_id)


def _begin(
    desk: Desk, viewer: Viewer, limits: Limits, upload_id: str, patch: Patch
) -> tuple[Upload, Allowance]:
    with transaction(desk.places.sessions) as session:
        return begin_patch(
            session,
            viewer,
            upload_id,
            offset=patch.offset,
            length=patch.length,
            coming=patch.coming,
            limits=limits,
            free_bytes=desk.places.staging.free_bytes(),
        )


def _open(desk: Desk, upload_id: str, patch: Patch) -> PartWriter:
    staging = desk.places.staging
    running = desk.running_hash(upload_id)
    checksum = patch.checksum.running if patch.checksum else None
    try:
        return staging.open(upload_id, patch.offset, running, checksum)
    except UploadBytesLost:
        desk.keep_hash(upload_id, None)
        begin_anew(desk.places, upload_id, patch.offset)
        raise


def _end(desk: Desk, viewer: Viewer, upload_id: str) -> Upload:
    upload = _load(desk, viewer, upload_id)
    if not is_whole(upload):
        return upload
    running = desk.running_hash(upload_id)
    proven = running is not None and running.offset == upload.offset
    finish(desk.places, upload_id, running.sha256.hexdigest() if running and proven else None)
    desk.keep_hash(upload_id, None)
    return _load(desk, viewer, upload_id)
