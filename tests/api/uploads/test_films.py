"""What becomes of what is sent: whose film it is, and where it goes."""

from __future__ import annotations

import hashlib
import os
from datetime import timedelta

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from pennydrop.clock import utcnow
from pennydrop.db.session import SessionMaker
from pennydrop.jobs.models import Job
from pennydrop.people.models import Person
from pennydrop.settings import Settings
from pennydrop.storage import keys
from pennydrop.storage.local import LocalStore
from pennydrop.storage.sweep import sweep
from pennydrop.uploads.expire import expire_uploads
from pennydrop.uploads.finish import Places, finish_all
from pennydrop.uploads.models import Upload
from pennydrop.uploads.progress import commit_offset
from pennydrop.uploads.prove import keep_proof, read_sha256
from pennydrop.uploads.staging.folder import FolderStaging
from pennydrop.videos.models import Source, Video
from pennydrop_api.uploads import receive
from tests.api.client import Client
from tests.api.uploads.tus import TUS, Sending, begin, metadata, post
from tests.factories import world
from tests.factories.content import an_action_step
from tests.factories.people import a_coach, a_person

pytestmark = pytest.mark.each_database

DATA = os.urandom(50_000)


@pytest.fixture
def person(database: object) -> Person:
    return a_person()


@pytest.fixture
def me(client: Client, person: Person) -> Client:
    return client.as_(person)


@pytest.fixture
def places(settings: Settings, database: SessionMaker) -> Places:
    return Places(database, LocalStore(settings.objects), FolderStaging(settings.uploads))


def send(client: Client, data: bytes = DATA, **about: str) -> Sending:
    sending = begin(client, len(data), **about)
    assert sending.patch(0, data).status_code == 204
    return sending


def stored(settings: Settings) -> list[bytes]:
    folder = settings.objects / "sources"
    return [path.read_bytes() for path in folder.iterdir()] if folder.is_dir() else []


def jobs() -> dict[str, str | None]:
    with world.session() as session:
        return {job.kind: job.subject_id for job in session.scalars(select(Job))}


class TestDetails:
    def test_the_film_is_as_its_sender_says(self, me: Client, person: Person) -> None:
        step = an_action_step(person)
        sending = begin(
            me,
            10,
            filename="IMG_0042.MOV",
            filetype="video/quicktime",
            title="Number talk",
            purpose="rehearsal",
            action_step=step.id,
            recorded_at="2026-03-09T10:15:00+01:00",
        )
        video = me.get(f"/api/v1/videos/{sending.video}").json()
        assert video["state"] == "uploading"
        assert video["title"] == "Number talk"
        assert video["purpose"] == "rehearsal"
        assert video["owner"]["id"] == video["filmed_by"]["id"] == person.id
        assert video["action_step"] == step.id
        assert video["filename"] == "IMG_0042.MOV"
        assert video["recorded_at"] == "2026-03-09T09:15:00Z"

    @pytest.mark.parametrize(
        ("filename", "kept", "title"),
        [
            ("lesson.mp4", "lesson.mp4", "lesson"),
            ("../../etc/passwd.mp4", "passwd.mp4", "passwd"),
            ("C:\\fakepath\\Zoë 1.mov", "Zoë 1.mov", "Zoë 1"),
            ("con\x00cat:\u202e4pm.mp4", "concat:4pm.mp4", "concat:4pm"),
            (".mp4", ".mp4", ".mp4"),
        ],
    )
    def test_a_file_name_is_only_a_name(self, me: Client, filename: str, kept: str, title: str) -> None:
        video = me.get(f"/api/v1/videos/{begin(me, 10, filename=filename).video}").json()
        assert (video["filename"], video["title"]) == (kept, title)

    @pytest.mark.parametrize(
        "about",
        [
            {"filename": ""},
            {"filename": "///"},
            {"purpose": "inspection"},
            {"title": "x" * 201},
            {"recorded_at": "yesterday"},
            {"recorded_at": "2026-03-09T10:15:00"},
            {"action_step": "no such step"},
            {"action_step": "0000000000000000000000000a"},
            {"owner": "../x"},
        ],
    )
    def test_what_cannot_be_used_is_refused_with_a_sentence(self, me: Client, about: dict[str, str]) -> None:
        answer = post(me, 10, content=b"", headers=None, **about)
        assert answer.status_code == 400
        assert answer.json()["detail"].endswith(".") or ": " in answer.json()["detail"]
        assert me.get("/api/v1/videos").json()["items"] == []

    @pytest.mark.parametrize(
        "header",
        ["", "filename", "filename !!!", "filename Zg==,filename Zg==", "a b c", ",", "filename /w=="],
    )
    def test_metadata_that_cannot_be_read_is_refused(self, me: Client, header: str) -> None:
        headers = TUS | {"Upload-Length": "1", "Upload-Metadata": header}
        assert me.post("/api/v1/uploads", headers=headers).status_code == 400

    def test_an_action_step_is_the_owners_own(self, me: Client) -> None:
        assert post(me, 10, action_step=an_action_step().id).status_code == 400


