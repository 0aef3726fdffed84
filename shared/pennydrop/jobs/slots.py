"""Slots: threads that each do one job at a time, a fixed number for each queue.

A queue's slots are its own, so ten long jobs of one queue never delay a short one of another. Handlers do
their heavy work in child processes; a thread only waits for them.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Mapping

import structlog
from sqlalchemy.exc import SQLAlchemyError

from pennydrop import traces
from pennydrop.db.session import transaction
from pennydrop.db.trouble import is_away, is_full, said
from pennydrop.jobs import outcome, scratch
from pennydrop.jobs.absence import explained, note_no_room
from pennydrop.jobs.attempt import Attempt, StaleAttempt
from pennydrop.jobs.claim import Claimed, claim
from pennydrop.jobs.held import Ending, Held
from pennydrop.jobs.kinds import Kind, Kinds, WorkerParts
from pennydrop.jobs.models import Queue
from pennydrop.jobs.timings import Timings
from pennydrop.storage.stopping import stopping_when

log = logging.getLogger("pennydrop.jobs")

# Someone waits for interactive work. The rest may use what is left of the machine, no more.
NICENESS = {Queue.INTERACTIVE: 0, Queue.TRANSCODE: 19, Queue.SOUND: 19, Queue.BULK: 19}

# After trouble with the database itself a slot waits so long before it looks again.
_TROUBLE_S = 1.0


class Slots:
    """The slots of one service process. `wake` makes them look at the ledger; they never look unasked."""

    def __init__(
        self,
        parts: WorkerParts,
        kinds: Kinds,
        *,
        slots: Mapping[Queue, int],
        owner: str,
        timings: Timings,
    ) -> None:
        self.queues = tuple(slots)
        self._parts = parts
        self._kinds = kinds
        self._owner = owner
        self._timings = timings
        self._held: set[Held] = set()
        self._lock = threading.Lock()
        self._claiming = threading.Lock()
        self._bells = {queue: _Bell() for queue in slots}
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(target=self._work, args=(queue,), name=f"{queue}-{number}", daemon=True)
            for queue, count in slots.items()
            for number in range(count)
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def wake(self, queue: Queue) -> None:
        """Let the idle slots of `queue` look at the ledger; busy ones look when they have finished."""
        bell = self._bells.get(queue)
        if bell is not None:
            bell.ring()

    def held(self) -> list[Held]:
        """Return what runs now."""
        with self._lock:
            return list(self._held)

    def stop(self, within_s: float) -> bool:
        """End all attempts, give their jobs back, and say whether all slots let go in time."""
        self._stopping.set()
        for held in self.held():
            held.end(Ending.STOPPING)
        for bell in self._bells.values():
            bell.ring()
        deadline = time.monotonic() + within_s
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def _work(self, queue: Queue) -> None:
        _be_nice(NICENESS[queue])
        bell = self._bells[queue]
        while not self._stopping.is_set():
            heard = bell.rings
            try:
                claimed = self._claim(queue)
                if claimed is None:
                    bell.wait(heard)
                else:
                    self._run(claimed)
            except Exception as error:
                # Where a job is held, it stays where it is; its lease sees to the rest.
                log.error(
                    "a slot of %s met trouble and looks again in a moment: %s",
                    queue,
                    said(error),
                    exc_info=None if is_away(error) or is_full(error) else error,
                )
                self._stopping.wait(_TROUBLE_S)

    def _claim(self, queue: Queue) -> Claimed | None:
        names = [kind.name for kind in self._kinds.values() if kind.queue == queue]
        with self._claiming, transaction(self._parts.sessions) as session:
            return claim(session, queue, kinds=names, owner=self._owner, lease_ms=self._timings.lease_ms)

    def _run(self, claimed: Claimed) -> None:
        kind = self._kinds[claimed.kind]
        attempt = Attempt(
            job_id=claimed.job_id,
            kind=claimed.kind,
            payload=claimed.payload,
            subject_id=claimed.subject_id,
            number=claimed.number,
            fence=claimed.fence,
            scratch=self._parts.settings.scratch / f"{claimed.job_id}-{claimed.fence}",
            sessions=self._parts.sessions,
        )
        held = Held(attempt, deadline=time.monotonic() + kind.limit_s)
        with self._lock:
            self._held.add(held)
        if self._stopping.is_set():
            held.end(Ending.STOPPING)
        words = {"job": attempt.job_id, "kind": attempt.kind, "attempt": attempt.number}
        try:
            with structlog.contextvars.bound_contextvars(**words):
                self._handle(kind, held)
        finally:
            with self._lock:
                self._held.discard(held)

    def _handle(self, kind: Kind, held: Held) -> None:
        started = time.monotonic()
        try:
            self._attempt(kind, held.attempt)
        except StaleAttempt:
            log.info("%s was taken over or cancelled", held)
        except Exception as error:
            self._record(kind, held, error)
        else:
            log.info("%s took %.1f s", held, time.monotonic() - started)

    def _attempt(self, kind: Kind, attempt: Attempt) -> None:
        root = self._parts.settings.scratch
        asked_in = attempt.payload.get(traces.TRACE)
        words: dict[str, traces.Value] = {
            "job": attempt.job_id,
            "attempt": attempt.number,
            "queue": kind.queue,
        }
        # Looked at inside as well, where what filled the disk still lies there.
        with (
            traces.span(f"job {kind.name}", kind="consumer", parent=asked_in, **words),
            explained(root),
            scratch.folder(root, attempt.scratch.name),
            explained(root),
            stopping_when(attempt.cancelled.is_set),
        ):
            kind.handle(attempt, self._parts)
            if not attempt.published:
                with attempt.publish():
                    pass

    def _record(self, kind: Kind, held: Held, error: Exception) -> None:
        """Write down what became of an attempt, for however long the database is away.

        The keeper holds on to the job meanwhile, so that the attempt isn't counted for one that crashed.
        """
        while True:
            try:
                outcome.record(self._parts.sessions, kind, held, error, self._timings)
                return
            except SQLAlchemyError as trouble:
                if not (is_away(trouble) or is_full(trouble)):
                    raise
                if is_full(trouble):
                    note_no_room()
                log.error("what became of %s can't be written down yet: %s", held, said(trouble))
            if self._stopping.wait(_TROUBLE_S):
                return


class _Bell:
    """Wakes every waiting thread, and doesn't forget a ring that came just before the wait."""

    def __init__(self) -> None:
        self.rings = 0
        self._condition = threading.Condition()

    def ring(self) -> None:
        with self._condition:
            self.rings += 1
            self._condition.notify_all()

    def wait(self, heard: int) -> None:
        with self._condition:
            self._condition.wait_for(lambda: self.rings != heard)


def _be_nice(niceness: int) -> None:
    """Lower the priority of this thread, and so of the processes it starts, but not of its neighbours."""
    if niceness and hasattr(os, "setpriority"):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), niceness)
