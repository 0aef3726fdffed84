"""Rows from lines of JSON into the tables of the revision that they were written at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

from sqlalchemy import JSON, Connection, DateTime, MetaData, Table, bindparam, func, null, select, text

_ROWS_AT_ONCE = 500

Line = list[Any] | dict[str, Any]


def load_lines(connection: Connection, lines: Iterable[Line]) -> int:
    """Insert every row and return how many there were. Tables are there, and empty.

    Tables refer to each other in circles. What may be empty and refers to rows that come later is filled in
    at the end, so that the databases' own checks stay on.
    """
    metadata = MetaData()
    metadata.reflect(connection)
    count = 0
    later: list[tuple[Table, str, list[dict[str, Any]]]] = []
    loaded: set[str] = set()
    for (name, columns), lines_of_table in groupby(_rows(lines), key=itemgetter(0, 1)):
        table = metadata.tables[name]
        postponed = [column for column in columns if _refers_to_what_comes(table, column, loaded)]
        rows = (_values(table, columns, row) for _, _, row in lines_of_table)
        while batch := list(islice(rows, _ROWS_AT_ONCE)):
            for column in postponed:
                later.append((table, column, _taken(table, column, batch)))
            connection.execute(table.insert(), [_with_nulls(table, row) for row in batch])
            count += len(batch)
        loaded.add(name)
    for table, column, taken in later:
        _fill_in(connection, table, column, taken)
    _count_on(connection, metadata)
    return count


def _rows(lines: Iterable[Line]) -> Iterator[tuple[str, list[str], list[Any]]]:
    """Yield every row with the name and the columns of its table."""
    table, columns = "", list[str]()
    for line in lines:
        if isinstance(line, dict):
            table, columns = line["table"], line["columns"]
        else:
            yield table, columns, line


def _refers_to_what_comes(table: Table, name: str, loaded: set[str]) -> bool:
    return any(key.column.table.name not in loaded for key in table.columns[name].foreign_keys)


def _values(table: Table, columns: list[str], row: list[Any]) -> dict[str, Any]:
    return {
        name: datetime.fromisoformat(value)
        if isinstance(table.columns[name].type, DateTime) and value is not None
        else value
        for name, value in zip(columns, row, strict=True)
    }


def _with_nulls(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    # In a column of JSON, None would be written as the JSON value null.
    return {
        name: null() if value is None and isinstance(table.columns[name].type, JSON) else value
        for name, value in row.items()
    }


def _taken(table: Table, name: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Take one column's values out of rows, and return them with what finds each row again."""
    taken = [
        {"value": row[name], **{f"key_{key.name}": row[key.name] for key in table.primary_key}}
        for row in rows
        if row[name] is not None
    ]
    for row in rows:
        row[name] = None
    return taken


def _fill_in(connection: Connection, table: Table, name: str, rows: list[dict[str, Any]]) -> None:
    if rows:
        mine = [key == bindparam(f"key_{key.name}") for key in table.primary_key]
        connection.execute(table.update().where(*mine).values({name: bindparam("value")}), rows)


def _count_on(connection: Connection, metadata: MetaData) -> None:
    """Let PostgreSQL number new rows after those that were loaded; SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in metadata.tables.values():
        for column in table.primary_key:
            sequence = connection.scalar(
                text("SELECT pg_get_serial_sequence(:table, :column)"),
                {"table": table.name, "column": column.name},
            )
            if sequence is not None:
                newest = connection.scalar(select(func.coalesce(func.max(column), 0))) or 0
                connection.execute(select(func.setval(sequence, newest + 1, False)))
