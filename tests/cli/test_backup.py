"""What `pennydrop backup` and `pennydrop restore` say, and where they write."""

from __future__ import annotations

from pathlib import Path

import pytest

from pennydrop.cli.data_folder import held
from pennydrop.settings import Settings
from tests.cli.conftest import Typed
from tests.support.small_disk import WHY_NOT, a_small_disk, can_be_made


@pytest.fixture(autouse=True)
def _up_to_date(typed: Typed, settings: Settings) -> None:
    settings.data.mkdir(parents=True, exist_ok=True)
    assert typed("migrate").code == 0


@pytest.mark.parametrize("inside", ["", "backups", "objects/backups", "../data/new/folder"])
def test_backups_inside_of_what_they_are_backups_of_are_refused(
    typed: Typed, settings: Settings, inside: str
) -> None:
    before = sorted(settings.data.rglob("*"))
    said = typed("backup", str(settings.data / inside))
    assert said.code == 1
    assert "what happens to them happens to such backups, too. No backup was made." in said.err
    assert sorted(settings.data.rglob("*")) == before


def test_a_new_place_and_the_same_disk_are_said_aloud_and_the_disk_remembered(
    typed: Typed, tmp_path: Path
) -> None:
    said = typed("backup", str(tmp_path / "backups"))
    assert said.code == 0
    assert f"This is a new place for backups: {tmp_path / 'backups'}." in said.out
    assert "WARNING: these backups lie on the same disk" in said.out
    again = typed("backup", str(tmp_path / "backups"))
    assert "This is a new place" not in again.out
    assert "WARNING: these backups lie on the same disk" in again.out
    assert "--  backup      lies on the films' own disk" in typed("doctor").out


@pytest.mark.skipif(not can_be_made(), reason=WHY_NOT)
def test_another_disk_is_no_news(typed: Typed, tmp_path: Path) -> None:
    with a_small_disk(tmp_path / "usb", kilobytes=4096):
        said = typed("backup", str(tmp_path / "usb" / "backups"))
        assert said.code == 0
        assert "WARNING" not in said.out
        assert "films' own disk" not in typed("doctor").out


def test_cheap_questions_come_before_the_backup_is_read(
    typed: Typed, tmp_path: Path, settings: Settings
) -> None:
    vault = tmp_path / "backups"
    assert typed("backup", str(vault)).code == 0
    said = typed("restore", str(vault))
    assert (said.code, "read, all of them whole" in said.out) == (1, False)
    assert "There is a database already." in said.err
    with held(settings.data):
        said = typed("restore", str(vault), "--replace")
    assert (said.code, said.out) == (1, "")
    assert f"Something already uses the data in {settings.data}" in said.err


def test_a_check_says_what_comes_next(typed: Typed, tmp_path: Path, settings: Settings) -> None:
    vault = tmp_path / "backups"
    assert typed("backup", str(vault)).code == 0
    assert typed("restore", str(vault), "--check").out.endswith(f"type: pennydrop restore {vault}\n")
