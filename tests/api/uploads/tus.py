"""What a tus client sends, in short."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from typing import Any

import httpx

TUS = {"Tus-Resumable": "1.0.0"}
BYTES = {"Content-Type": "application/offset+octet-stream"}


def metadata(**values: str) -> str:
    return ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in values.items())


def checksum(data: bytes, algorithm: str = "sha256") -> dict[str, str]:
    digest = base64.b64encode(hashlib.new(algorithm, data).digest()).decode()
    return {"Upload-Checksum": f"{algorithm} {digest}"}


@dataclass
class Sending:
    """One upload, as a client that speaks to it."""

    client: httpx.Client
    url: str
    video: str

    def patch(self, offset: int, data: Any = b"", **headers: str) -> httpx.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        sent = TUS | BYTES | {"Upload-Offset": str(offset)} | named
        return self.client.patch(self.url, content=data, headers=sent)

    def head(self) -> httpx.Response:
        return self.client.head(self.url, headers=TUS)

    def delete(self) -> httpx.Response:
        return self.client.delete(self.url, headers=TUS)

    @property
    def id(self) -> str:
        return self.url.rpartition("/")[2]

    @property
    def offset(self) -> int:
        return int(self.head().headers["Upload-Offset"])


def post(
    client: httpx.Client,
    length: int | None = None,
    *,
    content: bytes = b"",
    headers: Any = None,
    **values: str,
) -> httpx.Response:
    size = {"Upload-Defer-Length": "1"} if length is None else {"Upload-Length": str(length)}
    about = {"Upload-Metadata": metadata(**({"filename": "lesson.mp4"} | values))}
    return client.post("/api/v1/uploads", headers=TUS | size | about | (headers or {}), content=content)


def begin(client: httpx.Client, length: int | None = None, **values: str) -> Sending:
    """Create an upload that is taken."""
    answer = post(client, length, headers=None, content=b"", **values)
    assert answer.status_code == 201, answer.text
    video = answer.headers["Content-Location"].removeprefix("/api/v1/videos/")
    return Sending(client, answer.headers["Location"], video)
