"""A disk that is full is named, be it the installation's or that of the backups; and how far it is."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from pennydrop.care.backup.check import check_backup
from pennydrop.care.backup.progress import Progress
from pennydrop.care.backup.restore import ask_first
from pennydrop.care.backup.room import NoRoomForBackups, NoRoomToRestore, TooLittleRoom
from pennydrop.care.backup.vault import Vault
from pennydrop.care.scrub import Places
from pennydrop.people.models import Person
from pennydrop.settings import Settings
from pennydrop.storage.open import open_store
from tests.care.steps import bring_back, take
from tests.factories.stored import a_stored_film
from tests.support.small_disk import WHY_NOT, a_small_disk, can_be_made

small_disks = pytest.mark.skipif(not can_be_made(), reason=WHY_NOT)


@small_disks
def test_a_full_disk_of_backups_is_named_and_earlier_ones_are_whole(
    places: Places, school: Person, noise: random.Random, tmp_path: Path
) -> None:
    with a_small_disk(tmp_path / "usb", kilobytes=1024) as disk:
        vault = Vault(disk.path / "backups")
        first = take(places, vault).manifest.name
        a_stored_film(places.store, noise=noise)
        disk.fill()
        with pytest.raises(NoRoomForBackups, match="No backup was made; earlier ones are whole") as full:
            take(places, vault)
        assert str(vault.root) in full.value.detail
        assert vault.names() == [first]
        assert check_backup(vault, None).damaged == []
        disk.make_room()
        take(places, vault)


@small_disks
def test_a_full_disk_of_films_is_named_and_the_restore_goes_on_once_there_is_room(
    places: Places, school: Person, vault: Vault, tmp_path: Path
) -> None:
    backup = take(places, vault).manifest
    with a_small_disk(tmp_path / "srv", kilobytes=8 * 1024) as disk:
        to = Settings(data=disk.path / "data", keep_free_bytes=0)
        to.data.mkdir()
        store = open_store(to)
        disk.fill()
        with pytest.raises(TooLittleRoom, match="Nothing was restored"):
            ask_first(to.database, store, backup, replace=False)
        disk.make_room()
        ballast = disk.path / "ballast"
        ballast.write_bytes(b"\0" * (disk.free_bytes() - 2 * backup.bytes))
        with pytest.raises(NoRoomToRestore, match="type it again with --replace once there is"):
            bring_back(vault, to)
        assert not (to.data / "pennydrop.sqlite3").exists()
        ballast.unlink()
        assert bring_back(vault, to, replace=True).lost == []


def test_how_far_it_is_is_said_once_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    now, said = [0.0], list[str]()
    monkeypatch.setattr("pennydrop.care.backup.progress.time.monotonic", lambda: now[0])
    progress = Progress(said.append, "copied", 1_000)
    for _ in range(5):
        now[0] += 25
        progress.count(2_000_000)
    assert said == ["3 of 1,000 files copied, 6.0 MB so far."]