class TestOwners:
    def test_a_coach_films_into_the_coachees_ownership(self, client: Client, person: Person) -> None:
        coach = a_coach(of=person)
        sending = send(client.as_(coach), owner=person.id)
        video = client.as_(person).get(f"/api/v1/videos/{sending.video}").json()
        assert video["owner"]["id"] == person.id
        assert video["filmed_by"]["id"] == coach.id

    def test_nobody_else_does(self, client: Client, person: Person) -> None:
        once = a_coach(of=person, ended=True)
        colleague = a_person(school=person.school)
        for somebody in (once, colleague):
            assert post(client.as_(somebody), 10, owner=person.id).status_code in (403, 404)
        assert post(client.as_(a_person()), 10, owner=person.id).status_code == 404

    def test_an_upload_stops_when_the_pairing_ends(self, client: Client, person: Person) -> None:
        coach = client.as_(a_coach(of=person))
        sending = begin(coach, len(DATA), owner=person.id)
        (pairing,) = client.as_(person).get("/api/v1/pairings").json()["items"]
        client.as_(person).patch(f"/api/v1/pairings/{pairing['id']}", json={"ended": True})
        assert sending.patch(0, DATA).status_code == 404

    def test_an_upload_does_not_exist_for_others(self, client: Client, me: Client) -> None:
        sending = begin(me, len(DATA))
        stranger = Sending(client.as_(a_person()), sending.url, sending.video)
        assert stranger.head().status_code == 404
        assert stranger.patch(0, DATA).status_code == 404
        assert stranger.delete().status_code == 404
        assert client.head(sending.url, headers=TUS).status_code == 401
        assert sending.patch(0, DATA).status_code == 204


