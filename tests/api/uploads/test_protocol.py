"""tus 1.0.0 to the letter."""

from __future__ import annotations

import os
from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest

from pennydrop.access import may_take_back
from pennydrop.clock import utcnow
from pennydrop.people.models import Person
from pennydrop.settings import Settings
from pennydrop.uploads.models import Upload
from pennydrop.videos.models import Video
from tests.api.client import Client
from tests.api.uploads.tus import BYTES, TUS, begin, checksum, metadata, post
from tests.factories import a_moment, world
from tests.factories.people import a_person

DATA = os.urandom(100_000)


@pytest.fixture
def person(database: object) -> Person:
    return a_person()


@pytest.fixture
def me(client: Client, person: Person) -> Client:
    return client.as_(person)


def test_the_server_says_what_it_speaks_to_anybody(client: Client, settings: Settings) -> None:
    answer = client.options("/api/v1/uploads")
    assert answer.status_code == 204
    assert answer.headers["Tus-Resumable"] == "1.0.0"
    assert answer.headers["Tus-Version"] == "1.0.0"
    assert answer.headers["Tus-Max-Size"] == str(settings.upload_max_bytes)
    assert set(answer.headers["Tus-Checksum-Algorithm"].split(",")) == {"sha1", "sha256"}
    assert set(answer.headers["Tus-Extension"].split(",")) == {
        "creation",
        "creation-with-upload",
        "creation-defer-length",
        "checksum",
        "expiration",
        "termination",
    }


def test_a_file_arrives_in_pieces(me: Client, settings: Settings) -> None:
    sending = begin(me, len(DATA))
    for start in range(0, len(DATA), 30_000):
        piece = DATA[start : start + 30_000]
        answer = sending.patch(start, piece)
        assert answer.status_code == 204
        assert answer.headers["Tus-Resumable"] == "1.0.0"
        assert answer.headers["Upload-Offset"] == str(start + len(piece))
    (stored,) = (settings.objects / "sources").iterdir()
    assert stored.read_bytes() == DATA
    assert list(settings.uploads.iterdir()) == []


def test_the_head_says_where_to_go_on(me: Client) -> None:
    sending = begin(me, len(DATA), title="Number talk")
    sending.patch(0, DATA[:40_000])
    head = sending.head()
    assert head.status_code == 200
    assert head.headers["Upload-Offset"] == "40000"
    assert head.headers["Upload-Length"] == str(len(DATA))
    assert head.headers["Upload-Metadata"] == metadata(filename="lesson.mp4", title="Number talk")
    assert head.headers["Cache-Control"] == "no-store"
    left = parsedate_to_datetime(head.headers["Upload-Expires"]) - utcnow()
    assert 6.9 < left.total_seconds() / 86400 < 7.1


def test_a_finished_upload_still_answers_where_it_is(me: Client) -> None:
    sending = begin(me, len(DATA))
    sending.patch(0, DATA)
    head = sending.head()
    assert (head.status_code, head.headers["Upload-Offset"]) == (200, str(len(DATA)))
    assert "Upload-Expires" not in head.headers
    assert sending.patch(len(DATA)).status_code == 204
    assert sending.patch(0, DATA).status_code == 409


def test_an_empty_patch_changes_nothing(me: Client) -> None:
    sending = begin(me, len(DATA))
    assert sending.patch(0).headers["Upload-Offset"] == "0"
    assert sending.offset == 0


@pytest.mark.parametrize("version", [None, "0.2.2", "2.0.0"])
def test_another_version_is_refused_with_the_one_spoken(me: Client, version: str | None) -> None:
    sending = begin(me, 10)
    headers = BYTES | {"Upload-Offset": "0"} | ({"Tus-Resumable": version} if version else {})
    for answer in (
        me.patch(sending.url, headers=headers, content=b"0123456789"),
        me.post("/api/v1/uploads", headers=headers | {"Upload-Length": "1"}),
        me.head(sending.url, headers=headers),
        me.delete(sending.url, headers=headers),
    ):
        assert answer.status_code == 412
        assert answer.headers["Tus-Version"] == "1.0.0"
    assert sending.offset == 0


