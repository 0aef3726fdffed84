"""A backup holds everything from one moment, and a restore brings it back but for what was erased."""

from __future__ import annotations

import hashlib
import itertools
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pennydrop.access.viewer import Viewer
from pennydrop.care.backup.check import check_backup
from pennydrop.care.backup.restore import DatabaseInUse, restore
from pennydrop.care.backup.vault import (
    BackupDamaged,
    BackupsOfOthers,
    Manifest,
    NoBackupThere,
    Vault,
    write_listing,
)
from pennydrop.care.heal import heal
from pennydrop.care.installation import RestoreInterrupted, bring_up_to_date
from pennydrop.care.scrub import Places, scrub
from pennydrop.clips.models import Clip, ClipOriginal
from pennydrop.db import migrate
from pennydrop.db.session import make_engine, transaction
from pennydrop.people.models import Person
from pennydrop.settings import Settings
from pennydrop.storage import keys
from pennydrop.storage.open import open_store
from pennydrop.storage.port import ObjectStore
from pennydrop.videos.delete import delete_video
from pennydrop.videos.models import Rendition, Video
from tests.care.steps import all_rows, bring_back, bytes_of, places_of, take
from tests.factories.every_table import fill_every_table, one_row_each, rows_of
from tests.factories.stored import a_stored_film
from tests.support.databases import Databases
from tests.support.servers.s3 import S3


@pytest.mark.each_database
def test_every_row_and_every_byte_come_back(
    places: Places, school: Person, vault: Vault, elsewhere: Settings
) -> None:
    taken = take(places, vault)
    done = bring_back(vault, elsewhere)
    assert (done.lost, done.erased_again, done.put_aside) == ([], 0, None)
    assert done.files == taken.manifest.files == len(bytes_of(places.store))
    restored = places_of(elsewhere)
    assert all_rows(restored.sessions) == all_rows(places.sessions)
    assert bytes_of(restored.store) == bytes_of(places.store)
    assert scrub(restored).findings == []


def test_an_installation_moves_to_postgresql_and_s3_by_a_backup_and_back_again(
    places: Places,
    school: Person,
    vault: Vault,
    elsewhere: Settings,
    postgresql_databases: Databases,
    s3: S3,
    tmp_path: Path,
) -> None:
    take(places, vault)
    bucket = Settings(data=tmp_path / "grown", **s3.settings(s3.make_bucket()))
    grown = bucket.model_copy(update={"database_url": postgresql_databases.empty(tmp_path)})
    assert bring_back(vault, grown).lost == []
    there = places_of(grown)
    assert all_rows(there.sessions) == all_rows(places.sessions)
    assert bytes_of(there.store) == bytes_of(places.store)
    with pytest.raises(DatabaseInUse, match="empty one"):
        bring_back(vault, grown, replace=True)
    again = Vault(tmp_path / "disk" / "others")
    assert take(there, again).spoilt == []
    bring_back(again, elsewhere)
    assert all_rows(places_of(elsewhere).sessions) == all_rows(places.sessions)
    assert bytes_of(open_store(elsewhere)) == bytes_of(places.store)


def test_the_second_backup_copies_only_what_is_new(
    places: Places, school: Person, vault: Vault, noise: random.Random
) -> None:
    first = take(places, vault)
    assert first.copied == first.manifest.files
    assert take(places, vault).copied == 0
    film = a_stored_film(places.store, noise=noise)
    again = take(places, vault)
    assert (again.copied, again.manifest.files) == (len(film.keys), first.manifest.files + len(film.keys))


def test_only_so_many_backups_are_kept_with_the_files_that_they_hold(
    places: Places, vault: Vault, noise: random.Random, elsewhere: Settings
) -> None:
    old = a_stored_film(places.store, noise=noise)
    first = take(places, vault)
    with transaction(places.sessions) as session:
        delete_video(session, Viewer.of(session.get_one(Person, old.video.owner_id)), old.video.id)
    places.store.delete_prefix("")
    new = a_stored_film(places.store, noise=noise)
    take(places, vault)
    third = take(places, vault, keep=2)
    assert third.removed == [first.manifest.name]
    assert sum(1 for path in vault.root.glob("objects/??/*")) == len(new.keys)
    assert bring_back(vault, elsewhere, name=vault.names()[0]).lost == []


