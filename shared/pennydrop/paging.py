"""Lists come in pages: a cursor asks for what is behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from pennydrop.errors import Invalid
from pennydrop.ids import is_id

T = TypeVar("T")

DEFAULT_LIMIT = 50
MAX_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list. `next_cursor` asks for the page behind it; None at the end."""

    items: Sequence[T]
    next_cursor: str | None


class CursorInvalid(Invalid):
    """A cursor that no page of ours gave."""

    def __init__(self) -> None:
        super().__init__("That page of the list can't be found. Please start from the first page.")


def id_in(cursor: str) -> str:
    """Return the id that a cursor of a list in the order of ids is. Raises `CursorInvalid`."""
    if not is_id(cursor):
        raise CursorInvalid
    return cursor
