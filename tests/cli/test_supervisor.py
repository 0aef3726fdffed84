"""The supervisor, on services that only sleep."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator

import psutil
import pytest

from tests.jobs.workshop import eventually


@pytest.fixture
def supervisor() -> Iterator[psutil.Process]:
    with subprocess.Popen([sys.executable, "-m", "tests.cli.sleepers"]) as process:
        try:
            yield psutil.Process(process.pid)
        finally:
            process.kill()


def services(supervisor: psutil.Process) -> list[psutil.Process]:
    """Return its two services once both sleep."""

    def both_sleep() -> bool:
        children = supervisor.children()
        return len(children) == 2 and all(child.memory_info().rss for child in children)

    eventually(both_sleep)
    return supervisor.children()


def test_a_service_that_ends_is_started_again(supervisor: psutil.Process) -> None:
    first, second = services(supervisor)
    first.kill()
    eventually(lambda: not first.is_running())
    assert second in services(supervisor)


def test_told_to_stop_it_takes_its_services_along(supervisor: psutil.Process) -> None:
    family = services(supervisor)
    supervisor.send_signal(signal.SIGTERM)
    eventually(lambda: not any(service.is_running() for service in family))
    eventually(lambda: supervisor.status() == psutil.STATUS_ZOMBIE)


def test_killed_outright_it_takes_its_services_along_too(supervisor: psutil.Process) -> None:
    family = services(supervisor)
    supervisor.kill()
    eventually(lambda: not any(service.is_running() for service in family))
