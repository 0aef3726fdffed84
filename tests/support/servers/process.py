"""Starting a server of the tests' own, and seeing that it ends with them."""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.house import until

_PR_SET_PDEATHSIG = 1
_STOPS_WITHIN_S = 20


def find_program(name: str, package: str, *folders: str) -> str:
    """Return the path of a server's program. Debian keeps some where no PATH leads.

    Where `make setup` installs it, as root with apt-get, a missing one fails the test; else it is skipped.
    """
    for folder in (*folders, *os.environ.get("PATH", "").split(os.pathsep), "/usr/sbin", "/usr/bin"):
        if os.access(path := Path(folder) / name, os.X_OK):
            return str(path)
    missing = f"The package {package} isn't installed, which brings {name}: see make setup."
    if os.geteuid() == 0 and shutil.which("apt-get"):
        pytest.fail(missing)
    pytest.skip(missing)


def start(argv: list[str], log: Path, *, user: str | None = None) -> subprocess.Popen[bytes]:
    """Start a server as `user` (or as ourselves); it is killed when the tests' process is."""
    libc = ctypes.CDLL(None)

    def bound_to_us() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)

    with log.open("ab") as out:
        return subprocess.Popen(
            argv, stdout=out, stderr=subprocess.STDOUT, user=user, group=user, preexec_fn=bound_to_us
        )


def wait_until_up(process: subprocess.Popen[bytes], log: Path, is_up: Callable[[], bool]) -> None:
    def look() -> bool:
        assert process.poll() is None, f"{process.args!r} ended at its start:\n{log.read_text()[-2000:]}"
        return is_up()

    until(look, within_s=60, pause_s=0.05)


def stop(process: subprocess.Popen[bytes], signal_number: int = signal.SIGTERM) -> None:
    process.send_signal(signal_number)
    try:
        process.wait(_STOPS_WITHIN_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
