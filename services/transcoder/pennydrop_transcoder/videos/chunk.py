"""One chunk of a film: its pictures over about a minute, or the whole sound."""

from __future__ import annotations

import logging
import time
from typing import Any

from pennydrop.chunks.done import do_it_whole, get_chunk, show_progress, take_pieces
from pennydrop.chunks.models import Chunk, Holds
from pennydrop.db.session import transaction
from pennydrop.db.trouble import passed_over
from pennydrop.jobs.attempt import Attempt
from pennydrop.jobs.kinds import WorkerParts
from pennydrop.media.chunking import Pieces, make_chunk, make_sound
from pennydrop.media.failures import MediaFailure
from pennydrop.storage import keys
from pennydrop.storage.nearby import nearby
from pennydrop.storage.port import ObjectStore
from pennydrop.videos.material import Inspected, get_video_row, inspected
from pennydrop_transcoder.videos.live import LiveCopy

log = logging.getLogger("pennydrop.transcoder")

_SHOWN_EVERY_S = 2.0


def chunk(attempt: Attempt, parts: WorkerParts) -> None:
    """Transcode one chunk. With the film's last one, its copies are asked for."""
    with transaction(parts.sessions) as session:
        wanted = get_chunk(session, attempt.payload["chunk_id"])
        if wanted.pieces is not None:
            return
    film = inspected(parts.sessions, parts.store, wanted.video_id)
    try:
        made = _make(attempt, parts, film, wanted)
    except MediaFailure as failure:
        if failure.code != "came_out_wrong" or wanted.holds is Holds.SOUND:
            raise
        # A keyframe that is none, say. What one run makes of it decides.
        log.warning("%s can't be made in chunks: %s", wanted.video_id, failure.detail)
        with attempt.publish() as session:
            video = get_video_row(session, wanted.video_id)
            do_it_whole(session, video, attempt.prefix, but=wanted.id)
        return
    attempt.sandboxed(str(made.level))
    kept = _keep(attempt, parts.store, wanted.video_id, made)
    with attempt.publish() as session:
        take_pieces(session, wanted.id, kept)


def _make(attempt: Attempt, parts: WorkerParts, film: Inspected, wanted: Chunk) -> Pieces:
    source = nearby(parts.store, film.material.source_key, parts.settings.scratch)
    out = attempt.scratch / "made"
    out.mkdir()
    leads = film.plan.sizes[0].name if wanted.holds is Holds.PICTURES else "sound"
    shown = _Shown(attempt, wanted)
    with LiveCopy(attempt, parts.store, wanted, out, leads):
        if wanted.holds is Holds.SOUND:
            return make_sound(
                source,
                film.probe,
                out,
                live=wanted.live,
                on_progress=shown.progress,
                cancelled=attempt.cancelled.is_set,
            )
        return make_chunk(
            source,
            film.probe,
            film.plan,
            film.frames,
            range(wanted.first_frame, wanted.after_frame),
            out,
            live=wanted.live,
            threads=parts.settings.threads,
            on_progress=shown.progress,
            cancelled=attempt.cancelled.is_set,
        )


def _keep(attempt: Attempt, store: ObjectStore, video_id: str, made: Pieces) -> list[dict[str, Any]]:
    kept = []
    for piece in made.pieces:
        key = keys.piece(video_id, attempt.prefix, piece.path.name)
        store.put_file(key, piece.path)
        kept.append({"name": piece.name, "key": key, "frames": piece.frames})
    return kept


class _Shown:
    """Shows on the film how far all its chunks are, now and then."""

    def __init__(self, attempt: Attempt, wanted: Chunk) -> None:
        self._attempt = attempt
        self._wanted = wanted
        self._next = time.monotonic() + _SHOWN_EVERY_S

    def progress(self, part: float) -> None:
        self._attempt.progress(int(part * 100))
        if self._wanted.holds is Holds.SOUND or time.monotonic() < self._next:
            return
        self._next = time.monotonic() + _SHOWN_EVERY_S
        with passed_over(), transaction(self._attempt.sessions) as session:
            show_progress(session, self._wanted, part)
