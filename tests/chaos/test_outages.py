"""The short forms of the trials in which servers go away."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.chaos import away, disk, network
from tests.support import small_disk
from tests.support.servers.s3 import S3


def test_nothing_is_lost_while_a_server_is_away(tmp_path: Path, s3: S3) -> None:
    report = away.short(tmp_path, 7, s3)
    assert report.lost == [], str(report)


def test_nothing_is_lost_while_the_network_is_cut(tmp_path: Path, s3: S3) -> None:
    report = network.short(tmp_path, 7, s3)
    assert report.lost == [], str(report)


@pytest.mark.skipif(not small_disk.can_be_made(), reason=small_disk.WHY_NOT)
def test_nothing_is_lost_while_the_disk_is_full(tmp_path: Path) -> None:
    report = disk.short(tmp_path, 7)
    assert report.lost == [], str(report)
