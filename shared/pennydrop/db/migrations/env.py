"""Run by Alembic: brings the tables of the connection it is given up to date."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection

from pennydrop.db.tables import Base
from pennydrop.db.types import UtcDateTime, Word
from pennydrop.library.search.tables import is_of_the_index


def render(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Write our own types by their module, so that a new revision imports what it needs."""
    if kind == "type" and isinstance(item, UtcDateTime):
        autogen.imports.add("from pennydrop.db.types import UtcDateTime")
        return "UtcDateTime()"
    if kind == "type" and isinstance(item, Word):
        # The words may grow in number; the database keeps text.
        return "sa.String(length=20)"
    return False


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        # SQLite can't alter most of a table: Alembic copies it instead.
        render_as_batch=True,
        render_item=render,
        include_name=lambda name, kind, parents: kind != "table" or not is_of_the_index(name),
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"])
