"""A service that does jobs: slots, their keeper, and Celery to bring the nudges."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from collections.abc import Iterable, Mapping
from queue import SimpleQueue
from typing import NoReturn

from celery import Celery

from pennydrop import traces
from pennydrop.db import tables  # noqa: F401 - every table is known before the first query
from pennydrop.db.session import make_engine, make_readers, make_sessions
from pennydrop.jobs import beats, broker, nudge
from pennydrop.jobs.keeper import Keeper
from pennydrop.jobs.kinds import Kind, WorkerParts, registry
from pennydrop.jobs.models import Queue
from pennydrop.jobs.slots import Slots
from pennydrop.jobs.timings import Timings
from pennydrop.settings import Settings
from pennydrop.storage.open import open_store

log = logging.getLogger("pennydrop.jobs")

# Between two tries to listen to a broker that makes Celery give up.
_LISTEN_AGAIN_S = 1.0


# Jobs that are given back are announced; a broker that is away isn't waited for.
_LAST_NUDGES_S = 0.5


class Service:
    """One process that does the jobs of some queues until it is told to stop."""

    def __init__(
        self,
        name: str,
        settings: Settings,
        *,
        kinds: Iterable[Kind],
        slots: Mapping[Queue, int],
        timings: Timings | None = None,
    ) -> None:
        self._timings = timings or Timings()
        self._name = name
        engine = make_engine(settings.database)
        parts = WorkerParts(settings=settings, sessions=make_sessions(engine), store=open_store(settings))
        known = registry(kinds)
        process = beats.process_name(name)
        self.slots = Slots(parts, known, slots=slots, owner=process, timings=self._timings)
        self._keeper = Keeper(
            parts,
            make_readers(engine),
            known,
            self.slots,
            service=name,
            name=process,
            timings=self._timings,
        )

    def run(self, celery: Celery) -> NoReturn:
        """Work until SIGTERM or SIGINT, then give running jobs back and end the process."""
        # Its `put` may interrupt anything. An error raised from a signal could land where Celery, or a
        # module that is being imported, takes it for its own, and nobody would ever stop.
        told: SimpleQueue[int] = SimpleQueue()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda number, frame: told.put(number))
        nudge.use(broker.nudger(celery), behind=True)
        self.slots.start()
        self._keeper.start()
        threading.Thread(target=_keep_listening, args=(celery, self.slots.queues), daemon=True).start()
        log.info("ready")
        told.get()
        self._stop()

    def _stop(self) -> NoReturn:
        # Whatever hangs below, the process ends: its jobs come back when their leases run out.
        deadline = threading.Timer(self._timings.stop + 1.0, os._exit, args=(1,))
        deadline.daemon = True
        deadline.start()
        if not self.slots.stop(self._timings.stop):
            log.warning("a job didn't stop in time: it runs again once its lease has run out")
        try:
            self._keeper.stop()
        except Exception as error:
            log.warning("the database couldn't be told that this %s stops: %s", self._name, error)
        nudge.finish(_LAST_NUDGES_S)
        traces.stop()
        log.info("stopped")
        logging.shutdown()
        # Not sys.exit: Celery's own farewell to the broker may wait for a broker that is gone.
        os._exit(0)


def _keep_listening(celery: Celery, queues: Iterable[Queue]) -> NoReturn:
    """Take messages from the broker for as long as the process lives."""
    while True:
        try:
            _listen(celery, queues)
        except (Exception, SystemExit):  # Celery ends a worker by the latter
            log.warning("Celery can't listen for nudges: jobs start later meanwhile", exc_info=True)
        # The broker's client gave up. Jobs go on meanwhile: the keeper finds them.
        time.sleep(_LISTEN_AGAIN_S)


def _listen(celery: Celery, queues: Iterable[Queue]) -> None:
    """Take messages from the broker, until it or Celery gives up."""
    consumer = celery.WorkController(
        hostname=f"pennydrop@{os.getpid()}",
        queues=[broker.broker_queue(queue) for queue in queues],
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
        loglevel=logging.WARNING,
    )
    consumer.start()
