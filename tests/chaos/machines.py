"""Many machines for a trial: processes with disks of their own, sharing a database, a broker, a bucket."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.servers.postgresql import a_postgresql
from tests.support.servers.redis import a_redis
from tests.support.servers.s3 import an_s3
from tests.support.trust import Trust, a_trust


@contextmanager
def many_machines(folder: Path, *, services: tuple[str, ...], **environment: str) -> Iterator[Trust]:
    """Run these services on servers of their own for the block."""
    (folder / "redis").mkdir()
    with (
        a_postgresql() as postgresql,
        a_redis(folder / "redis") as redis_url,
        an_s3(folder) as s3,
        a_trust(folder / "trust", postgresql, redis_url, s3, services=services, **environment) as trust,
    ):
        yield trust


@contextmanager
def kept_alive(trust: Trust) -> Iterator[None]:
    """Start every machine of `trust` again that ends during the block, as systemd does."""
    over = threading.Event()

    def keep() -> None:
        while not over.wait(0.2):
            for machine in trust.machines:
                if machine.process is not None and machine.process.poll() is not None:
                    machine.start()

    keeper = threading.Thread(target=keep, daemon=True)
    keeper.start()
    try:
        yield
    finally:
        over.set()
        keeper.join()