def test_a_wrong_offset_is_a_conflict_and_changes_nothing(me: Client) -> None:
    sending = begin(me, len(DATA))
    sending.patch(0, DATA[:1000])
    for offset in (0, 999, 1001):
        answer = sending.patch(offset, b"x" * 10)
        assert answer.status_code == 409
        assert "1000 bytes" in answer.json()["detail"]
    assert sending.offset == 1000


@pytest.mark.parametrize("content_type", ["application/octet-stream", "text/plain", ""])
def test_bytes_come_as_offset_octet_stream_or_not_at_all(me: Client, content_type: str) -> None:
    answer = begin(me, 10).patch(0, b"0123456789", Content_Type=content_type)
    assert answer.status_code == 415
    assert "offset+octet-stream" in answer.json()["detail"]


@pytest.mark.parametrize("offset", ["", "-1", "1.5", "x", "9" * 30, "٣"])
def test_an_offset_is_a_whole_number(me: Client, offset: str) -> None:
    sending = begin(me, 10)
    headers = TUS | BYTES | {"Upload-Offset": offset.encode()}
    assert me.patch(sending.url, headers=headers, content=b"x").status_code == 400


def test_a_patch_needs_an_offset(me: Client) -> None:
    sending = begin(me, 10)
    assert me.patch(sending.url, headers=TUS | BYTES, content=b"x").status_code == 400


def test_more_than_was_said_is_not_taken(me: Client, settings: Settings) -> None:
    sending = begin(me, 10)
    assert sending.patch(0, b"x" * 11).status_code == 413
    assert sending.patch(0, iter([b"x" * 6, b"x" * 6])).status_code == 413
    assert sending.offset == 0
    assert (settings.uploads / f"{sending.id}.part").stat().st_size == 0
    assert sending.patch(0, b"0123456789").status_code == 204


@pytest.mark.parametrize(
    ("more", "status"), [({}, 413), (checksum(b"other"), 460)], ids=["too much", "damaged"]
)
def test_a_creation_whose_bytes_are_refused_leaves_nothing(
    me: Client, settings: Settings, more: dict[str, str], status: int
) -> None:
    content = b"x" * (11 if status == 413 else 10)
    assert post(me, 10, content=content, headers=BYTES | more).status_code == status
    assert me.get("/api/v1/videos").json()["items"] == []
    assert not list(settings.uploads.glob("*.part"))


def test_an_unknown_upload_is_not_found(me: Client) -> None:
    answer = me.head("/api/v1/uploads/0000000000000000000000000a", headers=TUS)
    assert answer.status_code == 404
    assert answer.headers["Tus-Resumable"] == "1.0.0"


