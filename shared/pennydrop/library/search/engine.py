"""Which full-text index there is: that of the database in use."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from sqlalchemy.orm import Session

from pennydrop.library.search.fts5 import Fts5
from pennydrop.library.search.phrase import Phrase
from pennydrop.library.search.tsvector import TsVector


class Engine(Protocol):
    """What the search needs of a full-text index. Words match by their stem."""

    def put(self, session: Session, rows: Sequence[dict[str, object]]) -> None:
        """Add rows that hold `id` and a text for each of `tables.FIELDS`."""

    def drop(self, session: Session, ids: Sequence[int]) -> None: ...

    def found(
        self, session: Session, home: str, parts: Sequence[Sequence[Phrase]], most: int
    ) -> list[list[tuple[str, float]]]:
        """Return for each part the steps of an organisation that hold any of its phrases, the best first.

        Each with its score, and at most so many.
        """

    def known(self, session: Session, home: str, words: Collection[str]) -> set[str]:
        """Return which of these words any step of an organisation holds."""


_ENGINES: dict[str, Engine] = {"sqlite": Fts5(), "postgresql": TsVector()}


def engine_of(session: Session) -> Engine:
    return _ENGINES[session.get_bind().dialect.name]
