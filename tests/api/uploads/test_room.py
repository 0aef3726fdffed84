"""How much may be sent: a person's quota, and what the disk has left."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from threading import Thread

import pytest

from pennydrop.clock import utcnow
from pennydrop.db.session import SessionMaker, transaction
from pennydrop.people.models import Person
from pennydrop.settings import Settings
from pennydrop.uploads.models import Upload
from pennydrop.uploads.room import Limits, room_for
from pennydrop_api.app import create_app
from tests.api.client import Client
from tests.api.uploads.test_films import send
from tests.api.uploads.tus import begin, post
from tests.factories.people import a_person

pytestmark = pytest.mark.each_database


@pytest.fixture
def person(database: object) -> Person:
    return a_person()


@pytest.fixture
def me(client: Client, person: Person) -> Client:
    return client.as_(person)


class TestRoom:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"upload_max_bytes": 40_000, "quota_bytes": 100_000})

    def test_a_file_larger_than_any_is_not_begun(self, me: Client) -> None:
        answer = post(me, 40_001)
        assert answer.status_code == 413
        assert "larger than" in answer.json()["detail"]

    def test_a_deferred_length_has_the_same_limit(self, me: Client) -> None:
        sending = begin(me)
        assert sending.patch(0, b"x" * 40_001).status_code == 413
        streamed = sending.patch(0, iter([b"x" * 30_000, b"x" * 30_000]))
        assert (streamed.status_code, streamed.json()["code"]) == (413, "film_too_large")
        assert sending.patch(0, b"x", Upload_Length="40001").status_code == 413
        assert sending.patch(0, b"x" * 40_000, Upload_Length="40000").status_code == 204

    def test_the_quota_is_reserved_when_an_upload_begins(self, client: Client, me: Client) -> None:
        sendings = [begin(me, 40_000), begin(me, 40_000)]
        answer = post(me, 40_000)
        assert answer.status_code == 507
        assert answer.json()["code"] == "quota_full"
        assert post(client.as_(a_person()), 40_000).status_code == 201
        sendings[0].delete()
        assert post(me, 40_000).status_code == 201

    def test_what_is_free_is_given_away_once(
        self, me: Client, person: Person, database: SessionMaker, settings: Settings
    ) -> None:
        answers = []
        with transaction(database) as session:
            room_for(session, person.id, Limits.of(settings), None).check(40_000)
            session.add(_reserved(person, 40_000))
            session.flush()
            asking = [Thread(target=lambda: answers.append(post(me, 40_000).status_code)) for _ in range(2)]
            for thread in asking:
                thread.start()
            time.sleep(0.5)
            assert answers == []
        for thread in asking:
            thread.join()
        assert sorted(answers) == [201, 507]

    def test_what_is_stored_counts_and_what_is_deleted_does_not(self, me: Client) -> None:
        films = [send(me, os.urandom(40_000)) for _ in range(2)]
        assert post(me, 20_001).status_code == 507
        me.delete(f"/api/v1/videos/{films[0].video}")
        assert post(me, 40_000).status_code == 201

    def test_a_deferred_length_takes_its_room_as_it_comes(self, me: Client) -> None:
        for _ in range(2):
            send(me, os.urandom(40_000))
        sending = begin(me)
        assert sending.patch(0, b"x" * 20_000).status_code == 204
        assert sending.patch(20_000, b"x").status_code == 507
        assert sending.offset == 20_000

    def test_the_disk_keeps_some_room_free(
        self, database: object, settings: Settings, person: Person
    ) -> None:
        full = create_app(settings.model_copy(update={"keep_free_bytes": 10**18}))
        with Client(full) as client:
            answer = post(client.as_(person), 10)
        assert answer.status_code == 507
        assert answer.json()["code"] == "disk_full"


def _reserved(person: Person, length: int) -> Upload:
    """An upload that has only just begun."""
    until = utcnow() + timedelta(days=7)
    return Upload(person_id=person.id, owner_id=person.id, length=length, reserved=length, expires_at=until)