class Interrupted(BaseException):
    pass


class BreakingStore:
    """A store that something happens to when so many files have been read from it."""

    def __init__(self, store: ObjectStore, after: int, event: Callable[[], None]) -> None:
        self._store, self._left, self._event = store, after, event

    def size(self, key: str) -> int:
        self._left -= not keys.is_note(key)
        if self._left == 0 and not keys.is_note(key):
            self._event()
        return self._store.size(key)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


def test_a_backup_that_is_interrupted_is_none_and_the_next_goes_on_from_there(
    places: Places, school: Person, vault: Vault
) -> None:
    def stop() -> None:
        raise Interrupted

    broken = Places(places.sessions, BreakingStore(places.store, 4, stop))  # type: ignore[arg-type]
    with pytest.raises(Interrupted):
        take(broken, vault)
    assert vault.names() == []
    with pytest.raises(NoBackupThere):
        check_backup(vault, None)
    taken = take(places, vault)
    assert taken.copied == taken.manifest.files - 3
    assert check_backup(vault, None).damaged == []
    assert [path.name for path in vault.folder("").iterdir()] == [taken.manifest.name]


def test_what_is_deleted_while_its_files_are_copied_is_in_the_backup_neither_as_row_nor_as_file(
    places: Places, school: Person, vault: Vault, noise: random.Random, elsewhere: Settings
) -> None:
    late = a_stored_film(places.store, noise=noise)

    def delete() -> None:
        with transaction(places.sessions) as session:
            delete_video(session, Viewer.of(session.get_one(Person, late.video.owner_id)), late.video.id)
        for key in late.keys:
            places.store.delete(key)

    said: list[str] = []
    broken = Places(places.sessions, BreakingStore(places.store, 2, delete))  # type: ignore[arg-type]
    taken = take(broken, vault, say=said.append)
    assert (taken.spoilt, len(said)) == ([], 1)
    assert bring_back(vault, elsewhere).lost == []
    with transaction(places_of(elsewhere).sessions) as session:
        assert session.get(Video, late.video.id) is None


def test_what_is_damaged_here_is_not_backed_up_as_if_it_were_whole(
    places: Places, vault: Vault, noise: random.Random, elsewhere: Settings
) -> None:
    film = a_stored_film(places.store, noise=noise)
    places.store.put_bytes(film.source, b"?" * places.store.size(film.source))
    places.store.delete(film.keys[-1])
    taken = take(places, vault)
    assert taken.spoilt == sorted([film.source, film.keys[-1]])
    done = bring_back(vault, elsewhere)
    assert done.lost == taken.spoilt
    assert done.files == len(film.keys) - 2


def test_a_backup_that_rotted_is_told_before_anything_is_written(
    places: Places, school: Person, vault: Vault, noise: random.Random
) -> None:
    take(places, vault)
    assert check_backup(vault, None).damaged == []
    (spoilt,) = noise.sample(sorted(vault.root.glob("objects/??/*")), 1)
    spoilt.write_bytes(spoilt.read_bytes()[:-1] + b"?")
    damaged = check_backup(vault, None).damaged
    assert [
        key for key, data in bytes_of(places.store).items() if len(data) == spoilt.stat().st_size
    ] == damaged


def test_a_restore_that_is_interrupted_leaves_no_database_and_goes_on_when_told(
    places: Places, school: Person, vault: Vault, elsewhere: Settings
) -> None:
    def stop() -> None:
        raise Interrupted

    take(places, vault)
    arguments: dict[str, Any] = {"scratch": elsewhere.scratch, "second_erasures": None}
    backup = check_backup(vault, None)
    broken: Any = BreakingStore(open_store(elsewhere), 4, stop)
    with pytest.raises(Interrupted):
        restore(elsewhere.database, broken, vault, backup, replace=False, **arguments)
    assert not list(elsewhere.data.glob("pennydrop.sqlite3*"))
    with pytest.raises(RestoreInterrupted):
        bring_back(vault, elsewhere)
    with pytest.raises(RestoreInterrupted):
        bring_up_to_date(elsewhere)
    assert not list(elsewhere.data.glob("pennydrop.sqlite3*"))
    done = bring_back(vault, elsewhere, replace=True)
    assert (done.there_already, done.lost) == (3, [])
    assert bring_up_to_date(elsewhere) is False
    assert all_rows(places_of(elsewhere).sessions) == all_rows(places.sessions)


