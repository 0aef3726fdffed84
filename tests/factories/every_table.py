"""One row in every table of a database at whatever revision, each referring to others wherever it can."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Connection, DateTime, Integer, MetaData, Table, select

from pennydrop.care.backup.dump import LEFT_OUT, in_order
from pennydrop.care.backup.load import load_lines
from pennydrop.db.tables import Base
from pennydrop.db.types import Word
from pennydrop.library.search.tables import is_of_the_index

_MOMENT = "2026-01-05T09:30:00+00:00"

Rows = dict[str, list[dict[str, Any]]]


def fill_every_table(connection: Connection) -> Rows:
    """Insert the rows and return them by table, as the database gives them back."""
    load_lines(connection, one_row_each(connection))
    return rows_of(connection)


def one_row_each(connection: Connection) -> Iterator[Any]:
    """Yield the rows as a backup has them."""
    tables = _tables(connection)
    numbers = {name: number for number, name in enumerate(sorted(tables), 1)}
    for table in in_order(tables):
        yield {"table": table.name, "columns": [column.name for column in table.columns]}
        yield [_value(column, numbers) for column in table.columns]


def rows_of(connection: Connection) -> Rows:
    """Return the rows of every table."""
    return {
        name: [dict(row) for row in connection.execute(select(table)).mappings()]
        for name, table in _tables(connection).items()
    }


def _tables(connection: Connection) -> dict[str, Table]:
    metadata = MetaData()
    metadata.reflect(connection, only=lambda name, _: not is_of_the_index(name))
    return {
        name: table
        for name, table in metadata.tables.items()
        if name not in LEFT_OUT and name != "alembic_version"
    }


def _value(column: Column[Any], numbers: dict[str, int]) -> Any:
    for key in column.foreign_keys:
        return _id(numbers[key.column.table.name])
    if isinstance(column.type, DateTime):
        return _MOMENT
    if isinstance(column.type, JSON):
        return None if column.nullable else ["one"]
    if isinstance(column.type, Boolean):
        return True
    if isinstance(column.type, Integer):
        return 7
    if column.primary_key:
        return _id(numbers[column.table.name])
    known = Base.metadata.tables[column.table.name].columns.get(column.name)
    if known is not None and isinstance(known.type, Word):
        return next(iter(known.type.kind)).value
    return "one"


def _id(number: int) -> str:
    return f"{number:026d}"
