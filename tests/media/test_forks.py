"""Children that open films with PyAV are forked from a process that is ready, and are as fenced in as any."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest

from pennydrop.media import forks
from pennydrop.media.child import Child
from pennydrop.media.failures import Cancelled, MediaFailure
from pennydrop.media.run import run_inside
from pennydrop.media.sandbox import Limits
from pennydrop.media.verify import measure
from tests.factories.films import FilmShelf

pytestmark = pytest.mark.media


def servers(of: int | None = None) -> list[psutil.Process]:
    children = psutil.Process(of).children()
    return [child for child in children if "inside.server" in " ".join(child.cmdline())]


def test_many_at_once_each_get_their_own_answer(films: FilmShelf, tmp_path: Path) -> None:
    found: dict[str, int] = {}

    def look(name: str) -> None:
        (tmp_path / name).mkdir()
        found[name] = measure([films.get(name)], scratch=tmp_path / name)[0].frames

    names = ["phone", "silent", "vfr"]
    threads = [threading.Thread(target=look, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    alone = tmp_path / "alone"
    alone.mkdir()
    assert found == {name: measure([films.get(name)], scratch=alone)[0].frames for name in names}
    assert len(servers()) == 1


def test_a_server_that_was_killed_is_replaced(films: FilmShelf, out: Path) -> None:
    measure([films.get("phone")], scratch=out)
    (before,) = servers()
    before.kill()
    before.wait()

    measure([films.get("phone")], scratch=out)

    (after,) = servers()
    assert after.pid != before.pid


def test_a_child_holds_nothing_of_its_server_or_its_siblings() -> None:
    child = _sleeping()
    held = [
        str(link.readlink()) for link in Path(f"/proc/{child.pid}/fd").iterdir() if link.name not in "012"
    ]
    child.close()
    # All it has is the pipe that its request would come through.
    assert [target.partition(":")[0] for target in held] == ["pipe"]


def test_letting_go_of_a_child_ends_it() -> None:
    child = _sleeping()
    child.close()
    _wait_for(lambda: not psutil.pid_exists(child.pid))


def test_stopping_one_is_quick_and_leaves_the_server_alone(out: Path) -> None:
    begun = time.monotonic()
    with pytest.raises(Cancelled):
        Child(_start_sleeping, out, Limits(), cancelled=lambda: time.monotonic() - begun > 0.3).watch()
    assert time.monotonic() - begun < 3
    assert len(servers()) == 1


def test_one_that_uses_too_much_processor_time_is_the_films_fault(films: FilmShelf, out: Path) -> None:
    with pytest.raises(MediaFailure) as failed:
        run_inside("measure", {"files": 400}, out=out, sources=[films.get("phone")], limits=Limits(cpu_s=0))
    assert failed.value.code == "too_demanding"


def test_it_runs_at_the_priority_of_the_thread_that_asks() -> None:
    seen: list[int] = []

    def ask() -> None:
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 7)
        child = _sleeping()
        seen.append(os.getpriority(os.PRIO_PROCESS, child.pid))
        child.close()

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    child = _sleeping()
    seen.append(os.getpriority(os.PRIO_PROCESS, child.pid))
    child.close()
    assert seen == [7, os.getpriority(os.PRIO_PROCESS, 0)]


def test_server_and_children_end_with_a_worker_that_is_killed() -> None:
    script = (
        "import time; from tests.media.test_forks import _sleeping; "
        "child = _sleeping(); print(child.pid, flush=True); time.sleep(60)"
    )
    worker = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert worker.stdout is not None
    child = int(worker.stdout.readline())
    (server,) = servers(worker.pid)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    worker.stdout.close()
    _wait_for(lambda: not psutil.pid_exists(child) and not server.is_running())


def _sleeping() -> forks.Forked:
    """Fork a child that waits for ever, for its request is a pipe that nobody writes to."""
    with Path(os.devnull).open("w") as nowhere:
        child = _start_sleeping(nowhere.fileno(), nowhere.fileno())
    time.sleep(0.2)  # until it has left its server behind
    return child


def _start_sleeping(stdout: int, stderr: int) -> forks.Forked:
    reader, writer = os.pipe()
    _kept_open.append(writer)
    try:
        return forks._mine().fork([reader, stdout, stderr])
    finally:
        os.close(reader)


_kept_open: list[int] = []


def _wait_for(done: object, within_s: float = 10) -> None:
    assert callable(done)
    deadline = time.monotonic() + within_s
    while not done():
        assert time.monotonic() < deadline
        time.sleep(0.05)
