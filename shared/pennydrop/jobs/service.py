"""A service that does jobs: slots, their keeper, and Celery to bring the nudges."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from collections.abc import Iterable, Mapping
from types import FrameType
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
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._on_signal)
        nudge.use(broker.nudger(celery), behind=True)
        self.slots.start()
        self._keeper.start()
        log.info("ready")
        try:
            while True:
                _listen(celery, self.slots.queues)
                # The broker's client gave up. Jobs go on meanwhile: the keeper finds them.
                time.sleep(_LISTEN_AGAIN_S)
        except _Stopped:
            self._stop()

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        for handled in (signal.SIGTERM, signal.SIGINT):
            signal.signal(handled, signal.SIG_IGN)
        raise _Stopped

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


class _Stopped(BaseException):
    """Leaves Celery's loop at once, past everything that catches errors."""


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
