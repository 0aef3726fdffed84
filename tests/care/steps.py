"""Taking backups and bringing them back, and what is to be compared."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from pennydrop.care.backup.check import check_backup
from pennydrop.care.backup.dump import LEFT_OUT
from pennydrop.care.backup.make import Taken, back_up
from pennydrop.care.backup.restore import Restored, restore
from pennydrop.care.backup.vault import Vault
from pennydrop.care.scrub import Places
from pennydrop.db.session import SessionMaker, make_engine, make_sessions, transaction
from pennydrop.db.tables import Base
from pennydrop.settings import Settings
from pennydrop.storage import keys
from pennydrop.storage.open import open_store
from pennydrop.storage.port import ObjectStore


def take(places: Places, vault: Vault, *, keep: int | None = None, **more: Any) -> Taken:
    options = {"second_erasures": None, "reread_s": 60.0, "say": lambda _: None, **more}
    return back_up(places.sessions.kw["bind"], places.store, vault, keep=keep, **options)


def bring_back(vault: Vault, to: Settings, *, name: str | None = None, replace: bool = False) -> Restored:
    return restore(
        to.database,
        open_store(to),
        vault,
        check_backup(vault, name),
        replace=replace,
        scratch=to.scratch,
        second_erasures=None,
    )


def places_of(settings: Settings) -> Places:
    return Places(make_sessions(make_engine(settings.database)), open_store(settings))


def all_rows(sessions: SessionMaker) -> dict[str, list[Any]]:
    with transaction(sessions) as session:
        return {
            table.name: sorted(map(repr, session.execute(select(table))))
            for table in Base.metadata.tables.values()
            if table.name not in LEFT_OUT
        }


def bytes_of(store: ObjectStore) -> dict[str, bytes]:
    """Everything but what the store says of itself."""
    return {found.key: store.read(found.key) for found in store.list() if not keys.is_note(found.key)}
