"""From a long film to its chunks, each a row and a job, all in one transaction."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.chunks.models import Chunk, Holds
from pennydrop.jobs.ledger import enqueue
from pennydrop.jobs.models import Queue
from pennydrop.media.chunks import chunks_of
from pennydrop.media.frames import FrameTable
from pennydrop.media.plan import Plan
from pennydrop.media.probe import Probe
from pennydrop.videos.models import Video
from pennydrop.videos.progress import CHUNK, SOUND, job_key

LIVE_S = 20
"""The length of chunks of a film that can't be watched yet: so long waits who goes elsewhere in it."""
WORTH_IT = 3
"""A film that plays already is cut into so many chunks or not at all."""

# Priorities: where somebody waits, where somebody will wait first, the rest of such a film, and films that
# play already.
WANTED, FIRST, REST, BEHIND = 10, 20, 40, 100


_KINDS = {Holds.PICTURES: (CHUNK, Queue.TRANSCODE), Holds.SOUND: (SOUND, Queue.SOUND)}


def cut(
    probe: Probe, plan: Plan, frames: FrameTable, *, plays: bool, chunk_seconds: int
) -> list[range] | None:
    """Return the chunks in which a film's copies are to be made; None where one run is better."""
    length = chunk_seconds if plays else min(chunk_seconds, LIVE_S)
    found = chunks_of(probe, plan, frames, length_s=length)
    return None if plays and len(found) < WORTH_IT else found


def begin(
    session: Session, video: Video, frames: FrameTable, cuts: Sequence[range], *, plays: bool, sound: bool
) -> None:
    """Note the chunks of a film and ask for each."""
    for number, frames_of in enumerate(cuts):
        chunk = Chunk(
            video_id=video.id,
            holds=Holds.PICTURES,
            number=number,
            first_frame=frames_of.start,
            after_frame=frames_of.stop,
            start_ms=frames.start_ms(frames_of.start),
            end_ms=frames.start_ms(frames_of.stop),
            live=not plays,
        )
        session.add(chunk)
    if sound:
        session.add(
            Chunk(
                video_id=video.id,
                holds=Holds.SOUND,
                number=0,
                first_frame=0,
                after_frame=len(frames),
                start_ms=0,
                end_ms=frames.duration_ms,
                live=not plays,
            )
        )
    session.flush()
    ask_for_the_rest(session, video)


def chunks_of_video(session: Session, video_id: str, holds: Holds | None = None) -> Sequence[Chunk]:
    """Return the chunks of a film in their order, the pictures before the sound."""
    query = select(Chunk).where(Chunk.video_id == video_id).order_by(Chunk.holds, Chunk.number)
    return session.scalars(query if holds is None else query.where(Chunk.holds == holds)).all()


def ask_for_the_rest(session: Session, video: Video) -> None:
    """Ask for every chunk of a film that isn't done, whether for the first time or once more."""
    for chunk in chunks_of_video(session, video.id):
        if chunk.pieces is None:
            _ask(session, chunk)


def _ask(session: Session, chunk: Chunk) -> None:
    kind, queue = _KINDS[chunk.holds]
    priority = BEHIND
    if chunk.live:
        priority = FIRST if chunk.number == 0 else REST
    enqueue(
        session,
        kind,
        queue=queue,
        unique_key=chunk_job(chunk),
        payload={"video_id": chunk.video_id, "chunk_id": chunk.id},
        subject_id=chunk.video_id,
        priority=priority,
        again=True,
    )


def chunk_job(chunk: Chunk) -> str:
    """The unique key of the job that makes a chunk."""
    kind, _ = _KINDS[chunk.holds]
    return f"{job_key(kind, chunk.video_id)}:{chunk.number}"
