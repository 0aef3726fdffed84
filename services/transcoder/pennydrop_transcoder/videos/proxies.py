"""The copies that people watch, 720p and 360p: whole in one run, or put together of chunks made apart."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pennydrop.changes.feed import record as record_change
from pennydrop.chunks.begin import ask_for_the_rest, begin, chunks_of_video, cut
from pennydrop.chunks.done import (
    WHOLE,
    forget_chunks,
    give_up_chunks,
    how_many_are_left,
    make_anew,
    retire_chunks,
)
from pennydrop.chunks.live import MAIN, write_playlists
from pennydrop.chunks.models import Chunk, Holds
from pennydrop.clips.files import lighten_files
from pennydrop.db.session import transaction
from pennydrop.db.trouble import passed_over
from pennydrop.jobs.attempt import Attempt
from pennydrop.jobs.kinds import WorkerParts
from pennydrop.media.chunking import SOUND, Piece, PiecesDiffer, join
from pennydrop.media.proxies import Made as MadeCopies
from pennydrop.media.proxies import Rendition, make_proxies
from pennydrop.storage import keys
from pennydrop.storage.nearby import nearby
from pennydrop.storage.port import ObjectMissing, ObjectStore
from pennydrop.videos.material import Inspected, get_video_row, inspected, keep
from pennydrop.videos.models import RenditionName
from pennydrop.videos.progress import (
    PROXIES,
    Made,
    ask_for_extras,
    become_watchable,
    publish,
    settle,
)

log = logging.getLogger("pennydrop.transcoder")


def proxies(attempt: Attempt, parts: WorkerParts) -> None:
    """Do what is next for a film's copies.

    A short film's are made here. A long one, and one that nobody can watch before, is cut into chunks, each a
    job of its own; when the last of these is done this job runs again and puts the copies together.
    """
    video_id = attempt.payload["video_id"]
    film = inspected(parts.sessions, parts.store, video_id)
    with transaction(parts.sessions) as session:
        chunks = chunks_of_video(session, video_id)
    if any(chunk.retired_at for chunk in chunks):
        # The copies were there and are to be made anew.
        with attempt.under_fence() as session:
            forget_chunks(session, get_video_row(session, video_id))
        chunks = []
    if not chunks:
        _make_or_cut(attempt, parts, film)
    elif any(chunk.pieces is None for chunk in chunks):
        _go_on(attempt, parts, film, chunks)
    else:
        _join(attempt, parts, film, chunks)


def _make_or_cut(attempt: Attempt, parts: WorkerParts, film: Inspected) -> None:
    plays = _plays(film)
    cuts = None
    if not attempt.payload.get(WHOLE):
        cuts = cut(
            film.probe, film.plan, film.frames, plays=plays, chunk_seconds=parts.settings.chunk_seconds
        )
    if cuts is None:
        _make(attempt, parts, film)
        return
    sound = film.probe.audio is not None
    live_key = None if plays else _put_playlists(attempt, parts.store, film, cuts)
    with attempt.publish(follow=False) as session:
        video = get_video_row(session, film.material.video_id)
        video.live_key = live_key
        begin(session, video, film.frames, cuts, plays=plays, sound=sound)


def _go_on(attempt: Attempt, parts: WorkerParts, film: Inspected, chunks: Sequence[Chunk]) -> None:
    """Ask once more for the chunks that are missing: somebody tries again what had failed."""
    pictures = [chunk for chunk in chunks if chunk.holds is Holds.PICTURES]
    cuts = [range(chunk.first_frame, chunk.after_frame) for chunk in pictures]
    live_key = _put_playlists(attempt, parts.store, film, cuts) if pictures[0].live else None
    try:
        with attempt.publish(follow=False) as session:
            video = get_video_row(session, film.material.video_id)
            if not how_many_are_left(session, video.id):
                raise _AllDone
            video.live_key = live_key
            if live_key is not None and pictures[0].live_prefix is not None:
                become_watchable(session, video)
            ask_for_the_rest(session, video)
    except _AllDone:
        # The last of them ended a moment ago, and left it to us, as we were at work already.
        with transaction(parts.sessions) as session:
            chunks = chunks_of_video(session, film.material.video_id)
        _join(attempt, parts, film, chunks)


class _AllDone(Exception):
    """There is nothing to ask for any more."""


def _put_playlists(attempt: Attempt, store: ObjectStore, film: Inspected, cuts: list[range]) -> str:
    sound = film.probe.audio is not None
    for name, text in write_playlists(film.frames, film.plan, cuts, sound=sound).items():
        store.put_bytes(keys.live(film.material.video_id, attempt.prefix, name), text.encode())
    return keys.live(film.material.video_id, attempt.prefix, MAIN)


def _make(attempt: Attempt, parts: WorkerParts, film: Inspected) -> None:
    """Make the copies in one run."""
    source = nearby(parts.store, film.material.source_key, parts.settings.scratch)
    out = _folder(attempt, "made")
    shown = _Shown(attempt, film.material.video_id)
    made = make_proxies(
        source,
        film.probe,
        film.plan,
        film.frames,
        out,
        threads=parts.settings.threads,
        on_progress=shown.progress,
        cancelled=attempt.cancelled.is_set,
    )
    _publish(attempt, parts, film, made)


def _join(attempt: Attempt, parts: WorkerParts, film: Inspected, chunks: Sequence[Chunk]) -> None:
    """Put the copies together of what came of the chunks; where that doesn't fit, make them in one run."""
    fetched, lost = [], []
    for chunk in chunks:
        try:
            fetched.append(_Fetched.of(attempt, parts.store, chunk))
        except ObjectMissing:
            lost.append(chunk.id)
    if lost:
        log.warning(
            "%d chunks of %s are gone from the store: they are made anew", len(lost), film.material.video_id
        )
        with attempt.publish(follow=False) as session:
            make_anew(session, get_video_row(session, film.material.video_id), lost)
        return
    pictures = [one.pieces for one in fetched if one.holds is Holds.PICTURES]
    sound = next((one.pieces[SOUND] for one in fetched if one.holds is Holds.SOUND), None)
    try:
        made = join(
            [[pieces[size.name] for pieces in pictures] for size in film.plan.sizes],
            sound,
            film.probe,
            film.plan,
            film.frames,
            _folder(attempt, "joined"),
            cancelled=attempt.cancelled.is_set,
        )
    except PiecesDiffer:
        log.warning("the chunks of %s don't go together: one run makes it", film.material.video_id)
        with attempt.under_fence() as session:
            video = get_video_row(session, film.material.video_id)
            give_up_chunks(session, video, attempt.job_id, attempt.prefix)
        _make(attempt, parts, film)
        return
    _publish(attempt, parts, film, made)


