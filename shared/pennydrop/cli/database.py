"""The database as commands use it: one that is there and up to date, one transaction for one command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pennydrop.cli import data_folder
from pennydrop.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def bring_up_to_date(settings: Settings) -> bool:
    """Bring the database up to date and say whether it changed; it is made where there is none.

    Only `up`, `migrate`, `demo` and `restore` begin a new Pennydrop: any other command that finds none was
    given the wrong settings. Raises `DataFolderUnusable` and as `installation.bring_up_to_date`.
    """
    from pennydrop.care import installation

    data_folder.make(settings.data)
    return installation.bring_up_to_date(settings)


@contextmanager
def writing() -> Iterator[Session]:
    """Run one transaction: committed at the end of the block, rolled back when it raises.

    Raises what `migrate.check` raises.
    """
    from pennydrop.db import (
        migrate,
        tables,  # noqa: F401 - every table is known before the first query
    )
    from pennydrop.db.session import make_engine, make_sessions, transaction

    url = Settings().database
    migrate.check(url)
    with transaction(make_sessions(make_engine(url))) as session:
        yield session
