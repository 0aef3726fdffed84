"""From the commit that makes work necessary to the first line of its handler, in another process.

The baseline polls the database itself at the same pace, as one would without any broker.
Both for a folder as broker and for Redis, beside PostgreSQL. Run: `python -m benchmarks job_start`.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import statistics
import sys
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path

from pennydrop.db.session import SessionMaker, make_engine, make_sessions, transaction
from pennydrop.db.tables import Base
from pennydrop.jobs import broker, nudge
from pennydrop.jobs.attempt import Attempt
from pennydrop.jobs.kinds import Kind, WorkerParts
from pennydrop.jobs.ledger import enqueue
from pennydrop.jobs.models import Queue
from pennydrop.jobs.service import Service
from pennydrop.jobs.timings import Timings
from pennydrop.settings import Settings
from tests.support.servers.postgresql import a_postgresql
from tests.support.servers.redis import a_redis

POLL_SECONDS = 0.05
MOST_MS = 50.0


def work(settings: Settings, timings: Timings, starts: Connection) -> None:
    """Be a worker whose only job is to say when it began."""

    def handle(attempt: Attempt, parts: WorkerParts) -> None:
        starts.send(time.time())

    kinds = (Kind("start", Queue.INTERACTIVE, handle, limit_s=60),)
    service = Service("worker", settings, kinds=kinds, slots={Queue.INTERACTIVE: 2}, timings=timings)
    app = broker.make_celery("pennydrop.benchmark", settings)

    def look(queue: str) -> None:
        service.slots.wake(Queue(queue))

    app.task(name=broker.LOOK)(look)
    service.run(app)


def measure(settings: Settings, sessions: SessionMaker, timings: Timings, rounds: int) -> list[float]:
    """Return the milliseconds from commit to start, one for each round."""
    here, there = multiprocessing.Pipe(duplex=False)
    worker = multiprocessing.get_context("spawn").Process(target=work, args=(settings, timings, there))
    worker.start()
    found = []
    try:
        for number in range(rounds + 1):
            with transaction(sessions) as session:
                key = f"{timings.idle_look}-{number}"
                enqueue(session, "start", queue=Queue.INTERACTIVE, unique_key=key, payload={})
            committed = time.time()
            found.append(1000 * (here.recv() - committed))
            time.sleep(0.1 + 0.1 * random.random())
    finally:
        worker.terminate()
        worker.join()
    return found[1:]  # the first waits for the worker's own start


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=60)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        print("a folder as broker, SQLite:")
        _compare(Settings(data=Path(folder)), rounds)
    with (
        tempfile.TemporaryDirectory() as folder,
        a_postgresql() as server,
        a_redis(Path(folder)) as redis,
    ):
        print("Redis as broker, PostgreSQL:")
        url = server.create("jobs")
        p95 = _compare(Settings(data=Path(folder), database_url=url, broker_url=redis), rounds)
    print(f"Redis: {p95:.0f} ms p95 (must be within {MOST_MS:.0f} ms)")
    print(f"load of this machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    return 0 if p95 <= MOST_MS else 1


def _compare(settings: Settings, rounds: int) -> float:
    """Tell how long nudged and polling workers take; returns the p95 of the nudged ones."""
    engine = make_engine(settings.database)
    Base.metadata.create_all(engine)
    sessions = make_sessions(engine)
    polled = measure(settings, sessions, Timings(idle_look=POLL_SECONDS), rounds)
    nudge.use(broker.nudger(broker.make_celery("pennydrop.benchmark", settings)))
    nudged = measure(settings, sessions, Timings(idle_look=60), rounds)
    engine.dispose()
    found = {"nudged": nudged, "polling the database": polled}
    p95s = {name: statistics.quantiles(times, n=20)[-1] for name, times in found.items()}
    for name, times in found.items():
        print(f"  {name:<22} median {statistics.median(times):5.0f} ms   p95 {p95s[name]:5.0f} ms")
    print(f"  ratio of the medians   {statistics.median(nudged) / statistics.median(polled):.2f}")
    return p95s["nudged"]


if __name__ == "__main__":
    sys.exit(main())
