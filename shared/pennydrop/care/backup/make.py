"""Taking a backup while Pennydrop runs: rows of one moment, and every stored file that they refer to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import Engine, update
from sqlalchemy.orm import Session

from pennydrop.care.backup.dump import one_moment, rows_as_lines, table_count
from pennydrop.care.backup.progress import Progress, Say
from pennydrop.care.backup.room import NoRoomForBackups, said_as
from pennydrop.care.backup.vault import (
    DATABASE,
    OBJECTS,
    BackupsOfOthers,
    Listing,
    Manifest,
    Vault,
    write_listing,
)
from pennydrop.care.erasures import entries_in_folder, entries_in_rows, write_entries
from pennydrop.care.installation import hold_together
from pennydrop.care.models import BackupTaken
from pennydrop.care.recorded import StoredFile, all_files
from pennydrop.clock import utcnow
from pennydrop.db import migrate
from pennydrop.db.session import make_sessions, transaction
from pennydrop.db.trouble import passed_over
from pennydrop.storage.digest import KeptFile
from pennydrop.storage.port import ObjectMissing, ObjectStore

_PIECE = 1 << 20
# A file goes between the rows' moment and ours only when somebody deletes or replaces it. Each further look
# has less to copy, so it is over sooner.
_MOST_MOMENTS = 20


@dataclass(slots=True)
class Taken:
    """What a backup did."""

    manifest: Manifest
    copied: int = 0
    copied_bytes: int = 0
    spoilt: list[str] = field(default_factory=list)
    """Keys of files that are damaged or missing in the store, and so aren't in the backup whole."""
    removed: list[str] = field(default_factory=list)
    """Names of older backups that had to go."""
    mended: int = 0
    """How many files had rotted among the backups and were copied anew."""
    rotten_elsewhere: int = 0
    """How many have rotted that only earlier backups hold: they aren't here any more."""
    far_larger: Manifest | None = None
    """An earlier backup beside which this one is so small that no older one was removed."""


@dataclass(slots=True)
class _Moment:
    """The rows as they were at one moment, written down, and the files they refer to."""

    database: Listing
    rows: int
    files: list[StoredFile]


def back_up(
    engine: Engine,
    store: ObjectStore,
    vault: Vault,
    *,
    keep: int | None,
    shrunk: bool = False,
    same_disk: bool = False,
    second_erasures: Path | None,
    reread_s: float,
    say: Say,
) -> Taken:
    """Take a backup and return what was done. Only files that no earlier backup has are copied.

    Every copy is held against the sha256 that its row knows. A backup has its name only once all of it is
    there and durable; one that is interrupted leaves whole files for the next, and no backup. Rows and files
    belong together: where a film is deleted while its files are copied, the rows are read again. With `keep`,
    only so many backups stay, unless this one holds less than half of an earlier one: then all do, until
    `shrunk` says that it is right. That it lies on the `same_disk` is noted. At the end, files of all backups
    are read again for `reread_s`, in turn, and what has rotted is copied anew. Raises `BackupsOfOthers`, what
    `Vault` and `hold_together` raise, `NoRoomForBackups`, and `Unavailable`.
    """
    installation = hold_together(engine, store)
    vault.prepare()
    with vault.held():
        earlier = list(vault.readable())
        if any(one.installation not in ("", installation) for one in earlier[:1]):
            raise BackupsOfOthers(vault.root)
        with said_as(NoRoomForBackups(str(vault.root))):
            made = _make(engine, store, vault, installation, shrunk=shrunk, say=say)
        manifest, copies = made.manifest, made.copies
        with one_moment(engine) as connection, Session(connection) as session:
            entries = entries_in_rows(session) | entries_in_folder(second_erasures)
        write_entries(vault.erasures, (entry.name for entry in entries))
        spoilt = sorted(copies.spoilt | copies.vanished)
        _note_taken(engine, manifest, whole=not spoilt, same_disk=same_disk)
        far_larger = None if shrunk else _far_larger(manifest, earlier)
        removed = vault.remove_all_but(keep) if keep and far_larger is None else []
        vault.reread(reread_s)
        mended = copies.mend(made.wanted)
        rotten = vault.damaged()
        rotten_here = sorted(file.key for file in made.files if file.sha256 in rotten)
        if rotten_here:
            _note_lacking(engine, manifest)
        return Taken(
            manifest,
            copies.copied,
            copies.copied_bytes,
            spoilt=sorted({*spoilt, *rotten_here}),
            removed=removed,
            far_larger=far_larger,
            mended=mended,
            rotten_elsewhere=len(rotten - {file.sha256 for file in made.files}),
        )


@dataclass(slots=True)
class _Made:
    """A backup that is whole by now, and how it came about."""

    manifest: Manifest
    files: list[KeptFile]
    wanted: list[StoredFile]
    """Those that rows refer to."""
    copies: _Copies