def test_what_is_damaged_here_is_brought_back_from_a_backup(
    places: Places, vault: Vault, noise: random.Random, tmp_path: Path
) -> None:
    film = a_stored_film(places.store, noise=noise)
    whole = bytes_of(places.store)
    assert take(places, vault).manifest.rows == sum(map(len, all_rows(places.sessions).values()))
    places.store.put_bytes(film.source, b"?" * places.store.size(film.source))
    places.store.delete(film.keys[-1])
    rotten = film.keys[1]
    places.store.delete(rotten)
    copy = vault.object_path(hashlib.sha256(whole[rotten]).hexdigest())
    copy.write_bytes(b"?" * copy.stat().st_size)
    findings = scrub(places).findings
    assert heal(places.store, vault, findings, tmp_path / "scratch") == {film.source, film.keys[-1]}
    assert bytes_of(places.store) == {key: data for key, data in whole.items() if key != rotten}
    assert [one.key for one in scrub(places).findings] == [rotten]


@pytest.mark.parametrize("revision", ["0001", "0006", "0010"])
def test_a_backup_of_an_earlier_version_comes_back_at_the_present_revision(
    revision: str, vault: Vault, elsewhere: Settings, tmp_path: Path
) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'old.sqlite3'}")
    vault.prepare()
    folder = vault.begin("20260105T093000-000")
    with engine.execution_options(writes=True).begin() as connection:
        migrate.bring_to(connection, revision)
        before = fill_every_table(connection)
        database, rows = write_listing(folder / "database.jsonl.gz", one_row_each(connection))
    objects, _ = write_listing(folder / "objects.jsonl.gz", [])
    vault.complete(
        folder,
        Manifest("20260105T093000-000", "then", "0.0.9", revision, database, objects, rows, files=0, bytes=0),
    )
    assert bring_back(vault, elsewhere).rows == len(before)
    with make_engine(elsewhere.database).connect() as connection:
        assert migrate.current(connection) == migrate.newest()
        after = rows_of(connection)
    # Columns that came since are filled in.
    assert after["people"] == [{**person, "sort_name": person["name"]} for person in before["people"]]
    assert after["sources"] == before["sources"]


SPOILT = ["", "{", "[1]", '{"format": 1}', '{"format": "one"}', "\x00" * 300]


@pytest.mark.parametrize("text", SPOILT)
def test_a_damaged_manifest_is_told_and_an_earlier_backup_restored(
    places: Places, school: Person, vault: Vault, elsewhere: Settings, text: str
) -> None:
    older, newer = take(places, vault).manifest.name, take(places, vault).manifest.name
    (vault.folder(newer) / "manifest.json").write_text(text)
    with pytest.raises(BackupDamaged, match="Choose an earlier one with --backup"):
        check_backup(vault, None)
    assert bring_back(vault, elsewhere, name=older).lost == []


def test_a_damaged_backup_counts_for_nothing_when_old_ones_are_removed(
    places: Places, school: Person, vault: Vault, elsewhere: Settings
) -> None:
    oldest, damaged = take(places, vault).manifest.name, take(places, vault).manifest.name
    (vault.folder(damaged) / "manifest.json").write_text("{")
    assert take(places, vault, keep=2).removed == []
    assert bring_back(vault, elsewhere, name=oldest).lost == []
    assert take(places, vault, keep=2).removed == [oldest, damaged]


def test_no_file_is_removed_while_it_is_not_known_which_a_backup_holds(
    places: Places, school: Person, vault: Vault, noise: random.Random
) -> None:
    first = take(places, vault).manifest.name
    places.store.delete_prefix("sources/")
    second = take(places, vault).manifest.name
    take(places, vault)
    (vault.folder(second) / "objects.jsonl.gz").write_bytes(b"?")
    files = set(vault.root.glob("objects/??/*"))
    assert take(places, vault, keep=3).removed == [first]
    assert set(vault.root.glob("objects/??/*")) == files