@dataclass(frozen=True, slots=True)
class _Fetched:
    """The pieces of one chunk, readable on this machine."""

    holds: Holds
    pieces: dict[str, Piece]

    @classmethod
    def of(cls, attempt: Attempt, store: ObjectStore, chunk: Chunk) -> _Fetched:
        found = {}
        for piece in chunk.pieces or ():
            name = piece["name"]
            path = store.fetch(piece["key"], attempt.scratch / f"{chunk.number}-{name}.mp4")
            found[name] = Piece(name, path, piece["frames"])
        return cls(chunk.holds, found)


def _publish(attempt: Attempt, parts: WorkerParts, film: Inspected, made: MadeCopies) -> None:
    video_id = film.material.video_id
    attempt.sandboxed(str(made.level))
    kept = [_keep(attempt, parts.store, video_id, rendition) for rendition in made.renditions]
    with attempt.publish() as session:
        video = get_video_row(session, video_id)
        for one in kept:
            publish(session, video, one)
        lighten_files(session, video_id)
        retire_chunks(session, video, attempt.prefix)
        become_watchable(session, video)
        if not _plays(film):
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


def _plays(film: Inspected) -> bool:
    """Whether the film can be watched without its copies."""
    return bool({RenditionName.VIRTUAL, RenditionName.REMUX} & film.material.keys.keys())


def _folder(attempt: Attempt, name: str) -> Path:
    path = attempt.scratch / name
    path.mkdir()
    return path


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
