"""A scrub finds what is wrong with what is stored, all of it and nothing else."""

from __future__ import annotations

import random
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from pennydrop.care.check import Fault
from pennydrop.care.models import ScrubMark
from pennydrop.care.repair import repair
from pennydrop.care.scrub import Places, Report, scrub
from pennydrop.care.tell import tell
from pennydrop.clips.models import Clip
from pennydrop.db.session import transaction
from pennydrop.jobs.models import Job
from pennydrop.settings import Settings
from pennydrop.storage import keys
from pennydrop.storage.open import open_store
from pennydrop.storage.port import ObjectStore, StoredObject
from pennydrop.videos.models import Rendition, RenditionName, Source
from tests.factories import a_person, a_school
from tests.factories.stored import StoredFilm, a_stored_film
from tests.support.servers.s3 import S3

AT_ONCE = timedelta(0)


def found(report: Report) -> dict[str, Fault]:
    return {one.key: one.fault for one in report.findings}


class Spoiler:
    """Spoils stored files, no file twice, and remembers what a scrub has to say about each."""

    def __init__(self, store: ObjectStore, films: list[StoredFilm], noise: random.Random) -> None:
        self._store = store
        self._noise = noise
        self._whole = [key for film in films for key in film.keys]
        noise.shuffle(self._whole)
        self.expected: dict[str, Fault] = {}

    def flip_a_bit(self) -> None:
        key = self._next()
        data = bytearray(self._store.read(key))
        data[self._noise.randrange(len(data))] ^= 1 << self._noise.randrange(8)
        self._replace(key, bytes(data))

    def truncate(self) -> None:
        key = self._next()
        data = self._store.read(key)
        self._replace(key, data[: self._noise.randrange(len(data))])

    def lengthen(self) -> None:
        key = self._next()
        self._replace(key, self._store.read(key) + b"\0")

    def delete(self) -> None:
        key = self._next()
        self._store.delete(key)
        self.expected[key] = Fault.MISSING

    def swap(self) -> None:
        one, other = self._next(), self._next()
        mine, theirs = self._store.read(one), self._store.read(other)
        self._replace(one, theirs)
        self._replace(other, mine)

    def add(self, key: str) -> None:
        self._store.put_bytes(key, self._noise.randbytes(100))
        self.expected[key] = Fault.ORPHAN

    def _next(self) -> str:
        # A storyboard whose track is spoilt says nothing of its sheets: both are made anew together.
        while True:
            key = self._whole.pop()
            if "/storyboard/" not in key or not any(
                keys.folder(key) == keys.folder(spoilt) for spoilt in self.expected
            ):
                return key

    def _replace(self, key: str, data: bytes) -> None:
        self._store.put_bytes(key, data)
        self.expected[key] = Fault.DAMAGED


@pytest.mark.parametrize("kind", ["local", "s3"])
def test_a_hundred_faults_of_every_kind_are_all_found_and_nothing_else(
    kind: str, places: Places, noise: random.Random, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    if kind == "s3":
        s3: S3 = request.getfixturevalue("s3")
        places = Places(places.sessions, open_store(Settings(data=tmp_path, **s3.settings(s3.make_bucket()))))
    films = [a_stored_film(places.store, noise=noise) for _ in range(24)]
    assert scrub(places, grace=AT_ONCE).findings == []
    spoiler = Spoiler(places.store, films, noise)
    for _ in range(15):
        spoiler.flip_a_bit()
        spoiler.truncate()
        spoiler.delete()
    for _ in range(5):
        spoiler.lengthen()
    for _ in range(15):
        spoiler.swap()
    for number, film in enumerate(films[:20]):
        spoiler.add(
            (
                keys.source(f"nobodys-{number}"),
                keys.rendition(film.video.id, "720p", "job-0", "video.mp4"),
                keys.rendition(film.video.id, "storyboard", "job-1", "sheet_7.jpg"),
                keys.clip(film.clip.id, "job-0"),
                keys.live(film.video.id, "job-0", "live.m3u8"),
            )[number % 5]
        )
    assert len(spoiler.expected) == 100
    assert found(scrub(places, grace=AT_ONCE)) == spoiler.expected


def test_what_has_just_come_is_nobodys_only_after_its_grace(places: Places) -> None:
    places.store.put_bytes("sources/just-come", b"whole")
    assert scrub(places).findings == []
    assert found(scrub(places, grace=AT_ONCE)) == {"sources/just-come": Fault.ORPHAN}


def test_files_of_an_earlier_version_are_noted_once_and_held_against_that(
    places: Places, noise: random.Random
) -> None:
    film = a_stored_film(places.store, noise=noise, noted=False)
    first = scrub(places, grace=AT_ONCE)
    assert (first.findings, first.newly_noted) == ([], len(film.keys) - 1)
    assert scrub(places, grace=AT_ONCE).newly_noted == 0
    spoiler = Spoiler(places.store, [film], noise)
    for _ in range(4):
        spoiler.flip_a_bit()
    assert found(scrub(places, grace=AT_ONCE)) == spoiler.expected


def test_a_storyboard_of_an_earlier_version_that_lost_a_sheet_is_found(
    places: Places, noise: random.Random
) -> None:
    film = a_stored_film(places.store, noise=noise, noted=False)
    track = next(key for key in film.keys if key.endswith(".vtt"))
    places.store.delete(keys.folder(track) + "sheet_1.jpg")
    assert found(scrub(places, grace=AT_ONCE)) == {track: Fault.MISSING}


def test_short_runs_go_through_everything_in_turn(places: Places, noise: random.Random) -> None:
    films = [a_stored_film(places.store, noise=noise) for _ in range(3)]
    spoiler = Spoiler(places.store, films, noise)
    for _ in range(6):
        spoiler.flip_a_bit()
    seen: dict[str, Fault] = {}
    runs = 0
    while True:
        report = scrub(places, limit_s=0.0)
        seen |= found(report)
        if report.reached_the_end:
            break
        runs += 1
        assert runs < 100
    assert seen == spoiler.expected
    assert runs == 3 * 8  # a source, five renditions, a clip and its original of each
    with transaction(places.sessions) as session:
        mark = session.scalars(select(ScrubMark)).one()
        assert mark.after == ""
        assert mark.whole_at is not None
    assert not scrub(places, limit_s=0.0).reached_the_end


def test_reading_keeps_to_its_pace(places: Places, noise: random.Random) -> None:
    a_stored_film(places.store, noise=noise)
    began = time.monotonic()
    report = scrub(places, bytes_per_s=100_000)
    assert time.monotonic() - began >= report.bytes / 100_000


class LosingStore:
    """A store in which something happens just before a file is read."""

    def __init__(self, store: ObjectStore, key: str, event: object) -> None:
        self._store, self._key, self._event = store, key, event

    def size(self, key: str) -> int:
        if key == self._key:
            self._event()  # type: ignore[operator]
        return self._store.size(key)

    def list(self, prefix: str = "") -> list[StoredObject]:
        return list(self._store.list(prefix))

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)


