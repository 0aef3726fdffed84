"""An API that can't start says why in a sentence and ends with an exit code that has it started again."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pennydrop.db.session import SessionMaker
from pennydrop.listening import HostUnknown, PortForRoot, PortTaken, said
from pennydrop.settings import Settings
from tests.api.uploads.server import as_environment

ENDS_WITHIN_S = 60


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which somebody else listens."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield int(other.getsockname()[1])


def start(settings: Settings, **more: str) -> subprocess.CompletedProcess[str]:
    """Start an API that is to end by itself."""
    return subprocess.run(
        [sys.executable, "-m", "pennydrop_api"],
        env=os.environ | as_environment(settings) | more,
        capture_output=True,
        text=True,
        timeout=ENDS_WITHIN_S,
    )


def test_a_taken_port_is_said_and_ends_it_as_a_failure(
    settings: Settings, database: SessionMaker, taken: int
) -> None:
    ended = start(settings, PENNYDROP_PORT=str(taken))
    assert ended.returncode == 1
    assert f"Something else already listens on port {taken} of 127.0.0.1." in ended.stderr
    assert "listening on" not in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_bucket_without_its_keys_is_said(settings: Settings, database: SessionMaker) -> None:
    ended = start(settings, PENNYDROP_PORT="0", PENNYDROP_STORAGE="s3", PENNYDROP_S3_ENDPOINT="store:8333")
    assert ended.returncode == 1
    assert "Please set PENNYDROP_S3_ACCESS_KEY, PENNYDROP_S3_SECRET_KEY too." in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_setting_that_cannot_be_used_is_said(settings: Settings, database: SessionMaker) -> None:
    ended = start(settings, PENNYDROP_SESSION_DAYS="-4")
    assert ended.returncode == 2
    assert "PENNYDROP_SESSION_DAYS" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_each_reason_not_to_listen_has_its_own_advice() -> None:
    taken = said(OSError(98, "Address already in use"), "127.0.0.1", 8000)
    assert isinstance(taken, PortTaken)
    assert "PENNYDROP_PORT=8001" in taken.detail
    roots = said(PermissionError(13, "Permission denied"), "127.0.0.1", 80)
    assert isinstance(roots, PortForRoot)
    assert "PENNYDROP_PORT=8000" in roots.detail
    elsewhere = said(OSError(99, "Cannot assign requested address"), "10.9.8.7", 80)
    assert isinstance(elsewhere, HostUnknown)
    assert "PENNYDROP_HOST=127.0.0.1" in elsewhere.detail


def test_an_api_with_the_wrong_data_folder_begins_no_second_pennydrop(tmp_path: Path) -> None:
    ended = start(Settings(data=tmp_path / "data"), PENNYDROP_PORT="0")
    assert ended.returncode == 1
    assert f"There is no Pennydrop in {tmp_path / 'data'}." in ended.stderr
    assert not (tmp_path / "data").exists()
