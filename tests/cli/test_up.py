"""`pennydrop up` as people run it: everything comes up, survives, and goes away again."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from tests.jobs.workshop import eventually


@dataclass
class Running:
    """A `pennydrop up` that has said that it is ready."""

    process: subprocess.Popen[str]
    port: int

    def family(self) -> dict[str, psutil.Process]:
        """Return its services by the name of their module."""
        children = psutil.Process(self.process.pid).children()
        return {child.cmdline()[-1]: child for child in children if len(child.cmdline()) > 1}

    def status_of(self, address: str) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET", address)
            return connection.getresponse().status
        finally:
            connection.close()


def start(data: Path, *more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "pennydrop.cli.main", "up", "--data", str(data), "--no-open", *more],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PENNYDROP_KEEP_FREE_BYTES": "0"},
        start_new_session=True,
        # As on most machines: whatever is made may be read by everybody, unless it is kept from them.
        umask=0o022,
    )


def wait_until_ready(process: subprocess.Popen[str]) -> Running:
    assert process.stdout is not None
    for line in process.stdout:
        found = re.search(r"ready: http://localhost:(\d+)", line)
        if found:
            return Running(process, int(found[1]))
    raise AssertionError("it ended before it was ready")


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    with start(tmp_path / "data", "--port", "0") as process:
        try:
            yield wait_until_ready(process)
        finally:
            process.kill()


SERVICES = {"pennydrop_api", "pennydrop_transcoder", "pennydrop_worker"}


def test_a_killed_service_comes_back_and_ctrl_c_leaves_nothing_running(running: Running) -> None:
    assert running.status_of("/readyz") == 200
    before = running.family()
    assert set(before) == SERVICES
    for service in ("pennydrop_api", "pennydrop_worker"):
        before[service].kill()
    # Nobody is turned away meanwhile: the supervisor holds the listening socket.
    assert running.status_of("/healthz") == 200
    eventually(lambda: set(running.family()) == SERVICES)
    after = running.family()
    assert after["pennydrop_transcoder"].pid == before["pennydrop_transcoder"].pid
    assert after["pennydrop_worker"].pid != before["pennydrop_worker"].pid

    running.process.send_signal(signal.SIGINT)
    assert running.process.wait(60) == 0
    assert not any(service.is_running() for service in after.values())


def test_other_users_of_the_machine_can_read_nothing(running: Running, tmp_path: Path) -> None:
    assert running.status_of("/readyz") == 200
    backups = tmp_path / "backups"
    subprocess.run(
        [sys.executable, "-m", "pennydrop.cli.main", "backup", str(backups)],
        env={**os.environ, "PENNYDROP_DATA": str(tmp_path / "data")},
        umask=0o022,
        check=True,
    )
    written = {path: path.lstat() for folder in (tmp_path / "data", backups) for path in folder.rglob("*")}
    assert {"pennydrop.sqlite3", "manifest.json"} <= {path.name for path in written}
    assert [path for path, status in written.items() if status.st_mode & 0o007] == []


def test_a_taken_port_is_said_in_a_sentence(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with start(tmp_path / "data", "--port", str(port)) as process:
            _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert f"already listens on port {port}" in said
    assert "Traceback" not in said


def test_a_second_one_on_the_same_data_is_told_so_and_changes_nothing(
    running: Running, tmp_path: Path
) -> None:
    with start(tmp_path / "data", "--port", "0") as second:
        _, said = second.communicate(timeout=60)
    assert second.returncode == 1
    assert "Something already uses the data in" in said
    assert running.status_of("/readyz") == 200


def test_a_data_folder_that_cant_be_used_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file", tmp_path / "file" / "inside", Path("/proc/pennydrop")):
        with start(folder, "--port", "0") as process:
            _, said = process.communicate(timeout=60)
        assert process.returncode == 1
        assert f"can't keep its data in {folder}" in said
        assert "Traceback" not in said


def test_without_what_opens_films_it_says_so_instead_of_being_ready(tmp_path: Path) -> None:
    said = ended(tmp_path / "data", PATH=str(tmp_path))
    assert "ffmpeg isn't installed" in said
    assert "apt-get install ffmpeg" in said


def test_without_screens_it_says_so_instead_of_being_ready(tmp_path: Path) -> None:
    said = ended(tmp_path / "data", PENNYDROP_WEB_ROOT=str(tmp_path))
    assert f"There is no index.html in {tmp_path}" in said


def ended(data: Path, **environment: str) -> str:
    """Start it where it has to end by itself as a failure, with a sentence, and return that."""
    process = subprocess.run(
        [sys.executable, "-m", "pennydrop.cli.main", "up", "--data", str(data), "--port", "0", "--no-open"],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (process.returncode, process.stdout) == (1, "")
    assert "Traceback" not in process.stderr
    assert not data.exists()
    return process.stderr


@pytest.mark.parametrize("service", ["transcoder", "worker"])
def test_a_service_that_cant_open_films_takes_none(tmp_path: Path, service: str) -> None:
    environment = {**os.environ, "PENNYDROP_DATA": str(tmp_path / "data")}
    subprocess.run([sys.executable, "-m", "pennydrop.cli.main", "migrate"], env=environment, check=True)
    alone = subprocess.run(
        [sys.executable, "-m", f"pennydrop_{service}"],
        env={**environment, "PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert alone.returncode == 1
    assert "ffmpeg isn't installed" in alone.stderr
