"""Nudges: “there is work for this queue”, sent after the commit that made it.

A nudge may be lost, doubled or late without harm: workers look at the ledger by themselves every few
seconds. It only saves them the wait.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from sqlalchemy import event
from sqlalchemy.orm import Session

from pennydrop.jobs.models import Queue

log = logging.getLogger("pennydrop.jobs")

Nudger = Callable[[Queue], None]

_WAITING = "pennydrop.nudges"


def _nobody(queue: Queue) -> None:
    """Send nothing: the next idle look finds the work."""


_nudger: Nudger = _nobody


def use(nudger: Nudger | None) -> None:
    """Set how this process sends nudges; `None`: not at all. Entry points call it once."""
    global _nudger
    _nudger = nudger or _nobody


def send(queue: Queue) -> None:
    """Send one nudge now. A failure is logged and forgotten, as the job's row is safe already."""
    try:
        _nudger(queue)
    except Exception as error:  # a broker's client raises what it likes, and none of it matters here
        log.warning("could not nudge %s, its workers will look by themselves: %s", queue, error)


def after_commit(session: Session, queue: Queue) -> None:
    """Send one nudge once the transaction of `session` is committed, and none if it is rolled back."""
    session.info.setdefault(_WAITING, set()).add(queue)


@event.listens_for(Session, "after_commit")
def _committed(session: Session) -> None:
    # Releasing a savepoint is announced as a commit too, but what it holds isn't visible to anybody yet.
    if session.in_nested_transaction():
        return
    for queue in sorted(session.info.pop(_WAITING, ())):
        send(queue)


@event.listens_for(Session, "after_rollback")
def _rolled_back(session: Session) -> None:
    if not session.in_nested_transaction():
        session.info.pop(_WAITING, None)