class TestCreation:
    def test_the_answer_names_the_upload_and_its_video(self, me: Client) -> None:
        answer = post(me, 10, title="Number talk", purpose="rehearsal")
        assert answer.status_code == 201
        assert answer.headers["Location"].startswith("/api/v1/uploads/")
        assert answer.headers["Content-Location"].startswith("/api/v1/videos/")
        assert "Upload-Expires" in answer.headers

    def test_the_first_bytes_may_come_with_it(self, me: Client, settings: Settings) -> None:
        answer = post(me, len(DATA), content=DATA[:60_000], headers=BYTES)
        assert (answer.status_code, answer.headers["Upload-Offset"]) == (201, "60000")
        answer = post(me, len(DATA), content=DATA, headers=BYTES)
        assert (answer.status_code, answer.headers["Upload-Offset"]) == (201, str(len(DATA)))
        (stored,) = (settings.objects / "sources").iterdir()
        assert stored.read_bytes() == DATA

    def test_the_length_may_come_later(self, me: Client, settings: Settings) -> None:
        sending = begin(me)
        sending.patch(0, DATA[:50_000])
        head = sending.head()
        assert head.headers["Upload-Defer-Length"] == "1"
        assert "Upload-Length" not in head.headers
        answer = sending.patch(50_000, DATA[50_000:], Upload_Length=str(len(DATA)))
        assert answer.status_code == 204
        (stored,) = (settings.objects / "sources").iterdir()
        assert stored.read_bytes() == DATA

    def test_an_empty_patch_may_say_the_length_at_the_end(self, me: Client, settings: Settings) -> None:
        sending = begin(me)
        sending.patch(0, DATA)
        assert sending.patch(len(DATA), Upload_Length=str(len(DATA))).status_code == 204
        assert len(list((settings.objects / "sources").iterdir())) == 1

    def test_the_length_is_said_once_and_covers_what_has_come(self, me: Client) -> None:
        sending = begin(me)
        sending.patch(0, DATA[:1000])
        assert sending.patch(1000, Upload_Length="999").status_code == 400
        assert sending.patch(1000, Upload_Length="2000").status_code == 204
        assert sending.patch(1000, Upload_Length="3000").status_code == 400
        assert sending.patch(1000, Upload_Length="2000").status_code == 204

    @pytest.mark.parametrize(
        "headers",
        [
            {},
            {"Upload-Length": "-1"},
            {"Upload-Length": "ten"},
            {"Upload-Length": "10", "Upload-Defer-Length": "1"},
            {"Upload-Defer-Length": "2"},
        ],
    )
    def test_one_length_or_its_deferral_is_needed(self, me: Client, headers: dict[str, str]) -> None:
        about = {"Upload-Metadata": metadata(filename="a.mp4")}
        assert me.post("/api/v1/uploads", headers=TUS | about | headers).status_code == 400

    def test_a_file_of_no_bytes_is_complete_at_once(self, me: Client) -> None:
        sending = begin(me, 0)
        assert sending.offset == 0
        assert me.get(f"/api/v1/videos/{sending.video}").json()["state"] == "processing"


class TestChecksum:
    @pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
    def test_bytes_that_match_are_kept(self, me: Client, algorithm: str) -> None:
        sending = begin(me, len(DATA))
        headers = TUS | BYTES | {"Upload-Offset": "0"} | checksum(DATA[:999], algorithm)
        assert me.patch(sending.url, headers=headers, content=DATA[:999]).status_code == 204
        assert sending.offset == 999

    def test_bytes_that_do_not_match_are_thrown_away(self, me: Client, settings: Settings) -> None:
        sending = begin(me, len(DATA))
        sending.patch(0, DATA[:1000])
        headers = TUS | BYTES | {"Upload-Offset": "1000"} | checksum(b"something else")
        answer = me.patch(sending.url, headers=headers, content=DATA[1000:])
        assert answer.status_code == 460
        assert answer.json()["code"] == "checksum_mismatch"
        assert sending.offset == 1000
        assert sending.patch(1000, DATA[1000:]).status_code == 204
        (stored,) = (settings.objects / "sources").iterdir()
        assert stored.read_bytes() == DATA

    def test_it_holds_for_the_bytes_of_a_creation_as_well(self, me: Client) -> None:
        assert post(me, 9, content=b"film film", headers=BYTES | checksum(b"film film")).status_code == 201
        assert post(me, 9, content=b"film film", headers=BYTES | checksum(b"other")).status_code == 460

    @pytest.mark.parametrize("header", ["md5 1B2M2Y8AsgTpgAmY7PhCfg==", "sha1", "sha1 !!", "sha256 aGk=", ""])
    def test_another_checksum_is_refused(self, me: Client, header: str) -> None:
        sending = begin(me, 10)
        assert sending.patch(0, b"x", Upload_Checksum=header).status_code == 400
        assert sending.offset == 0


