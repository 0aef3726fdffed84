"""Real worker processes for tests: `python -m tests.jobs.errands` forks one for each line it reads.

Loading Celery and the database takes longer than most tests, so it is done once, before the forks.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import sys
import time
import traceback
from pathlib import Path

import celery.worker  # noqa: F401 - loaded before the fork
from celery import Celery

from pennydrop.jobs import broker
from pennydrop.jobs.attempt import Attempt
from pennydrop.jobs.kinds import Kind, WorkerParts
from pennydrop.jobs.models import Queue
from pennydrop.jobs.service import Service
from pennydrop.jobs.timings import Timings
from pennydrop.settings import Settings


def note(attempt: Attempt, parts: WorkerParts) -> None:
    """Write a line that says who did it, and at which attempt."""
    with Path(attempt.payload["to"]).open("a") as notes:
        notes.write(f"{os.getpid()} {attempt.number}\n")


def note_and_wait(attempt: Attempt, parts: WorkerParts) -> None:
    """Write the line, then be busy until told to stop or until the file `go` is there."""
    note(attempt, parts)
    while not attempt.cancelled.wait(0.02):
        if Path(attempt.payload["go"]).exists():
            return
    raise RuntimeError("told to stop")


def note_and_crash(attempt: Attempt, parts: WorkerParts) -> None:
    """Write the line, then take the whole worker along."""
    note(attempt, parts)
    os.kill(os.getpid(), signal.SIGKILL)


def hang(attempt: Attempt, parts: WorkerParts) -> None:
    """Hear nothing, and never end."""
    (parts.settings.data / "hangs").touch()
    while True:
        time.sleep(60)


KINDS = (
    Kind("hang", Queue.BULK, hang, limit_s=60),
    *(
        Kind(handle.__name__, Queue.INTERACTIVE, handle, limit_s=60)
        for handle in (note, note_and_wait, note_and_crash)
    ),
)


def work(settings: Settings, timings: Timings) -> None:
    service = Service(
        "worker", settings, kinds=KINDS, slots={Queue.INTERACTIVE: 1, Queue.BULK: 1}, timings=timings
    )
    service.run(_app(settings, service))


def _app(settings: Settings, service: Service) -> Celery:
    app = broker.make_celery("pennydrop.test", settings)

    def look(queue: str) -> None:
        service.slots.wake(Queue(queue))
        # A test that wants to catch it at this says so with a file.
        while (settings.data / "look long").exists():
            (settings.data / "looks").touch()
            time.sleep(0.01)

    app.task(name=broker.LOOK)(look)
    return app


def main() -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel buries the dead
    logging.basicConfig(level=logging.WARNING)
    for line in sys.stdin:
        request = json.loads(line)
        child = os.fork()
        if child == 0:
            try:
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                settings = Settings(data=Path(request["data"]), **request["urls"])
                work(settings, Timings(**request["timings"]))
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(1)
        print(child, flush=True)


if __name__ == "__main__":
    main()
