"""More people at once than a process has threads or connections: each gets her answer, a little later."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import httpx

from pennydrop.db.session import SessionMaker
from pennydrop.settings import Settings
from tests.api.uploads.server import ApiServer
from tests.factories import a_person

AT_ONCE, EACH = 150, 3


def test_nobody_is_turned_away_when_many_ask_at_once(settings: Settings, database: SessionMaker) -> None:
    with ApiServer(settings) as api, api.client_of(a_person()) as person:

        def ask(_: int) -> list[int]:
            with httpx.Client(base_url=api.url, headers=person.headers, timeout=60) as client:
                return [client.get("/api/v1/videos").status_code for _ in range(EACH)]

        with ThreadPoolExecutor(AT_ONCE) as pool:
            answers = [status for found in pool.map(ask, range(AT_ONCE)) for status in found]
    assert answers == [200] * AT_ONCE * EACH
