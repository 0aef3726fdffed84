"""The `minio` client as Pennydrop uses it: patient for seconds, and clear about what went wrong.

Its multipart calls are private methods: this is the one place that knows them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Any, Self, cast

import urllib3
from minio import Minio
from minio.datatypes import Part
from minio.error import MinioException, S3Error
from urllib3.connectionpool import ConnectionPool
from urllib3.exceptions import HTTPError, NewConnectionError, TimeoutError
from urllib3.response import BaseHTTPResponse

from pennydrop.door import Door
from pennydrop.settings import Settings
from pennydrop.storage.port import ObjectExists, ObjectMissing, StoreAway

# A server on the school's own network answers in milliseconds; one that is overloaded may take some seconds.
# Jobs wait for that; people don't.
_CONNECT_S = 3.0
_READ_S = 30.0
_READ_IMPATIENT_S = 8.0
_TRIES = 3
# One for each thread of a busy API process.
_CONNECTIONS = 64

_MISSING = {"NoSuchKey", "NoSuchObject", "NotFound", "NoSuchUpload"}
_REFUSED = {"AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch", "NoSuchBucket"}
_OCTETS = "application/octet-stream"

TELLS_APART_S = 1.1
"""Servers may keep both of two parts with the same number, and know only the second in which each came."""


class StoreUnreachable(StoreAway):
    """The object store doesn't answer, or says that it can't just now: trying again helps."""

    def __init__(self, why: str) -> None:
        super().__init__(
            "The place where films are kept doesn't answer just now. Nothing is lost; try again in a moment."
        )
        self.why = why


class StoreRefuses(StoreAway):
    """The object store answers, but not us: settings are wrong."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"The place where films are kept refuses Pennydrop ({code}). Please check PENNYDROP_S3_BUCKET, "
            "PENNYDROP_S3_ACCESS_KEY and PENNYDROP_S3_SECRET_KEY."
        )


@dataclass(frozen=True, slots=True)
class UnfinishedUpload:
    """A multipart upload that was begun and not ended."""

    key: str
    upload_id: str
    begun_at: datetime


@dataclass(frozen=True, slots=True)
class StoredPart:
    number: int
    size: int
    etag: str


class _Retry(urllib3.Retry):
    """Tries again where that is quick: who said nothing for long would do so once more."""

    def increment(
        self,
        method: str | None = None,
        url: str | None = None,
        response: BaseHTTPResponse | None = None,
        error: Exception | None = None,
        _pool: ConnectionPool | None = None,
        _stacktrace: TracebackType | None = None,
    ) -> Self:
        if isinstance(error, TimeoutError) and not isinstance(error, NewConnectionError):
            raise error
        return super().increment(method, url, response, error, _pool, _stacktrace)


class _Connections(urllib3.PoolManager):
    """Connections to a server that may be away: see `Door`."""

    def __init__(self, read_s: float) -> None:
        super().__init__(
            timeout=urllib3.Timeout(connect=_CONNECT_S, read=read_s),
            maxsize=_CONNECTIONS,
            retries=_Retry(total=_TRIES, backoff_factor=0.2, status_forcelist=[500, 502, 503, 504]),
        )
        self._door = Door(lambda: HTTPError("the server didn't answer a moment ago"))

    def urlopen(  # type: ignore[override]  # as PoolManager's own is
        self, method: str, url: str, redirect: bool = True, **options: Any
    ) -> BaseHTTPResponse:
        with self._door.passing(HTTPError):
            return super().urlopen(method, url, redirect, **options)


def make_client(settings: Settings, *, impatient: bool = False) -> Minio:
    """Make a client of the server that the settings name. It connects when it is first used.

    `impatient` where people wait for the answer: to hear in seconds that there is none.
    """
    return Minio(
        settings.s3_endpoint,
        access_key=settings.s3_access_key.get_secret_value(),
        secret_key=settings.s3_secret_key.get_secret_value(),
        region=settings.s3_region,
        secure=settings.s3_secure,
        http_client=_Connections(_READ_IMPATIENT_S if impatient else _READ_S),
    )


@contextmanager
def understood(key: str) -> Iterator[None]:
    """Turn what the client raises into errors of ours. Raises `ObjectMissing`, `StoreUnreachable` …"""
    try:
        yield
    except S3Error as error:
        code = error.code or ""
        if code in _MISSING:
            raise ObjectMissing(key) from None
        if code == "PreconditionFailed":
            raise ObjectExists(key) from None
        if code in _REFUSED:
            raise StoreRefuses(code) from error
        raise StoreUnreachable(f"{code}: {error.message}") from error
    except (HTTPError, MinioException, OSError) as error:
        raise StoreUnreachable(str(error)) from error


class Multipart:
    """Objects that come in parts: nobody sees one before it is completed."""

    def __init__(self, client: Minio, bucket: str) -> None:
        self._client: Any = client
        self._bucket = bucket

    def begin(self, key: str) -> str:
        """Begin an upload and return its id."""
        with understood(key):
            return cast(
                str, self._client._create_multipart_upload(self._bucket, key, {"Content-Type": _OCTETS})
            )

    def put(self, key: str, upload_id: str, number: int, data: bytes) -> StoredPart:
        """Store part `number`, counted from 1. The same number again takes its place, with other bytes only
        once `TELLS_APART_S` have gone by."""
        with understood(key):
            etag = self._client._upload_part(self._bucket, key, data, None, upload_id, number)
            return StoredPart(number, len(data), etag)

    def parts(self, key: str, upload_id: str) -> list[StoredPart]:
        """Return what the server has of an upload, in order. Raises `ObjectMissing` where it has none."""
        # SeaweedFS lists a part that was sent twice twice. The newest counts, told by the second.
        newest: dict[int, tuple[datetime, StoredPart]] = {}
        after = 0
        with understood(key):
            while True:
                page = self._client._list_parts(
                    self._bucket, key, upload_id, part_number_marker=after or None
                )
                for one in page.parts:
                    sent_at = one.last_modified
                    if one.part_number not in newest or sent_at >= newest[one.part_number][0]:
                        part = StoredPart(one.part_number, one.size, one.etag)
                        newest[one.part_number] = (sent_at, part)
                if not page.is_truncated:
                    return [part for _, (_, part) in sorted(newest.items())]
                after = page.next_part_number_marker

    def complete(self, key: str, upload_id: str, parts: Sequence[StoredPart]) -> None:
        """Make the object of these parts. Raises `ObjectMissing` where the upload has ended."""
        with understood(key):
            whole = [Part(part.number, part.etag) for part in parts]
            self._client._complete_multipart_upload(self._bucket, key, upload_id, whole)

    def abort(self, key: str, upload_id: str) -> None:
        """Let go of an upload; one that has ended is fine."""
        try:
            with understood(key):
                self._client._abort_multipart_upload(self._bucket, key, upload_id)
        except ObjectMissing:
            return

    def unfinished(self, prefix: str = "") -> Iterator[UnfinishedUpload]:
        """Yield every upload that was begun and not ended."""
        key_after = id_after = None
        while True:
            with understood(prefix):
                page = self._client._list_multipart_uploads(
                    self._bucket, prefix=prefix, key_marker=key_after, upload_id_marker=id_after
                )
            for one in page.uploads:
                yield UnfinishedUpload(one.object_name, one.upload_id, one.initiated_time)
            if not page.is_truncated:
                return
            key_after, id_after = page.next_key_marker, page.next_upload_id_marker
