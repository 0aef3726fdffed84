"""Real PostgreSQL, Redis and S3 servers, and services that share nothing else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.servers.postgresql import PostgreSQL
from tests.support.servers.redis import a_redis
from tests.support.servers.s3 import S3
from tests.support.trust import Trust, a_trust


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with a_redis(tmp_path_factory.mktemp("redis")) as url:
        yield url


@pytest.fixture(scope="session")
def trust(
    tmp_path_factory: pytest.TempPathFactory, postgresql: PostgreSQL, redis_url: str, s3: S3
) -> Iterator[Trust]:
    # Small films are long ones here: their chunks are made by whoever is free.
    chunks = {"PENNYDROP_CHUNK_SECONDS": "3"}
    with a_trust(tmp_path_factory.mktemp("trust"), postgresql, redis_url, s3, **chunks) as running:
        yield running
