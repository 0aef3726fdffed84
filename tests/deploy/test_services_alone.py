"""Each service starts with its own locked packages and no others."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pennydrop.care.installation import bring_up_to_date
from pennydrop.cli.alive import lives_here
from pennydrop.settings import Settings
from tests.support.house import free_port, until

REQUIREMENTS = Path(__file__).parents[2] / "requirements"
SERVICES = ("api", "transcoder", "worker")

# Runs a service for which every package that its image lacks isn't there.
ALONE = """
import importlib.metadata, re, runpy, sys

service, *locked = sys.argv[1:]
plain = lambda name: re.sub(r"[-_.]+", "-", name).lower()
absent = {
    module
    for module, packages in importlib.metadata.packages_distributions().items()
    if not any(plain(package) in locked for package in packages)
} | {f"pennydrop_{other}" for other in ("api", "transcoder", "worker") if other != service}

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in absent - {f"pennydrop_{service}", "pennydrop"}:
            raise ModuleNotFoundError(f"{name} isn't in the image", name=name)

sys.meta_path.insert(0, Absent())
assert "pytest" in absent
runpy.run_module(f"pennydrop_{service}", run_name="__main__", alter_sys=True)
"""


def locked(name: str) -> dict[str, set[str]]:
    """Return the versions of each package of a list, one for each platform that differs."""
    found: dict[str, set[str]] = {}
    for package, version in re.findall(
        r"^([a-z0-9-]+)==(\S+)", (REQUIREMENTS / f"{name}.txt").read_text(), re.M
    ):
        found.setdefault(package, set()).add(version)
    return found


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_starts_with_its_own_packages_alone(service: str, tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data", port=free_port())
    settings.data.mkdir()
    bring_up_to_date(settings)
    environment = {
        "PATH": "/usr/bin:/bin",
        "PENNYDROP_DATA": str(settings.data),
        "PENNYDROP_PORT": str(settings.port),
    }
    process = subprocess.Popen(
        [sys.executable, "-c", ALONE, service, *locked(service)], env=environment, stderr=subprocess.PIPE
    )
    try:

        def lives() -> bool:
            assert process.poll() is None, process.communicate()[1].decode()[-2000:]
            return lives_here(settings, service)

        assert until(lives)
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)
    assert process.returncode == 0
    assert not lives_here(settings, service)


@pytest.mark.parametrize("service", SERVICES)
def test_a_services_packages_are_those_that_the_tests_run_with(service: str) -> None:
    everything, its = locked("run"), locked(service)
    assert {name: everything.get(name) for name in its} == its
    for name, versions in everything.items():
        assert locked("dev")[name] >= versions


def test_only_services_that_open_films_have_what_opens_them() -> None:
    assert "av" not in locked("api")
    assert "fastapi" not in locked("worker")
    assert {"av", "ffmpeg-python"} <= set(locked("transcoder")) & set(locked("worker"))
