"""Bytes of films and clips: in whole, by range, and only for those who may see them."""

from __future__ import annotations

import gzip
import os
import sqlite3
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from pennydrop.clips.models import Clip, ClipFileState
from pennydrop.people.models import Person
from pennydrop.videos.models import RenditionName, Video, Watch
from pennydrop_api.media import watching
from tests.api.client import Client
from tests.api.media.conftest import Shelf, Watchable
from tests.factories import world
from tests.factories.content import a_clip, a_clip_share, a_share, a_video
from tests.factories.people import a_coach, a_lead, a_person, an_admin

FILM = os.urandom(700_000)


@pytest.fixture
def owner(database: object) -> Person:
    return a_person()


@pytest.fixture
def me(client: Client, owner: Person) -> Client:
    return client.as_(owner)


@pytest.fixture
def film(shelf: Shelf, owner: Person) -> Video:
    return shelf.film(FILM, owner)


def url(video: Video, file: str = "720p.mp4") -> str:
    return f"/media/videos/{video.id}/{file}"


def a_filed_clip(shelf: Shelf, video: Video, title: str = "The pause") -> Clip:
    clip = a_clip(video, title=title)
    key = f"clips/{clip.id}/j-1.mp4"
    shelf.store.put_bytes(key, FILM[:1000])
    with world.session() as session:
        row = session.get_one(Clip, clip.id)
        row.file_state, row.file_key, row.file_size = ClipFileState.READY, key, 1000
    return clip


class TestRanges:
    def test_the_whole_film_comes_without_a_range(self, me: Client, film: Video) -> None:
        answer = me.get(url(film))
        assert answer.status_code == 200
        assert answer.content == FILM
        assert answer.headers["Content-Type"] == "video/mp4"
        assert answer.headers["Accept-Ranges"] == "bytes"
        assert "private" in answer.headers["Cache-Control"]

    @pytest.mark.parametrize(
        ("asked", "start", "end"),
        [
            ("bytes=0-", 0, 700_000),
            ("bytes=0-0", 0, 1),
            ("bytes=100-299999", 100, 300_000),
            ("bytes=699999-", 699_999, 700_000),
            ("bytes=-5", 699_995, 700_000),
            ("bytes=1-99999999", 1, 700_000),
        ],
    )
    def test_a_player_gets_the_bytes_it_asks_for(
        self, me: Client, film: Video, asked: str, start: int, end: int
    ) -> None:
        answer = me.get(url(film), headers={"Range": asked})
        assert answer.status_code == 206
        assert answer.content == FILM[start:end]
        assert answer.headers["Content-Range"] == f"bytes {start}-{end - 1}/700000"
        assert answer.headers["Content-Length"] == str(end - start)

    def test_a_range_past_the_end_says_how_long_it_is(self, me: Client, film: Video) -> None:
        answer = me.get(url(film), headers={"Range": "bytes=700000-"})
        assert answer.status_code == 416
        assert answer.headers["Content-Range"] == "bytes */700000"

    @pytest.mark.parametrize("asked", ["bytes=0-1,5-9", "bytes=9-1", "lines=1-2"])
    def test_what_cannot_be_understood_gets_the_whole(self, me: Client, film: Video, asked: str) -> None:
        answer = me.get(url(film), headers={"Range": asked})
        assert (answer.status_code, len(answer.content)) == (200, 700_000)

    def test_a_head_says_the_size_and_sends_nothing(self, me: Client, film: Video) -> None:
        answer = me.head(url(film), headers={"Range": "bytes=0-9"})
        assert answer.status_code == 200
        assert answer.headers["Content-Length"] == "700000"
        assert answer.content == b""

    def test_a_player_that_holds_another_version_gets_the_whole(
        self, me: Client, film: Video, shelf: Shelf
    ) -> None:
        tag = me.head(url(film)).headers["ETag"]
        same = me.get(url(film), headers={"Range": "bytes=0-9", "If-Range": tag})
        assert same.status_code == 206
        shelf.give(film, RenditionName.P720, FILM[::-1], "video/mp4")
        other = me.get(url(film), headers={"Range": "bytes=0-9", "If-Range": tag})
        assert (other.status_code, other.content) == (200, FILM[::-1])

    def test_what_the_browser_holds_is_not_sent_again(self, me: Client, film: Video) -> None:
        tag = me.head(url(film)).headers["ETag"]
        for held in (tag, f'"x", W/{tag}', "*"):
            answer = me.get(url(film), headers={"If-None-Match": held})
            assert (answer.status_code, answer.content) == (304, b"")
        assert me.get(url(film), headers={"If-None-Match": '"x"'}).status_code == 200


