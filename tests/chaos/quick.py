"""`python -m tests.chaos.quick TIMINGS`: one process that does every kind of job, by timings given as JSON.

It knows one kind besides: `test.poison`, which kills its process as some films once killed ffmpeg's users.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time

from pennydrop import logs
from pennydrop.jobs import broker
from pennydrop.jobs.attempt import Attempt
from pennydrop.jobs.kinds import Kind, WorkerParts
from pennydrop.jobs.models import Queue
from pennydrop.jobs.service import Service
from pennydrop.jobs.timings import Timings
from pennydrop.media import forks
from pennydrop.settings import Settings
from pennydrop_transcoder.kinds import KINDS as TRANSCODERS
from pennydrop_worker.kinds import KINDS as WORKERS

POISON = "test.poison"
_WORKS_FOR_S = 0.5


def _poison(attempt: Attempt, parts: WorkerParts) -> None:
    time.sleep(_WORKS_FOR_S)
    os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    timings, settings = Timings(**json.loads(sys.argv[1])), Settings()
    logs.start("worker", settings.log)
    forks.warm()
    service = Service(
        "worker",
        settings,
        kinds=(*WORKERS, *TRANSCODERS, Kind(POISON, Queue.INTERACTIVE, _poison, limit_s=60)),
        slots={Queue.INTERACTIVE: 2, Queue.TRANSCODE: 1, Queue.SOUND: 1, Queue.BULK: 1},
        timings=timings,
    )
    app = broker.make_celery("pennydrop.quick", settings)

    def look(queue: str) -> None:
        service.slots.wake(Queue(queue))

    app.task(name=broker.LOOK)(look)
    service.run(app)


if __name__ == "__main__":
    main()
