"""A few people at once, as `make load` has hundreds: nothing fails, and nginx alone sends films and clips."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from random import Random

import pytest

from benchmarks.load.alone import Alone
from benchmarks.load.behaviour import send_film, visit
from benchmarks.load.house import Running, a_house_under_load
from benchmarks.load.people import settle
from pennydrop.storage.open import open_store
from tests.support.servers.postgresql import PostgreSQL

PEOPLE, SENDERS, SPEED = 20, 2, 10


@pytest.fixture(scope="module")
def under_load(
    tmp_path_factory: pytest.TempPathFactory, postgresql: PostgreSQL, redis_url: str
) -> Iterator[Running]:
    with a_house_under_load(tmp_path_factory.mktemp("load"), postgresql, redis_url) as running:
        yield running


def test_people_at_once_meet_no_error_and_python_sends_no_byte_of_a_film(under_load: Running) -> None:
    visitors = settle(under_load.sessions, open_store(under_load.settings), PEOPLE)
    with ExitStack() as leaving, ThreadPoolExecutor(PEOPLE + SENDERS) as pool:
        drivers = [
            leaving.enter_context(Alone(under_load.url, one, speed=SPEED))
            for one in (*visitors, *visitors[:SENDERS])
        ]
        watching = zip(drivers, visitors, strict=False)
        going_on = [pool.submit(visit, one, who, Random(n)) for n, (one, who) in enumerate(watching)]
        going_on += [pool.submit(send_film, one, Random(n)) for n, one in enumerate(drivers[PEOPLE:])]
        for one in going_on:
            one.result()
        heard = sum(driver.events for driver in drivers)
    assert [error for driver in drivers for error in driver.errors] == []
    sent = under_load.sent()
    film, by_python = sent["720p"]
    assert film >= PEOPLE * 12 * (512 << 10)
    assert by_python == 0
    assert sent.get("clip", (0, 0))[1] == 0
    assert heard > 0
