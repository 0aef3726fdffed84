"""What follows when a chunk is done, when one can't be made, and when all of them are no longer needed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from pennydrop.changes.feed import record as record_change
from pennydrop.chunks.begin import ask_for_the_rest, chunk_job, chunks_of_video
from pennydrop.chunks.models import Chunk, Holds
from pennydrop.clock import utcnow
from pennydrop.errors import NotFound
from pennydrop.jobs.cancel import cancel
from pennydrop.jobs.ledger import OPEN_STATES, remember, run_again
from pennydrop.jobs.models import Job
from pennydrop.storage import keys
from pennydrop.storage.later import forget_later
from pennydrop.videos.failing import video_failed
from pennydrop.videos.models import Video
from pennydrop.videos.progress import CHUNK, PROXIES, SOUND, job_key

WHOLE = "whole"
"""The key of a payload that says: no chunks, they didn't go together."""
STAYS = timedelta(minutes=15)
"""How long a growing film can still be watched by its playlist once its copies are there."""
# Screens listen: each step of so many percent is shown.
_STEP = 2


class ChunkGone(NotFound):
    """The film was deleted, or its copies are made in another way by now: there is nothing to do."""

    final = True


def get_chunk(session: Session, chunk_id: str) -> Chunk:
    """Return a chunk, for jobs, which act for nobody. Raises `ChunkGone`."""
    chunk = session.get(Chunk, chunk_id)
    if chunk is None:
        raise ChunkGone
    return chunk


def take_pieces(session: Session, chunk_id: str, pieces: list[dict[str, Any]]) -> None:
    """Note what came of a chunk. With a film's last one, ask for the copies to be put together."""
    chunk = get_chunk(session, chunk_id)
    chunk.pieces = pieces
    session.flush()
    if not how_many_are_left(session, chunk.video_id):
        run_again(session, job_key(PROXIES, chunk.video_id))


def how_many_are_left(session: Session, video_id: str) -> int:
    """Count the chunks of a film that aren't done, while nobody else counts or adds to them.

    Two that end at once take turns here, or neither would see that the other is done.
    """
    session.execute(select(Video.id).where(Video.id == video_id).with_for_update())
    missing = select(func.count()).select_from(Chunk)
    missing = missing.where(Chunk.video_id == video_id, Chunk.pieces.is_(None))
    return session.scalar(missing) or 0


def show_progress(session: Session, chunk: Chunk, part: float) -> None:
    """Show on the film how much of all its chunks is done, of this one `part`; it never goes back."""
    video = session.get(Video, chunk.video_id)
    if video is None or not video.duration_ms:
        return
    done = session.scalar(
        select(func.sum(Chunk.end_ms - Chunk.start_ms)).where(
            Chunk.video_id == video.id, Chunk.holds == Holds.PICTURES, Chunk.pieces.is_not(None)
        )
    )
    now = int(done or 0) + part * (chunk.end_ms - chunk.start_ms)
    percent = min(99, int(100 * now / video.duration_ms))
    if percent >= video.progress + _STEP:
        video.progress = percent
        record_change(session, "video", video.id, video_id=video.id)


def forget_chunks(session: Session, video: Video) -> None:
    """Forget a film's chunks. What was made of them stays for the sweep, as new ones may lie beside it."""
    session.execute(delete(Chunk).where(Chunk.video_id == video.id))
    video.live_key = None


def drop_chunks(session: Session, video: Video, name: str) -> None:
    """Forget a film's chunks and remove what was made of them; `name` makes that work unique."""
    forget_chunks(session, video)
    forget_later(session, f"chunks:{name}", prefixes=[keys.live_of(video.id), keys.pieces_of(video.id)])


def retire_chunks(session: Session, video: Video, name: str) -> None:
    """Let go of a film's chunks, as its copies are there; `name` makes that work unique.

    Who watches the growing film has its playlist and goes on by it until her page hears of the copies. So
    what can be watched stays for `STAYS`.
    """
    chunks = chunks_of_video(session, video.id)
    if not any(chunk.live for chunk in chunks):
        drop_chunks(session, video, name)
        return
    for chunk in chunks:
        chunk.retired_at = utcnow()
        chunk.pieces = []
    forget_later(session, f"pieces:{name}", prefixes=[keys.pieces_of(video.id)])


def drop_retired(session: Session, name: str, *, stays: timedelta = STAYS) -> int:
    """Forget the chunks that nobody watches any more; return of how many films."""
    long_ago = Chunk.retired_at <= utcnow() - stays
    films = session.scalars(select(Video).where(Video.id.in_(select(Chunk.video_id).where(long_ago)))).all()
    for video in films:
        drop_chunks(session, video, f"{name}:{video.id}")
    return len(films)


def do_it_whole(session: Session, video: Video, name: str, *, but: str) -> None:
    """Make the copies in one run after all. `but` is the chunk whose job says so."""
    stop_chunks(session, video.id, but=but)
    drop_chunks(session, video, name)
    run_again(session, job_key(PROXIES, video.id), **{WHOLE: True})


def give_up_chunks(session: Session, video: Video, job_id: str, name: str) -> None:
    """Drop chunks that don't go together, for the job that found that: its later attempts cut no new ones."""
    drop_chunks(session, video, name)
    remember(session, job_id, **{WHOLE: True})


def stop_chunks(session: Session, video_id: str, *, but: str = "") -> None:
    """Cancel what is still to be made or being made of a film's chunks, except one."""
    for chunk in chunks_of_video(session, video_id):
        if chunk.pieces is None and chunk.id != but:
            cancel(session, unique_key=chunk_job(chunk))


def begin_again(session: Session) -> None:
    """Cut films anew whose chunks were being made: their rows and pieces are no part of a backup."""
    open_jobs = select(Job).where(Job.kind.in_((CHUNK, SOUND)), Job.state.in_(OPEN_STATES))
    for job in session.scalars(open_jobs).all():
        cancel(session, unique_key=job.unique_key)
        if job.subject_id is not None:
            run_again(session, job_key(PROXIES, job.subject_id))


def make_anew(session: Session, video: Video, lost: Sequence[str]) -> None:
    """Ask for chunks whose pieces are gone from the store, as a power cut can do; the others stay done."""
    session.execute(update(Chunk).where(Chunk.id.in_(lost)).values(pieces=None))
    ask_for_the_rest(session, video)


def chunk_failed(session: Session, job: Job) -> None:
    """One can't be made: neither can the copies. What is done of the others is kept for another try."""
    if session.get(Chunk, job.payload["chunk_id"]) is None:
        return  # of an earlier cut: the film's copies are made in another way by now
    video_failed(session, job)
    if job.subject_id is not None:
        stop_chunks(session, job.subject_id)