def _make(
    engine: Engine, store: ObjectStore, vault: Vault, installation: str, *, shrunk: bool, say: Say
) -> _Made:
    now = utcnow()
    name = f"{now:%Y%m%dT%H%M%S}-{now.microsecond // 1000:03}"
    folder = vault.begin(name)
    copies = _Copies(store, vault, say)
    for _ in range(_MOST_MOMENTS):
        moment = _read_rows(engine, folder)
        files = list(copies.copy(moment.files))
        if _are_wanted(engine, copies.vanished):
            break
        say("Something was deleted meanwhile, so the rows are read again.")
    listing, count = write_listing(folder / OBJECTS, ([file.key, file.size, file.sha256] for file in files))
    manifest = Manifest(
        name=name,
        made_at=now.isoformat(),
        version=version("pennydrop"),
        revision=migrate.newest(),
        database=moment.database,
        objects=listing,
        rows=moment.rows,
        files=count,
        bytes=sum(file.size for file in files),
        installation=installation,
        shrunk=shrunk,
    )
    vault.complete(folder, manifest)
    return _Made(manifest, files, moment.files, copies)


def _far_larger(manifest: Manifest, earlier: Iterable[Manifest]) -> Manifest | None:
    """Return the newest earlier backup of which this one holds less than half.

    All that are kept count, not only the last one: a wrong installation may have been backed up for nights.
    """
    for one in earlier:
        if 2 * manifest.rows < one.rows or 2 * manifest.files < one.files:
            return one
        if one.shrunk:
            break
    return None


def _note_taken(engine: Engine, manifest: Manifest, *, whole: bool, same_disk: bool) -> None:
    """Let the installation see that it has a backup; there it is, even if the database is away by now."""
    with passed_over(), transaction(make_sessions(engine)) as session:
        session.add(
            BackupTaken(
                name=manifest.name,
                whole=whole,
                files=manifest.files,
                bytes=manifest.bytes,
                same_disk=same_disk,
            )
        )


def _note_lacking(engine: Engine, manifest: Manifest) -> None:
    with passed_over(), transaction(make_sessions(engine)) as session:
        session.execute(update(BackupTaken).where(BackupTaken.name == manifest.name).values(whole=False))


class _Unreadable(Exception):
    """The store's disk can't read a file."""


def _read_rows(engine: Engine, folder: Path) -> _Moment:
    path = folder / DATABASE
    path.unlink(missing_ok=True)
    with one_moment(engine) as connection:
        listing, lines = write_listing(path, rows_as_lines(connection))
        with Session(connection) as session:
            return _Moment(listing, lines - table_count(), list(all_files(session)))


def _are_wanted(engine: Engine, keys: set[str]) -> bool:
    """Whether rows still refer to all of these: then they are missing, not deleted."""
    with one_moment(engine) as connection, Session(connection) as session:
        return keys <= {file.key for file in all_files(session)}


class _Copies:
    """Copies files that the vault doesn't have yet."""

    def __init__(self, store: ObjectStore, vault: Vault, say: Say) -> None:
        self._store = store
        self._vault = vault
        self._say = say
        self.copied = 0
        self.copied_bytes = 0
        self.spoilt: set[str] = set()
        self.vanished: set[str] = set()
        self._known: dict[str, KeptFile] = {}

    def copy(self, files: list[StoredFile]) -> Iterator[KeptFile]:
        self.vanished = set()
        progress = Progress(self._say, "backed up", len(files))
        for file in files:
            progress.count(file.size or 0)
            if file.sha256 and file.size is not None and self._vault.has(file.sha256, file.size):
                yield KeptFile(file.key, file.size, file.sha256)
                continue
            kept = self._known.get(file.key) or self._copy(file)
            if kept is not None:
                self._known[file.key] = kept
                yield kept

    def mend(self, files: list[StoredFile]) -> int:
        """Copy anew what rotted in the vault, and return how many files that were."""
        damaged = self._vault.damaged()
        rotten = [file for file in files if file.sha256 in damaged]
        return sum(self._copy(file) is not None for file in rotten)

    def _copy(self, file: StoredFile) -> KeptFile | None:
        try:
            size = self._store.size(file.key)
            kept = self._vault.keep(self._read(file.key, size), file.sha256)
        except ObjectMissing:
            self.vanished.add(file.key)
            return None
        except _Unreadable:
            kept = None
        if kept is None or (file.size is not None and kept[1] != file.size):
            self.spoilt.add(file.key)
            return None
        self.copied += 1
        self.copied_bytes += size
        return KeptFile(file.key, kept[1], kept[0])

    def _read(self, key: str, size: int) -> Iterator[bytes]:
        try:
            yield from self._store.stream(key, 0, size, _PIECE)
        except OSError as error:
            raise _Unreadable from error
