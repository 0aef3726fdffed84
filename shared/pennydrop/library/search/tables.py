"""What the search looks in. Rows here follow from the library and can be made anew from it at any time."""

from __future__ import annotations

from sqlalchemy import DDL, ForeignKey, Index, String, event
from sqlalchemy.orm import Mapped, mapped_column

from pennydrop.db.base import Base
from pennydrop.db.types import Id

INDEX = "library_search"
# In this order: bm25 weighs them so.
FIELDS = ("wording", "said", "criteria", "terms", "why", "shown")
CREATE_INDEX = (
    f"CREATE VIRTUAL TABLE {INDEX} USING fts5({', '.join(FIELDS)}, "
    "tokenize = 'porter unicode61 remove_diacritics 2')"
)
"""SQLite's full-text index; its rowid is the `id` of an `IndexedStep`."""


class IndexedStep(Base):
    """A step that the search knows. Its words are in the full-text index, under this number."""

    __tablename__ = "indexed_steps"

    id: Mapped[int] = mapped_column(primary_key=True)
    step_id: Mapped[str] = mapped_column(Id, ForeignKey("steps.id", ondelete="CASCADE"), unique=True)
    organisation_id: Mapped[str] = mapped_column(Id, ForeignKey("organisations.id"), index=True)


class IndexedWord(Base):
    """A word that occurs in an organisation's library: what mistyped words may have been meant to be."""

    __tablename__ = "indexed_words"
    __table_args__ = (Index("ix_indexed_words_initial", "organisation_id", "initial"),)

    organisation_id: Mapped[str] = mapped_column(Id, ForeignKey("organisations.id"), primary_key=True)
    word: Mapped[str] = mapped_column(String(40), primary_key=True)
    initial: Mapped[str] = mapped_column(String(1))


# The ORM knows no virtual tables; PostgreSQL has a full-text search of its own.
event.listen(IndexedStep.__table__, "after_create", DDL(CREATE_INDEX).execute_if(dialect="sqlite"))  # type: ignore[no-untyped-call]


def is_of_the_index(name: str | None) -> bool:
    """Whether a table belongs to the full-text index, so that comparing models and tables leaves it alone."""
    return name is not None and (name == INDEX or name.startswith(f"{INDEX}_"))
