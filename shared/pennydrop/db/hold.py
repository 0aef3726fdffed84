"""Keeping a row to oneself while deciding by what it says."""

from __future__ import annotations

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from pennydrop.db.base import Base
from pennydrop.errors import NotFound


def hold(session: Session, row: Base) -> None:
    """Wait until nobody else changes this row, read it anew, and keep it until the transaction ends.

    For whoever decides by what was read before somebody else's decision stood. SQLite's writers take turns
    from the beginning; PostgreSQL's meet here. Raises `NotFound` where the row is gone.
    """
    key = inspect(type(row)).primary_key[0]
    mine = select(key).where(key == inspect(row).identity[0])  # type: ignore[index]
    if session.scalar(mine.with_for_update()) is None:
        raise NotFound
    session.refresh(row)
