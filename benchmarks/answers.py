"""What an answer costs: processor time of the API and of PostgreSQL, by kind of call, one person at a time.

The baseline of the same run is the answer of `/healthz`, which asks nothing of anybody.
"""

from __future__ import annotations

import argparse
import http.client
import json
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from benchmarks.load.behaviour import API, PIECE
from benchmarks.load.house import a_house_under_load, cpu_seconds
from benchmarks.load.people import Visitor, settle
from pennydrop.storage.open import open_store
from tests.support.servers.postgresql import a_postgresql
from tests.support.servers.redis import a_redis


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=100)
    options.add_argument("--people", type=int, default=60)
    options.add_argument("--only", default="", help="kinds of calls, separated by commas")
    given = options.parse_args()
    with ExitStack() as running:
        folder = Path(running.enter_context(tempfile.TemporaryDirectory(prefix="pennydrop-answers-")))
        postgresql, redis = running.enter_context(a_postgresql()), running.enter_context(a_redis(folder))
        house = running.enter_context(a_house_under_load(folder, postgresql, redis, apis=1))
        coach, coachee = settle(house.sessions, open_store(house.settings), given.people)[:2]
        connection = http.client.HTTPConnection("127.0.0.1", int(house.apis[0].environment["PENNYDROP_PORT"]))
        print(f"{'':18}{'bytes':>9}{'API':>8}{'PostgreSQL':>12}{'took':>8}  ms")
        for name, (who, method, address, body) in calls(coach, coachee).items():
            if given.only and name not in given.only.split(","):
                continue
            call = _Call(connection, who, method, address, body)
            for _ in range(10):
                call()
            before = _used()
            took = []
            for _ in range(given.rounds):
                begun = time.perf_counter()
                size = call()
                took.append(1000 * (time.perf_counter() - begun))
            spent = {kind: 1000 * (used - before[kind]) / given.rounds for kind, used in _used().items()}
            print(
                f"{name:18}{size:9}{spent['python']:8.2f}{spent['postgres']:12.2f}{median(took):8.1f}",
                flush=True,
            )
    return 0


def calls(coach: Visitor, coachee: Visitor) -> dict[str, tuple[Visitor, str, str, object]]:
    """What people ask for, by the names that `make load` has for it."""
    film, clip = coachee.films[0], coachee.clips[0]
    moment = {"start_ms": 61_000, "kind": "praise", "text": "All eyes on you."}
    return {
        "nothing": (coachee, "GET", "/healthz", None),
        "film's bytes": (coachee, "GET", f"/media/videos/{film}/720p.mp4", None),
        "clip's bytes": (coachee, "GET", f"/media/clips/{clip}.mp4", None),
        "me": (coachee, "GET", f"{API}/me", None),
        "today": (coachee, "GET", f"{API}/today", None),
        "desk": (coach, "GET", f"{API}/desk", None),
        "films": (coachee, "GET", f"{API}/videos?limit=24", None),
        "film": (coachee, "GET", f"{API}/videos/{film}", None),
        "moments": (coachee, "GET", f"{API}/videos/{film}/moments", None),
        "film's clips": (coachee, "GET", f"{API}/videos/{film}/clips", None),
        "clip": (coachee, "GET", f"{API}/clips/{clip}", None),
        "frames": (coachee, "GET", f"/media/videos/{film}/frames.json", None),
        "waveform": (coachee, "GET", f"/media/videos/{film}/waveform.json", None),
        "library search": (coachee, "GET", f"{API}/library/steps?q=long%20words", None),
        "watching": (coachee, "POST", f"{API}/videos/{film}/watches", {}),
        "mark": (coachee, "POST", f"{API}/videos/{film}/moments", moment),
    }


class _Call:
    def __init__(
        self, connection: http.client.HTTPConnection, who: Visitor, method: str, address: str, body: object
    ) -> None:
        self._connection, self._method, self._address = connection, method, address
        self._body = None if body is None else json.dumps(body)
        self._headers = {"Cookie": f"pennydrop_session={who.cookie}"}
        if "bytes" in address or address.endswith(".mp4"):
            self._headers["Range"] = f"bytes={PIECE}-{2 * PIECE - 1}"
        if body is not None:
            self._headers["Content-Type"] = "application/json"

    def __call__(self) -> int:
        self._connection.request(self._method, self._address, self._body, self._headers)
        answer = self._connection.getresponse()
        size = len(answer.read())
        assert answer.status < 300, (self._address, answer.status)
        return size


def _used() -> dict[str, float]:
    return {"postgres": 0.0} | cpu_seconds()


if __name__ == "__main__":
    sys.exit(main())
