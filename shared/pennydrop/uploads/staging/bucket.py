"""Unfinished uploads as multipart uploads of an S3-compatible server.

A part holds a fixed stretch of the film, whatever the size of the requests that bring it: sent twice, it is
the same part. What is left of a request beyond its last whole part, its tail, is an object of its own, called
after the offset at which it ends: the offset that is committed says which tail counts.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from pennydrop.clock import utcnow
from pennydrop.storage import keys
from pennydrop.storage.port import ObjectMissing, ObjectStore
from pennydrop.storage.s3 import S3Store
from pennydrop.storage.s3_client import TELLS_APART_S, StoredPart
from pennydrop.uploads.errors import UploadBytesLost
from pennydrop.uploads.staging.hashing import HashingWriter
from pennydrop.uploads.staging.lease import Leases
from pennydrop.uploads.staging.port import RunningHash
from pennydrop.uploads.staging.stored import STRAY_AFTER_S, is_stored

if TYPE_CHECKING:
    from hashlib import _Hash

# S3 takes no smaller parts, and 10,000 of them: 50 GB. One is in memory for each upload under way.
PART_BYTES = 5 << 20


class BucketStaging:
    """Uploads of one bucket, whose locks lie in the database."""

    def __init__(self, store: S3Store, leases: Leases) -> None:
        self._store = store
        self._parts = store.multipart
        self._leases = leases

    def prepare(self) -> None:
        """There is nothing to make."""

    def create(self, upload_id: str) -> None:
        self.discard(upload_id)
        self._parts.begin(keys.source(upload_id))

    def open(
        self, upload_id: str, offset: int, running: RunningHash | None, checksum: _Hash | None
    ) -> BucketPartWriter:
        multipart_id = self._multipart_id(upload_id)
        if multipart_id is None:
            raise UploadBytesLost
        parts = self._parts.parts(keys.source(upload_id), multipart_id)
        if not _whole_below(parts, offset):
            raise UploadBytesLost
        tail = self._tail(upload_id, offset)
        self._forget_tails_below(upload_id, offset)
        return BucketPartWriter(
            self._store,
            upload_id,
            multipart_id,
            offset,
            tail,
            running,
            checksum,
            uncommitted=len(parts) > offset // PART_BYTES,
        )

    def put_in_place(self, store: ObjectStore, upload_id: str, key: str, length: int) -> bool:
        multipart_id = self._multipart_id(upload_id)
        if multipart_id is None:
            return is_stored(store, key, length)
        if length == 0:
            self._parts.abort(key, multipart_id)
            return store.put_bytes(key, b"") == 0
        parts = self._parts.parts(key, multipart_id)
        if not _whole_below(parts, length):
            return False
        whole = length // PART_BYTES
        parts = parts[:whole]
        try:
            tail = self._tail(upload_id, length)
        except UploadBytesLost:
            return False
        if tail:
            parts.append(self._parts.put(key, multipart_id, whole + 1, tail))
        self._parts.complete(key, multipart_id, parts)
        return is_stored(store, key, length)

    def discard(self, upload_id: str) -> None:
        key = keys.source(upload_id)
        for one in list(self._parts.unfinished(key)):
            self._parts.abort(one.key, one.upload_id)
        self._store.delete_prefix(keys.tails_of(upload_id))

    def free_bytes(self) -> int | None:
        return self._store.free_bytes()

    def locked(self, upload_id: str, patience_s: float) -> AbstractContextManager[bool]:
        return self._leases.locked(upload_id, patience_s)

    def is_wanted(self, upload_id: str) -> bool:
        return self._leases.is_wanted(upload_id)

    def check_held(self, session: Session, upload_id: str) -> None:
        self._leases.check_held(session, upload_id)

    def remove_strays(self, going_on: Collection[str]) -> None:
        oldest = utcnow() - timedelta(seconds=STRAY_AFTER_S)
        for one in list(self._parts.unfinished(keys.SOURCES)):
            if keys.name(one.key) not in going_on and one.begun_at < oldest:
                self._parts.abort(one.key, one.upload_id)
        for found in list(self._store.list(keys.TAILS)):
            if keys.name(keys.folder(found.key)[:-1]) not in going_on and found.modified_at < oldest:
                self._store.delete(found.key)

    def _multipart_id(self, upload_id: str) -> str | None:
        """Return the server's name of the upload, None where it has ended."""
        key = keys.source(upload_id)
        begun = [one for one in self._parts.unfinished(key) if one.key == key]
        return max(begun, key=lambda one: one.begun_at).upload_id if begun else None

    def _tail(self, upload_id: str, offset: int) -> bytes:
        """Return what was committed beyond the last whole part. Raises `UploadBytesLost`."""
        if offset % PART_BYTES == 0:
            return b""
        try:
            tail = self._store.read(keys.tail(upload_id, offset))
        except ObjectMissing:
            raise UploadBytesLost from None
        if len(tail) != offset % PART_BYTES:
            raise UploadBytesLost
        return tail

    def _forget_tails_below(self, upload_id: str, offset: int) -> None:
        """Those above may be a successor's, if we froze since we were told where to go on."""
        for found in list(self._store.list(keys.tails_of(upload_id))):
            if int(keys.name(found.key)) < offset:
                self._store.delete(found.key)


def _whole_below(parts: Sequence[StoredPart], offset: int) -> bool:
    """Say whether each whole part below `offset` is there, and as long as it should be."""
    whole = offset // PART_BYTES
    found = [(part.number, part.size) for part in parts[:whole]]
    return found == [(n + 1, PART_BYTES) for n in range(whole)]


class BucketPartWriter(HashingWriter):
    """Gathers bytes in memory until a part is full."""

    def __init__(
        self,
        store: S3Store,
        upload_id: str,
        multipart_id: str,
        offset: int,
        tail: bytes,
        running: RunningHash | None,
        checksum: _Hash | None,
        *,
        uncommitted: bool,
    ) -> None:
        super().__init__(offset, running, checksum)
        # What an earlier request sent and never committed may be other bytes than those that come now.
        self._may_send_at = time.monotonic() + (TELLS_APART_S if uncommitted else 0)
        self._store = store
        self._upload_id = upload_id
        self._multipart_id = multipart_id
        self._gathered = bytearray(tail)
        self._begun_at = self._tail_at = offset
        self._next_part = offset // PART_BYTES + 1
        self._failure: Exception | None = None

    def write(self, pieces: Sequence[bytes]) -> int:
        if self._failure is not None:
            raise self._failure
        for piece in pieces:
            self._gathered += piece
        try:
            while len(self._gathered) >= PART_BYTES:
                self._send_part()
        except Exception as error:
            self._failure = error
            raise
        self.offset += sum(map(len, pieces))
        return self.offset

    def sync_some(self) -> int:
        """Whole parts are durable as soon as they are sent; sending the tail twice a second would be dear."""
        return max(self._begun_at, (self._next_part - 1) * PART_BYTES)

    def sync(self) -> None:
        if self._gathered and self.offset != self._tail_at:
            self._store.put_bytes(keys.tail(self._upload_id, self.offset), bytes(self._gathered))
            self._tail_at = self.offset

    def cut(self, offset: int) -> None:
        """What is beyond is overwritten by whoever goes on."""

    def close(self) -> None:
        """There is nothing to let go of."""

    def _send_part(self) -> None:
        data = bytes(self._gathered[:PART_BYTES])
        key = keys.source(self._upload_id)
        time.sleep(max(0.0, self._may_send_at - time.monotonic()))
        self._store.multipart.put(key, self._multipart_id, self._next_part, data)
        del self._gathered[:PART_BYTES]
        self._next_part += 1
