"""Objects in a bucket of an S3-compatible server."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from minio import Minio
from minio.deleteobjects import DeleteObject

from pennydrop import traces
from pennydrop.ids import new_id
from pennydrop.storage.keys import checked
from pennydrop.storage.port import ObjectExists, ObjectMissing, StoredObject
from pennydrop.storage.s3_client import Multipart, StoreUnreachable, understood
from pennydrop.storage.stopping import while_wanted

# Held in memory while it is sent. S3 takes 10,000 parts: 160 GB.
PART_BYTES = 16 << 20
# Used at once by the web server; whoever came upon it later finds it closed.
_SIGNED_FOR = timedelta(minutes=5)
_ONLY_NEW = {"If-None-Match": "*"}


class S3Store:
    """An `ObjectStore` in one bucket. An object is whole or absent, as S3 promises."""

    def __init__(self, client: Minio, bucket: str, room: Path | None = None) -> None:
        """`room` is a folder on the bucket's own disk, where there is one within sight."""
        self._client: Any = client
        self._bucket = bucket
        self._room = room
        self.multipart = Multipart(client, bucket)

    @property
    def place(self) -> str:
        return f"the bucket {self._bucket}"

    def make_bucket(self) -> bool:
        """Make the bucket unless it is there, and say whether it wasn't."""
        with understood(self._bucket):
            if self._client.bucket_exists(self._bucket):
                return False
            self._client.make_bucket(self._bucket)
        return True

    def put_file(self, key: str, path: Path, *, only_new: bool = False) -> int:
        checked(key)
        size = path.stat().st_size
        with traces.span("store put", bytes=size):
            if size <= PART_BYTES:
                self._put(key, path.read_bytes(), only_new)
            else:
                self._put_in_parts(key, path, only_new)
            stored = self.size(key)
        if stored != size:
            raise StoreUnreachable(f"{key} has {stored} bytes where {size} were sent")
        path.unlink()
        return size

    def put_bytes(self, key: str, data: bytes) -> int:
        self._put(checked(key), data, only_new=False)
        return len(data)

    def size(self, key: str) -> int:
        with understood(checked(key)):
            return int(self._client.stat_object(self._bucket, key).size or 0)

    def read(self, key: str, start: int = 0, end: int | None = None) -> bytes:
        stop = self.size(key) if end is None else end
        return b"".join(self.stream(key, start, stop, 1 << 20))

    def stream(self, key: str, start: int, end: int, chunk: int = 1 << 18) -> Iterator[bytes]:
        if end <= start:
            self.size(key)  # a missing object is missing, however little is wanted of it
            return
        with understood(checked(key)):
            answer = self._client.get_object(self._bucket, key, offset=start, length=end - start)
        whole = False
        try:
            with understood(key):
                yield from while_wanted(answer.stream(chunk))
            whole = True
        finally:
            # A connection on which bytes are still waiting can't be used again.
            if whole:
                answer.release_conn()
            else:
                answer.close()

    def local_path(self, key: str) -> Path | None:
        return None

    def internal_address(self, key: str, media_type: str) -> str:
        # Of our answer's headers, the web server takes this one from the store's.
        sent_with = {"response-content-type": media_type}
        signed = urlsplit(
            self._client.presigned_get_object(
                self._bucket, checked(key), expires=_SIGNED_FOR, response_headers=sent_with
            )
        )
        return f"/_s3{signed.path}?{signed.query}"

    def fetch(self, key: str, to: Path) -> Path:
        """Copy the object to `to`, whole or not at all."""
        aside = to.with_name(f"{to.name}.{new_id()}")
        size = self.size(key)
        try:
            with traces.span("store fetch", bytes=size), aside.open("xb") as sink:
                for piece in self.stream(key, 0, size, 1 << 20):
                    sink.write(piece)
            if aside.stat().st_size != size:
                raise StoreUnreachable(f"{key} broke off at {aside.stat().st_size} of {size} bytes")
            aside.replace(to)
        finally:
            aside.unlink(missing_ok=True)
        return to

    def delete(self, key: str) -> None:
        with understood(checked(key)):
            self._client.remove_object(self._bucket, key)

    def delete_prefix(self, prefix: str) -> int:
        found = [stored.key for stored in self.list(prefix)]
        with understood(prefix):
            failed = list(self._client.remove_objects(self._bucket, map(DeleteObject, found)))
        if failed:
            raise StoreUnreachable(f"{failed[0].name} can't be deleted: {failed[0].message}")
        return len(found)

    def list(self, prefix: str = "") -> Iterator[StoredObject]:
        with understood(prefix):
            for one in self._client.list_objects(self._bucket, prefix=prefix, recursive=True):
                yield StoredObject(one.object_name, one.size, one.last_modified)

    def free_bytes(self) -> int | None:
        return None if self._room is None else shutil.disk_usage(self._room).free

    def _put(self, key: str, data: bytes, only_new: bool) -> None:
        try:
            with understood(key):
                self._client._put_object(self._bucket, key, data, dict(_ONLY_NEW) if only_new else None)
        except ObjectExists:
            # Where an answer was lost on its way, the client asked twice and now finds its own.
            if self.size(key) != len(data) or self.read(key) != data:
                raise

    def _put_in_parts(self, key: str, path: Path, only_new: bool) -> None:
        if only_new:
            # Completing takes no condition on every server; keys are an attempt's own, so nobody races us.
            self._check_new(key)
        upload_id = self.multipart.begin(key)
        try:
            with path.open("rb") as file:
                pieces = iter(lambda: file.read(PART_BYTES), b"")
                parts = [
                    self.multipart.put(key, upload_id, number, piece)
                    for number, piece in enumerate(while_wanted(pieces), 1)
                ]
            self.multipart.complete(key, upload_id, parts)
        except BaseException:
            self.multipart.abort(key, upload_id)
            raise

    def _check_new(self, key: str) -> None:
        try:
            self.size(key)
        except ObjectMissing:
            return
        raise ObjectExists(key)
