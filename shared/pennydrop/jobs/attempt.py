"""One attempt at one job, as its handler sees it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, and_, select, update
from sqlalchemy.orm import Session

from pennydrop.db.session import SessionMaker, transaction
from pennydrop.db.trouble import passed_over
from pennydrop.db.types import db_now_ms
from pennydrop.errors import Conflict
from pennydrop.jobs.ledger import THEN, enqueue_orders
from pennydrop.jobs.models import Job, JobState

# Screens show progress live; more often than this nobody can read it, and every write is an fsync.
_PROGRESS_EVERY_S = 1.0


class StaleAttempt(Conflict):
    """Another attempt holds the job now, or it was cancelled: nothing of this one may be published."""

    def __init__(self) -> None:
        super().__init__("This piece of work was taken over or stopped, so its result is thrown away.")


@dataclass(eq=False)
class Attempt:
    """One claimed run of a job. `cancelled` is set when it must stop: look at it often, and raise."""

    job_id: str
    kind: str
    payload: dict[str, Any]
    subject_id: str | None
    number: int
    """Which attempt this is, from 1."""
    fence: int
    scratch: Path
    """A folder of this attempt's own on this machine's disk; it is removed afterwards."""
    sessions: SessionMaker = field(repr=False)
    cancelled: threading.Event = field(default_factory=threading.Event, repr=False)
    published: bool = False
    _shown: tuple[int, float] = field(default=(0, 0.0), repr=False)

    @property
    def prefix(self) -> str:
        """A key part that no other attempt uses: what is written under it disturbs nobody."""
        return f"{self.job_id}-{self.fence}"

    @contextmanager
    def under_fence(self) -> Iterator[Session]:
        """Run one transaction that only happens while this attempt holds the job; the job goes on after it.

        Raises `StaleAttempt`, before the block, when it no longer does.
        """
        with transaction(self.sessions) as session:
            self._check(session)
            yield session

    @contextmanager
    def publish(self, *, follow: bool = True) -> Iterator[Session]:
        """Run the transaction that makes the result known and marks the job done, while the fence holds.

        Without `follow`, what is to follow the job waits for another run of it. Raises `StaleAttempt`, before
        the block, when it no longer does.
        """
        with self.under_fence() as session:
            yield session
            session.execute(
                update(Job)
                .where(self._mine())
                .values(
                    state=JobState.DONE,
                    progress=100,
                    lease_owner=None,
                    lease_until_ms=None,
                    finished_at_ms=db_now_ms(),
                    waits_since_ms=None,
                    error_code=None,
                    error_detail=None,
                ),
                execution_options={"synchronize_session": False},
            )
            if follow:
                enqueue_orders(session, self.payload.get(THEN, ()))
        self.published = True

    def progress(self, percent: int) -> None:
        """Show how far it is. Cheap to call often: it is written once a second at most."""
        shown, when = self._shown
        now = time.monotonic()
        if percent <= shown or now - when < _PROGRESS_EVERY_S:
            return
        self._shown = (percent, now)
        self._set(progress=min(percent, 99))

    def sandboxed(self, level: str) -> None:
        """Record how well the hostile part is locked in."""
        self._set(sandbox=level[:120])

    def _set(self, **values: Any) -> None:
        with passed_over(), transaction(self.sessions) as session:
            touched = session.execute(
                update(Job).where(self._mine()).values(**values).returning(Job.id),
                execution_options={"synchronize_session": False},
            ).first()
            if touched is None:
                self.cancelled.set()

    def _check(self, session: Session) -> None:
        if session.scalar(select(Job.id).where(self._mine()).with_for_update()) is None:
            self.cancelled.set()
            raise StaleAttempt

    def _mine(self) -> ColumnElement[bool]:
        return and_(Job.id == self.job_id, Job.fence == self.fence, Job.state == JobState.RUNNING)
