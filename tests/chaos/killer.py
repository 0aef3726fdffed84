"""Kills processes of a running Pennydrop at random, by a seed, and remembers which."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress

import psutil
from sqlalchemy import select

from pennydrop.db.session import SessionMaker, transaction
from pennydrop.jobs.models import Job, JobState
from tests.support.trust import Trust

_SERVICES = {"pennydrop_api": "api", "pennydrop_transcoder": "transcoder", "pennydrop_worker": "worker"}
_CHILD = "child"
"""An ffmpeg, or a process that opens films in the sandbox."""
LAST_ATTEMPT = 3

Services = Callable[[], Iterator[tuple[str, psutil.Process]]]
"""The processes of services as they are now, each with its role."""


def services_of_a_house(supervisor: int) -> Services:
    """Return what finds the services under `pennydrop up`."""

    def find() -> Iterator[tuple[str, psutil.Process]]:
        for process in psutil.Process(supervisor).children():
            with suppress(psutil.Error):
                words = process.cmdline()
                yield from ((role, process) for name, role in _SERVICES.items() if name in words)

    return find


def services_of_a_trust(trust: Trust) -> Services:
    """Return what finds the services on many machines."""

    def find() -> Iterator[tuple[str, psutil.Process]]:
        for machine in trust.machines:
            with suppress(psutil.Error):
                if machine.process is not None:
                    yield machine.service, psutil.Process(machine.process.pid)

    return find


class Killer(threading.Thread):
    """Kills -9 one process after another, pausing in between, until `kills` of them are dead.

    A job that is interrupted three times is given up, as it may be what kills its workers. So nobody is
    killed who works on a third attempt: what becomes of such a job is another trial's question.
    """

    def __init__(
        self,
        services: Services,
        sessions: SessionMaker,
        *,
        kills: int,
        pause_s: tuple[float, float],
        seed: int,
    ) -> None:
        super().__init__(daemon=True)
        self._services = services
        self._sessions = sessions
        self._kills = kills
        self._pause_s = pause_s
        self._random = random.Random(seed)
        self.killed: Counter[str] = Counter()
        self.spared = 0
        """How often somebody was let live for that reason."""

    def run(self) -> None:
        while sum(self.killed.values()) < self._kills:
            time.sleep(self._random.uniform(*self._pause_s))
            victims = self._by_role()
            if not victims:
                continue
            role = self._random.choice(sorted(victims))
            victim, service = self._random.choice(victims[role])
            if service.pid in self._on_a_last_attempt():
                self.spared += 1
                continue
            with suppress(psutil.NoSuchProcess):
                victim.kill()
                self.killed[role] += 1

    def _by_role(self) -> dict[str, list[tuple[psutil.Process, psutil.Process]]]:
        """Return whom to kill, each with the service to which it belongs."""
        found: dict[str, list[tuple[psutil.Process, psutil.Process]]] = {}
        with suppress(psutil.NoSuchProcess):
            for role, service in self._services():
                found.setdefault(role, []).append((service, service))
                with suppress(psutil.NoSuchProcess):
                    for child in service.children(recursive=True):
                        found.setdefault(_CHILD, []).append((child, service))
        return found

    def _on_a_last_attempt(self) -> set[int]:
        last = select(Job.lease_owner).where(Job.state == JobState.RUNNING, Job.attempt >= LAST_ATTEMPT)
        with transaction(self._sessions) as session:
            return {pid_of(owner) for owner in session.scalars(last) if owner}


def pid_of(owner: str) -> int:
    """Return the process id in the name with which a process signs its leases."""
    return int(owner.rpartition("#")[2].partition(".")[0])
