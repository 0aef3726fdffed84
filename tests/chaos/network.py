"""The trial in which the network between machines and servers swallows everything, or breaks off."""

from __future__ import annotations

import random
import time
from contextlib import ExitStack
from pathlib import Path

from sqlalchemy.engine import make_url

from pennydrop.settings import Settings
from tests.chaos.outage import Servers, Trouble, live_through, servers
from tests.chaos.report import Report
from tests.support.servers.s3 import S3
from tests.support.servers.wire import Wire, a_wire
from tests.support.trust import Trust

_MACHINES = ("an API", "the other API", "the transcoder", "the worker")
_SERVERS = ("the database", "the bucket", "Redis")


def long(folder: Path, seed: int) -> Report:
    with servers(folder) as running:
        # The first cut outlasts every lease.
        cuts_s = [45.0] + [random.Random(seed + n).uniform(3, 25) for n in range(19)]
        return _live_through(folder, seed, running, cuts_s, pause_s=(3, 10), senders=2)


def short(folder: Path, seed: int, s3: S3) -> Report:
    with servers(folder, s3) as running:
        return _live_through(folder, seed, running, [6.0, 6.0], pause_s=(1, 2), senders=1)


def _live_through(
    folder: Path,
    seed: int,
    running: Servers,
    cuts_s: list[float],
    *,
    pause_s: tuple[float, float],
    senders: int,
) -> Report:
    ports = (running.postgresql.port, running.s3.port, running.redis.port)
    with ExitStack() as stack:
        wires = [[stack.enter_context(a_wire(port)) for port in ports] for _ in _MACHINES]

        def wired(number: int, settings: Settings) -> dict[str, str]:
            database, bucket, broker = wires[number]
            url = make_url(settings.database).set(port=database.port)
            return {
                "PENNYDROP_DATABASE_URL": url.render_as_string(hide_password=False),
                "PENNYDROP_S3_ENDPOINT": f"127.0.0.1:{bucket.port}",
                "PENNYDROP_BROKER_URL": f"redis://127.0.0.1:{broker.port}/0",
            }

        trouble = _cuts(wires, cuts_s, pause_s)
        return live_through(
            "network", folder, seed, running, trouble, senders=senders, pause_s=10, wired=wired
        )


def _cuts(wires: list[list[Wire]], cuts_s: list[float], pause_s: tuple[float, float]) -> Trouble:
    def trouble(trust: Trust, chance: random.Random, report: Report) -> None:
        broken: list[str] = []
        for number, lasts_s in enumerate(cuts_s):
            time.sleep(chance.uniform(*pause_s))
            # Each server in turn, for all; in between each machine, from all of them.
            if number % 2 == 0:
                which = number // 2 % len(_SERVERS)
                name, cut = f"{_SERVERS[which]} from all", [machine[which] for machine in wires]
            else:
                which = number // 2 % len(_MACHINES)
                name, cut = f"{_MACHINES[which]} from all", wires[which]
            swallows = chance.random() < 2 / 3
            for wire in cut:
                wire.cut() if swallows else wire.unplug()
            time.sleep(lasts_s)
            for wire in cut:
                wire.mend() if swallows else wire.plug_in()
            broken.append(f"{name} {'in silence' if swallows else 'with a word'} for {lasts_s:.0f} s")
        report.done.append(f"{len(broken)} cuts: {'; '.join(broken)}")

    return trouble
