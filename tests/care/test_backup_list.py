"""What a folder of backups holds is told without reading all of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pennydrop.care.backup.vault import NoBackupThere, Vault
from pennydrop.care.scrub import Places
from pennydrop.cli.backups import tell
from pennydrop.people.models import Person
from tests.care.steps import take


def test_each_backup_is_told_with_what_it_holds_and_whether_it_is_whole(
    places: Places, school: Person, vault: Vault, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = take(places, vault).manifest, take(places, vault).manifest
    assert tell(vault.root) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[:2]] == [first.name, second.name]
    assert all(line.endswith(", whole") for line in lines[:2])
    assert f"{second.files:,} file" in lines[1]

    vault.object_path(next(vault.files(second)).sha256).unlink()
    assert tell(vault.root) == 3
    assert "NOT whole: 1 file missing" in capsys.readouterr().out


def test_a_folder_without_backups_is_told_to_be_one(tmp_path: Path) -> None:
    with pytest.raises(NoBackupThere):
        tell(tmp_path)
