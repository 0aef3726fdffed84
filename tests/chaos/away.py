"""The trials in which one server goes away: Redis, the bucket, the database."""

from __future__ import annotations

import random
import signal
import time
from pathlib import Path

import redis
from sqlalchemy import select

from pennydrop.db.session import make_engine, make_readers
from pennydrop.jobs.models import Job
from pennydrop.videos.progress import CLIP_FILE
from tests.chaos.outage import Servers, Trouble, live_through, servers
from tests.chaos.report import Report
from tests.support.house import until
from tests.support.servers.postgresql import CRASH, FAST
from tests.support.servers.s3 import S3
from tests.support.trust import Trust

# An idle worker looks by itself every five seconds: less than this only a nudge can do.
_NUDGED_WITHIN_MS = 500


def long_redis(folder: Path, seed: int) -> Report:
    with servers(folder) as running:
        trouble = redis_trouble(running, flushes=10, pause_s=(2, 8), stopped_s=60)
        return live_through("redis", folder, seed, running, trouble, senders=2, pause_s=5)


def long_s3(folder: Path, seed: int) -> Report:
    with servers(folder) as running:
        trouble = s3_trouble(running, times=50, pause_s=(2, 8), stopped_s=(0.5, 12))
        return live_through("s3", folder, seed, running, trouble, senders=2, pause_s=15)


def long_postgresql(folder: Path, seed: int) -> Report:
    with servers(folder) as running:
        trouble = postgresql_trouble(running, times=20, pause_s=(2, 12), stopped_s=(0, 15))
        # Once for longer than any lease.
        return live_through("postgresql", folder, seed, running, trouble, senders=2, pause_s=10)


def short(folder: Path, seed: int, s3: S3) -> Report:
    """All of these on one trust, for seconds each; the bucket's server is one that others use too."""
    with servers(folder, s3) as running:
        troubles = (
            redis_trouble(running, flushes=2, pause_s=(0.2, 1), stopped_s=2),
            s3_trouble(running, times=2, pause_s=(1, 2), stopped_s=(1, 4)),
            postgresql_trouble(running, times=3, pause_s=(1, 2), stopped_s=(0, 3)),
        )

        def trouble(trust: Trust, chance: random.Random, report: Report) -> None:
            for one in troubles:
                one(trust, chance, report)

        return live_through("redis, s3, postgresql", folder, seed, running, trouble, senders=1, pause_s=1)


def redis_trouble(
    running: Servers, *, flushes: int, pause_s: tuple[float, float], stopped_s: float
) -> Trouble:
    def trouble(trust: Trust, chance: random.Random, report: Report) -> None:
        with redis.Redis.from_url(running.redis.url) as client:
            for _ in range(flushes):
                time.sleep(chance.uniform(*pause_s))
                client.flushall()
        running.redis.stop()
        time.sleep(stopped_s)
        running.redis.start()
        back_at, since = time.monotonic(), time.time()
        until(lambda: _is_nudged(trust, since), within_s=120)
        nudged_s = time.monotonic() - back_at
        time.sleep(chance.uniform(*pause_s))
        running.redis.stop(signal.SIGKILL)
        running.redis.start()
        since = time.time()
        until(lambda: _is_nudged(trust, since), within_s=120)
        report.done.append(
            f"FLUSHALL × {flushes}, stopped for {stopped_s:.0f} s, kill -9 × 1; nudges reached workers again "
            f"{nudged_s:.0f} s after it was back"
        )

    return trouble


def s3_trouble(
    running: Servers, *, times: int, pause_s: tuple[float, float], stopped_s: tuple[float, float]
) -> Trouble:
    def trouble(trust: Trust, chance: random.Random, report: Report) -> None:
        killed, away_s = 0, 0.0
        for _ in range(times):
            time.sleep(chance.uniform(*pause_s))
            began = time.monotonic()
            number = chance.choice((signal.SIGTERM, signal.SIGKILL))
            killed += number == signal.SIGKILL
            running.s3.stop(number)
            time.sleep(chance.uniform(*stopped_s))
            running.s3.start()
            away_s += time.monotonic() - began
        report.done.append(
            f"the bucket's server was stopped {times} times, {killed} of them by kill -9; away for "
            f"{away_s:.0f} s in all"
        )

    return trouble


def postgresql_trouble(
    running: Servers, *, times: int, pause_s: tuple[float, float], stopped_s: tuple[float, float]
) -> Trouble:
    def trouble(trust: Trust, chance: random.Random, report: Report) -> None:
        crashed, away_s = 0, 0.0
        for _ in range(times):
            time.sleep(chance.uniform(*pause_s))
            began = time.monotonic()
            number = chance.choice((FAST, CRASH))
            crashed += number == CRASH
            running.postgresql.stop(number)
            time.sleep(chance.uniform(*stopped_s))
            running.postgresql.start()
            away_s += time.monotonic() - began
        report.done.append(
            f"the database was restarted {times} times, {crashed} of them after a crash; away for "
            f"{away_s:.0f} s in all"
        )

    return trouble


def _is_nudged(trust: Trust, since: float) -> bool:
    """Whether the newest clip's job, due after `since`, began sooner than an idle look finds it."""
    engine = make_engine(trust.settings.database)
    with make_readers(engine)() as session:
        times = session.execute(
            select(Job.id, Job.started_at_ms - Job.run_after_ms)
            .where(Job.kind == CLIP_FILE, Job.started_at_ms.is_not(None))
            .where(Job.run_after_ms > since * 1000)
            .order_by(Job.started_at_ms.desc())
            .limit(1)
        ).first()
    engine.dispose()
    return times is not None and times[1] < _NUDGED_WITHIN_MS
