"""The ledger of what was erased: what an older backup holds of it must not come back.

It holds ids only. Each entry is a row, written by the transaction that erases; an object in the store,
written by a job of that transaction, so that it outlives a lost database; and a file beside the backups, from
the next backup on. `PENNYDROP_ERASURES` names one more folder for them, best on another disk.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.care.models import Erased, Erasure
from pennydrop.ids import is_id
from pennydrop.jobs.ledger import enqueue
from pennydrop.jobs.models import Queue
from pennydrop.storage import keys
from pennydrop.storage.port import ObjectStore

REMEMBER = "care.remember"

_AGAIN = {Erased.PERMISSION, Erased.PUBLICATION, Erased.ADMIN, Erased.ACCOUNT}
"""What may be given and taken back again: each time is noted."""


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """An erasure outside of the database: its name says all."""

    id: str
    kind: Erased
    subject_id: str

    @property
    def name(self) -> str:
        return f"{self.id}-{self.kind}-{self.subject_id}"

    @classmethod
    def named(cls, name: str) -> Entry | None:
        """Read a name, or return None for one that isn't an entry's."""
        parts = name.split("-")
        if len(parts) != 3 or parts[1] not in list(Erased) or not (is_id(parts[0]) and is_id(parts[2])):
            return None
        return cls(parts[0], Erased(parts[1]), parts[2])


def note_erased(session: Session, kind: Erased, subject_id: str) -> None:
    """Note that this was ended, and have it remembered outside of the database too.

    What ends only once is noted once; a permission may be given and taken back again.
    """
    known = select(Erasure.id).where(Erasure.kind == kind, Erasure.subject_id == subject_id)
    if kind in _AGAIN or session.scalar(known.limit(1)) is None:
        _note(session, kind, subject_id)


def lift(session: Session, kind: Erased, subject_id: str) -> None:
    """Note that this was given back, so that no restore takes it again for what was noted until now."""
    lifted = select(Erasure.subject_id).where(Erasure.kind == Erased.LIFTED)
    holding = select(Erasure.id).where(
        Erasure.kind == kind, Erasure.subject_id == subject_id, Erasure.id.not_in(lifted)
    )
    for erasure_id in session.scalars(holding).all():
        _note(session, Erased.LIFTED, erasure_id)


def _note(session: Session, kind: Erased, subject_id: str) -> None:
    row = Erasure(kind=kind, subject_id=subject_id)
    session.add(row)
    session.flush()
    enqueue(
        session,
        REMEMBER,
        queue=Queue.BULK,
        unique_key=f"{REMEMBER}:{row.id}",
        payload={"name": Entry(row.id, kind, subject_id).name},
    )


def remember(store: ObjectStore, folder: Path | None, name: str) -> None:
    """Write an entry into the store and, where there is one, into the installation's second place."""
    store.put_bytes(keys.erasure(name), b"")
    if folder is not None:
        write_entries(folder, [name])


def write_entries(folder: Path, names: Iterable[str]) -> None:
    """Make the file of each entry that isn't there yet."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).touch()


def entries_in_rows(session: Session) -> set[Entry]:
    return {Entry(row.id, row.kind, row.subject_id) for row in session.scalars(select(Erasure))}


def entries_in_store(store: ObjectStore) -> set[Entry]:
    names = (keys.name(found.key) for found in store.list(keys.ERASURES))
    return {entry for name in names if (entry := Entry.named(name)) is not None}


def entries_in_folder(folder: Path | None) -> set[Entry]:
    """Read a folder of entries; one that isn't there holds none."""
    if folder is None or not folder.is_dir():
        return set()
    return {entry for path in folder.iterdir() if (entry := Entry.named(path.name)) is not None}
