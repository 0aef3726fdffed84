"""The folder that backups are kept in. Films lie in it once, by their sha256, however many backups hold them.

pennydrop-backups.json                 says what folder this is
objects/<two letters>/<sha256>         a stored file
backups/<moment>/manifest.json         one backup; its folder gets its name once it is whole
                 database.jsonl.gz     rows
                 objects.jsonl.gz      key, size and sha256 of each stored file
erasures/                              what was erased, by ids: never removed with a backup
reread.json                            how far rereading has come, and which files it found damaged
"""

from __future__ import annotations

import fcntl
import gzip
import hashlib
import json
import os
import shutil
import time
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from pennydrop.errors import Conflict, Invalid
from pennydrop.ids import new_id
from pennydrop.storage.digest import KeptFile, sha256_of

_REREAD = "reread.json"
_MARK = "pennydrop-backups.json"
# 2 says whose backup it is.
_FORMAT = 2
DATABASE, OBJECTS = "database.jsonl.gz", "objects.jsonl.gz"
_PARTIAL = ".partial-"
_PIECE = 1 << 20


class NotABackupFolder(Invalid):
    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder} isn't empty, and no backups of Pennydrop are in it. Choose another folder."
        )


class BackupsOfOthers(Conflict):
    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"The backups in {folder} are those of another Pennydrop. No backup was made. Choose another "
            f"folder, or see that PENNYDROP_DATA and PENNYDROP_DATABASE_URL name the right one."
        )


class NoBackupThere(Invalid):
    def __init__(self, folder: Path) -> None:
        super().__init__(f"There is no whole backup in {folder}. Is the disk there, and the name right?")


class BackupGoingOn(Conflict):
    def __init__(self, folder: Path) -> None:
        super().__init__(f"Another backup or restore is using {folder} just now. Wait until it has ended.")


class BackupDamaged(Conflict):
    """`files` says how many of its stored files; 0 means what it knows of itself."""

    def __init__(self, folder: Path, files: int = 0) -> None:
        what = "its list of rows or files is" if not files else f"{files} of its files are"
        super().__init__(
            f"The backup {folder} isn't whole: {what} damaged or missing. Nothing was restored. "
            f"Choose an earlier one with --backup, or restore what is whole of it with --damaged-too."
        )


class BackupNewer(Conflict):
    def __init__(self) -> None:
        super().__init__("This backup was made by a newer Pennydrop. Please update this one first.")


@dataclass(frozen=True, slots=True)
class Listing:
    """A compressed file of a backup, one JSON value a line."""

    file: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds. It is written last."""

    name: str
    made_at: str
    version: str
    """Of Pennydrop."""
    revision: str
    """Of the database."""
    database: Listing
    objects: Listing
    rows: int
    files: int
    bytes: int
    installation: str = ""
    """Whose it is; empty in backups of earlier versions, which didn't say."""
    shrunk: bool = False
    """Somebody said that it is right for it to hold so much less than those before."""
    format: int = _FORMAT


@dataclass(frozen=True, slots=True)
class Reread:
    """How far reading all stored files again has come."""

    after: str
    """The last one's sha256; empty at the beginning."""
    damaged: list[str]


