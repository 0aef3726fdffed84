"""Bringing a backup back: rows at the present revision, their files, and nothing that was erased."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, inspect
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from pennydrop.care.apply import apply_erasures
from pennydrop.care.backup.check import Checked
from pennydrop.care.backup.load import load_lines
from pennydrop.care.backup.progress import Progress, Say, quiet
from pennydrop.care.backup.room import NoRoomToRestore, TooLittleRoom, said_as
from pennydrop.care.backup.settle import settle
from pennydrop.care.backup.vault import BackupNewer, Manifest, Vault
from pennydrop.care.check import Pace, look_at
from pennydrop.care.erasures import (
    Entry,
    entries_in_folder,
    entries_in_rows,
    entries_in_store,
)
from pennydrop.care.installation import (
    has_films,
    id_in_store,
    in_words,
    note_in_database,
    note_in_store,
    refuse_while_restoring,
)
from pennydrop.care.recorded import StoredFile, all_files
from pennydrop.clock import utcnow
from pennydrop.db import migrate
from pennydrop.db.session import make_engine
from pennydrop.db.trouble import DatabaseDamaged, is_damaged
from pennydrop.errors import Conflict
from pennydrop.ids import new_id
from pennydrop.storage import keys
from pennydrop.storage.digest import KeptFile
from pennydrop.storage.port import ObjectStore


class DatabaseInUse(Conflict):
    def __init__(self, *, can_be_put_aside: bool) -> None:
        advice = (
            "To put it aside and restore all the same, type --replace."
            if can_be_put_aside
            else "Make an empty one and name it in PENNYDROP_DATABASE_URL; keep this one until all is well."
        )
        super().__init__(f"There is a database already. {advice}")


class StoreInUse(Conflict):
    def __init__(self) -> None:
        super().__init__(
            "There are stored films already. To restore among them, type --replace: what belongs to the "
            "backup is read and kept, the rest is tidied away within hours; if that is much, only once you "
            "say so (pennydrop sweep --all)."
        )


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did."""

    rows: int
    files: int
    there_already: int
    erased_again: int
    lost: list[str]
    """Keys of files that the backup doesn't hold whole, though rows refer to them."""
    put_aside: Path | None
    """Where the database lies that was there before."""


def restore(
    url: str,
    store: ObjectStore,
    vault: Vault,
    backup: Checked,
    *,
    replace: bool,
    scratch: Path,
    second_erasures: Path | None,
    say: Say = quiet,
) -> Restored:
    """Restore a backup that was checked. Nobody may be using database and store meanwhile.

    The database is in its place last, so a restore that is interrupted leaves none, and goes on when it is
    typed again (with `replace`, for films are there by then); until then nothing starts on those films. What
    was erased or taken back since the backup was taken, as far as the ledger knows it (in the store, beside
    the backups, in `second_erasures`, in a database that is replaced), is ended again before a file of it is
    copied. Everybody is logged out. Raises `NoRoomToRestore`, and as `ask_first`.
    """
    manifest = backup.manifest
    ask_first(url, store, manifest, replace=replace)
    ledger = entries_in_store(store) | entries_in_folder(vault.erasures) | entries_in_folder(second_erasures)
    ledger |= _entries_to_be_replaced(url, replace=replace)
    with said_as(NoRoomToRestore(store.place), NoRoomToRestore(in_words(url))):
        return _restore(url, store, vault, backup, ledger, scratch, say)


def ask_first(url: str, store: ObjectStore, manifest: Manifest, *, replace: bool) -> None:
    """Ask what is quickly asked, before a backup is read for hours; nothing is changed.

    Raises `DatabaseInUse`, `StoreInUse`, `RestoreInterrupted`, `BackupNewer`, `TooLittleRoom`,
    `NoRoomToRestore`, and what writing to the store raises.
    """
    if manifest.revision > migrate.newest():
        raise BackupNewer
    _entries_to_be_replaced(url, replace=replace)
    if not replace:
        refuse_while_restoring(store)
        if has_films(store):
            raise StoreInUse
    free = store.free_bytes()
    if free is not None:
        # Some of what is there may be no part of the backup: then the disk says so later.
        needed = manifest.bytes - sum(found.size for found in store.list())
        if needed > free:
            raise TooLittleRoom(store.place, needed, free)
    with said_as(NoRoomToRestore(store.place)):
        store.put_bytes(keys.PROBE, b"pennydrop")
        store.delete(keys.PROBE)


