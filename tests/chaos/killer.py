"""Kills processes of a running Pennydrop at random, by a seed, and remembers which."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from contextlib import suppress

import psutil

_SERVICES = {"pennydrop_api": "api", "pennydrop_transcoder": "transcoder", "pennydrop_worker": "worker"}
_CHILD = "child"
"""An ffmpeg, or a process that opens films in the sandbox."""


class Killer(threading.Thread):
    """Kills -9 one process after another, pausing in between, until `kills` of them are dead."""

    def __init__(self, supervisor: int, *, kills: int, pause_s: tuple[float, float], seed: int) -> None:
        super().__init__(daemon=True)
        self._supervisor = psutil.Process(supervisor)
        self._kills = kills
        self._pause_s = pause_s
        self._random = random.Random(seed)
        self.killed: Counter[str] = Counter()
        self.last_at = 0.0
        """By the monotonic clock."""

    def run(self) -> None:
        while sum(self.killed.values()) < self._kills:
            time.sleep(self._random.uniform(*self._pause_s))
            victims = _by_role(self._supervisor)
            if not victims:
                continue
            role = self._random.choice(sorted(victims))
            victim = self._random.choice(victims[role])
            with suppress(psutil.NoSuchProcess):
                victim.kill()
                self.killed[role] += 1
                self.last_at = time.monotonic()


def _by_role(supervisor: psutil.Process) -> dict[str, list[psutil.Process]]:
    found: dict[str, list[psutil.Process]] = {}
    with suppress(psutil.NoSuchProcess):
        for process in supervisor.children(recursive=True):
            with suppress(psutil.NoSuchProcess, psutil.ZombieProcess):
                found.setdefault(_role(process, supervisor.pid), []).append(process)
    return found


def _role(process: psutil.Process, supervisor: int) -> str:
    if process.ppid() != supervisor:
        return _CHILD
    return next((role for name, role in _SERVICES.items() if name in process.cmdline()), _CHILD)
