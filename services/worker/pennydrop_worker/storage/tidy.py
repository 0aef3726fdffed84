"""Keeping the store tidy."""

from __future__ import annotations

from pennydrop.care.erasures import remember
from pennydrop.care.installation import demand_together
from pennydrop.chunks.done import drop_retired
from pennydrop.jobs.attempt import Attempt
from pennydrop.jobs.kinds import WorkerParts
from pennydrop.storage.sweep import forget, sweep


def forget_objects(attempt: Attempt, parts: WorkerParts) -> None:
    """Remove what a committed transaction no longer needs."""
    forget(parts.store, attempt.payload["keys"], attempt.payload["prefixes"])
    with attempt.publish():
        pass


def remember_erasure(attempt: Attempt, parts: WorkerParts) -> None:
    """Write down, outside of the database, what was erased."""
    remember(parts.store, parts.settings.erasures, attempt.payload["name"])
    with attempt.publish():
        pass


def sweep_objects(attempt: Attempt, parts: WorkerParts) -> None:
    """Remove what no row refers to, an hour after it came, where films and database belong together."""
    demand_together(parts.sessions, parts.store)
    sweep(parts.store, parts.sessions)
    with attempt.publish():
        pass


def drop_retired_chunks(attempt: Attempt, parts: WorkerParts) -> None:
    """Forget growing films whose copies have been there for long enough."""
    with attempt.publish() as session:
        drop_retired(session, attempt.prefix)
