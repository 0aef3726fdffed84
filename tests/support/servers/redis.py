"""A Redis of the tests' own: on a free port, keeping nothing."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import redis

from tests.support.house import free_port
from tests.support.servers.process import find_program, start, stop, wait_until_up


class Redis:
    """A server that can be stopped and started in its place."""

    def __init__(self, folder: Path, port: int | None = None) -> None:
        self.port = port or free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._log = folder / "redis.log"
        self._argv = [
            find_program("redis-server", "redis-server"),
            *("--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(folder)),
            *("--save", "", "--appendonly", "no", "--maxmemory-policy", "noeviction"),
        ]
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        process = self._process = start(self._argv, self._log)
        wait_until_up(process, self._log, lambda: _answers(self.url))

    def stop(self, signal_number: int = signal.SIGTERM) -> None:
        if self._process is not None:
            stop(self._process, signal_number)
            self._process = None


@contextmanager
def a_redis(folder: Path, port: int | None = None) -> Iterator[str]:
    """Run a server for the block and give its URL; `port` to take up a place where one ran before."""
    server = Redis(folder, port)
    server.start()
    try:
        yield server.url
    finally:
        server.stop()


def _answers(url: str) -> bool:
    try:
        with redis.Redis.from_url(url) as client:
            return bool(client.ping())
    except redis.ConnectionError:
        return False
