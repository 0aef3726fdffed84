"""Keeps the services of one machine alive, and ends them all when it ends."""

from __future__ import annotations

import logging
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType

from pennydrop import process

log = logging.getLogger("pennydrop.up")

# A service ends within 9 s of being asked (see Timings.stop); after this it is made to.
_STOP_S = 10.0
_BACK_OFF_S = (0.2, 1.0, 5.0, 15.0, 30.0)
# A service that lived so long had a good start: whatever ended it then is no reason to let people wait.
_GOOD_START_S = 10.0
# Somebody else killed it (a person, or the kernel that needs memory): that says little about its start.
_KILLED_S = 1.0


@dataclass
class Supervised:
    """One service as a child process."""

    name: str
    module: str
    environment: dict[str, str]
    sockets: tuple[int, ...] = ()
    child: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    start_again_at: float = 0.0
    bad_starts: int = 0

    def start(self) -> None:
        # A session of its own: Ctrl-C reaches the supervisor only, which stops everything in order.
        self.child = subprocess.Popen(
            [sys.executable, "-m", self.module],
            env={**self.environment, process.PARENT: str(os.getpid())},
            stdin=subprocess.DEVNULL,
            pass_fds=self.sockets,
            start_new_session=True,
        )
        self.started_at = time.monotonic()

    def note_end(self) -> None:
        """If the child has ended, plan when to start it again."""
        if self.child is None or self.child.poll() is None:
            return
        code, self.child = self.child.returncode, None
        lived = time.monotonic() - self.started_at
        self.bad_starts = 0 if lived > _GOOD_START_S else self.bad_starts + 1
        wait = _BACK_OFF_S[min(self.bad_starts, len(_BACK_OFF_S) - 1)] if self.bad_starts else 0.0
        if code == -signal.SIGKILL:
            wait = min(wait, _KILLED_S)
        self.start_again_at = time.monotonic() + wait
        log.warning("the %s ended (%s); it starts again in %.1f s", self.name, _ending(code), wait)

    def tell(self, number: int) -> None:
        """Send a signal to the service; SIGKILL also to whatever it has started in its session."""
        if self.child is None or self.child.poll() is not None:
            return
        with suppress(ProcessLookupError):
            if number == signal.SIGKILL:
                os.killpg(self.child.pid, number)
            else:
                self.child.send_signal(number)


@dataclass
class Supervisor:
    """Starts services, starts them again when they end, and stops them all at a signal. Sleeps otherwise."""

    services: Sequence[Supervised]
    _told: list[int] = field(default_factory=list)

    def run(self) -> int:
        """Supervise until SIGINT, SIGTERM or SIGHUP; return the exit code."""
        bell, clapper = socket.socketpair()
        for end in (bell, clapper):
            end.setblocking(False)
        signal.set_wakeup_fd(clapper.fileno(), warn_on_full_buffer=False)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)
        # Without a handler of our own the end of a child would wake nobody.
        signal.signal(signal.SIGCHLD, lambda *_: None)
        try:
            while not self._told:
                self._keep_running()
                _sleep(bell, self._next_start())
        finally:
            self._stop(bell)
            signal.set_wakeup_fd(-1)
            bell.close()
            clapper.close()
        return 0

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self._told.append(number)

    def _keep_running(self) -> None:
        for service in self.services:
            service.note_end()
            if service.child is None and service.start_again_at <= time.monotonic():
                service.start()

    def _next_start(self) -> float | None:
        waiting = [service.start_again_at for service in self.services if service.child is None]
        return max(0.0, min(waiting) - time.monotonic()) if waiting else None

    def _stop(self, bell: socket.socket) -> None:
        for service in self.services:
            service.tell(signal.SIGTERM)
        deadline = time.monotonic() + _STOP_S
        asked = len(self._told)
        while any(service.child and service.child.poll() is None for service in self.services):
            # Whoever presses Ctrl-C again is in a hurry.
            if time.monotonic() > deadline or len(self._told) > asked:
                for service in self.services:
                    service.tell(signal.SIGKILL)
            _sleep(bell, max(0.1, deadline - time.monotonic()))


def _sleep(bell: socket.socket, seconds: float | None) -> None:
    select.select([bell], [], [], seconds)
    with suppress(BlockingIOError):
        bell.recv(1024)


def _ending(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    with suppress(ValueError):
        return f"by {signal.Signals(-code).name}"
    return f"by signal {-code}"
