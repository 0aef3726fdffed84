"""The short form of the trial of deploys: nobody notices that everything was restarted."""

from __future__ import annotations

from pathlib import Path

from tests.chaos.deploys import deploy
from tests.support.trust import Trust


def test_a_deploy_turns_nobody_away_and_loses_nothing(trust: Trust, tmp_path: Path) -> None:
    report = deploy(tmp_path, trust, 0, times=1, films=1)
    assert not report.lost, str(report)
