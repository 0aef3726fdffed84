"""A growing HLS copy: the first seconds of a film play while the rest is still being transcoded."""

from __future__ import annotations

import logging
import threading
from pathlib import Path
from types import TracebackType

from pennydrop.jobs.attempt import Attempt, StaleAttempt
from pennydrop.storage import keys
from pennydrop.storage.port import ObjectStore
from pennydrop.videos.material import VideoGone, get_video_row
from pennydrop.videos.progress import become_watchable

log = logging.getLogger("pennydrop.transcoder")

PLAYLIST = "live.m3u8"
# A viewer waits for the first segment: looking this often costs a directory listing.
_LOOK_EVERY_S = 0.1
# After trouble with the database or the store.
_TROUBLE_S = 2.0


class LiveCopy:
    """While it is entered, segments that ffmpeg finishes in `out` reach the store, then its playlist.

    A playlist in the store never names a segment that isn't there yet. With the first one the video becomes
    watchable.
    """

    def __init__(
        self, attempt: Attempt, store: ObjectStore, video_id: str, out: Path, *, wanted: bool
    ) -> None:
        self._attempt = attempt
        self._store = store
        self._video_id = video_id
        self._out = out
        self._wanted = wanted
        self._kept: set[str] = set()
        self._shown = ""
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._follow, name="live copy", daemon=True)

    def __enter__(self) -> LiveCopy:
        if self._wanted:
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        if self._wanted:
            self._thread.join()

    def _follow(self) -> None:
        while not self._ended.wait(_LOOK_EVERY_S):
            try:
                self._bring()
            except (StaleAttempt, VideoGone):
                return
            except Exception as error:
                # The next look brings it again; without it the copies are made all the same.
                log.warning("the live copy of %s waits: %s", self._video_id, error)
                self._ended.wait(_TROUBLE_S)

    def _bring(self) -> None:
        playlist = self._out / PLAYLIST
        if not playlist.exists():
            return
        text = playlist.read_text()
        if text == self._shown:
            return
        for name in _files(text):
            if name not in self._kept:
                self._store.put_bytes(self._key(name), (self._out / name).read_bytes())
                self._kept.add(name)
        self._store.put_bytes(self._key(PLAYLIST), text.encode())
        if not self._shown:
            self._announce()
        self._shown = text

    def _announce(self) -> None:
        with self._attempt.under_fence() as session:
            video = get_video_row(session, self._video_id)
            video.live_key = self._key(PLAYLIST)
            become_watchable(session, video)

    def _key(self, name: str) -> str:
        return keys.live(self._video_id, self._attempt.prefix, name)


def _files(playlist: str) -> list[str]:
    """Return the files that a playlist names: the init section and its segments."""
    found = []
    for line in playlist.splitlines():
        if line.startswith("#EXT-X-MAP:"):
            found.append(line.split('URI="', 1)[1].split('"', 1)[0])
        elif line and not line.startswith("#"):
            found.append(line)
    return found