def test_a_file_that_is_replaced_or_deleted_while_we_look_is_no_fault(
    places: Places, noise: random.Random
) -> None:
    film = a_stored_film(places.store, noise=noise)
    old = next(key for key in film.keys if "/720p/" in key)

    def replaced() -> None:
        new = keys.rendition(film.video.id, "720p", "job-9", "video.mp4")
        places.store.put_bytes(new, b"better")
        with transaction(places.sessions) as session:
            row = session.query(Rendition).filter_by(video_id=film.video.id, name=RenditionName.P720).one()
            row.key, row.size, row.sha256 = new, 6, None
        places.store.delete(old)

    assert scrub(Places(places.sessions, LosingStore(places.store, old, replaced))).findings == []  # type: ignore[arg-type]
    cut = keys.clip(film.clip.id, "job-1")

    def deleted() -> None:
        with transaction(places.sessions) as session:
            session.delete(session.get_one(Clip, film.clip.id))
        places.store.delete_prefix(keys.of_clip(film.clip.id))

    assert scrub(Places(places.sessions, LosingStore(places.store, cut, deleted))).findings == []  # type: ignore[arg-type]


def test_a_film_that_is_not_proven_yet_is_held_against_its_size(places: Places, noise: random.Random) -> None:
    film = a_stored_film(places.store, noise=noise)
    with transaction(places.sessions) as session:
        session.query(Source).one().sha256 = None
    report = scrub(places)
    assert (report.findings, report.unproven) == ([], 1)
    places.store.put_bytes(film.source, b"too short")
    assert found(scrub(places)) == {film.source: Fault.DAMAGED}


class TestRepair:
    def jobs(self, places: Places) -> Counter[str]:
        with transaction(places.sessions) as session:
            return Counter(session.scalars(select(Job.kind)))

    def test_what_depends_on_something_that_is_spoilt_too_waits_for_it(
        self, places: Places, noise: random.Random
    ) -> None:
        film = a_stored_film(places.store, noise=noise)
        for key in film.keys:
            if key != film.source:
                places.store.delete(key)
        report = scrub(places)
        assert repair(places, report.findings) == {one.key for one in report.findings}
        with transaction(places.sessions) as session:
            first = session.scalars(select(Job)).one()
            assert first.kind == "video.ingest"
            copies, poster = first.payload["then"]
            assert (copies["kind"], poster["kind"]) == ("video.proxies", "video.poster")
            after_copies = sorted(one["kind"] for one in copies["payload"]["then"])
            assert after_copies == ["clip.file", "clip.original", "video.extras"]

    def test_nothing_is_made_anew_from_a_spoilt_original(self, places: Places, noise: random.Random) -> None:
        film = a_stored_film(places.store, owner=a_person("Aisha", school=a_school("Oak")), noise=noise)
        copy = next(key for key in film.keys if "/720p/" in key)
        places.store.delete(copy)
        places.store.put_bytes(film.source, b"\0" * places.store.size(film.source))
        report = scrub(places)
        assert repair(places, report.findings) == set()
        assert self.jobs(places) == Counter()
        with transaction(places.sessions) as session:
            found = tell(session, report.findings, repairing=set(), healed=set())
            told = {one.key: one for one in found}
        assert "a lesson of Aisha (Oak)" in told[film.source].says
        assert "ask Aisha" in told[film.source].to_do
        assert "original isn't sound either" in told[copy].to_do

    def test_orphans_are_removed_and_nothing_else(self, places: Places, noise: random.Random) -> None:
        film = a_stored_film(places.store, noise=noise)
        places.store.put_bytes("clips/nobody/job-1.mp4", b"x")
        report = scrub(places, grace=AT_ONCE)
        assert repair(places, report.findings) == {"clips/nobody/job-1.mp4"}
        assert {one.key for one in places.store.list()} == set(film.keys)
        assert scrub(places, grace=AT_ONCE).findings == []
