"""One API and some workers with timings of their own, over one folder and one database."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

import httpx
import psutil

from pennydrop.care.installation import bring_up_to_date
from pennydrop.db.session import SessionMaker, make_engine, make_readers, make_sessions, transaction
from pennydrop.demo.build import open_accounts
from pennydrop.jobs.models import Job
from pennydrop.jobs.timings import Timings
from pennydrop.settings import Settings
from tests.api.uploads.server import as_environment
from tests.support.house import House, free_port, until
from tests.support.trust import Machine

# As the supervisor waits after a bad start.
_STARTS_AGAIN_S = 1.0


@dataclass
class Small:
    """What runs, and the way to its ledger."""

    house: House
    readers: SessionMaker
    timings: Timings
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    died: int = 0
    """How many workers ended and were started again."""

    def start_worker(self) -> None:
        settings = self.house.settings
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PENNYDROP_")}
        with (self.house.data.parent / "workers.log").open("ab") as log:
            self.workers.append(
                subprocess.Popen(
                    [sys.executable, "-m", "tests.chaos.quick", json.dumps(asdict(self.timings))],
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    env=kept | as_environment(settings),
                    start_new_session=True,
                )
            )

    def job(self, job_id: str) -> Job:
        with transaction(self.readers) as session:
            return session.get_one(Job, job_id)

    def send(self, film: Path) -> str:
        """Send a film, wait until it can be watched, and return its id."""
        with self.house.as_("ta") as ta:
            video = self.house.send(ta, film)
            seen = self.house.wait_for(ta, video, "watchable", "ready")
            assert seen["state"] != "failed", seen
        return video

    def clip(self, video: str, title: str) -> str:
        with self.house.as_("ta") as ta:
            clip = {"start_ms": 1000, "end_ms": 4000, "title": title}
            answer = ta.post(f"/api/v1/videos/{video}/clips", json=clip)
            assert answer.status_code == 201, answer.text
            return str(answer.json()["id"])


@contextmanager
def a_small_house(folder: Path, database_url: str, timings: Timings, *, workers: int) -> Iterator[Small]:
    """Run it for the block, on an empty database; workers that end are started again."""
    data = folder / "data"
    settings = Settings(data=data, database_url=database_url, keep_free_bytes=0)
    data.mkdir(parents=True)
    bring_up_to_date(settings)
    open_accounts(make_sessions(make_engine(settings.database)), settings)
    api = Machine("api", folder / "api", as_environment(settings) | {"PENNYDROP_PORT": str(free_port())})
    password = settings.demo_password.get_secret_value()
    api.start()
    assert api.process is not None
    small = Small(
        House(api.url, data, api.process, settings, password),
        make_readers(make_engine(settings.database)),
        timings,
    )
    try:
        for _ in range(workers):
            small.start_worker()
        with _kept(small):
            until(lambda: _takes_requests(api))
            yield small
    finally:
        for worker in small.workers:
            _kill_with_children(worker.pid)
        api.kill()


@contextmanager
def _kept(small: Small) -> Iterator[None]:
    over = threading.Event()

    def keep() -> None:
        while not over.wait(0.1):
            for worker in [one for one in small.workers if one.poll() is not None]:
                small.workers.remove(worker)
                small.died += 1
                over.wait(_STARTS_AGAIN_S)
                small.start_worker()

    keeper = threading.Thread(target=keep, daemon=True)
    keeper.start()
    try:
        yield
    finally:
        over.set()
        keeper.join()


def _takes_requests(api: Machine) -> bool:
    with suppress(httpx.TransportError):
        return httpx.get(f"{api.url}/readyz/api", timeout=5).status_code == 200
    return False


def _kill_with_children(pid: int) -> None:
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        for one in (process, *process.children(recursive=True)):
            with suppress(psutil.NoSuchProcess):
                one.send_signal(signal.SIGKILL)


def within(seconds: float, look: Callable[[], bool]) -> bool:
    """Look again and again, and say whether it came true in time."""
    deadline = time.monotonic() + seconds
    while not look():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
