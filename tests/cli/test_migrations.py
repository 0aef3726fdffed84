"""The revisions make the tables that the code expects."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from pennydrop.db import migrate
from pennydrop.db.session import make_engine
from pennydrop.db.tables import Base
from pennydrop.library.search.tables import is_of_the_index


def differences(url: str) -> list[Any]:
    migrate.upgrade(url)
    with make_engine(url).connect() as connection:
        opts = {
            "compare_type": True,
            "include_name": lambda name, kind, _: kind != "table" or not is_of_the_index(name),
        }
        context = MigrationContext.configure(connection, opts=opts)
        return list(compare_metadata(context, Base.metadata))


def test_models_and_revisions_agree(tmp_path: Path) -> None:
    assert differences(f"sqlite:///{tmp_path / 'fresh.sqlite3'}") == []


def test_the_highest_number_is_the_newest_revision() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrate.MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [migrate.newest()]
