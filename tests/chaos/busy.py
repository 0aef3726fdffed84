"""People who use Pennydrop while something is done to it, and remember each answer that wasn't right."""

from __future__ import annotations

import hashlib
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.chaos.sender import Sent
from tests.support.house import House

_TUS = {"Tus-Resumable": "1.0.0"}
_BYTES = {**_TUS, "Content-Type": "application/offset+octet-stream"}
_PAUSE_S = 0.05
_PIECE = 16 << 10


@dataclass
class Seen:
    """What the people met."""

    answers: Counter[str] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)
    """Answers to JSON and to players that nobody should ever get."""
    streams: int = 0
    """Streams of events that were opened."""
    torn: list[str] = field(default_factory=list)
    """Streams of events that ended in the middle of something, rather than by a last piece."""
    broken_off: int = 0
    """Requests with film that ended early and were gone on with."""
    marked: list[str] = field(default_factory=list)


class People:
    """Read, mark, watch, listen and send at `house` for the length of the block, each by her own thread."""

    def __init__(self, house: House, watched: str, films: list[Path], *, bytes_per_s: int) -> None:
        """`watched` is a film that can be watched; `films` are sent, at this speed each."""
        self.seen = Seen()
        self.sent: list[Sent] = []
        self._house = house
        self._watched = watched
        self._bytes_per_s = bytes_per_s
        self._over = threading.Event()
        tasks: list[Callable[[], None]] = [self._read, self._mark, self._watch, self._listen]
        tasks += [lambda film=film: self._send(film) for film in films]  # type: ignore[misc]
        self._senders = [threading.Thread(target=task, daemon=True) for task in tasks[4:]]
        self._others = [threading.Thread(target=task, daemon=True) for task in tasks[:4]]

    def __enter__(self) -> People:
        for thread in (*self._others, *self._senders):
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in (*self._senders, *self._others):
            thread.join(120)

    def are_sending(self) -> bool:
        return any(thread.is_alive() for thread in self._senders)

    def _note(self, what: str, ask: Callable[[], httpx.Response], *wanted: int) -> httpx.Response | None:
        try:
            answer = ask()
        except httpx.TransportError as error:
            self.seen.failed.append(f"{what}: {type(error).__name__} {error}")
            return None
        self.seen.answers[f"{what} {answer.status_code}"] += 1
        if answer.status_code not in wanted:
            self.seen.failed.append(f"{what}: {answer.status_code} {answer.text[:200]}")
            return None
        return answer

    def _read(self) -> None:
        with self._house.as_("ta") as client:
            while not self._over.wait(_PAUSE_S):
                self._note("list", lambda: client.get("/api/v1/videos"), 200)
                self._note("film", lambda: client.get(f"/api/v1/videos/{self._watched}"), 200)

    def _mark(self) -> None:
        path = f"/api/v1/videos/{self._watched}/moments"
        with self._house.as_("coach") as client:
            while not self._over.wait(_PAUSE_S):
                answer = self._note(
                    "mark", lambda: client.post(path, json={"start_ms": 1000, "text": "Here"}), 201
                )
                if answer is not None:
                    self.seen.marked.append(answer.json()["id"])

    def _watch(self) -> None:
        with self._house.as_("ta") as client:
            seen = client.get(f"/api/v1/videos/{self._watched}").json()
            mp4 = seen["playback"]["mp4"]
            while not self._over.wait(_PAUSE_S):
                self._note("watch", lambda: client.get(mp4, headers={"Range": "bytes=1000-60999"}), 206)

    def _listen(self) -> None:
        with self._house.as_("ta") as client:
            while not self._over.is_set():
                try:
                    with client.stream("GET", "/api/v1/events", timeout=20) as stream:
                        self.seen.streams += 1
                        for _ in stream.iter_raw():
                            if self._over.is_set():
                                return
                except httpx.RemoteProtocolError as error:
                    self.seen.torn.append(str(error))
                except httpx.TransportError:
                    pass  # as a browser does, it comes back
                self._over.wait(0.2)

    def _send(self, film: Path) -> None:
        data = film.read_bytes()
        sent = Sent(film.stem, hashlib.sha256(data).hexdigest())
        with self._house.as_("ta") as client:
            upload, sent.video = self._house.begin(client, film)
            self.sent.append(sent)
            offset = 0
            while offset < len(data):
                try:
                    headers = {
                        **_BYTES,
                        "Upload-Offset": str(offset),
                        "Content-Length": str(len(data) - offset),
                    }
                    answer = client.patch(upload, content=self._slowly(data[offset:]), headers=headers)
                    if answer.status_code == 204:
                        offset = int(answer.headers["Upload-Offset"])
                        continue
                except httpx.TransportError:
                    pass
                self.seen.broken_off += 1
                offset = self._where(client, upload)

    def _where(self, client: httpx.Client, upload: str) -> int:
        """Ask where to go on, as a phone does until it is told."""
        while True:
            try:
                answer = client.head(upload, headers=_TUS)
                if answer.status_code == 200:
                    return int(answer.headers["Upload-Offset"])
            except httpx.TransportError:
                pass
            time.sleep(0.3)

    def _slowly(self, data: bytes) -> Iterator[bytes]:
        for start in range(0, len(data), _PIECE):
            yield data[start : start + _PIECE]
            time.sleep(_PIECE / self._bytes_per_s)
