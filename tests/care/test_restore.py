"""A restore brings back nothing that was erased since, and takes no place that is in use."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from pennydrop.access.viewer import Viewer
from pennydrop.care.backup.check import check_backup
from pennydrop.care.backup.restore import DatabaseInUse, Restored, StoreInUse, restore
from pennydrop.care.backup.vault import NoBackupThere, NotABackupFolder, Vault
from pennydrop.care.erase_person import SOMEBODY, erase_person
from pennydrop.care.erasures import entries_in_rows, entries_in_store, remember
from pennydrop.care.installation import bring_up_to_date
from pennydrop.care.scrub import Places
from pennydrop.clips.make import delete_clip
from pennydrop.clips.models import Clip
from pennydrop.db.session import SessionMaker, transaction
from pennydrop.db.trouble import DatabaseDamaged
from pennydrop.jobs.models import Job
from pennydrop.people.models import Pairing, Person
from pennydrop.people.pair import end
from pennydrop.settings import Settings
from pennydrop.storage.open import open_store
from pennydrop.videos.delete import delete_video
from pennydrop.videos.models import Share, Source, Video
from pennydrop.videos.share import withdraw_share
from tests.care.steps import all_rows, bring_back, places_of, take
from tests.factories import (
    a_person,
    a_share,
)
from tests.factories.stored import a_stored_film


class TestErased:
    def erase(self, places: Places, school: Person, act: Callable[[Any, Person], None]) -> None:
        with transaction(places.sessions) as session:
            act(session, session.get_one(Person, school.id))

    def restored_after(
        self, places: Places, school: Person, vault: Vault, to: Settings, act: Callable[[Any, Person], None]
    ) -> tuple[Restored, SessionMaker]:
        """Back up, erase, back up again, and restore the *older* one."""
        older = take(places, vault).manifest.name
        self.erase(places, school, act)
        take(places, vault)
        return bring_back(vault, to, name=older), places_of(to).sessions

    def test_a_film_that_was_deleted_since_does_not_come_back(
        self, places: Places, school: Person, vault: Vault, elsewhere: Settings
    ) -> None:
        def act(session: Any, person: Person) -> None:
            delete_video(session, Viewer.of(person), session.scalars(select(Video.id)).one())

        done, sessions = self.restored_after(places, school, vault, elsewhere, act)
        assert (done.erased_again, done.files, done.lost) == (1, 0, [])
        with transaction(sessions) as session:
            assert session.scalar(select(func.count()).select_from(Video)) == 0
            assert session.scalar(select(func.count()).select_from(Source)) == 0

    @pytest.mark.each_database
    def test_a_person_who_was_erased_since_does_not_come_back(
        self, places: Places, school: Person, vault: Vault, elsewhere: Settings
    ) -> None:
        def act(session: Any, person: Person) -> None:
            erase_person(session, None, person)

        done, sessions = self.restored_after(places, school, vault, elsewhere, act)
        assert done.files == 0
        with transaction(sessions) as session:
            person = session.get_one(Person, school.id)
            assert (person.name, person.password_hash) == (SOMEBODY, None)
            assert school.email not in person.email
        said = repr(all_rows(sessions))
        assert "Rosalind" not in said
        assert school.email not in said
        assert open_store(elsewhere).read(f"erasures/{self.person_entry(sessions)}") == b""

    def person_entry(self, sessions: SessionMaker) -> str:
        with transaction(sessions) as session:
            return next(one.name for one in entries_in_rows(session) if one.kind == "person")

    def test_a_clip_a_share_and_a_pairing_that_ended_stay_ended(
        self, places: Places, school: Person, vault: Vault, elsewhere: Settings
    ) -> None:
        with transaction(places.sessions) as session:
            video = session.scalars(select(Video)).one()
        friend = a_person(school=school.school)
        a_share(video, friend)

        def act(session: Any, person: Person) -> None:
            viewer = Viewer.of(person)
            delete_clip(session, viewer, session.scalars(select(Clip.id)).one())
            withdraw_share(session, viewer, video.id, person_id=friend.id)
            end(session, None, session.scalars(select(Pairing)).one())

        done, sessions = self.restored_after(places, school, vault, elsewhere, act)
        assert done.erased_again == 3
        with transaction(sessions) as session:
            assert session.scalars(select(Share)).all() == []
            assert session.scalars(select(Pairing)).one().ended_at is not None
            assert session.scalars(select(Clip.id)).all() == []

    def test_the_ledger_in_the_store_outlives_the_database(
        self, places: Places, school: Person, vault: Vault, elsewhere: Settings
    ) -> None:
        take(places, vault)
        with transaction(places.sessions) as session:
            erase_person(session, None, session.get_one(Person, school.id))
            names = [
                job.payload["name"] for job in session.scalars(select(Job)) if job.kind == "care.remember"
            ]
        for name in names:
            remember(places.store, None, name)
        assert {one.name for one in entries_in_store(places.store)} == set(names)
        done = restore(
            elsewhere.database,
            places.store,
            vault,
            check_backup(vault, None),
            replace=True,
            scratch=elsewhere.scratch,
            second_erasures=None,
        )
        assert done.erased_again == len(names)
        with transaction(places_of(elsewhere).sessions) as session:
            assert session.get_one(Person, school.id).name == SOMEBODY


class TestRefusals:
    def test_a_place_that_is_in_use_is_left_alone_unless_told(
        self, places: Places, school: Person, vault: Vault, settings: Settings, noise: random.Random
    ) -> None:
        take(places, vault)
        before = all_rows(places.sessions)
        with pytest.raises(DatabaseInUse):
            bring_back(vault, settings)
        assert all_rows(places.sessions) == before
        a_stored_film(places.store, noise=noise)
        places.sessions.kw["bind"].dispose()
        done = bring_back(vault, settings, replace=True)
        assert done.there_already == done.files
        assert done.put_aside is not None
        assert done.put_aside.exists()
        assert all_rows(places_of(settings).sessions) == before

    def test_films_that_are_there_are_left_alone_unless_told(
        self, places: Places, school: Person, vault: Vault, elsewhere: Settings
    ) -> None:
        take(places, vault)
        open_store(elsewhere).put_bytes("sources/somebodys", b"film")
        with pytest.raises(StoreInUse):
            bring_back(vault, elsewhere)
        assert not (elsewhere.data / "pennydrop.sqlite3").exists()

    def test_a_folder_with_something_else_in_it_is_no_place_for_backups(
        self, places: Places, vault: Vault
    ) -> None:
        vault.root.mkdir(parents=True)
        (vault.root / "holiday.jpg").write_bytes(b"x")
        with pytest.raises(NotABackupFolder):
            take(places, vault)
        shutil.rmtree(vault.root)
        with pytest.raises(NoBackupThere), vault.held():
            pass

    @pytest.mark.parametrize("spoil", [b"This is no database.", b"\xff" * 4096], ids=["words", "noise"])
    def test_a_damaged_database_is_named_and_put_aside_when_told(
        self, places: Places, school: Person, vault: Vault, settings: Settings, spoil: bytes
    ) -> None:
        take(places, vault)
        before = all_rows(places.sessions)
        places.sessions.kw["bind"].dispose()
        file = settings.data / "pennydrop.sqlite3"
        for ending in ("-wal", "-shm"):
            Path(f"{file}{ending}").unlink(missing_ok=True)
        file.write_bytes(spoil)
        for act in (lambda: bring_up_to_date(settings), lambda: bring_back(vault, settings)):
            with pytest.raises(DatabaseDamaged, match="pennydrop restore DIR --replace") as refused:
                act()
            assert str(file) in refused.value.detail
            assert file.read_bytes() == spoil
        done = bring_back(vault, settings, replace=True)
        assert done.put_aside is not None
        assert done.put_aside.read_bytes() == spoil
        assert all_rows(places_of(settings).sessions) == before

    def test_a_database_of_which_a_page_is_damaged_is_put_aside_too(
        self, places: Places, school: Person, vault: Vault, settings: Settings
    ) -> None:
        take(places, vault)
        engine = places.sessions.kw["bind"]
        with engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        engine.dispose()
        with (settings.data / "pennydrop.sqlite3").open("r+b") as file:
            file.seek(100)
            file.write(b"?" * 3996)
        assert bring_back(vault, settings, replace=True).lost == []
