"""Watching a film while it is made: who asks for what isn't there yet waits, and is told so in a sentence."""

from __future__ import annotations

import time
from threading import Thread

import pytest
from sqlalchemy import select

from pennydrop.chunks.live import write_playlists
from pennydrop.chunks.models import Chunk, Holds
from pennydrop.jobs.models import Job
from pennydrop.media.plan import plan_for
from pennydrop.storage.local import LocalStore
from pennydrop.videos.models import Video
from pennydrop_api.media import growing
from tests.api.client import Client
from tests.factories import world
from tests.factories.chunks import CUTS, a_film_in_chunks, frames_at_30
from tests.factories.people import a_coach, a_person
from tests.support.house import until
from tests.unit.media.test_plan import a_probe


@pytest.fixture
def film(store: LocalStore, database: object) -> Video:
    video = a_film_in_chunks()
    plan = plan_for(a_probe(codec="hevc"))
    for name, text in write_playlists(frames_at_30(), plan, CUTS, sound=True).items():
        store.put_bytes(f"live/{video.id}/plan-1/{name}", text.encode())
    return video


@pytest.fixture
def me(client: Client, film: Video) -> Client:
    return client.as_(film.owner)


def url(video: Video, file: str) -> str:
    return f"/media/videos/{video.id}/live/{file}"


def begin(video: Video, number: int, holds: Holds = Holds.PICTURES) -> str:
    """Let an attempt at a chunk begin, and return where its segments will lie."""
    prefix = f"live/{video.id}/try-{number}/"
    with world.session() as session:
        query = select(Chunk).where(Chunk.video_id == video.id, Chunk.number == number, Chunk.holds == holds)
        session.scalars(query).one().live_prefix = prefix
    return prefix


def test_the_playlists_name_the_whole_film(me: Client, film: Video) -> None:
    main = me.get(url(film, "index.m3u8"))
    assert main.headers["Content-Type"] == "application/vnd.apple.mpegurl"
    assert main.headers["Cache-Control"] == "private, no-store"
    assert 'URI="sound.m3u8"' in main.text
    pictures = me.get(url(film, "pictures.m3u8")).text.splitlines()
    assert [line for line in pictures if line.endswith(".m4s")][-1] == "c2_00009.m4s"
    assert pictures[-1] == "#EXT-X-ENDLIST"
    assert me.get(url(film, "sound.m3u8")).text.count(".m4s") == 15


@pytest.mark.parametrize("file", ["pictures.m3u8", "c0_00003.m4s"])
def test_no_part_of_it_is_seen_without_its_owner_knowing(
    client: Client, me: Client, film: Video, store: LocalStore, file: str
) -> None:
    store.put_bytes(f"{begin(film, 0)}00003.m4s", b"pictures")
    assert client.as_(a_coach(of=film.owner)).get(url(film, file)).status_code == 200
    assert len(me.get(f"/api/v1/videos/{film.id}/watches").json()) == 1


def test_a_segment_that_is_there_comes_at_once(me: Client, film: Video, store: LocalStore) -> None:
    store.put_bytes(f"{begin(film, 0)}00003.m4s", b"pictures")
    store.put_bytes(f"{begin(film, 0, Holds.SOUND)}init.mp4", b"sound")
    assert me.get(url(film, "c0_00003.m4s")).content == b"pictures"
    assert me.get(url(film, "sound_init.mp4")).content == b"sound"


def test_who_goes_to_a_place_that_is_not_made_waits_for_it_and_has_it_made_next(
    me: Client, film: Video, store: LocalStore
) -> None:
    first_in_line = []

    def make_what_is_wanted() -> None:
        first_in_line.append(until(wanted))
        store.put_bytes(f"{begin(film, 2)}00000.m4s", b"there")

    def wanted() -> str | None:
        with world.session() as session:
            query = select(Chunk.id).where(Chunk.video_id == film.id, Chunk.wanted_at.is_not(None))
            if session.scalar(query) is None:
                return None
            return session.scalars(select(Job).order_by(Job.priority)).all()[0].payload["chunk_id"]

    worker = Thread(target=make_what_is_wanted)
    worker.start()
    answer = me.get(url(film, "c2_00000.m4s"))
    worker.join()
    assert (answer.status_code, answer.content) == (200, b"there")
    with world.session() as session:
        last = session.scalars(select(Chunk).where(Chunk.video_id == film.id, Chunk.number == 2)).one()
    assert first_in_line == [last.id]


def test_who_waits_too_long_is_told_to_ask_again(
    me: Client, film: Video, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(growing, "HOLD_S", 0.3)
    begun = time.monotonic()
    answer = me.get(url(film, "c1_00000.m4s"))
    assert time.monotonic() - begun >= 0.3
    assert (answer.status_code, answer.json()["code"]) == (503, "not_made_yet")
    assert answer.json()["detail"].startswith("This part of the film is still being prepared.")


@pytest.mark.parametrize(
    "file", ["c9_00000.m4s", "c0_..m4s", "other.m3u8", "c0_00000.mp4", "../../sources/x.mp4", "c_init.mp4"]
)
def test_what_is_no_part_of_the_film_is_not_found(me: Client, film: Video, file: str) -> None:
    assert me.get(url(film, file)).status_code == 404


def test_a_stranger_finds_nothing_and_wants_nothing(client: Client, film: Video) -> None:
    stranger = client.as_(a_person())
    for file in ("index.m3u8", "pictures.m3u8", "c0_init.mp4", "sound_00000.m4s"):
        assert stranger.get(url(film, file)).status_code == 404
    with world.session() as session:
        assert session.scalars(select(Chunk).where(Chunk.wanted_at.is_not(None))).all() == []


def test_a_film_is_offered_only_once_its_first_seconds_are_there(me: Client, film: Video) -> None:
    def playback() -> str | None:
        found: str | None = me.get(f"/api/v1/videos/{film.id}").json()["playback"]["hls"]
        return found

    assert playback() is None
    with world.session() as session:
        session.get_one(Video, film.id).state = "watchable"  # type: ignore[assignment]
    assert playback() == url(film, "index.m3u8")
