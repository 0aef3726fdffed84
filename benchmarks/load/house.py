"""PostgreSQL, Redis, two APIs that share a folder of films, and nginx in front of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import httpx
import psutil

from pennydrop.care.installation import bring_up_to_date
from pennydrop.db.session import SessionMaker, make_engine, make_sessions
from pennydrop.settings import Settings
from tests.support.house import free_port, until
from tests.support.servers.nginx import an_nginx
from tests.support.servers.postgresql import PostgreSQL
from tests.support.trust import Machine


@dataclass(frozen=True)
class Running:
    """What is under load."""

    url: str
    settings: Settings
    sessions: SessionMaker
    apis: list[Machine]
    access_log: Path

    def sent(self) -> dict[str, tuple[int, int]]:
        """Bytes sent of films and clips, by kind of file: in all, and those of them that came from Python."""
        found: dict[str, tuple[int, int]] = {}
        for line in self.access_log.read_text().splitlines():
            method, address, status, size, upstream = line.split(" ", 4)
            if method == "GET" and address.startswith(("/media/", "/_objects/")) and status[0] == "2":
                # Where nginx sends an object itself, it logs the object's place and not what was asked for.
                by_python = 0 if address.startswith("/_objects/") else sum(_numbers(upstream))
                kind = _kind(address)
                all_bytes, python = found.get(kind, (0, 0))
                found[kind] = (all_bytes + int(size), python + by_python)
        return found


@contextmanager
def a_house_under_load(
    folder: Path, postgresql: PostgreSQL, redis_url: str, *, apis: int = 2
) -> Iterator[Running]:
    """Run all of it for the block, on an empty database. Jobs are written and wait: nobody works on them."""
    from tests.api.uploads.server import as_environment

    settings = Settings(
        data=folder / "data",
        database_url=postgresql.create(f"load_{free_port()}"),
        broker_url=redis_url,
        delivery="nginx",
        keep_free_bytes=0,
    )
    bring_up_to_date(settings)
    engine = make_engine(settings.database)
    machines = [
        Machine(
            "api",
            folder / f"api{number}",
            {**as_environment(settings), "PENNYDROP_PORT": str(free_port())},
        )
        for number in range(apis)
    ]
    with ExitStack() as running:
        running.callback(engine.dispose)
        for machine in machines:
            machine.start()
            running.callback(machine.kill)
        first, *others = [int(machine.environment["PENNYDROP_PORT"]) for machine in machines]
        for machine in machines:
            until(partial(_answers, machine), within_s=60)
        front = folder / "nginx"
        url = running.enter_context(an_nginx(front, api=first, others=others, objects=settings.objects))
        yield Running(url, settings, make_sessions(engine), machines, front / "access.log")


def cpu_seconds() -> dict[str, float]:
    """What everything that we started and that runs has used so far, by program; `python` are the APIs."""
    used: dict[str, float] = defaultdict(float)
    for one in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            times = one.cpu_times()
            name = "python" if one.name().startswith(("python", "pennydrop")) else one.name()
            used[name] += times.user + times.system
    return dict(used)


def _answers(machine: Machine) -> bool:
    try:
        return httpx.get(f"{machine.url}/healthz", timeout=5).status_code == 200
    except httpx.TransportError:
        return False


def _kind(address: str) -> str:
    """What a file is, by where it was asked for or where it lies: `720p`, `clip`, `frames`, …"""
    parts = address.split("/")
    if parts[2] == "clips":
        return "clip"
    return parts[4] if parts[1] == "_objects" else parts[-1].split(".")[0]


def _numbers(upstream: str) -> list[int]:
    return [int(one) for one in upstream.replace(":", ",").split(",") if one.strip().isdigit()]
