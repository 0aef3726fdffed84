"""Answers that carry media: whole, in part, or not at all where the player has it already."""

from __future__ import annotations

import gzip
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

from fastapi import Request, Response
from fastapi.responses import StreamingResponse

from pennydrop_api.errors import problem
from pennydrop_api.media.ranges import Bytes, RangeNotSatisfiable, requested

# A browser may keep it, a proxy may not, and rights are asked anew each time: they may have ended.
_KEEP = "private, no-cache"
_NEVER_KEEP = "private, no-store"


@dataclass(frozen=True, slots=True)
class Content:
    """Bytes of known size that never change under the same tag."""

    size: int
    media_type: str
    tag: str
    """An ETag's opaque part."""
    read: Callable[[int, int], Iterator[bytes]]
    """Gives bytes [start, end)."""
    name: str = ""
    """Makes it a download called this."""
    internal: Callable[[str], str] | None = None
    """Says, for a media type, where a web server before us finds the bytes. None: they go through us."""


def deliver(request: Request, content: Content) -> Response:
    """Answer a GET or HEAD with the content or the range of it that is asked for (RFC 9110)."""
    etag = f'"{content.tag}"'
    headers = {
        "Accept-Ranges": "bytes",
        "Cache-Control": _KEEP,
        "Cross-Origin-Resource-Policy": "same-origin",
        "ETag": etag,
    }
    if content.name:
        headers["Content-Disposition"] = disposition(content.name)
    if content.internal is not None and request.method == "GET":
        # Ranges and conditions are then for the web server to answer, with an ETag of its own.
        del headers["ETag"], headers["Accept-Ranges"]
        headers["X-Accel-Redirect"] = content.internal(content.media_type)
        return Response(headers=headers, media_type=content.media_type)
    if _has_it(request, etag):
        return Response(status_code=304, headers=headers)
    try:
        part = _asked_for(request, content.size, etag)
    except RangeNotSatisfiable as error:
        headers = {"Content-Range": f"bytes */{error.size}", "Accept-Ranges": "bytes"}
        return problem(416, error.code, error.detail, headers)
    if part is not None:
        headers["Content-Range"] = f"bytes {part.start}-{part.end - 1}/{content.size}"
    whole = part or Bytes(0, content.size)
    headers["Content-Length"] = str(whole.end - whole.start)
    status = 200 if part is None else 206
    if request.method == "HEAD":
        return Response(status_code=status, headers=headers, media_type=content.media_type)
    body = content.read(whole.start, whole.end)
    return StreamingResponse(body, status_code=status, headers=headers, media_type=content.media_type)


def deliver_text(request: Request, text: bytes, media_type: str, tag: str) -> Response:
    """Answer with something small, compressed where the browser takes that."""
    packed = _takes_gzip(request)
    headers = {
        "Cache-Control": _KEEP,
        "Cross-Origin-Resource-Policy": "same-origin",
        "ETag": f'"{tag}-gzip"' if packed else f'"{tag}"',
        "Vary": "Accept-Encoding",
    }
    if _has_it(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    if packed:
        text = gzip.compress(text, 4, mtime=0)
        headers["Content-Encoding"] = "gzip"
    return Response(text, headers=headers, media_type=media_type)


def deliver_growing(text: bytes, media_type: str) -> Response:
    """Answer with something that will be different in a moment."""
    headers = {"Cache-Control": _NEVER_KEEP, "Cross-Origin-Resource-Policy": "same-origin"}
    return Response(text, headers=headers, media_type=media_type)


def disposition(name: str) -> str:
    """Write `Content-Disposition` (RFC 6266) for a name that somebody typed, safe on every file system."""
    safe = _safe(unicodedata.normalize("NFC", name))
    # What looks like a quotation mark may become one.
    plain = _safe(unicodedata.normalize("NFKD", safe).encode("ascii", "ignore").decode())
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(safe, safe='')}"


def _safe(name: str) -> str:
    stem, dot, suffix = re.sub(r'[\s\x00-\x1f\x7f<>:"/\\|?*]+', " ", name).rpartition(".")
    return f"{stem.strip(' .')[:120].strip() or 'clip'}{dot}{suffix.strip()}"


def _asked_for(request: Request, size: int, etag: str) -> Bytes | None:
    """Return the range to send. Only GET has ranges; a player that holds another version gets all of this."""
    if request.method != "GET" or request.headers.get("If-Range", etag) != etag:
        return None
    return requested(request.headers.get("Range"), size)


def _has_it(request: Request, etag: str) -> bool:
    tags = request.headers.get("If-None-Match", "")
    return tags.strip() == "*" or etag in (tag.strip().removeprefix("W/") for tag in tags.split(","))


def _takes_gzip(request: Request) -> bool:
    for coding in request.headers.get("Accept-Encoding", "").split(","):
        name, _, weight = coding.partition(";")
        if name.strip().lower() == "gzip":
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False
