"""tus 1.0.0 in headers: what a request asks for, and what every answer carries (https://tus.io/protocols)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import logging
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

from pennydrop.db.trouble import said
from pennydrop.errors import PennydropError
from pennydrop.uploads.errors import (
    ChecksumUnsupported,
    MethodNotOverridden,
    NotABodyOfBytes,
    TusVersionUnsupported,
    UploadHeaderInvalid,
    UploadLengthInvalid,
    UploadMovesOn,
    UploadStalled,
    UploadTakenOver,
)
from pennydrop.uploads.models import Upload, UploadState
from pennydrop_api import errors

if TYPE_CHECKING:
    from hashlib import _Hash

log = logging.getLogger("pennydrop.api.uploads")

VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,creation-defer-length,checksum,expiration,termination"
CHECKSUMS = {"sha1": hashlib.sha1, "sha256": hashlib.sha256}
BYTES = "application/offset+octet-stream"
# The length of the longest number that a file system or a database holds.
_LONGEST_NUMBER = 18

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class TusRoute(APIRoute):
    """A route that refuses other versions of the protocol, and says its own on errors as well."""

    def get_route_handler(self) -> Handler:
        handle = super().get_route_handler()

        async def in_tus(request: Request) -> Response:
            # Before anything waits: of two requests for one upload the later one goes on.
            request.state.arrived = time.monotonic()
            try:
                if request.method != "OPTIONS" and request.headers.get("Tus-Resumable") != VERSION:
                    raise TusVersionUnsupported
                response = await handle(request)
            except Exception as error:
                told = errors.known(error)
                if told is None:
                    raise
                if told is not error:
                    log.error("%s %s: %s", request.method, self.path, said(error))
                response = _as_problem(told)
            response.headers["Tus-Resumable"] = VERSION
            return response

        return in_tus


def _as_problem(error: PennydropError) -> Response:
    headers = {**errors.headers_of(error), "Cache-Control": "no-store"}
    if isinstance(error, UploadTakenOver | UploadStalled | UploadMovesOn):
        headers["Connection"] = "close"  # the rest of its body isn't awaited
    if isinstance(error, TusVersionUnsupported):
        headers["Tus-Version"] = VERSION
    if isinstance(error, MethodNotOverridden):
        headers["Allow"] = "OPTIONS, HEAD, PATCH, DELETE"
    return errors.problem(errors.status_of(error), error.code, error.detail, headers)


@dataclass(frozen=True, slots=True)
class Checksum:
    """What the bytes of one request must hash to."""

    digest: bytes
    running: _Hash

    def matches(self) -> bool:
        return self.running.digest() == self.digest


def arrival(request: Request) -> float:
    """Return when a request reached this process, as a monotonic time."""
    return float(request.state.arrived)


def stated_checksum(request: Request) -> Checksum | None:
    """Read `Upload-Checksum`. Raises `ChecksumUnsupported`."""
    header = request.headers.get("Upload-Checksum")
    if header is None:
        return None
    name, _, value = header.strip().partition(" ")
    make = CHECKSUMS.get(name.lower())
    try:
        digest = base64.b64decode(value.strip(), validate=True)
    except binascii.Error:
        raise ChecksumUnsupported from None
    if make is None or len(digest) != make().digest_size:
        raise ChecksumUnsupported
    return Checksum(digest, make())


def stated_offset(request: Request) -> int:
    """Read `Upload-Offset`. Raises `UploadHeaderInvalid`."""
    offset = _number(request, "Upload-Offset")
    if offset is None:
        raise UploadHeaderInvalid("Please say in Upload-Offset at which byte this goes on.")
    return offset


def stated_length(request: Request) -> int | None:
    """Read `Upload-Length`, None where it isn't there. Raises `UploadHeaderInvalid`."""
    return _number(request, "Upload-Length")


def length_at_creation(request: Request) -> int | None:
    """Return the length of the file, None where the client defers it. Raises `UploadLengthInvalid`."""
    deferred = request.headers.get("Upload-Defer-Length")
    length = stated_length(request)
    if deferred not in (None, "1") or (length is None) == (deferred is None):
        raise UploadLengthInvalid("Please say either Upload-Length, in bytes, or Upload-Defer-Length: 1.")
    return length


def content_length(request: Request) -> int | None:
    return _number(request, "Content-Length")


def has_bytes(request: Request) -> bool:
    return request.headers.get("Content-Type", "").partition(";")[0].strip().lower() == BYTES


def check_has_bytes(request: Request) -> None:
    if not has_bytes(request):
        raise NotABodyOfBytes


def _number(request: Request, header: str) -> int | None:
    text = request.headers.get(header)
    if text is None:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > _LONGEST_NUMBER:
        raise UploadHeaderInvalid(f"{header} is a whole number of bytes.")
    return int(text)


def offset_headers(upload: Upload) -> dict[str, str]:
    """Say how much is kept, and for how long unless it is all there."""
    headers = {"Upload-Offset": str(upload.offset), "Cache-Control": "no-store"}
    if upload.state == UploadState.OPEN:
        headers["Upload-Expires"] = format_datetime(upload.expires_at, usegmt=True)
    return headers


def state_headers(upload: Upload) -> dict[str, str]:
    """Say all that a HEAD says."""
    headers = offset_headers(upload)
    if upload.length is None:
        headers["Upload-Defer-Length"] = "1"
    else:
        headers["Upload-Length"] = str(upload.length)
    if upload.upload_metadata:
        headers["Upload-Metadata"] = upload.upload_metadata
    return headers


def option_headers(largest: int) -> dict[str, str]:
    return {
        "Tus-Version": VERSION,
        "Tus-Extension": EXTENSIONS,
        "Tus-Max-Size": str(largest),
        "Tus-Checksum-Algorithm": ",".join(CHECKSUMS),
    }
