"""Films whose files lie in a store, with rows that know them to the byte; their bytes are noise."""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass, field

from pennydrop.clips.models import Clip, ClipFileState, ClipOriginal
from pennydrop.people.models import Person
from pennydrop.storage import keys
from pennydrop.storage.port import ObjectStore
from pennydrop.videos.models import Rendition, RenditionName, Source, Video
from tests.factories import a_clip, a_video, world

_MADE = {
    RenditionName.VIRTUAL: "film.bin",
    RenditionName.P720: "video.mp4",
    RenditionName.P360: "video.mp4",
    RenditionName.POSTER: "poster.jpg",
    RenditionName.STORYBOARD: "storyboard.vtt",
}


@dataclass
class StoredFilm:
    """A film, and every key under which something of it lies."""

    video: Video
    source: str
    clip: Clip
    keys: list[str] = field(default_factory=list)


def a_stored_film(
    store: ObjectStore, *, owner: Person | None = None, noise: random.Random, noted: bool = True
) -> StoredFilm:
    """A film with copies, a storyboard of two sheets and a clip. Without `noted` no sha256 is known but the
    source's, as an earlier version left it."""
    video = a_video(owner=owner)
    clip = a_clip(video)
    with world.session() as session:
        row = session.get_one(Video, video.id)
        source = session.get_one(Source, row.source_id)
        session.query(Rendition).filter_by(video_id=row.id).delete()
        film = StoredFilm(row, keys.source(source.id), clip)

        def put(key: str, data: bytes) -> tuple[int, str]:
            film.keys.append(key)
            return store.put_bytes(key, data), hashlib.sha256(data).hexdigest()

        source.key = film.source
        source.size, source.sha256 = put(source.key, noise.randbytes(noise.randint(2_000, 60_000)))
        for name, file in _MADE.items():
            key = keys.rendition(row.id, name, "job-1", file)
            data, beside = noise.randbytes(noise.randint(500, 20_000)), None
            if name is RenditionName.STORYBOARD:
                sheets = [f"sheet_{number}.jpg" for number in range(2)]
                data = f"WEBVTT\n\nNOTE {row.id}\n\n".encode() + b"".join(
                    f"00:00.000 --> 00:01.000\n{sheet}#xywh=0,0,160,90\n\n".encode() for sheet in sheets
                )
                beside = []
                for sheet in sheets:
                    size, sha256 = put(keys.folder(key) + sheet, noise.randbytes(3_000))
                    beside.append({"name": sheet, "size": size, "sha256": sha256})
            size, sha256 = put(key, data)
            session.add(
                Rendition(
                    video_id=row.id,
                    name=name,
                    key=key,
                    media_type="application/octet-stream",
                    size=size,
                    sha256=sha256 if noted else None,
                    beside=beside if noted else None,
                )
            )
        cut = session.get_one(Clip, clip.id)
        cut.file_state, cut.file_key = ClipFileState.READY, keys.clip(clip.id, "job-1")
        cut.file_size, cut.file_sha256 = put(cut.file_key, noise.randbytes(9_000))
        full = keys.clip(clip.id, "job-2")
        size, sha256 = put(full, noise.randbytes(12_000))
        cut.original = ClipOriginal(
            clip_id=clip.id,
            state=ClipFileState.READY,
            key=full,
            size=size,
            sha256=sha256 if noted else None,
        )
        if not noted:
            cut.file_sha256 = None
        session.flush()
    return film
