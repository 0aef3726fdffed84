"""Watching a film while its chunks are being made, at whatever place somebody goes to.

The playlists name every segment there will ever be, so a player can go anywhere at once. A segment that isn't
made yet moves its chunk to the front.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import visible_to
from pennydrop.chunks.begin import WANTED, chunk_job
from pennydrop.chunks.models import Chunk, Holds
from pennydrop.clock import utcnow
from pennydrop.errors import NotFound, Unavailable
from pennydrop.jobs.ledger import move_forward
from pennydrop.media.chunks import Segment, main_playlist, playlist, segments_in, sound_segments
from pennydrop.media.frames import FrameTable
from pennydrop.media.plan import Plan
from pennydrop.storage import keys
from pennydrop.videos.models import Video

MAIN, PICTURES, SOUND = "index.m3u8", "pictures.m3u8", "sound.m3u8"
INIT = "init.mp4"
_FILE = re.compile(r"(?:c(\d{1,6})|sound)_(init\.mp4|\d{1,6}\.m4s)")
# What 720p may reach over a second or two, and its sound.
_PEAK_BITS = 10_500_000


class NotMadeYet(Unavailable):
    """A segment that will be there soon."""

    def __init__(self, chunk_id: str) -> None:
        super().__init__("This part of the film is still being prepared. It will be there in a moment.")
        self.chunk_id = chunk_id


@dataclass(frozen=True, slots=True)
class Growing:
    """A file of a copy that is being made."""

    key: str
    owner_id: str
    chunk_id: str | None
    """Which chunk it is of; None for a playlist."""


def segment(number: int) -> str:
    """What a chunk's segment is called beside its other ones."""
    return f"{number:05d}.m4s"


def write_playlists(frames: FrameTable, plan: Plan, cuts: Sequence[range], *, sound: bool) -> dict[str, str]:
    """Write every playlist of a film that is to be cut so, by file name."""
    names: list[str] = []
    segments: list[Segment] = []
    for number, chunk in enumerate(cuts):
        found = segments_in(frames, chunk, plan.max_rate)
        names += [f"c{number}_{segment(n)}" for n in range(len(found))]
        segments += found
    size = plan.sizes[0]
    files = {
        MAIN: main_playlist(
            PICTURES, SOUND if sound else None, width=size.width, height=size.height, bits=_PEAK_BITS
        ),
        PICTURES: playlist(names, segments, first=f"c0_{INIT}"),
    }
    if sound:
        heard = sound_segments(frames.duration_ms)
        names = [f"sound_{segment(n)}" for n in range(len(heard))]
        files[SOUND] = playlist(names, heard, first=f"sound_{INIT}")
    return files


def find_live(session: Session, viewer: Viewer, video_id: str, file: str) -> Growing:
    """Return where a file of the copy that is being made lies, or will lie in a moment.

    Raises `NotFound`, and `NotMadeYet` where no attempt at its chunk has begun.
    """
    row = session.execute(
        select(Video.live_key, Video.owner_id).where(Video.id == video_id, visible_to(viewer, Video))
    ).first()
    if row is None or row.live_key is None:
        raise NotFound
    if file in (MAIN, PICTURES, SOUND):
        return Growing(keys.folder(row.live_key) + file, row.owner_id, None)
    named = _FILE.fullmatch(file)
    if named is None:
        raise NotFound
    chunk = session.scalar(
        select(Chunk).where(
            Chunk.video_id == video_id,
            Chunk.holds == (Holds.PICTURES if named[1] else Holds.SOUND),
            Chunk.number == int(named[1] or 0),
            Chunk.live,
        )
    )
    if chunk is None:
        raise NotFound
    if chunk.live_prefix is None:
        raise NotMadeYet(chunk.id)
    return Growing(chunk.live_prefix + named[2], row.owner_id, chunk.id)


def want(session: Session, chunk_id: str) -> None:
    """Move a chunk that somebody waits to watch in front of all others."""
    chunk = session.get(Chunk, chunk_id)
    if chunk is None or chunk.pieces is not None:
        # It is done, and what of it is missing went with the growing film.
        return
    chunk.wanted_at = chunk.wanted_at or utcnow()
    move_forward(session, chunk_job(chunk), priority=WANTED)
