"""A command that was given the wrong settings says so, and begins no second Pennydrop."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from pennydrop import process
from pennydrop.settings import Settings
from tests.cli.conftest import Typed
from tests.support.databases import PostgresqlDatabases

ADD = ("person", "add", "--name", "Ada Obi", "--email", "ada@oak.test", "--school", "Oak")
OTHERS = [
    ADD,
    ("person", "erase", "--email", "ada@oak.test"),
    ("token", "create", "--email", "ada@oak.test"),
    ("library", "import", "--starter"),
    ("library", "export"),
    ("backup", "backups"),
    ("scrub",),
    ("alive", "worker"),
]
NOBODY = 65534


@pytest.fixture
def guarded() -> Iterator[Path]:
    """A folder that whoever runs the commands may read, and not write."""
    folder = Path(tempfile.mkdtemp(prefix="guarded-"))
    folder.chmod(0o555)
    before = os.geteuid()
    if before == 0:
        os.seteuid(NOBODY)  # root may write everywhere
    try:
        yield folder
    finally:
        os.seteuid(before)
        folder.chmod(0o755)
        shutil.rmtree(folder)


@pytest.mark.parametrize("words", OTHERS, ids=lambda words: " ".join(words[:2]))
def test_only_who_is_to_begin_one_begins_one(
    typed: Typed, settings: Settings, words: tuple[str, ...]
) -> None:
    for _ in ("no folder", "an empty folder"):
        said = typed(*words)
        assert (said.code, said.out) == (1, "")
        assert f"There is no Pennydrop in {settings.data}. Is PENNYDROP_DATA set?" in said.err
        assert not settings.data.exists() or not any(settings.data.iterdir())
        settings.data.mkdir(exist_ok=True)


def test_the_doctor_looks_and_makes_nothing(typed: Typed, settings: Settings) -> None:
    said = typed("doctor")
    assert said.code == 1
    assert f"There is no Pennydrop in {settings.data}." in said.out
    assert not settings.data.exists()
    settings.data.mkdir()
    assert f"There is no Pennydrop in {settings.data}." in typed("doctor").out
    assert not (settings.data / "pennydrop.sqlite3").exists()


def test_migrating_begins_one_in_the_data_folder(typed: Typed, settings: Settings) -> None:
    assert typed("migrate").code == 0
    assert typed(*ADD).code == 0
    assert (settings.data / "pennydrop.sqlite3").is_file()


def test_no_folder_is_made_for_a_database_elsewhere(
    typed: Typed, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "nonexistent" / "dir" / "x.db"
    monkeypatch.setenv("PENNYDROP_DATABASE_URL", f"sqlite:///{elsewhere}")
    said = typed("migrate")
    assert said.code == 1
    assert f"The database {elsewhere} can't be used" in said.err
    assert f"Please see that the folder {elsewhere.parent} is there" in said.err
    assert not (tmp_path / "nonexistent").exists()


@pytest.mark.on_database("postgresql")
def test_an_empty_database_is_no_pennydrop(
    typed: Typed, monkeypatch: pytest.MonkeyPatch, databases: PostgresqlDatabases, tmp_path: Path
) -> None:
    monkeypatch.setenv("PENNYDROP_DATABASE_URL", databases.empty(tmp_path))
    said = typed(*ADD)
    assert (said.code, said.out) == (1, "")
    assert "There is no Pennydrop in this database. Is PENNYDROP_DATABASE_URL right?" in said.err


def test_tables_of_an_older_version_are_left_to_who_migrates(typed: Typed, settings: Settings) -> None:
    typed("migrate")
    with sqlite3.connect(settings.data / "pennydrop.sqlite3") as database:
        database.execute("UPDATE alembic_version SET version_num = '0001'")
    said = typed(*ADD)
    assert said.code == 1
    assert "Type first: pennydrop migrate" in said.err


def test_a_folder_that_may_not_be_written_is_named_with_who_asked(
    typed: Typed, monkeypatch: pytest.MonkeyPatch, guarded: Path
) -> None:
    monkeypatch.setenv("PENNYDROP_DATA", str(guarded))
    said = typed("migrate")
    assert said.code == 1
    assert f"can't keep its data in {guarded}: Permission denied" in said.err
    monkeypatch.setenv("PENNYDROP_DATA", str(guarded / "new"))
    said = typed("migrate")
    assert said.code == 1
    assert f"can't keep its data in {guarded}/new: Permission denied" in said.err
    assert f"({process.user()})" in said.err
