"""Which database and which stored films belong together: an id that both of them hold.

Whatever nobody's row refers to is removed from the store. With a wrong or an empty database that would be
every film, so nothing starts, tidies or is backed up unless the two belong together.
"""

from __future__ import annotations

import logging
from itertools import islice

from sqlalchemy import URL, Engine, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from pennydrop.care.models import Installation
from pennydrop.db import (
    migrate,
    tables,  # noqa: F401 - every table is known before the first query
)
from pennydrop.db.session import SessionMaker, make_engine, make_sessions, transaction
from pennydrop.errors import Conflict
from pennydrop.ids import new_id
from pennydrop.settings import Settings
from pennydrop.storage import keys
from pennydrop.storage.open import open_store
from pennydrop.storage.port import ObjectMissing, ObjectStore, StoreAway
from pennydrop.storage.sweep import Needed
from pennydrop.videos.models import Source

log = logging.getLogger("pennydrop.care")

# Enough to tell whose films they are, and one page of a bucket's list.
_LOOKED_AT = 1000


class FilmsWithoutDatabase(Conflict):
    def __init__(self, place: str, database: str) -> None:
        super().__init__(
            f"There are stored films in {place}, but the database {database} is empty. Nothing was changed. "
            f"Restore a backup (pennydrop restore DIR --replace), or name the database that belongs to these "
            f"films in PENNYDROP_DATABASE_URL."
        )


class FilmsOfOthers(Conflict):
    # No other try of a job finds anything else.
    final = True

    def __init__(self, place: str, database: str) -> None:
        super().__init__(
            f"The stored films in {place} don't belong to the database {database}. Nothing was changed. Name "
            f"the database of these films in PENNYDROP_DATABASE_URL, or the place of its films "
            f"(PENNYDROP_DATA, or PENNYDROP_S3_BUCKET)."
        )


class FilmsNotThere(Conflict):
    final = True

    def __init__(self, place: str, database: str) -> None:
        super().__init__(
            f"The database {database} knows films, but there are none in {place}. Nothing was changed. Is "
            f"the disk there, and are PENNYDROP_DATA and PENNYDROP_S3_BUCKET right? If the films are lost, "
            f"restore a backup: pennydrop restore DIR --replace"
        )


class RestoreInterrupted(Conflict):
    final = True

    def __init__(self) -> None:
        super().__init__("A restore was interrupted. Type it again with --replace.")


def bring_up_to_date(settings: Settings) -> bool:
    """Bring the database up to date and hold it against the films; say whether there was anything to do.

    No database is made beside films that are stored already. Raises as `migrate.upgrade` and
    `hold_together`, `FilmsWithoutDatabase`, and `Unavailable`.
    """
    store = open_store(settings)
    if migrate.is_empty(settings.database):
        refuse_while_restoring(store)
        if has_films(store):
            raise FilmsWithoutDatabase(store.place, in_words(settings.database))
    changed = migrate.upgrade(settings.database)
    _hold_together_at(settings, store)
    return changed


def start_together(settings: Settings) -> None:
    """Let a service start only on this version's tables, and on films that belong to them.

    A store that is away is no reason not to start: nothing can be removed from it, and who does asks again.
    Raises as `migrate.check` and `hold_together`.
    """
    migrate.check(settings.database)
    try:
        _hold_together_at(settings, open_store(settings))
    except StoreAway as error:
        log.warning("whose films these are couldn't be asked, as their place is away: %s", error.detail)


def _hold_together_at(settings: Settings, store: ObjectStore) -> str:
    engine = make_engine(settings.database)
    try:
        return hold_together(engine, store)
    finally:
        engine.dispose()


def hold_together(engine: Engine, store: ObjectStore) -> str:
    """Make sure that database and films belong together, and return the installation's id.

    Where one of the two doesn't say yet whose it is, as an earlier version left them, the films decide: it is
    noted only if most of them are known to the database, or if there are none of either. Raises
    `FilmsOfOthers`, `FilmsNotThere`, `RestoreInterrupted`.
    """
    refuse_while_restoring(store)
    sessions = make_sessions(engine)
    in_store, in_database = id_in_store(store), _id_in_database(sessions)
    if in_store is not None and in_store == in_database:
        return in_store
    database = in_words(engine.url)
    if in_store is not None and in_database is not None:
        raise FilmsOfOthers(store.place, database)
    with transaction(sessions) as session:
        _refuse_what_is_strange(session, store, database, noted=in_database is not None)
        installation = note_in_database(session, in_store)
    note_in_store(store, installation)
    return installation


def demand_together(sessions: SessionMaker, store: ObjectStore) -> None:
    """Make sure of it once more, before something is removed: both may have been replaced meanwhile.

    Raises `FilmsOfOthers`, `RestoreInterrupted`.
    """
    refuse_while_restoring(store)
    in_store, in_database = id_in_store(store), _id_in_database(sessions)
    if in_store is None or in_store != in_database:
        raise FilmsOfOthers(store.place, in_words(sessions.kw["bind"].url))


def refuse_while_restoring(store: ObjectStore) -> None:
    """Raises `RestoreInterrupted` where a restore hasn't come to its end."""
    if _is_there(store, keys.RESTORING):
        raise RestoreInterrupted


def has_films(store: ObjectStore) -> bool:
    """Whether anything but our own notes is stored."""
    return any(not keys.is_note(found.key) for found in store.list())


def id_in_store(store: ObjectStore) -> str | None:
    """Return what the store says whose it is; None where it doesn't."""
    try:
        return store.read(keys.INSTALLATION).decode().strip() or None
    except ObjectMissing:
        return None


def note_in_store(store: ObjectStore, installation: str) -> None:
    """Let the store say whose it is."""
    store.put_bytes(keys.INSTALLATION, installation.encode())


def note_in_database(session: Session, installation: str | None) -> str:
    """Return the id in the database; where there is none yet, note this one or a new one first."""
    found = session.get(Installation, 1)
    if found is not None:
        return found.id
    try:
        with session.begin_nested():
            session.add(Installation(number=1, id=installation or new_id()))
    except IntegrityError:
        # Somebody noted one at the same moment.
        session.expire_all()
    return session.get_one(Installation, 1).id


def in_words(url: str | URL) -> str:
    """Return a database's address as people may read it: SQLite's file, or a URL without its password."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database:
        return parsed.database
    return parsed.render_as_string(hide_password=True)


def _id_in_database(sessions: SessionMaker) -> str | None:
    with transaction(sessions) as session:
        found = session.get(Installation, 1)
        return found.id if found else None


def _is_there(store: ObjectStore, key: str) -> bool:
    try:
        store.size(key)
    except ObjectMissing:
        return False
    return True


def _refuse_what_is_strange(session: Session, store: ObjectStore, database: str, *, noted: bool) -> None:
    stored = (found.key for found in store.list() if not keys.is_note(found.key))
    some = list(islice(stored, _LOOKED_AT))
    if not some:
        # A database that says whose it is has met its films before.
        if noted and session.scalar(select(Source.id).limit(1)) is not None:
            raise FilmsNotThere(store.place, database)
        return
    needed = Needed(session, some)
    if 2 * sum(needed.has(key) for key in some) < len(some):
        raise FilmsOfOthers(store.place, database)
