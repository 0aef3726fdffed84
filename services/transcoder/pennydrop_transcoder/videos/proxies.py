"""The copies that people watch: 720p and 360p, checked by reading them back."""

from __future__ import annotations

from pennydrop.changes.feed import record as record_change
from pennydrop.clips.files import lighten_files
from pennydrop.db.session import transaction
from pennydrop.db.trouble import passed_over
from pennydrop.jobs.attempt import Attempt
from pennydrop.jobs.kinds import WorkerParts
from pennydrop.media.proxies import Rendition, make_proxies
from pennydrop.storage import keys
from pennydrop.storage.later import forget_later
from pennydrop.storage.port import ObjectStore
from pennydrop.videos.material import get_video_row, inspected, keep
from pennydrop.videos.models import RenditionName
from pennydrop.videos.progress import (
    PROXIES,
    Made,
    ask_for_extras,
    become_watchable,
    publish,
    settle,
)
from pennydrop_transcoder.videos.live import LiveCopy

# Below everything that somebody waits for.
_NICE = 19


def proxies(attempt: Attempt, parts: WorkerParts) -> None:
    """Make the proxies; while they grow, let a film that phones can't play be watched as a live copy."""
    video_id = attempt.payload["video_id"]
    film = inspected(parts.sessions, parts.store, video_id)
    source = parts.store.fetch(film.material.source_key, attempt.scratch / "source")
    plays = bool({RenditionName.VIRTUAL, RenditionName.REMUX} & film.material.keys.keys())
    out = attempt.scratch / "made"
    out.mkdir()
    shown = _Shown(attempt, video_id)
    with LiveCopy(attempt, parts.store, video_id, out, wanted=not plays):
        made = make_proxies(
            source,
            film.probe,
            film.plan,
            film.frames,
            out,
            live=not plays,
            threads=parts.settings.threads,
            nice=_NICE if plays else 0,
            on_progress=shown.progress,
            cancelled=attempt.cancelled.is_set,
        )
    attempt.sandboxed(str(made.level))
    kept = [_keep(attempt, parts.store, video_id, rendition) for rendition in made.renditions]
    with attempt.publish() as session:
        video = get_video_row(session, video_id)
        for one in kept:
            publish(session, video, one)
        lighten_files(session, video_id)
        if video.live_key is not None:
            forget_later(session, f"live:{attempt.prefix}", prefixes=[keys.live_of(video.id)])
            video.live_key = None
        become_watchable(session, video)
        if not plays:
            ask_for_extras(session, video)
        settle(session, video, finishing=PROXIES)


def _keep(attempt: Attempt, store: ObjectStore, video_id: str, rendition: Rendition) -> Made:
    return keep(
        store,
        rendition.path,
        video_id=video_id,
        name=RenditionName(rendition.name),
        attempt=attempt.prefix,
        width=rendition.width,
        height=rendition.height,
        duration_ms=rendition.duration_ms,
    )


class _Shown:
    """Shows progress on the video whenever another two percent are done: screens listen."""

    _STEP = 2

    def __init__(self, attempt: Attempt, video_id: str) -> None:
        self._attempt = attempt
        self._video_id = video_id
        self._last = 0

    def progress(self, part: float) -> None:
        # The last percent belongs to reading the result back.
        percent = min(99, int(part * 100))
        self._attempt.progress(percent)
        if percent < self._last + self._STEP:
            return
        self._last = percent
        with passed_over(), transaction(self._attempt.sessions) as session:
            video = get_video_row(session, self._video_id)
            video.progress = percent
            record_change(session, "video", video.id, video_id=video.id)
