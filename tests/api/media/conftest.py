"""Videos whose bytes are really in the store."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from pennydrop.media.mp4.index import read_index
from pennydrop.media.mp4.virtual import VirtualFile, build_virtual
from pennydrop.people.models import Person
from pennydrop.settings import Settings
from pennydrop.storage.local import LocalStore
from pennydrop.videos.models import Rendition, RenditionName, Source, Video
from tests.factories import world
from tests.factories.content import a_video
from tests.factories.films import a_phone_film


@pytest.fixture
def store(settings: Settings) -> LocalStore:
    return LocalStore(settings.objects)


@dataclass(frozen=True)
class Shelf:
    """Puts bytes behind videos."""

    store: LocalStore

    def give(self, video: Video, name: RenditionName, data: bytes, media_type: str, file: str = "") -> str:
        """Make a rendition of a video from `data` and return its key."""
        key = f"renditions/{video.id}/{name}/{os.urandom(4).hex()}/{file or 'made'}"
        self.store.put_bytes(key, data)
        with world.session() as session:
            row = session.get_one(Video, video.id)
            row.renditions = [made for made in row.renditions if made.name != name]
            session.flush()
            row.renditions.append(Rendition(name=name, key=key, media_type=media_type, size=len(data)))
        return key

    def film(self, data: bytes, owner: Person | None = None) -> Video:
        """A video whose 720p copy is `data`."""
        video = a_video(owner=owner)
        self.give(video, RenditionName.P720, data, "video/mp4")
        return video


@pytest.fixture
def shelf(store: LocalStore, database: object) -> Shelf:
    return Shelf(store)


@pytest.fixture(scope="session")
def phone_film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_phone_film(tmp_path_factory.mktemp("delivered") / "phone.mp4")


@dataclass(frozen=True)
class Watchable:
    """A film that plays by its virtual file alone."""

    video: Video
    file: VirtualFile
    original: bytes

    @property
    def whole(self) -> bytes:
        parts = self.file.slices(0, self.file.size)
        return b"".join(
            part if isinstance(part, bytes) else self.original[part.offset : part.offset + part.length]
            for part in parts
        )


@pytest.fixture
def watchable(shelf: Shelf, phone_film: Path) -> Watchable:
    original = phone_film.read_bytes()
    index = read_index(lambda offset, length: original[offset : offset + length], len(original))
    sound = next((track for track in index.tracks if track.kind == "sound"), None)
    picture = next(track for track in index.tracks if track.kind == "video")
    file = build_virtual(index, picture, sound)
    video = a_video()
    with world.session() as session:
        key = session.get_one(Source, video.source_id).key
    shelf.store.put_bytes(key, original)
    shelf.give(video, RenditionName.VIRTUAL, file.to_bytes(), "video/mp4")
    return Watchable(video, file, original)
