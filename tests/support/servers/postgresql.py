"""A PostgreSQL of the tests' own: on a free port, in a folder, gone afterwards."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from tests.support.house import free_port
from tests.support.servers.process import find_program, start, stop, wait_until_up

# PostgreSQL refuses to run as root; Debian's package makes this user.
_UNPRIVILEGED = "postgres"
FAST = signal.SIGINT
"""Open connections are broken off."""
CRASH = signal.SIGQUIT
"""Nothing is written out: the next start recovers."""


@dataclass
class PostgreSQL:
    """A server; its databases are reached as the superuser, from this machine alone."""

    port: int
    argv: list[str]
    log: Path
    user: str | None
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        process = self.process = start(self.argv, self.log, user=self.user)
        wait_until_up(process, self.log, lambda: _answers(self))

    def stop(self, signal_number: int = FAST) -> None:
        if self.process is not None:
            stop(self.process, signal_number)
            self.process = None

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://{_UNPRIVILEGED}@127.0.0.1:{self.port}/{database}"

    def create(self, database: str, *, template: str = "template0") -> str:
        """Make a database, as a copy of `template`, and return its SQLAlchemy URL."""
        with self._connect() as connection:
            connection.execute(f'CREATE DATABASE "{database}" TEMPLATE "{template}" STRATEGY file_copy')
        return self.url(database)

    def _connect(self) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(
            f"postgresql://{_UNPRIVILEGED}@127.0.0.1:{self.port}/postgres", autocommit=True
        )


@contextmanager
def a_postgresql(*, survives_crash: bool = False) -> Iterator[PostgreSQL]:
    """Run a server for the block, which trades surviving a power cut, and a crash, for speed.

    Its folder isn't one of pytest's: those are closed to every other user, again at each start of a pytest.
    """
    with TemporaryDirectory(prefix="pennydrop-postgresql-", ignore_cleanup_errors=True) as folder:
        yield from _running(Path(folder), survives_crash)


def _running(folder: Path, survives_crash: bool) -> Iterator[PostgreSQL]:
    data, log, port = folder / "data", folder / "log", free_port()
    user = _UNPRIVILEGED if os.geteuid() == 0 else None
    data.mkdir()
    log.touch()
    if user:
        folder.chmod(0o755)
        shutil.chown(data, user, user)
    initdb = [_program("initdb"), "--pgdata", str(data), "--username", _UNPRIVILEGED]
    made = subprocess.run(
        [*initdb, "--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"],
        capture_output=True,
        text=True,
        user=user,
        group=user,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    argv = [_program("postgres"), *_options(data, port, survives_crash)]
    server = PostgreSQL(port, argv, log, user)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def _options(data: Path, port: int, survives_crash: bool) -> list[str]:
    settings = {
        "port": port,
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": data,
        "max_connections": 200,
        "shared_buffers": "64MB",
        "fsync": "off",
        "synchronous_commit": "on" if survives_crash else "off",
        "full_page_writes": "off",
    }
    return [
        "-D",
        str(data),
        *(part for name, value in settings.items() for part in ("-c", f"{name}={value}")),
    ]


def _program(name: str) -> str:
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    return find_program(name, "postgresql", *map(str, versions))


def _version(folder: Path) -> int:
    found = re.search(r"\d+", folder.parent.name)
    return int(found.group()) if found else 0


def _answers(server: PostgreSQL) -> bool:
    try:
        with server._connect():
            return True
    except psycopg.OperationalError:
        return False