class TestTermination:
    def test_an_upload_ends_with_its_video_and_its_bytes(self, me: Client, settings: Settings) -> None:
        sending = begin(me, len(DATA))
        sending.patch(0, DATA[:1000])
        assert sending.delete().status_code == 204
        assert list(settings.uploads.iterdir()) == []
        assert me.get(f"/api/v1/videos/{sending.video}").status_code == 404
        assert sending.head().status_code == 410
        assert sending.patch(1000, DATA[1000:]).status_code == 410
        assert sending.delete().status_code == 410

    def test_a_film_that_has_just_arrived_is_taken_back_by_it(self, me: Client) -> None:
        sending = begin(me, len(DATA))
        sending.patch(0, DATA)
        assert sending.delete().status_code == 204
        assert me.get(f"/api/v1/videos/{sending.video}").status_code == 404
        assert sending.head().status_code == 410

    @pytest.mark.parametrize("bytes_sent", [1000, len(DATA)])
    def test_what_a_deleted_film_was_called_goes_with_it(self, me: Client, bytes_sent: int) -> None:
        sending = begin(me, len(DATA), title="Tuesday with Leo")
        sending.patch(0, DATA[:bytes_sent])
        assert me.delete(f"/api/v1/videos/{sending.video}").status_code == 204
        gone = sending.head()
        assert (gone.status_code, "Upload-Metadata" in gone.headers) == (410, False)
        with world.session() as session:
            upload = session.get_one(Upload, sending.id)
            assert (upload.upload_metadata, upload.reserved) == ("", 0)
        again = begin(me, len(DATA))
        assert again.patch(0, DATA).status_code == 204
        assert me.get(f"/api/v1/videos/{again.video}").status_code == 200

    def test_a_film_that_arrived_an_hour_ago_is_not_lost_by_it(
        self, me: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        sending = begin(me, len(DATA))
        sending.patch(0, DATA)
        later = utcnow() + timedelta(minutes=61)
        monkeypatch.setattr(may_take_back, "utcnow", lambda: later)
        assert sending.delete().status_code == 409
        assert len(list((settings.objects / "sources").iterdir())) == 1

    def test_a_film_that_somebody_works_with_is_not_lost_by_it(self, me: Client) -> None:
        sending = begin(me, len(DATA))
        sending.patch(0, DATA)
        with world.session() as session:
            video = session.get_one(Video, sending.video)
        a_moment(video)
        assert sending.delete().status_code == 409


class TestMethodOverride:
    def test_a_post_stands_in_for_patch_head_and_delete(self, me: Client) -> None:
        sending = begin(me, len(DATA))
        headers = TUS | BYTES | {"Upload-Offset": "0", "X-HTTP-Method-Override": "PATCH"}
        assert me.post(sending.url, headers=headers, content=DATA[:10]).status_code == 204
        head = me.post(sending.url, headers=TUS | {"X-HTTP-Method-Override": "HEAD"})
        assert (head.status_code, head.headers["Upload-Offset"]) == (200, "10")
        gone = me.post(sending.url, headers=TUS | {"X-HTTP-Method-Override": "DELETE"})
        assert gone.status_code == 204
        assert sending.head().status_code == 410

    def test_a_plain_post_means_nothing(self, me: Client) -> None:
        for method in ({}, {"X-HTTP-Method-Override": "PUT"}):
            answer = me.post(begin(me, 10).url, headers=TUS | method)
            assert (answer.status_code, answer.json()["code"]) == (405, "method_not_overridden")
            assert "PATCH" in answer.headers["Allow"]
            assert answer.headers["Tus-Resumable"] == "1.0.0"


def test_what_arrived_is_counted_for_whoever_watches_over_the_server(client: Client) -> None:
    me = client.as_(a_person())
    begin(me, 5_000).patch(0, b"x" * 3_000)
    assert "pennydrop_upload_bytes_total 3000.0" in client.get("/metrics").text.splitlines()
