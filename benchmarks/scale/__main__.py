"""How long one person waits for each page in an installation of 100,000 films and 1,000,000 moments.

A private PostgreSQL is filled with them, one API process answers over loopback, one question after the other.
The baseline of the same run is `/healthz`, which asks no database. Beside the clock stands the processor time
that one answer takes of API and PostgreSQL together: it hardly depends on what else the machine is doing.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median, quantiles

import httpx

from benchmarks.load.house import cpu_seconds
from benchmarks.scale.fill import connected, counts, fill
from benchmarks.scale.pages import Page, pages
from pennydrop.db.session import make_engine, make_sessions, transaction
from pennydrop.people.sessions import start_session
from pennydrop.settings import Settings
from tests.api.uploads.server import ApiServer
from tests.support.servers.postgresql import a_postgresql

MOST_MS = 50.0
_COOKIE = "pennydrop_session"


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--films", type=int, default=100_000)
    options.add_argument("--moments", type=int, default=1_000_000)
    options.add_argument("--steps", type=int, default=1500, help="of each trust's library")
    options.add_argument("--rounds", type=int, default=60, help="questions for each page, at the least")
    options.add_argument("--only", default="", help="pages whose name holds this")
    options.add_argument("--database", help="SQLAlchemy URL of one that is filled already")
    given = options.parse_args()
    with ExitStack() as running:
        url = given.database or running.enter_context(
            _filled(films=given.films, moments=given.moments, steps=given.steps)
        )
        print(", ".join(f"{count:,} {what}" for what, count in counts(url).items()))
        settings = Settings(data=Path(running.enter_context(tempfile.TemporaryDirectory())), database_url=url)
        server = running.enter_context(ApiServer(settings))
        slow = _measure(server.url, url, given.rounds, given.only)
    print(f"load of this machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print(f"p95 above {MOST_MS:.0f} ms: {', '.join(slow) or 'none'}")
    return 1 if slow else 0


@contextmanager
def _filled(*, films: int, moments: int, steps: int) -> Iterator[str]:
    with a_postgresql() as server:
        url, begun = server.create("scale"), time.perf_counter()
        fill(url, films=films, moments=moments, steps=steps)
        print(f"filled in {time.perf_counter() - begun:.0f} s")
        yield url


def _measure(api: str, url: str, rounds: int, only: str) -> list[str]:
    with connected(url) as connection:
        asked = [page for page in pages(connection) if only in page.name]
    clients = _logged_in(api, url, {person for page in asked for person, _ in page.asked})
    healthz = [_time(httpx.Client(base_url=api), "/healthz") for _ in range(50)]
    print(f"{'':<42}{'median':>8}{'p95':>8}{'worst':>8}{'processor':>11}  ms{'kB':>7}")
    print(f"{'/healthz, the baseline':<42}{_row([ms for ms, _ in healthz])}")
    slow = []
    for page in asked:
        times, size, processor = _ask(page, clients, rounds)
        print(f"{page.name:<42}{_row(times)}{processor:11.1f}{size / 1000:11.0f}", flush=True)
        if quantiles(times, n=20)[-1] > MOST_MS:
            slow.append(page.name)
    return slow


def _logged_in(api: str, url: str, people: set[str]) -> dict[str, httpx.Client]:
    engine = make_engine(url)
    with transaction(make_sessions(engine)) as session:
        secrets = {person: start_session(session, person_id=person, days=1) for person in people}
    engine.dispose()
    return {
        person: httpx.Client(base_url=f"{api}/api/v1/", cookies={_COOKIE: secret}, timeout=60)
        for person, secret in secrets.items()
    }


def _ask(page: Page, clients: dict[str, httpx.Client], rounds: int) -> tuple[list[float], int, float]:
    """Milliseconds of each answer, the bytes of the largest, and milliseconds of processor time of one.

    The first of each address isn't counted.
    """
    times, size = [], 0
    for person, address in page.asked[:rounds]:
        size = max(size, _time(clients[person], address)[1])
    turns, before = max(1, round(rounds / len(page.asked))), _processor()
    for _ in range(turns):
        for person, address in page.asked:
            ms, _ = _time(clients[person], address)
            times.append(ms)
    return times, size, (_processor() - before) / len(times)


def _processor() -> float:
    """Milliseconds that the API and PostgreSQL have used so far, as far as we started them."""
    return 1000 * sum(cpu_seconds().values())


def _time(client: httpx.Client, address: str) -> tuple[float, int]:
    begun = time.perf_counter()
    answer = client.get(address)
    taken = 1000 * (time.perf_counter() - begun)
    assert answer.status_code == 200, f"{address}: {answer.status_code} {answer.text[:300]}"
    return taken, len(answer.content)


def _row(times: list[float]) -> str:
    return f"{median(times):8.1f}{quantiles(times, n=20)[-1]:8.1f}{max(times):8.1f}"


if __name__ == "__main__":
    sys.exit(main())
