"""A trust's Pennydrop: processes with disks of their own, sharing a PostgreSQL, a Redis and an S3 server.

Each process stands for a machine: nothing that one of them keeps on its disk can be read by another.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from pennydrop.care.installation import bring_up_to_date
from pennydrop.db.session import make_engine, make_sessions
from pennydrop.demo.build import open_accounts
from pennydrop.settings import Settings
from tests.support.house import House, free_port, until
from tests.support.servers.postgresql import PostgreSQL
from tests.support.servers.s3 import S3

_READY_WITHIN_S = 60.0
_STOPS_WITHIN_S = 40.0


@dataclass
class Machine:
    """One process of one service, with a data folder that nobody else sees."""

    service: str
    folder: Path
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://localhost:{self.environment['PENNYDROP_PORT']}"

    @property
    def log(self) -> Path:
        return self.folder / "log"

    def start(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PENNYDROP_")}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "pennydrop.cli.main", self.service],
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**kept, **self.environment},
                start_new_session=True,
            )

    def wait_until_ready(self) -> None:
        until(self._is_ready, within_s=_READY_WITHIN_S)

    def kill(self) -> None:
        """kill -9 of the process and all that it started, as a power cut would."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def stop(self) -> None:
        """Ask it to end, as an update would, and wait until it has."""
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(_STOPS_WITHIN_S)
            except subprocess.TimeoutExpired:
                self.kill()
                raise
            self.process = None

    def _is_ready(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, f"{self.service} ended:\n{self.log.read_text()[-3000:]}"
        if self.service != "api":
            return "ready" in self.log.read_text()
        try:
            return httpx.get(f"{self.url}/readyz", timeout=5).status_code == 200
        except httpx.TransportError:
            return False


@dataclass
class Trust:
    """Everything that runs. `house(n)` talks to the n-th API as a client does."""

    settings: Settings
    machines: list[Machine] = field(default_factory=list)

    def of(self, service: str) -> list[Machine]:
        return [machine for machine in self.machines if machine.service == service]

    def house(self, api: int = 0) -> House:
        machine = self.of("api")[api]
        assert machine.process is not None
        password = self.settings.demo_password.get_secret_value()
        return House(machine.url, machine.folder, machine.process, self.settings, password)


@contextmanager
def a_trust(
    folder: Path,
    postgresql: PostgreSQL,
    redis_url: str,
    s3: S3,
    *,
    services: tuple[str, ...] = ("api", "api", "transcoder", "worker"),
    wired: Callable[[int, Settings], dict[str, str]] | None = None,
    **environment: str,
) -> Iterator[Trust]:
    """Run these services for the block, on an empty database and in an empty bucket.

    `wired` says for each machine, by its number, which of its settings are its own.
    """
    from tests.api.uploads.server import as_environment

    url = postgresql.create(f"trust_{free_port()}")
    settings = Settings(
        data=folder / "technician",
        database_url=url,
        broker_url=redis_url,
        keep_free_bytes=0,
        **s3.settings(s3.make_bucket()),
    )
    bring_up_to_date(settings)
    open_accounts(make_sessions(make_engine(settings.database)), settings)
    trust = Trust(settings)
    with ExitStack() as running:
        for number, service in enumerate(services):
            machine = Machine(
                service,
                folder / f"{service}{number}",
                as_environment(settings)
                | {
                    "PENNYDROP_DATA": str(folder / f"{service}{number}" / "data"),
                    "PENNYDROP_PORT": str(free_port()),
                }
                | environment
                | (wired(number, settings) if wired else {}),
            )
            trust.machines.append(machine)
            machine.start()
            running.callback(machine.kill)
        for machine in trust.machines:
            machine.wait_until_ready()
        yield trust
