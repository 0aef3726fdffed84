"""Who sends, marks and clips a film while everything around is killed, and remembers what was said yes to."""

from __future__ import annotations

import hashlib
import time
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import httpx

from tests.support.house import House

T = TypeVar("T")

_PIECE = 128 << 10
_AGAIN_S = 0.3
_PATIENCE_S = 1800.0
_TUS = {"Tus-Resumable": "1.0.0"}


class Refused(Exception):
    """An answer that trying again won't change."""


@dataclass
class Sent:
    """What was acknowledged of one film."""

    title: str
    sha256: str
    video: str = ""
    moments: list[str] = field(default_factory=list)
    clips: list[str] = field(default_factory=list)


def send(house: House, mailbox: str, film: Path, title: str) -> Sent:
    """Send a film as the app does, from wherever it got to, until all of it has been acknowledged."""
    data = film.read_bytes()
    sent = Sent(title, hashlib.sha256(data).hexdigest())
    with house.as_(mailbox) as client:
        upload = _begin(client, len(data), film.name, sent)
        offset = 0
        while offset < len(data):
            piece = data[offset : offset + _PIECE]
            try:
                answer = client.patch(
                    upload,
                    content=piece,
                    headers={
                        **_TUS,
                        "Upload-Offset": str(offset),
                        "Content-Type": "application/offset+octet-stream",
                    },
                )
                if answer.status_code == 204:
                    offset = int(answer.headers["Upload-Offset"])
                    continue
            except httpx.TransportError:
                pass
            time.sleep(_AGAIN_S)
            offset = _keep_at(lambda: _where(client, upload))
    return sent


def mark_and_clip(house: House, mailbox: str, sent: Sent) -> None:
    """Mark and clip a film as soon as it has a length, and remember what was answered yes."""
    with house.as_(mailbox) as client:
        _keep_at(lambda: _has_length(client, sent.video))
        path = f"/api/v1/videos/{sent.video}"
        moment = {"start_ms": 1000, "end_ms": 3000, "text": sent.title}
        sent.moments.append(_once(client, f"{path}/moments", moment, "text"))
        clip = {"start_ms": 1000, "end_ms": 3000, "title": sent.title}
        sent.clips.append(_once(client, f"{path}/clips", clip, "title"))


def _begin(client: httpx.Client, size: int, name: str, sent: Sent) -> str:
    values = {"filename": name, "title": sent.title}
    encoded = ",".join(f"{key} {b64encode(value.encode()).decode()}" for key, value in values.items())

    def create() -> httpx.Response:
        headers = {**_TUS, "Upload-Length": str(size), "Upload-Metadata": encoded}
        return _sure(client.post("/api/v1/uploads", headers=headers))

    answer = _keep_at(create)
    sent.video = answer.headers["Content-Location"].rsplit("/", 1)[1]
    return str(answer.headers["Location"])


def _where(client: httpx.Client, upload: str) -> int:
    return int(_sure(client.head(upload, headers=_TUS)).headers["Upload-Offset"])


def _has_length(client: httpx.Client, video: str) -> bool:
    if _sure(client.get(f"/api/v1/videos/{video}")).json()["duration_ms"] is None:
        raise httpx.TransportError("not looked into yet")
    return True


def _once(client: httpx.Client, path: str, body: dict[str, object], known_by: str) -> str:
    """Make one thing of a film. Whoever got no answer looks first whether it was made all the same."""

    def make() -> str:
        found = _sure(client.get(path, params={"limit": 200})).json()["items"]
        twin = next((one for one in found if one[known_by] == body[known_by]), None)
        return str((twin or _sure(client.post(path, json=body)).json())["id"])

    return _keep_at(make)


def _sure(answer: httpx.Response) -> httpx.Response:
    if answer.status_code >= 500 or answer.status_code in (409, 423, 429):
        raise httpx.TransportError(f"{answer.status_code}")
    if answer.status_code >= 400:
        raise Refused(
            f"{answer.request.method} {answer.request.url.path}: {answer.status_code} {answer.text}"
        )
    return answer


def _keep_at(work: Callable[[], T]) -> T:
    deadline = time.monotonic() + _PATIENCE_S
    while True:
        try:
            return work()
        except httpx.TransportError:
            if time.monotonic() > deadline:
                raise
            time.sleep(_AGAIN_S)
