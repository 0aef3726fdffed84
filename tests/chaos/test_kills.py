"""The short form of `make chaos`: a few films, a few kills, by a fixed seed."""

from __future__ import annotations

from pathlib import Path

from tests.chaos.storm import storm


def test_nothing_is_lost_by_processes_that_are_killed_at_random(tmp_path: Path) -> None:
    report = storm(tmp_path, uploads=4, kills=10, seed=7, pause_s=(0.2, 2.0))
    # How soon all is done is a figure for the long form: here others may be using the machine.
    assert report.lost == [], str(report)
