"""The short forms of the trials of workers that freeze, and of jobs that kill them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.chaos.freezes import QUICK, freeze
from tests.chaos.poison import poison
from tests.support.house import free_port
from tests.support.servers.postgresql import PostgreSQL


def test_a_worker_that_thaws_late_publishes_nothing(tmp_path: Path, postgresql: PostgreSQL) -> None:
    report = freeze(tmp_path, postgresql.create(f"freezes_{free_port()}"), 5, times=2)
    assert not report.lost, str(report)


def test_a_job_that_kills_its_worker_is_given_up_and_holds_up_nobody(tmp_path: Path) -> None:
    report = poison(tmp_path, "", 0, timings=replace(QUICK, lease=2), every_s=1.0)
    assert not report.lost, str(report)