def test_backups_of_less_than_half_push_no_others_out_however_many_nights(
    places: Places, school: Person, vault: Vault
) -> None:
    real = take(places, vault, keep=2).manifest
    lose_all_films(places)
    for _ in range(3):
        small = take(places, vault, keep=2)
        assert (small.removed, small.far_larger) == ([], real)
    assert check_backup(vault, real.name).damaged == []
    told = take(places, vault, keep=2, shrunk=True)
    assert real.name in told.removed
    assert (len(vault.names()), take(places, vault, keep=2).far_larger) == (2, None)


def lose_all_films(places: Places) -> None:
    """Let rows of films go as a mistake by hand would."""
    with transaction(places.sessions) as session:
        session.query(ClipOriginal).delete()
        session.query(Clip).update({"file_key": None})
        session.query(Rendition).delete()


def test_backups_of_another_installation_are_left_alone(
    places: Places, school: Person, vault: Vault, elsewhere: Settings
) -> None:
    real = take(places, vault, keep=1).manifest.name
    bring_up_to_date(elsewhere)
    with pytest.raises(BackupsOfOthers, match="another Pennydrop"):
        take(places_of(elsewhere), vault, keep=1)
    assert vault.names() == [real]


def test_whoever_restored_a_backup_goes_on_beside_it(
    places: Places, school: Person, vault: Vault, elsewhere: Settings
) -> None:
    first = take(places, vault).manifest
    bring_back(vault, elsewhere)
    assert take(places_of(elsewhere), vault, keep=1).removed == [first.name]


def rot(vault: Vault, noise: random.Random) -> Path:
    """Let one file rot, as a disk does: its size and its name stay."""
    path = noise.choice(sorted(vault.root.glob("objects/??/*")))
    path.write_bytes(bytes(255 - byte for byte in path.read_bytes()))
    return path


def test_what_rots_among_the_backups_is_found_and_copied_anew(
    places: Places, school: Person, vault: Vault, noise: random.Random
) -> None:
    take(places, vault)
    rotten = rot(vault, noise)
    taken = take(places, vault)
    assert (taken.mended, taken.spoilt, taken.rotten_elsewhere) == (1, [], 0)
    assert hashlib.sha256(rotten.read_bytes()).hexdigest() == rotten.name
    assert check_backup(vault, None).damaged == []
    assert take(places, vault).mended == 0


def test_a_little_is_read_each_night_until_all_is(
    places: Places, school: Person, vault: Vault, noise: random.Random, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = take(places, vault, reread_s=0).copied
    rot(vault, noise)
    ticks = itertools.count()
    # Each look at the clock is a second: a night of one second and a half reads one file.
    monkeypatch.setattr("pennydrop.care.backup.vault.time.monotonic", lambda: float(next(ticks)))
    mended = [take(places, vault, reread_s=1.5).mended for _ in range(count)]
    assert sorted(mended) == [0] * (count - 1) + [1]


def test_what_rotted_and_is_not_here_any_more_is_told_and_kept(
    places: Places, vault: Vault, noise: random.Random
) -> None:
    film = a_stored_film(places.store, noise=noise)
    take(places, vault)
    source = hashlib.sha256(places.store.read(film.source)).hexdigest()
    places.store.delete(film.source)
    vault.object_path(source).write_bytes(b"?" * vault.object_path(source).stat().st_size)
    assert take(places, vault).spoilt == [film.source]
    later = take(places, vault)
    assert (later.spoilt, later.rotten_elsewhere) == ([film.source], 1)
    assert vault.object_path(source).exists()


def test_what_a_check_found_damaged_the_next_backup_copies_anew(
    places: Places, school: Person, vault: Vault, noise: random.Random
) -> None:
    take(places, vault)
    rot(vault, noise)
    vault.note_damaged(check_backup(vault, None).rotten)
    assert take(places, vault, reread_s=0).copied == 1
    assert check_backup(vault, None).damaged == []
