"""Nudges: “there is work for this queue”, sent after the commit that made it.

A nudge may be lost, doubled or late without harm: workers look at the ledger by themselves every few
seconds. It only saves them the wait.
"""

from __future__ import annotations

import logging
import threading
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
_courier: _Courier | None = None
_failing = False


def is_failing() -> bool:
    """Whether the last nudge of this process couldn't be sent."""
    return _failing


def use(nudger: Nudger | None, *, behind: bool = False) -> None:
    """Set how this process sends nudges; `None`: not at all. Entry points call it once.

    `behind` sends them from a thread of its own, so that no request and no heartbeat ever waits for a broker.
    """
    global _nudger, _courier
    _nudger = nudger or _nobody
    _courier = _Courier(_nudger) if behind else None


def send(queue: Queue) -> None:
    """Send one nudge. A failure is logged and forgotten, as the job's row is safe already."""
    if _courier is not None:
        _courier.take(queue)
    else:
        _try(_nudger, queue)


def _try(nudger: Nudger, queue: Queue) -> None:
    global _failing
    try:
        nudger(queue)
        _failing = False
    except Exception as error:  # a broker's client raises what it likes, and none of it matters here
        if not _failing:
            log.warning("could not nudge %s, its workers will look by themselves: %s", queue, error)
        _failing = True


class _Courier:
    """Sends nudges one after the other; several for one queue that wait for their turn are one."""

    def __init__(self, nudger: Nudger) -> None:
        self._nudger = nudger
        self._waiting: set[Queue] = set()
        self._busy = False
        self._called = threading.Condition()
        threading.Thread(target=self._carry, name="nudges", daemon=True).start()

    def take(self, queue: Queue) -> None:
        with self._called:
            self._waiting.add(queue)
            self._called.notify_all()

    def finish(self, within_s: float) -> None:
        with self._called:
            self._called.wait_for(lambda: not self._waiting and not self._busy, within_s)

    def _carry(self) -> None:
        while True:
            with self._called:
                self._busy = False
                self._called.notify_all()
                self._called.wait_for(lambda: self._waiting)
                self._busy = True
                queues, self._waiting = sorted(self._waiting), set()
            for queue in queues:
                _try(self._nudger, queue)


def finish(within_s: float) -> None:
    """Let nudges that wait for their turn go out, as far as that is quick: before a process ends."""
    if _courier is not None:
        _courier.finish(within_s)


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