class TestEnd:
    def test_watching_begins_to_be_prepared_and_the_film_is_proven(self, me: Client) -> None:
        sending = send(me)
        video = me.get(f"/api/v1/videos/{sending.video}").json()
        assert video["state"] == "processing"
        assert video["size"] == len(DATA)
        assert video["proven"] is True
        assert jobs() == {"video.ingest": sending.video}
        with world.session() as session:
            assert session.scalars(select(Source.sha256)).one() == hashlib.sha256(DATA).hexdigest()

    def test_a_film_whose_hash_was_interrupted_is_proven_by_reading(
        self, client: Client, me: Client, places: Places
    ) -> None:
        sending = begin(me, len(DATA))
        sending.patch(0, DATA[:20_000])
        client.app.state.uploads.keep_hash(sending.id, None)  # type: ignore[attr-defined]
        sending.patch(20_000, DATA[20_000:])
        assert me.get(f"/api/v1/videos/{sending.video}").json()["proven"] is False
        assert set(jobs()) == {"video.ingest", "video.prove"}
        prove(places, sending.video)
        assert me.get(f"/api/v1/videos/{sending.video}").json()["proven"] is True

    def test_the_same_bytes_of_one_owner_are_stored_once(self, me: Client, settings: Settings) -> None:
        first, second = send(me), send(me, title="Again")
        assert stored(settings) == [DATA]
        for sending in (first, second):
            assert me.get(f"/api/v1/videos/{sending.video}").json()["size"] == len(DATA)

    def test_another_owners_bytes_are_her_own(self, client: Client, me: Client, settings: Settings) -> None:
        send(me)
        send(client.as_(a_person()))
        assert stored(settings) == [DATA, DATA]

    def test_a_double_found_by_the_proof_is_given_up(
        self, client: Client, me: Client, places: Places, settings: Settings
    ) -> None:
        first = send(me)
        second = begin(me, len(DATA))
        second.patch(0, DATA[:9])
        client.app.state.uploads.keep_hash(second.id, None)  # type: ignore[attr-defined]
        second.patch(9, DATA[9:])
        assert len(stored(settings)) == 2
        prove(places, second.video)
        with world.session() as session:
            sources = {session.get_one(Video, sending.video).source_id for sending in (first, second)}
            assert len(sources) == 1
            (forget,) = session.scalars(select(Job).where(Job.kind == "storage.forget"))
        for key in forget.payload["keys"]:
            places.store.delete(key)
        assert stored(settings) == [DATA]

    def test_a_double_is_kept_where_the_first_was_lost(self, me: Client, settings: Settings) -> None:
        first = send(me)
        (settings.objects / "sources" / first.id).unlink()
        second = send(me)
        assert stored(settings) == [DATA]
        assert me.get(f"/api/v1/videos/{second.video}").json()["proven"] is True

    def test_deleting_one_of_two_films_keeps_the_bytes_of_the_other(
        self, me: Client, places: Places, settings: Settings
    ) -> None:
        first, second = send(me), send(me)
        me.delete(f"/api/v1/videos/{first.video}")
        age(settings)
        sweep(places.store, places.sessions)
        assert stored(settings) == [DATA]
        me.delete(f"/api/v1/videos/{second.video}")
        sweep(places.store, places.sessions)
        assert stored(settings) == []

    @pytest.mark.parametrize("moved", [False, True])
    def test_a_process_that_died_at_the_end_is_made_good(
        self, me: Client, places: Places, settings: Settings, moved: bool
    ) -> None:
        sending = whole_but_unfinished(me, places, moved=moved)
        assert finish_all(places) == [sending.id]
        assert me.get(f"/api/v1/videos/{sending.video}").json()["state"] == "processing"
        assert stored(settings) == [DATA]
        assert set(jobs()) == {"video.ingest", "video.prove"}
        assert finish_all(places) == []

    def test_one_that_cannot_be_finished_keeps_no_other_waiting(
        self, me: Client, places: Places, settings: Settings
    ) -> None:
        lost, unreadable, whole = (whole_but_unfinished(me, places, moved=False) for _ in range(3))
        places.staging.part(lost.id).unlink()
        places.staging.part(unreadable.id).unlink()
        places.staging.part(unreadable.id).symlink_to(places.staging.part(unreadable.id))
        assert finish_all(places) == [whole.id]
        assert stored(settings) == [DATA]
        assert lost.offset == 0

    @pytest.mark.parametrize("moved", [False, True])
    def test_asking_for_the_offset_makes_it_good_as_well(
        self, me: Client, places: Places, settings: Settings, moved: bool
    ) -> None:
        sending = whole_but_unfinished(me, places, moved=moved)
        assert sending.offset == len(DATA)
        assert me.get(f"/api/v1/videos/{sending.video}").json()["state"] == "processing"
        assert stored(settings) == [DATA]

    def test_bytes_that_vanished_are_sent_again(self, me: Client, places: Places, settings: Settings) -> None:
        sending = begin(me, len(DATA))
        sending.patch(0, DATA[:20_000])
        places.staging.discard(sending.id)
        assert sending.patch(20_000, DATA[20_000:]).status_code == 409
        assert sending.offset == 0
        assert sending.patch(0, DATA).status_code == 204
        assert stored(settings) == [DATA]

    @pytest.mark.parametrize("moment", ["before_commit", "after_commit"])
    def test_a_commit_whose_answer_never_came_costs_no_bytes(
        self, me: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch, moment: str
    ) -> None:
        def commit_unheard(session: Session, upload_id: str, offset: int) -> None:
            commit_offset(session, upload_id, offset)
            event.listen(session, moment, _breaks_off, once=True)

        sending = begin(me, len(DATA))
        assert sending.patch(0, DATA[:20_000]).status_code == 204
        with monkeypatch.context() as unheard:
            unheard.setattr(receive, "commit_offset", commit_unheard)
            assert sending.patch(20_000, DATA[20_000:40_000]).status_code == 503
        offset = sending.offset
        assert offset == (40_000 if moment == "after_commit" else 20_000)
        assert sending.patch(offset, DATA[offset:]).status_code == 204
        assert stored(settings) == [DATA]


