"""A text file as a request's body: sent as it is, or as the `file` of a form."""

from __future__ import annotations

from email.parser import BytesParser
from email.policy import HTTP
from typing import Annotated, Any

from fastapi import Depends, Request

from pennydrop.errors import Invalid, TooLarge

# The largest of the files that come this way is a library; the areas check their own, lower limits.
MAX_BYTES = 8_100_000


async def read_text_body(request: Request) -> bytes:
    """Return the bytes of the file that was sent. Raises `TooLarge` or `Invalid`."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > MAX_BYTES:
            raise TooLarge("That file is larger than 8 MB, which is more than we read from one.")
    content_type = request.headers.get("Content-Type", "")
    if not content_type.lower().startswith("multipart/form-data"):
        return bytes(body)
    return _first_file(content_type, bytes(body))


TextBody = Annotated[bytes, Depends(read_text_body)]


def body_of(media_type: str, description: str, *others: str) -> dict[str, Any]:
    """Describe such a body for the OpenAPI document."""
    file = {
        "type": "object",
        "required": ["file"],
        "properties": {"file": {"type": "string", "format": "binary"}},
    }
    content: dict[str, Any] = {kind: {"schema": {"type": "string"}} for kind in (media_type, *others)}
    content["multipart/form-data"] = {"schema": file}
    return {"requestBody": {"required": True, "description": description, "content": content}}


def _first_file(content_type: str, body: bytes) -> bytes:
    # The standard library reads multipart (RFC 7578) as MIME; a form here is one small file.
    message = BytesParser(policy=HTTP).parsebytes(
        b"Content-Type: " + content_type.encode("latin-1") + b"\r\n\r\n" + body
    )
    for part in message.iter_parts() if message.is_multipart() else ():
        if part.get_filename() is not None or part.get_param("name", header="Content-Disposition") == "file":
            payload = part.get_payload(decode=True)
            return payload if isinstance(payload, bytes) else b""
    raise Invalid("There is no file in that form. Please choose the file again.")
