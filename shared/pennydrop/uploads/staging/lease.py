"""Locks of uploads in the database, for API processes that share no disk.

A lock is a lease by the database's clock, renewed by whoever holds it: one whose holder died, froze or lost
the network runs out by itself. Each commit of an offset checks in its own transaction that the lease is still
the committer's, so that one who thaws late changes nothing.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session

from pennydrop.db.session import SessionMaker, transaction
from pennydrop.db.types import db_now_ms
from pennydrop.ids import new_id
from pennydrop.uploads.errors import UploadTakenOver
from pennydrop.uploads.models import UploadLock

log = logging.getLogger("pennydrop.uploads")

# What a client waits, at most, whose server was killed.
_LEASE_MS = 8_000
_RENEW_EVERY_S = 2.0
# How often a holder hears that somebody waits, and somebody who waits looks again.
_HEAR_EVERY_S = 0.5
_LOOK_EVERY_S = 0.1


class Leases:
    """The locks that this process holds."""

    def __init__(self, sessions: SessionMaker) -> None:
        self._sessions = sessions
        self._held: dict[str, str] = {}
        self._wanted: set[str] = set()
        self._changing = threading.Lock()
        self._keeper: threading.Thread | None = None

    @contextmanager
    def locked(self, upload_id: str, patience_s: float) -> Iterator[bool]:
        token = self._take(upload_id, time.monotonic() + patience_s)
        try:
            yield token is not None
        finally:
            if token is not None:
                self._let_go(upload_id, token)

    def is_wanted(self, upload_id: str) -> bool:
        return upload_id in self._wanted

    def check_held(self, session: Session, upload_id: str) -> None:
        token = self._held.get(upload_id)
        ours = select(UploadLock).where(
            UploadLock.upload_id == upload_id, UploadLock.token == token, UploadLock.until_ms > db_now_ms()
        )
        # Locked until the offset is committed: nobody takes the lease in between.
        if session.scalar(ours.with_for_update()) is None:
            raise UploadTakenOver

    def _take(self, upload_id: str, until: float) -> str | None:
        token = new_id()
        while not self._try(upload_id, token):
            if time.monotonic() > until:
                return None
            with transaction(self._sessions) as session:
                session.execute(
                    update(UploadLock).where(UploadLock.upload_id == upload_id).values(wanted=True)
                )
            time.sleep(_LOOK_EVERY_S)
        with self._changing:
            self._held[upload_id] = token
            self._wanted.discard(upload_id)
            if self._keeper is None or not self._keeper.is_alive():
                self._keeper = threading.Thread(target=self._keep, name="upload-leases", daemon=True)
                self._keeper.start()
        return token

    def _try(self, upload_id: str, token: str) -> bool:
        values = {"token": token, "until_ms": db_now_ms() + _LEASE_MS, "wanted": False}
        try:
            with transaction(self._sessions) as session:
                free = (UploadLock.upload_id == upload_id, UploadLock.until_ms <= db_now_ms())
                taken = session.execute(
                    update(UploadLock).where(*free).values(**values).returning(UploadLock.upload_id),
                    execution_options={"synchronize_session": False},
                ).first()
                if taken is None and session.get(UploadLock, upload_id) is None:
                    session.add(UploadLock(upload_id=upload_id, **values))
                    return True
                return taken is not None
        except IntegrityError:
            return False  # somebody else was quicker

    def _let_go(self, upload_id: str, token: str) -> None:
        with self._changing:
            self._held.pop(upload_id, None)
            self._wanted.discard(upload_id)
        # Where this fails, the lease runs out by itself.
        with suppress(SQLAlchemyError), transaction(self._sessions) as session:
            mine = (UploadLock.upload_id == upload_id, UploadLock.token == token)
            session.execute(delete(UploadLock).where(*mine))

    def _keep(self) -> None:
        """Renew what is held and hear what is wanted, for as long as anything is held."""
        renewed_at = time.monotonic()
        while True:
            time.sleep(_HEAR_EVERY_S)
            with self._changing:
                held = dict(self._held)
                if not held:
                    self._keeper = None
                    return
            renews = time.monotonic() - renewed_at >= _RENEW_EVERY_S
            try:
                wanted = self._look(held, renews)
            except SQLAlchemyError as error:  # also that no connection was free
                log.warning("the locks of uploads can't be renewed just now: %s", error)
                continue
            if renews:
                renewed_at = time.monotonic()
            with self._changing:
                self._wanted |= {one for one in wanted if self._held.get(one) == held[one]}

    def _look(self, held: dict[str, str], renews: bool) -> set[str]:
        """Return those that somebody wants, or has taken over."""
        tokens = list(held.values())
        with transaction(self._sessions) as session:
            if renews:
                session.execute(
                    update(UploadLock)
                    .where(UploadLock.token.in_(tokens), UploadLock.until_ms > db_now_ms())
                    .values(until_ms=db_now_ms() + _LEASE_MS),
                    execution_options={"synchronize_session": False},
                )
            kept = {
                row.upload_id: row.wanted
                for row in session.scalars(select(UploadLock).where(UploadLock.token.in_(tokens)))
            }
        return {upload_id for upload_id in held if kept.get(upload_id, True)}
