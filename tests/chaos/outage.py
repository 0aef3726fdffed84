"""A trust whose servers go away while people send films, and what came of it."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pennydrop.settings import Settings
from tests.chaos.crowd import Crowd
from tests.chaos.losses import losses, settle, settle_slowly
from tests.chaos.report import Report
from tests.chaos.shelf import Shelf
from tests.support.house import until
from tests.support.servers.postgresql import PostgreSQL, a_postgresql
from tests.support.servers.redis import Redis
from tests.support.servers.s3 import S3, an_s3
from tests.support.trust import Trust, a_trust

BACK_WITHIN_S = 60.0
"""So long after everything is back all jobs are to be done, and all pages to be there."""


@dataclass(frozen=True, slots=True)
class Servers:
    """What a trust's machines share."""

    postgresql: PostgreSQL
    redis: Redis
    s3: S3


@contextmanager
def servers(folder: Path, s3: S3 | None = None) -> Iterator[Servers]:
    """Run servers for the block that keep what they said yes to, even if they crash; `s3` lends one."""
    redis = Redis(folder)
    redis.start()
    try:
        with a_postgresql(survives_crash=True) as postgresql:
            if s3 is not None:
                yield Servers(postgresql, redis, s3)
            else:
                with an_s3(folder) as own:
                    yield Servers(postgresql, redis, own)
    finally:
        redis.stop()


Trouble = Callable[[Trust, random.Random, Report], None]
"""Makes trouble, mends it, and notes in the report what it did."""


def live_through(
    trial: str,
    folder: Path,
    seed: int,
    running: Servers,
    trouble: Trouble,
    *,
    senders: int,
    pause_s: float,
    wired: Callable[[int, Settings], dict[str, str]] | None = None,
) -> Report:
    """Let people send films through two APIs for as long as `trouble` lasts; report what was lost by it."""
    report = Report(trial, seed)
    shelf = Shelf(folder)
    with a_trust(
        folder, running.postgresql, running.redis.url, running.s3, wired=wired, PENNYDROP_LOG="json"
    ) as trust:
        alone_s = _one_film(trust, shelf)
        with Crowd([trust.house(0), trust.house(1)], shelf, senders=senders, pause_s=pause_s) as crowd:
            trouble(trust, random.Random(seed), report)
            back_at = time.monotonic()
            until(lambda: len(crowd.up_since) == 2, within_s=4 * BACK_WITHIN_S)
            pages_s = max(0.0, max(crowd.up_since.values()) - back_at)
        late, took_s = settled(trust.settings, back_at)
        never = settle_slowly(trust.settings, patience_s=4 * BACK_WITHIN_S) if late else []
        faults = [fault for machine in trust.machines for fault in faults_in(machine.log)]
        ended = [m.service for m in trust.machines if m.process is None or m.process.poll() is not None]
    lost = losses(trust.settings, crowd.sent)
    lost.unfinished = never
    report.done += [
        f"{len(crowd.sent)} films sent, marked and clipped meanwhile",
        *crowd.witness.lines(),
        f"every page was there {pages_s:.1f} s after the last was mended; all jobs were done "
        + (f"after {took_s:.1f} s" if not late else f"late: {len(late)} were open after a minute")
        + f"; without any trouble a film alone takes {alone_s:.1f} s here",
        *(f"  {job}" for job in late),
        f"objects that attempts left and the sweep removed: {lost.swept}",
    ]
    report.lost += [
        *lost.told(),
        *crowd.witness.wrong,
        *(f"fault in a log: {fault}" for fault in faults),
        *(f"a {service} ended" for service in ended),
    ]
    return report


def _one_film(trust: Trust, shelf: Shelf) -> float:
    """Send one film and return how long it takes until all that is made of it is there."""
    began = time.monotonic()
    house = trust.house()
    with house.as_("ta") as client:
        house.send(client, shelf.film())
    assert not settle(trust.settings, within_s=4 * BACK_WITHIN_S)
    return time.monotonic() - began


def settled(settings: Settings, back_at: float) -> tuple[list[str], float]:
    """Return the jobs that are open a minute after all was back, and how long it took without any."""
    left = settle(settings, within_s=max(1.0, back_at + BACK_WITHIN_S - time.monotonic()))
    return left, time.monotonic() - back_at


def faults_in(log: Path) -> list[str]:
    """Return the lines of a log that carry a trace: faults of ours, and not merely something away."""
    return [line[-1500:] for line in log.read_text().splitlines() if "Traceback (most recent" in line][:5]