class TestOriginal:
    """The untouched original, played by way of its virtual file."""

    def test_it_plays_before_anything_else_is_made(self, client: Client, watchable: Watchable) -> None:
        me = client.as_(watchable.video.owner)
        answer = me.get(url(watchable.video, "original.mp4"))
        assert answer.status_code == 200
        assert answer.content == watchable.whole

    def test_any_seek_gets_its_bytes(self, client: Client, watchable: Watchable) -> None:
        me, whole = client.as_(watchable.video.owner), watchable.whole
        edge, size = len(watchable.file.header), len(whole)
        for start, end in [(0, 1), (edge - 3, edge + 3), (edge, size), (size // 2, size // 2 + 999)]:
            asked = {"Range": f"bytes={start}-{end - 1}"}
            answer = me.get(url(watchable.video, "original.mp4"), headers=asked)
            assert answer.status_code == 206
            assert answer.content == whole[start:end]


class TestBelongings:
    def test_tables_come_compressed_to_who_takes_that(self, me: Client, film: Video, shelf: Shelf) -> None:
        table = b'{"timescale":30000,"deltas":[[90,1001]]}' * 50
        shelf.give(film, RenditionName.FRAMES, table, "application/json")
        packed = me.get(url(film, "frames.json"), headers={"Accept-Encoding": "br, gzip;q=0.5"})
        assert packed.headers["Content-Encoding"] == "gzip"
        assert packed.json  # the client unpacks by itself
        assert packed.content == table
        plain = me.get(url(film, "frames.json"), headers={"Accept-Encoding": "gzip;q=0"})
        assert "Content-Encoding" not in plain.headers
        assert plain.content == table
        assert plain.headers["ETag"] != packed.headers["ETag"]
        assert len(gzip.compress(table)) < len(table)

    def test_a_storyboard_comes_with_its_sheets(self, me: Client, film: Video, shelf: Shelf) -> None:
        track = b"WEBVTT\n\n00:00.000 --> 00:10.000\nsheet-0.jpg#xywh=0,0,160,90\n"
        key = shelf.give(film, RenditionName.STORYBOARD, track, "text/vtt", file="storyboard.vtt")
        shelf.store.put_bytes(key.replace("storyboard.vtt", "sheet-0.jpg"), b"picture")
        answer = me.get(url(film, "storyboard.vtt"))
        assert answer.content == track
        assert answer.headers["Content-Type"].startswith("text/vtt")
        sheet = me.get(url(film, "sheet-0.jpg"))
        assert (sheet.content, sheet.headers["Content-Type"]) == (b"picture", "image/jpeg")

    @pytest.mark.parametrize(
        "file", ["sheet-9.jpg", "..%2f..%2fx.jpg", ".hidden.jpg", "made", "x.html", "a b.jpg"]
    )
    def test_nothing_else_lies_beside_it(self, me: Client, film: Video, shelf: Shelf, file: str) -> None:
        shelf.give(film, RenditionName.STORYBOARD, b"WEBVTT", "text/vtt")
        assert me.get(url(film, file)).status_code == 404

    def test_what_is_not_made_yet_is_not_found(self, me: Client, film: Video) -> None:
        for file in ("original.mp4", "360p.mp4", "poster.jpg", "captions/en.vtt", "live/index.m3u8"):
            assert me.get(url(film, file)).status_code == 404

    def test_captions_are_served(self, me: Client, film: Video) -> None:
        body = b"WEBVTT\n\n00:01.000 --> 00:02.000\nEyes on me.\n"
        made = me.post(
            f"/api/v1/videos/{film.id}/captions", content=body, headers={"Content-Type": "text/vtt"}
        )
        assert made.status_code == 201
        answer = me.get(made.json()["url"])
        assert "Eyes on me." in answer.text
        assert answer.headers["Content-Type"].startswith("text/vtt")


class TestClips:
    def test_a_clip_is_downloaded_under_its_title(self, me: Client, film: Video, shelf: Shelf) -> None:
        clip = a_filed_clip(shelf, film, title='Pause/wait: "Zoë"')
        answer = me.get(f"/media/clips/{clip.id}.mp4?download=1")
        assert answer.content == FILM[:1000]
        assert answer.headers["Content-Disposition"] == (
            "attachment; filename=\"Pause wait Zoe.mp4\"; filename*=UTF-8''Pause%20wait%20Zo%C3%AB.mp4"
        )

    @pytest.mark.parametrize(
        ("title", "plain"),
        [
            (
                "a\N{FULLWIDTH QUOTATION MARK}; filename=b.exe; c=\N{FULLWIDTH QUOTATION MARK}",
                "a ; filename=b.exe; c=.mp4",
            ),
            ("待つ", "clip.mp4"),
        ],
    )
    def test_no_title_becomes_more_than_a_name(
        self, me: Client, film: Video, shelf: Shelf, title: str, plain: str
    ) -> None:
        clip = a_filed_clip(shelf, film, title=title)
        said = me.get(f"/media/clips/{clip.id}.mp4?download=1").headers["Content-Disposition"]
        assert said.startswith(f'attachment; filename="{plain}"; filename*=UTF-8')

    def test_to_watch_it_needs_no_name(self, me: Client, film: Video, shelf: Shelf) -> None:
        clip = a_filed_clip(shelf, film)
        answer = me.get(f"/media/clips/{clip.id}.mp4", headers={"Range": "bytes=10-19"})
        assert (answer.status_code, answer.content) == (206, FILM[10:20])
        assert "Content-Disposition" not in answer.headers

    def test_its_file_is_not_found_before_it_is_there(self, me: Client, film: Video) -> None:
        assert me.get(f"/media/clips/{a_clip(film).id}.mp4").status_code == 404


class TestRights:
    """Who gets a film's bytes: as everywhere, what one may not see doesn't exist."""

    def test_a_coach_watches_while_they_are_paired(
        self, client: Client, film: Video, owner: Person, shelf: Shelf
    ) -> None:
        clip = a_filed_clip(shelf, film)
        now, once = client.as_(a_coach(of=owner)), client.as_(a_coach(of=owner, ended=True))
        for address in (url(film), f"/media/clips/{clip.id}.mp4"):
            assert now.get(address).status_code == 200
            assert once.get(address).status_code == 404

    def test_strangers_leads_and_administrators_find_nothing(
        self, client: Client, film: Video, owner: Person, shelf: Shelf
    ) -> None:
        shelf.give(film, RenditionName.POSTER, b"p", "image/jpeg")
        clip = a_filed_clip(shelf, film)
        people = [
            a_person(),
            a_person(school=owner.school),
            a_lead(of=owner.school),
            an_admin(school=owner.school),
        ]
        for person in people:
            for address in (url(film), url(film, "poster.jpg"), f"/media/clips/{clip.id}.mp4"):
                assert client.as_(person).get(address).status_code == 404

    def test_nobody_gets_anything_without_logging_in(self, client: Client, film: Video) -> None:
        assert client.get(url(film)).status_code == 401

    def test_a_share_shows_the_film_and_its_end_hides_it(
        self, client: Client, film: Video, owner: Person, me: Client
    ) -> None:
        friend = a_person(school=owner.school)
        a_share(film, friend)
        assert client.as_(friend).get(url(film)).status_code == 200
        me.delete(f"/api/v1/videos/{film.id}/shares/{friend.id}")
        assert client.as_(friend).get(url(film)).status_code == 404

    def test_who_may_see_a_clip_gets_its_file_and_nothing_of_the_lesson(
        self, client: Client, film: Video, owner: Person, shelf: Shelf
    ) -> None:
        clip, other = a_filed_clip(shelf, film), a_filed_clip(shelf, film)
        friend = a_person(school=owner.school)
        a_clip_share(clip, friend)
        theirs = client.as_(friend)
        assert theirs.get(f"/media/clips/{clip.id}.mp4").status_code == 200
        assert theirs.get(f"/media/clips/{other.id}.mp4").status_code == 404
        assert theirs.get(url(film)).status_code == 404


class TestWatching:
    def watchers(self, me: Client, film: Video) -> list[tuple[str, str | None]]:
        answer = me.get(f"/api/v1/videos/{film.id}/watches").json()
        return [(watch["person"]["name"], watch["clip"]) for watch in answer]

    def test_the_owner_sees_who_watched(self, client: Client, me: Client, film: Video, owner: Person) -> None:
        coach = a_coach(of=owner, name="Priya")
        theirs = client.as_(coach)
        for asked in ("bytes=0-", "bytes=0-99", "bytes=5000-"):
            theirs.get(url(film), headers={"Range": asked})
        me.get(url(film))
        assert self.watchers(me, film) == [("Priya", None)]

    def test_each_beginning_is_counted_once_whoever_watches(
        self, client: Client, me: Client, film: Video, owner: Person
    ) -> None:
        coach = a_coach(of=owner, name="Priya")
        for viewer in (me, client.as_(coach)):
            for asked in ("bytes=0-1", "bytes=0-", "bytes=100-200"):
                viewer.get(url(film), headers={"Range": asked})
        told = client.get("/metrics").text.splitlines()
        assert 'pennydrop_watch_starts_total{what="film"} 2.0' in told
        assert not any(line.startswith('pennydrop_watch_starts_total{what="clip"}') for line in told)

    @pytest.mark.parametrize("part", ["bytes=1-", "bytes=-2000", "bytes=5000-5999"])
    def test_no_part_of_a_film_is_seen_without_its_owner_knowing(
        self, client: Client, me: Client, film: Video, owner: Person, part: str
    ) -> None:
        theirs = client.as_(a_coach(of=owner, name="Priya"))
        theirs.head(url(film))
        assert self.watchers(me, film) == []
        assert theirs.get(url(film), headers={"Range": part}).status_code == 206
        assert self.watchers(me, film) == [("Priya", None)]

    def test_who_watches_for_long_is_noted_once(
        self, client: Client, me: Client, film: Video, owner: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        theirs, minutes = client.as_(a_coach(of=owner, name="Priya")), 0.0
        monkeypatch.setattr(watching, "time", SimpleNamespace(monotonic=lambda: minutes * 60))
        for minutes in (0, 8, 16, 24):
            theirs.get(url(film), headers={"Range": f"bytes={int(minutes)}-"})
            with world.session() as session:
                session.scalars(select(Watch)).one().started_at -= timedelta(minutes=8)
        assert self.watchers(me, film) == [("Priya", None)]
        minutes = 40
        theirs.get(url(film))
        assert self.watchers(me, film) == [("Priya", None)] * 2

    def test_what_could_not_be_noted_is_noted_with_the_next_bytes(
        self, client: Client, me: Client, film: Video, owner: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        theirs = client.as_(a_coach(of=owner, name="Priya"))
        with monkeypatch.context() as busy:
            busy.setattr(watching, "note_watch", _too_busy)
            assert theirs.get(url(film)).status_code == 200
        assert self.watchers(me, film) == []
        theirs.get(url(film), headers={"Range": "bytes=9000-"})
        assert self.watchers(me, film) == [("Priya", None)]

    def test_a_player_may_say_which_clip_it_shows_beside_the_film_it_has(
        self, client: Client, me: Client, film: Video, owner: Person
    ) -> None:
        clip = a_clip(film)
        theirs = client.as_(a_coach(of=owner, name="Priya"))
        theirs.get(url(film))
        for _ in range(2):
            said = theirs.post(f"/api/v1/videos/{film.id}/watches", json={"clip": clip.id})
            assert said.status_code == 204
        assert self.watchers(me, film) == [("Priya", clip.id), ("Priya", None)]

    def test_who_watches_a_shared_clip_is_seen_too(
        self, client: Client, me: Client, film: Video, owner: Person, shelf: Shelf
    ) -> None:
        clip = a_filed_clip(shelf, film)
        friend = a_person("Joan", school=owner.school)
        a_clip_share(clip, friend)
        client.as_(friend).get(f"/media/clips/{clip.id}.mp4")
        assert self.watchers(me, film) == [("Joan", clip.id)]

    def test_nobody_can_say_they_watch_what_they_may_not_see(self, client: Client, film: Video) -> None:
        clip = a_clip(film)
        stranger = client.as_(a_person())
        assert stranger.post(f"/api/v1/videos/{film.id}/watches").status_code == 404
        own = a_video(owner=a_person())
        mine = client.as_(own.owner)
        assert mine.post(f"/api/v1/videos/{own.id}/watches", json={"clip": clip.id}).status_code == 404


def _too_busy(*_: object, **__: object) -> None:
    raise OperationalError("insert", {}, sqlite3.OperationalError("database is locked"))