def _breaks_off(session: Session) -> None:
    raise OperationalError("commit", {}, Exception("the server closed the connection unexpectedly"))


class TestExpiry:
    def test_after_a_week_without_a_byte_it_ends(
        self, me: Client, places: Places, settings: Settings
    ) -> None:
        sending = begin(me, len(DATA))
        sending.patch(0, DATA[:100])
        with world.session() as session:
            upload = session.scalars(select(Upload)).one()
            upload.expires_at = utcnow() - timedelta(seconds=1)
        assert sending.head().status_code == 410
        assert sending.patch(100, DATA[100:]).status_code == 410
        assert expire_uploads(places) == 1
        assert sending.head().status_code == 410
        assert me.get("/api/v1/videos").json()["items"] == []
        assert list(settings.uploads.iterdir()) == []

    def test_one_that_goes_on_stays(self, me: Client, places: Places) -> None:
        sending = begin(me, len(DATA))
        sending.patch(0, DATA[:100])
        assert expire_uploads(places) == 0
        assert sending.patch(100, DATA[100:]).status_code == 204


def test_the_sweep_takes_what_nothing_refers_to_and_only_after_an_hour(
    me: Client, places: Places, settings: Settings
) -> None:
    sending = begin(me, 10)
    wanted = keys.source(sending.id)
    for key in ("renditions/v/720p/lost-1/made", "live/v/lost-1/index.m3u8", "clips/c/lost-1.mp4", wanted):
        places.store.put_bytes(key, b"x")
    send(me)
    assert sweep(places.store, places.sessions) == 0
    age(settings)
    assert sweep(places.store, places.sessions) == 3
    assert stored(settings).count(DATA) == 1
    assert places.store.size(wanted) == 1


def whole_but_unfinished(client: Client, places: Places, *, moved: bool) -> Sending:
    """An upload of which every byte is committed, but whose process died before the film was on record."""
    sending = begin(client, len(DATA))
    upload_id = sending.id
    writer = places.staging.open(upload_id, 0, None, None)
    writer.write([DATA])
    writer.sync()
    writer.close()
    if moved:
        places.staging.put_in_place(places.store, upload_id, keys.source(upload_id), len(DATA))
    with world.session() as session:
        session.get_one(Upload, upload_id).offset = len(DATA)
    return sending


def prove(places: Places, video_id: str) -> None:
    with world.session() as session:
        source = session.get_one(Source, session.get_one(Video, video_id).source_id)
    sha256 = read_sha256(places.store, source, lambda percent: None)
    with world.session() as session:
        keep_proof(session, places.store, source.id, sha256)


def age(settings: Settings) -> None:
    """Make every object old."""
    for path in settings.objects.rglob("*"):
        if path.is_file():
            os.utime(path, (1_000_000_000, 1_000_000_000))


def test_the_header_is_the_clients_to_read_again(me: Client) -> None:
    sending = begin(me, 10, title="Zoë")
    assert sending.head().headers["Upload-Metadata"] == metadata(filename="lesson.mp4", title="Zoë")
