"""`pennydrop backup` and `pennydrop restore`: what they do, said in words."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from sqlalchemy.engine import make_url

from pennydrop.care.backup.check import Checked, check_backup
from pennydrop.care.backup.make import back_up
from pennydrop.care.backup.restore import ask_first, restore
from pennydrop.care.backup.vault import BackupDamaged, Vault
from pennydrop.cli import data_folder
from pennydrop.cli.speaking import counted
from pennydrop.db import (
    migrate,
    tables,  # noqa: F401 - every table is known before the first query
)
from pennydrop.db.session import make_engine
from pennydrop.errors import Invalid
from pennydrop.settings import Settings
from pennydrop.storage.open import open_store

INCOMPLETE = 3
"""The exit code of a backup or a restore that is there and not as it should be: it says why."""


class BackupsInTheData(Invalid):
    def __init__(self, target: Path, data: Path) -> None:
        super().__init__(
            f"{target} lies in {data}, where the database or films are: what happens to them happens to such "
            f"backups, too. No backup was made. Choose a folder elsewhere, best on another disk."
        )


_NOT_IN_IT = (
    "Not in it: settings (PENNYDROP_*, with the passwords of database and S3), unfinished uploads and the "
    "web server's certificates. Keep the settings and certificates apart, in a safe place."
)
_LOGGED_OUT = (
    "Everybody is logged out. Tokens, codes for phones and links to set a password have ended, for a backup "
    "doesn't know which of them were taken back since. People log in with the password of the backup's day; "
    "an administrator makes new links under School, you make one with pennydrop person invite."
)


def take(settings: Settings, target: Path, *, keep: int | None, shrunk: bool, reread_minutes: float) -> int:
    """Take a backup, say what was done, and return the exit code."""
    migrate.check(settings.database)
    same_disk = _is_on_the_same_disk(settings, target)
    vault = Vault(target)
    if not vault.is_there:
        print(
            f"This is a new place for backups: {vault.root}. If earlier ones should be there, stop: their "
            f"disk isn't mounted."
        )
    if same_disk:
        print(
            "WARNING: these backups lie on the same disk as what they are backups of. They help against a "
            "mistake, and not when the disk breaks or is stolen. Better choose a folder on another disk."
        )
    taken = back_up(
        make_engine(settings.database, patient=True),
        open_store(settings),
        vault,
        keep=keep,
        shrunk=shrunk,
        same_disk=same_disk,
        second_erasures=settings.erasures,
        reread_s=reread_minutes * 60,
        say=print,
    )
    manifest = taken.manifest
    print(
        f"Backup {manifest.name}: {counted(manifest.rows, 'row')} and {counted(manifest.files, 'file')} "
        f"({manifest.bytes / 1e6:,.1f} MB); {taken.copied:,} copied now ({taken.copied_bytes / 1e6:,.1f} MB)."
    )
    for name in taken.removed:
        print(f"Removed the older backup {name}.")
    if taken.mended:
        print(f"{counted(taken.mended, 'file')} among the backups had rotted: copied anew.")
    if taken.rotten_elsewhere:
        print(
            f"{counted(taken.rotten_elsewhere, 'file')} of earlier backups rotted, and can't be copied anew: "
            f"they aren't here any more. Is that disk still good?"
        )
    print(_NOT_IN_IT)
    for key in taken.spoilt:
        print(f"NOT in it, for it is damaged or missing here: {key}")
    if taken.spoilt:
        print("Type pennydrop scrub to read whose films these are and what to do.")
    if taken.far_larger:
        before = taken.far_larger
        print(
            f"NOT as it was: {before.name} holds {counted(before.files, 'file')} and "
            f"{counted(before.rows, 'row')}. Older backups were kept. If it is right that this one holds so "
            f"much less, type it again with --shrunk."
        )
    return INCOMPLETE if taken.spoilt or taken.far_larger else 0


def _is_on_the_same_disk(settings: Settings, target: Path) -> bool:
    """Say whether backups in `target` lie on the disk of database and films. Raises `BackupsInTheData`."""
    own = _own_folders(settings)
    place = target.resolve()
    for folder in own:
        if place.is_relative_to(folder):
            raise BackupsInTheData(target, folder)
    there = next(one for one in (place, *place.parents) if one.exists())
    return any(folder.exists() and folder.stat().st_dev == there.stat().st_dev for folder in own)


def _own_folders(settings: Settings) -> list[Path]:
    """Return where database and films lie on this machine's disks, with what goes when they go."""
    url = make_url(settings.database)
    sqlite = url.get_backend_name() == "sqlite"
    if not sqlite and settings.storage != "local":
        return []
    database = [Path(url.database).resolve().parent] if sqlite and url.database else []
    return [settings.data.resolve(), settings.objects.resolve(), *database]


def bring_back(
    settings: Settings, source: Path, *, name: str | None, replace: bool, only_check: bool, damaged_too: bool
) -> int:
    """Check a backup and restore it, say what was done, and return the exit code."""
    vault = Vault(source)
    with vault.held():
        if only_check:
            checked = check_backup(vault, name, say=print)
            _say_checked(checked)
            _say_what_to_do(vault, checked)
            return INCOMPLETE if checked.damaged else 0
        with data_folder.held(settings.data):
            store = open_store(settings)
            ask_first(settings.database, store, vault.manifest(name), replace=replace)
            checked = check_backup(vault, name, say=print)
            _say_checked(checked)
            if checked.damaged and not damaged_too:
                raise BackupDamaged(vault.folder(checked.manifest.name), len(checked.damaged))
            done = restore(
                settings.database,
                store,
                vault,
                checked,
                replace=replace,
                scratch=settings.scratch,
                second_erasures=settings.erasures,
                say=print,
            )
    print(
        f"Restored {counted(done.rows, 'row')} and {counted(done.files, 'file')}, {done.there_already:,} of "
        f"which were there. The database is at revision {migrate.newest()}."
    )
    if done.erased_again:
        print(
            f"{done.erased_again:,} of the things that were erased, taken back or ended after the backup: "
            "done again."
        )
    print(_LOGGED_OUT)
    if done.put_aside:
        print(
            f"The database that was there is now {done.put_aside}. What is erased from now on stays in it: "
            "delete it within days, when all is well. pennydrop doctor reminds you."
        )
    for key in done.lost:
        print(f"NOT restored, for the backup doesn't hold it whole: {key}")
    if done.lost:
        print("Start Pennydrop, then type pennydrop scrub --repair: copies are made anew from originals.")
    return INCOMPLETE if done.lost else 0


def _say_what_to_do(vault: Vault, checked: Checked) -> None:
    if not checked.damaged:
        print(f"To restore it, stop Pennydrop and type: pennydrop restore {vault.root}")
        return
    # A disk that can only be read was read all the same.
    with suppress(OSError):
        vault.note_damaged(checked.rotten)
    print(
        f"While Pennydrop has these files, type pennydrop backup {vault.root}: they are copied anew. If not, "
        f"choose an earlier backup with --backup, or restore what is whole with --damaged-too."
    )


def _say_checked(checked: Checked) -> None:
    manifest = checked.manifest
    state = f"{len(checked.damaged):,} of them damaged" if checked.damaged else "all of them whole"
    print(f"Backup {manifest.name}: {counted(manifest.files, 'file')} read, {state}.")
    for key in checked.damaged:
        print(f"Damaged: {key}")
