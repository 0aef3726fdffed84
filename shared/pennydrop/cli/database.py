"""The database as commands use it: brought up to date first, one transaction for one command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pennydrop.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@contextmanager
def writing() -> Iterator[Session]:
    """Run one transaction: committed at the end of the block, rolled back when it raises."""
    from pennydrop.care.installation import bring_up_to_date
    from pennydrop.db import tables  # noqa: F401 - every table is known before the first query
    from pennydrop.db.session import make_engine, make_sessions, transaction

    settings = Settings()
    bring_up_to_date(settings)
    with transaction(make_sessions(make_engine(settings.database))) as session:
        yield session
