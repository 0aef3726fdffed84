"""The keeper: the one thread of a service that watches time, so that its slots needn't."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable

from pennydrop.db.session import SessionMaker, transaction
from pennydrop.db.trouble import is_away, is_full, said
from pennydrop.jobs import beats, leader, lease, reconcile, scratch
from pennydrop.jobs.absence import note_no_room
from pennydrop.jobs.claim import queues_with_work
from pennydrop.jobs.held import Ending
from pennydrop.jobs.kinds import Kinds, WorkerParts
from pennydrop.jobs.slots import Slots
from pennydrop.jobs.timings import Timings

log = logging.getLogger("pennydrop.jobs")

_HOUSEKEEPING_S = 600


class Keeper:
    """Renews leases, says that the service lives and finds work nobody nudged for.

    One keeper of all machines' for each service leads: it puts crashes right and starts housekeeping.
    """

    def __init__(
        self,
        parts: WorkerParts,
        readers: SessionMaker,
        kinds: Kinds,
        slots: Slots,
        *,
        service: str,
        name: str,
        timings: Timings,
    ) -> None:
        self._parts = parts
        self._readers = readers
        self._kinds = kinds
        self._slots = slots
        self._service = service
        self._name = name
        self._timings = timings
        self._leads = False
        self._away_at = float("-inf")
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="keeper", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """End the thread, take the service off the list of living ones and let another one lead."""
        self._stopping.set()
        self._thread.join(1)
        with transaction(self._parts.sessions) as session:
            beats.farewell(session, self._name)
            leader.resign(session, holder=self._name)

    def _keep(self) -> None:
        timings = self._timings
        chores: list[tuple[float, Callable[[], None]]] = [
            (timings.heartbeat, self._beat),
            (timings.idle_look, self._look),
            (timings.reconcile, self._reconcile),
            (_HOUSEKEEPING_S, self._sweep_scratch),
            (_HOUSEKEEPING_S, self._keep_house),
        ]
        due = [0.0] * len(chores)
        while True:
            for number, (every, chore) in enumerate(chores):
                # What is due within a blink is done now: fewer wake-ups, and the beat stays first.
                if due[number] <= time.monotonic() + 0.1 * every:
                    due[number] = time.monotonic() + every
                    self._try(chore)
            if self._stopping.wait(max(0.0, min(due) - time.monotonic())):
                return

    def _try(self, chore: Callable[[], None]) -> None:
        try:
            chore()
        except Exception as error:
            away = is_away(error) or is_full(error)
            if away:
                self._away_at = time.monotonic()
            if is_full(error):
                note_no_room()
            log.error(
                "the %s's keeper met trouble and goes on: %s",
                self._service,
                said(error),
                exc_info=None if away else error,
            )

    def _beat(self) -> None:
        running = self._slots.held()
        with transaction(self._parts.sessions) as session:
            for held in running:
                attempt = held.attempt
                ours = lease.renew(
                    session,
                    job_id=attempt.job_id,
                    fence=attempt.fence,
                    lease_ms=self._timings.lease_ms,
                )
                if not ours and not attempt.published:
                    held.end(Ending.LOST)
            beats.beat(session, self._service, self._name)
            leads = leader.take(session, self._service, holder=self._name, lease_ms=self._timings.leader_ms)
        self._lead(leads)
        now = time.monotonic()
        for held in running:
            if now > held.deadline:
                held.end(Ending.OVERDUE)
            if held.ending is not None and now - held.ended_at > self._timings.stuck:
                log.critical("%s doesn't stop: this %s starts anew", held.attempt.kind, self._service)
                # The others go on elsewhere, and it isn't counted against them.
                self._slots.stop(self._timings.stop)
                os._exit(70)

    def _lead(self, leads: bool) -> None:
        begins, self._leads = leads and not self._leads, leads
        if begins:
            log.info("leads every %s there is", self._service)
            # Whoever led before may have been about to.
            self._try(self._keep_house)

    def _look(self) -> None:
        with self._readers() as session:
            waiting = queues_with_work(session, self._slots.queues)
        for queue in waiting:
            self._slots.wake(queue)

    def _reconcile(self) -> None:
        # Whoever found the database away couldn't renew a lease, and neither could anybody else.
        if not self._leads or time.monotonic() - self._away_at < self._timings.lease:
            return
        with self._readers() as session:
            if not reconcile.anything_to_do(session, self._slots.queues, self._timings):
                return
        with transaction(self._parts.sessions) as session:
            reconcile.reconcile(session, self._slots.queues, kinds=self._kinds, timings=self._timings)

    def _sweep_scratch(self) -> None:
        held = [one.attempt.scratch for one in self._slots.held()]
        scratch.sweep(self._parts.settings.scratch, ours=held)

    def _keep_house(self) -> None:
        if not self._leads:
            return
        with transaction(self._parts.sessions) as session:
            reconcile.start_periodic(session, self._kinds)
