"""A Redis of the tests' own: on a free port, keeping nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import redis

from tests.support.house import free_port
from tests.support.servers.process import find_program, start, stop, wait_until_up


@contextmanager
def a_redis(folder: Path, port: int | None = None) -> Iterator[str]:
    """Run a server for the block and give its URL; `port` to take up a place where one ran before."""
    port = port or free_port()
    url, log = f"redis://127.0.0.1:{port}/0", folder / "redis.log"
    argv = [
        find_program("redis-server", "redis-server"),
        "--port",
        str(port),
        "--bind",
        "127.0.0.1",
        "--dir",
        str(folder),
    ]
    process = start([*argv, "--save", "", "--appendonly", "no", "--maxmemory-policy", "noeviction"], log)
    try:
        wait_until_up(process, log, lambda: _answers(url))
        yield url
    finally:
        stop(process)


def _answers(url: str) -> bool:
    try:
        with redis.Redis.from_url(url) as client:
            return bool(client.ping())
    except redis.ConnectionError:
        return False