def _restore(
    url: str,
    store: ObjectStore,
    vault: Vault,
    backup: Checked,
    ledger: set[Entry],
    scratch: Path,
    say: Say,
) -> Restored:
    manifest = backup.manifest
    store.put_bytes(keys.RESTORING, manifest.name.encode())
    with _new_database(url) as place:
        with place.engine.execution_options(writes=True).begin() as connection:
            migrate.bring_to(connection, manifest.revision)
            rows = load_lines(connection, vault.lines(manifest, manifest.database))
            migrate.bring_to(connection, migrate.newest())
            migrate.fill(connection)
            with Session(connection) as session:
                installation = note_in_database(session, id_in_store(store))
                settle(session)
                erased_again = apply_erasures(session, ledger)
                session.flush()
                wanted = {file.key for file in all_files(session)}
            copies = _Copies(store, vault, scratch, set(backup.damaged))
            progress = Progress(say, "restored", manifest.files)
            for file in vault.files(manifest):
                progress.count(file.size)
                if file.key in wanted:
                    copies.bring(file)
            for entry in ledger:
                store.put_bytes(keys.erasure(entry.name), b"")
        before = place.take()
    note_in_store(store, installation)
    store.delete(keys.RESTORING)
    lost = sorted(wanted - copies.brought)
    return Restored(rows, len(copies.brought), copies.there, erased_again, lost, before)


def _entries_to_be_replaced(url: str, *, replace: bool) -> set[Entry]:
    """Make sure that there is no database, or that it may go; return what was erased in it."""
    path = migrate.sqlite_file(url)
    if path is not None and not path.exists():
        return set()
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            tables = set(inspect(connection).get_table_names())
            if not tables:
                return set()
            if path is None or not replace:
                raise DatabaseInUse(can_be_put_aside=path is not None)
            if "erasures" not in tables:
                return set()
            with Session(connection) as session:
                return entries_in_rows(session)
    except DatabaseError as error:
        if not is_damaged(error):
            raise
        if not replace:
            raise DatabaseDamaged(str(path)) from error
        # What was erased is known from the store and from beside the backups.
        return set()
    finally:
        engine.dispose()


def put_aside(url: str) -> list[Path]:
    """Return the databases that restores have put aside and that still lie beside the one at `url`."""
    path = migrate.sqlite_file(url)
    if path is None:
        return []
    there = path.parent.glob(f"{path.name}.before-*")
    return sorted(one for one in there if not one.name.endswith(("-wal", "-shm")))


class _Place:
    """Where rows are loaded, and how they get to where they belong."""

    def __init__(self, engine: Engine, aside: Path | None, target: Path | None) -> None:
        self.engine = engine
        self._aside = aside
        self._target = target

    def take(self) -> Path | None:
        """Put SQLite's new file in its place; return where the one that was there lies now."""
        self.engine.dispose()
        if self._aside is None or self._target is None:
            return None
        before = None
        if self._target.exists():
            before = self._target.with_name(f"{self._target.name}.before-{utcnow():%Y%m%dT%H%M%S}")
            for end in ("-wal", "-shm", ""):
                part = Path(f"{self._target}{end}")
                if part.exists():
                    part.replace(f"{before}{end}")
        self._aside.replace(self._target)
        return before


@contextmanager
def _new_database(url: str) -> Iterator[_Place]:
    """Give a database to load into: SQLite's beside its place, PostgreSQL's own in one transaction."""
    target = migrate.sqlite_file(url)
    if target is None:
        yield _Place(make_engine(url, patient=True), None, None)
        return
    aside = target.with_name(f"{target.name}.restoring")
    _remove_sqlite(aside)
    try:
        yield _Place(make_engine(f"sqlite:///{aside}"), aside, target)
    finally:
        _remove_sqlite(aside)


def _remove_sqlite(path: Path) -> None:
    for end in ("", "-wal", "-shm"):
        Path(f"{path}{end}").unlink(missing_ok=True)


class _Copies:
    """Brings files into the store, each read against its sha256."""

    def __init__(self, store: ObjectStore, vault: Vault, scratch: Path, damaged: set[str]) -> None:
        self._store = store
        self._vault = vault
        self._scratch = scratch
        self._damaged = damaged
        self.brought: set[str] = set()
        self.there = 0

    def bring(self, file: KeptFile) -> None:
        there = look_at(self._store, StoredFile(file.key, file.size, file.sha256), Pace())
        if there.fault is None:
            self.there += 1
        elif file.key in self._damaged:
            return
        else:
            self._scratch.mkdir(parents=True, exist_ok=True)
            copy = self._scratch / f"restore-{new_id()}"
            try:
                shutil.copyfile(self._vault.object_path(file.sha256), copy)
                self._store.put_file(file.key, copy)
            finally:
                copy.unlink(missing_ok=True)
        self.brought.add(file.key)
