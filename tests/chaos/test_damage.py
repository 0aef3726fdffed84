"""The short form of the trial of damaged films."""

from __future__ import annotations

from pathlib import Path

from tests.chaos.damage import damage


def test_damaged_films_end_as_films_or_as_sentences(tmp_path: Path) -> None:
    report = damage(tmp_path, 3, count=12)
    assert not report.lost, str(report)
