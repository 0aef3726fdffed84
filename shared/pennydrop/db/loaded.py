"""Rows that a session has read already: a page that is made of many questions needn't ask for them again."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeVar

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.base import ExecutableOption

from pennydrop.db.base import Base

Thing = TypeVar("Thing", bound=Base)


def by_id(
    session: Session, model: type[Thing], ids: Collection[str], *options: ExecutableOption
) -> dict[str, Thing]:
    """Return these rows by their ids, asking for those alone that aren't at hand.

    No rights are checked: the ids are of rows the viewer may see.
    """
    mapper = inspect(model)
    at_hand = {one: session.identity_map.get(mapper.identity_key_from_primary_key((one,))) for one in ids}
    found = {one: row for one, row in at_hand.items() if isinstance(row, model)}
    missing = [one for one in ids if one not in found]
    if missing:
        key = mapper.primary_key[0]
        rows = session.execute(select(key, model).where(key.in_(missing)).options(*options))
        found |= dict(iter(rows.unique()))
    return found