class Vault:
    """A folder of backups."""

    def __init__(self, root: Path) -> None:
        self.root = root.absolute()
        self.erasures = self.root / "erasures"
        self._objects = self.root / "objects"
        self._backups = self.root / "backups"

    @property
    def is_there(self) -> bool:
        """Whether it is a folder of backups already."""
        return (self.root / _MARK).is_file()

    def prepare(self) -> None:
        """Make the folder where it is missing. Raises `NotABackupFolder` for one that is somebody else's."""
        self.root.mkdir(parents=True, exist_ok=True)
        mark = self.root / _MARK
        if not mark.exists():
            if any(self.root.iterdir()):
                raise NotABackupFolder(self.root)
            _write(mark, json.dumps({"format": _FORMAT}).encode())
        for folder in (self._objects, self._backups, self.erasures):
            folder.mkdir(exist_ok=True)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep the folder from other commands. The kernel lets go of it with this process."""
        if not self.is_there:
            raise NoBackupThere(self.root)
        lock = os.open(self.root / _MARK, os.O_RDONLY | os.O_CLOEXEC)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(lock)
            raise BackupGoingOn(self.root) from error
        try:
            yield
        finally:
            os.close(lock)

    def object_path(self, sha256: str) -> Path:
        return self._objects / sha256[:2] / sha256

    def has(self, sha256: str, size: int) -> bool:
        """Whether this file is there, and wasn't found damaged when it was last read."""
        path = self.object_path(sha256)
        return path.is_file() and path.stat().st_size == size and sha256 not in self._reread().damaged

    def damaged(self) -> set[str]:
        """Return the sha256s of files that were found damaged, and that some backup still holds."""
        return {sha256 for sha256 in self._reread().damaged if self.object_path(sha256).exists()}

    def note_damaged(self, found: Iterable[str]) -> None:
        """Remember files as damaged, so that the next backup copies them anew."""
        self._note(Reread(self._reread().after, sorted(self.damaged() | set(found))))

    def reread(self, limit_s: float) -> None:
        """Read stored files for so long, where the last time ended, and note which are damaged.

        At the end it begins anew, next time: in turn, every file is read again.
        """
        ends, after = time.monotonic() + limit_s, self._reread().after
        found = self.damaged()
        for path in sorted(path for path in self._objects.glob("??/*") if path.name > after):
            if time.monotonic() >= ends:
                break
            if _has_its_name(path):
                found.discard(path.name)
            else:
                found.add(path.name)
            after = path.name
        else:
            after = ""
        self._note(Reread(after, sorted(found)))

    def _reread(self) -> Reread:
        try:
            return Reread(**json.loads((self.root / _REREAD).read_text("utf-8")))
        except (FileNotFoundError, ValueError, TypeError):
            # Nothing is lost by beginning anew.
            return Reread("", [])

    def _note(self, reread: Reread) -> None:
        aside = self.root / f"{_PARTIAL}{_REREAD}"
        aside.unlink(missing_ok=True)
        _write(aside, json.dumps(asdict(reread)).encode())
        aside.replace(self.root / _REREAD)

    def keep(self, pieces: Iterable[bytes], sha256: str | None) -> tuple[str, int] | None:
        """Write a file and return its sha256 and size; None, and nothing is kept, where it isn't `sha256`."""
        aside = self._objects / f"{_PARTIAL}{new_id()}"
        digest, size = hashlib.sha256(), 0
        try:
            with aside.open("xb") as file:
                for piece in pieces:
                    digest.update(piece)
                    size += file.write(piece)
                file.flush()
                os.fsync(file.fileno())
            found = digest.hexdigest()
            if sha256 is not None and found != sha256:
                return None
            place = self.object_path(found)
            place.parent.mkdir(exist_ok=True)
            aside.replace(place)
            _sync(place.parent)
            if found in (reread := self._reread()).damaged:
                self._note(Reread(reread.after, [one for one in reread.damaged if one != found]))
        finally:
            aside.unlink(missing_ok=True)
        return found, size

    def names(self) -> list[str]:
        """Return the names of the whole backups, oldest first."""
        return sorted(
            path.name for path in self._backups.glob("[0-9]*") if (path / "manifest.json").is_file()
        )

    def folder(self, name: str) -> Path:
        return self._backups / name

    def begin(self, name: str) -> Path:
        """Return the folder in which a backup comes together."""
        self.clear_away()
        folder = self._backups / f"{_PARTIAL}{name}"
        folder.mkdir()
        return folder

    def complete(self, folder: Path, manifest: Manifest) -> None:
        """Write the manifest and give the backup its name: from here on it is one."""
        _write(folder / "manifest.json", json.dumps(asdict(manifest), indent=2).encode())
        _sync(folder)
        folder.replace(self._backups / manifest.name)
        _sync(self._backups)

    def manifest(self, name: str | None = None) -> Manifest:
        """Read one backup's manifest, the newest's by default.

        Raises `NoBackupThere`, `BackupDamaged`, `BackupNewer`.
        """
        names = self.names()
        if not names or (name is not None and name not in names):
            raise NoBackupThere(self.root if name is None else self._backups / name)
        return _read(self._backups / (name or names[-1]))

    def readable(self) -> Iterator[Manifest]:
        """Yield what the backups hold, the newest first; those that can't tell are passed over."""
        for name in reversed(self.names()):
            with suppress(BackupDamaged, BackupNewer):
                yield _read(self._backups / name)

    def files(self, manifest: Manifest) -> Iterator[KeptFile]:
        """Yield the stored files of a backup."""
        for line in self.lines(manifest, manifest.objects):
            yield KeptFile(*line)

    def lines(self, manifest: Manifest, listing: Listing) -> Iterator[Any]:
        yield from _lines(self._backups / manifest.name / listing.file)

    def remove_all_but(self, keep: int) -> list[str]:
        """Remove all backups older than the newest `keep`, then the files that none holds any more.

        Returns the names of those that went. One whose manifest is damaged counts for nothing; where what one
        holds can't be read at all, no file goes.
        """
        kept = [manifest.name for manifest in islice(self.readable(), keep)]
        gone = [name for name in self.names() if name < kept[-1]] if len(kept) == keep else []
        for name in gone:
            # Its manifest first: a half-removed backup is none.
            (self._backups / name / "manifest.json").unlink()
            shutil.rmtree(self._backups / name)
        if gone:
            self._remove_what_none_holds()
        return gone

    def _remove_what_none_holds(self) -> None:
        try:
            held = {
                KeptFile(*line).sha256
                for name in self.names()
                for line in _lines(self._backups / name / OBJECTS)
            }
        except (OSError, EOFError, zlib.error, ValueError, TypeError):
            # A later backup asks again, and the damaged one goes with its time.
            return
        for path in self._objects.glob("??/*"):
            if path.name not in held:
                path.unlink()

    def clear_away(self) -> None:
        """Remove what a backup that was interrupted left half written. Whole files stay for the next one."""
        for path in self._backups.glob(f"{_PARTIAL}*"):
            shutil.rmtree(path)
        for path in self._objects.glob(f"{_PARTIAL}*"):
            path.unlink()


def write_listing(path: Path, values: Iterable[Any]) -> tuple[Listing, int]:
    """Write one JSON value a line, compressed and durable; return what it is and how many lines it has."""
    count = 0
    with path.open("xb") as file:
        with gzip.open(file, "wt", compresslevel=6, encoding="utf-8") as lines:
            for count, value in enumerate(values, 1):  # noqa: B007 - the last count is what is wanted
                lines.write(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n")
        file.flush()
        os.fsync(file.fileno())
    return Listing(path.name, path.stat().st_size, sha256_of(path)), count


def _read(folder: Path) -> Manifest:
    try:
        found = json.loads((folder / "manifest.json").read_text("utf-8"))
        if found["format"] > _FORMAT:
            raise BackupNewer
        listings = {key: Listing(**found[key]) for key in ("database", "objects")}
        return Manifest(**{**found, **listings})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BackupDamaged(folder) from error


def _lines(path: Path) -> Iterator[Any]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def _has_its_name(path: Path) -> bool:
    try:
        return sha256_of(path) == path.name
    except OSError:
        return False


def _write(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
