"""All rows of a database as lines of JSON, from one moment; SQLite's and PostgreSQL's look alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import Connection, Engine, Table, select

from pennydrop.db.tables import Base

# What is made anew from other rows, what is only about processes that run now or backups of this machine, and
# addresses of people who mistyped a password yesterday.
LEFT_OUT = frozenset(
    {
        "backups_taken",
        "chunks",
        "indexed_steps",
        "indexed_words",
        "leaders",
        "library_search",
        "login_failures",
        "service_beats",
        "upload_locks",
    }
)
_ROWS_AT_ONCE = 1000


@contextmanager
def one_moment(engine: Engine) -> Iterator[Connection]:
    """Read as the database is now, whatever is written meanwhile; writers don't wait for it."""
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection = connection.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        with connection.begin():
            yield connection


def rows_as_lines(connection: Connection) -> Iterator[list[Any] | dict[str, Any]]:
    """Yield an object for each table and after it every row as the list of its values.

    Tables come in such an order that what a row can't do without is there before it.
    """
    for table in in_order({name: one for name, one in Base.metadata.tables.items() if name not in LEFT_OUT}):
        yield from _table_as_lines(connection, table)


def table_count() -> int:
    """Return of how many tables a dump has lines, each beginning with one that is no row."""
    return len(Base.metadata.tables.keys() - LEFT_OUT)


def in_order(tables: Mapping[str, Table]) -> Iterator[Table]:
    """Yield tables so that those which a row of one can't do without come before it."""
    left = dict(sorted(tables.items()))
    while left:
        free = [table for table in left.values() if not _waits_for(left, table)]
        for table in free:
            yield left.pop(table.name)


def _waits_for(left: dict[str, Table], table: Table) -> bool:
    needed = {key.column.table.name for key in table.foreign_keys if not key.parent.nullable}
    return any(name in left for name in needed - {table.name})


def _table_as_lines(connection: Connection, table: Table) -> Iterator[list[Any] | dict[str, Any]]:
    yield {"table": table.name, "columns": [column.name for column in table.columns]}
    rows = connection.execution_options(yield_per=_ROWS_AT_ONCE).execute(select(table))
    for row in rows:
        yield [_plain(value) for value in row]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value
