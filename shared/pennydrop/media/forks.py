"""Children that are there at once: forked from a process that has imported everything already.

There is one such server for each priority that asks, as a process can't raise its own. It starts with the
first request, or with `warm`, starts anew should it die, and ends with this process.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from typing import Any

from pennydrop.media import sandbox
from pennydrop.media.failures import MediaFailure

_START = (
    "import sys, json, socket; sys.path[:] = json.loads(sys.argv[2]); "
    "from pennydrop.media.inside.server import serve; serve(socket.socket(fileno=int(sys.argv[1])))"
)
# A server that starts on a machine that has much else to do; forking itself takes milliseconds.
_PATIENCE_S = 60.0


class Forked:
    """A process that a server forked for us; it is there, dead or alive, until `close`."""

    def __init__(self, pid: int, talk: socket.socket) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._talk = talk

    def wait(self, timeout: float | None = None) -> int:
        """Return its exit code, below zero for a signal's number. Raises `subprocess.TimeoutExpired`."""
        if self.returncode is None:
            self._talk.settimeout(timeout)
            try:
                said = self._talk.recv(32)
            except TimeoutError:
                raise subprocess.TimeoutExpired("a fork", timeout or 0) from None
            # When its server dies, the kernel kills it.
            self.returncode = int(said) if said else -signal.SIGKILL
        return self.returncode

    def close(self) -> None:
        """Let go of it: whatever of it still runs is killed."""
        self._talk.close()


class _Server:
    """One server process and the way to it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: socket.socket | None = None

    def warm(self) -> socket.socket:
        """Start the process unless it lives; return the channel that takes requests."""
        with self._lock:
            if self._channel is None or self._process is None or self._process.poll() is not None:
                self._channel, self._process = _start()
            return self._channel

    def fork(self, descriptors: Sequence[int]) -> Forked:
        """Have a child forked that gets `descriptors`. Raises `MediaFailure` when there is no getting one."""
        for _ in range(2):  # the server may be dying just now
            ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            with theirs:
                try:
                    socket.send_fds(self.warm(), [b"."], [theirs.fileno(), *descriptors])
                except OSError:
                    ours.close()
                    self._forget()
                    continue
            ours.settimeout(_PATIENCE_S)
            try:
                pid = ours.recv(32)
            except TimeoutError:
                pid = b""
            if pid:
                return Forked(int(pid), ours)
            ours.close()
            self._forget()
        raise MediaFailure("stopped_short", technical="no process could be forked for it")

    def _forget(self) -> None:
        with self._lock:
            if self._channel is not None:
                self._channel.close()
            self._channel = None


def _start() -> tuple[socket.socket, subprocess.Popen[bytes]]:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-B", "-c", _START, str(theirs.fileno()), json.dumps(sys.path)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
            env=sandbox.environment(),
            # Who stops us may signal our whole group; work on films ends in its own way then.
            start_new_session=True,
        )
    return ours, process


_servers: dict[int, _Server] = {}
_lock = threading.Lock()
# A fork of this process must not share the way to its servers.
os.register_at_fork(after_in_child=_servers.clear)


def _mine() -> _Server:
    """Return the server for the calling thread's priority."""
    with _lock:
        return _servers.setdefault(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()), _Server())


def warm() -> None:
    """Start the server for the calling thread's priority: its first child needn't wait for imports then."""
    _mine().warm()


def fork(request: dict[str, Any], *, sources: Sequence[int], stdout: int, stderr: int) -> Forked:
    """Fork a child that does what `request` asks `inside.start.main` for, at the calling thread's priority.

    Raises `MediaFailure` `stopped_short` when no process can be had: trying later may help.
    """
    asked = os.memfd_create("request", os.MFD_CLOEXEC)
    try:
        with os.fdopen(os.dup(asked), "wb") as file:
            file.write(json.dumps(request).encode())
        os.lseek(asked, 0, os.SEEK_SET)
        return _mine().fork([asked, stdout, stderr, *sources])
    finally:
        os.close(asked)
