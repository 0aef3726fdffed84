"""A database of any earlier revision comes up to date with every row it had."""

from __future__ import annotations

from pathlib import Path

import pytest

from pennydrop.db import migrate
from pennydrop.db.session import make_engine
from tests.factories.every_table import fill_every_table, rows_of
from tests.support.databases import Databases

REVISIONS = sorted(path.name[:4] for path in (migrate.MIGRATIONS / "versions").glob("[0-9]*.py"))


@pytest.mark.each_database
@pytest.mark.parametrize("revision", REVISIONS)
def test_every_row_survives_the_upgrade_from(revision: str, databases: Databases, tmp_path: Path) -> None:
    url = databases.empty(tmp_path)
    engine = make_engine(url)
    with engine.execution_options(writes=True).begin() as connection:
        migrate.bring_to(connection, revision)
        before = fill_every_table(connection)
    assert len(before) > 30
    assert migrate.upgrade(url) is (revision != migrate.newest())
    with engine.connect() as connection:
        after = rows_of(connection)
        assert migrate.current(connection) == migrate.newest()
    for table, (row,) in before.items():
        kept = [{name: one.get(name, "the column went") for name in row} for one in after[table]]
        assert kept == [row], table
    engine.dispose()
