"""Many machines for a trial: processes with disks of their own, sharing a database, a broker, a bucket."""

from __future__ import annotations

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
