"""What the search looks in. Rows here follow from the library and can be made anew from it at any time."""

from __future__ import annotations

from sqlalchemy import DDL, ForeignKey, Index, String, event
from sqlalchemy.orm import Mapped, mapped_column

from pennydrop.db.base import Base
from pennydrop.db.types import Id

INDEX = "library_search"
# In this order: bm25 weighs them so.
FIELDS = ("wording", "said", "criteria", "terms", "why", "shown")
CREATE_INDEX = {
    "sqlite": (
        f"CREATE VIRTUAL TABLE {INDEX} USING fts5({', '.join(FIELDS)}, "
        "tokenize = 'porter unicode61 remove_diacritics 2')",
    ),
    "postgresql": (
        # Words by their stem, and none left out: which words say nothing is for `words.EMPTY` to know.
        "CREATE TEXT SEARCH DICTIONARY pennydrop_stem (TEMPLATE = snowball, LANGUAGE = english)",
        "CREATE TEXT SEARCH CONFIGURATION pennydrop (PARSER = default)",
        "ALTER TEXT SEARCH CONFIGURATION pennydrop ADD MAPPING FOR "
        "asciiword, word, numword, int, uint, float, sfloat, version WITH pennydrop_stem",
        # A step's words take some 3 kB. Kept apart, as large values usually are, they would be fetched and
        # unpacked for every word of a question.
        f"CREATE TABLE {INDEX} (id integer PRIMARY KEY REFERENCES indexed_steps (id) ON DELETE CASCADE, "
        "words tsvector NOT NULL) WITH (toast_tuple_target = 8160)",
        # Written at once: what is put off would be read by every question after an import.
        f"CREATE INDEX ix_{INDEX}_words ON {INDEX} USING gin (words) WITH (fastupdate = off)",
    ),
}
"""The full-text index of each database, numbered as `IndexedStep` is. The ORM can't describe it."""


class IndexedStep(Base):
    """A step that the search knows. Its words are in the full-text index, under this number."""

    __tablename__ = "indexed_steps"

    id: Mapped[int] = mapped_column(primary_key=True)
    step_id: Mapped[str] = mapped_column(Id, ForeignKey("steps.id", ondelete="CASCADE"), unique=True)
    organisation_id: Mapped[str] = mapped_column(Id, ForeignKey("organisations.id"), index=True)


class IndexedWord(Base):
    """A word that is written in an organisation's library: what mistyped words may have been meant to be.

    What is said in films isn't among them: it may be taken back, and words stay.
    """

    __tablename__ = "indexed_words"
    __table_args__ = (Index("ix_indexed_words_initial", "organisation_id", "initial"),)

    organisation_id: Mapped[str] = mapped_column(Id, ForeignKey("organisations.id"), primary_key=True)
    word: Mapped[str] = mapped_column(String(40), primary_key=True)
    initial: Mapped[str] = mapped_column(String(1))


for _dialect, _statements in CREATE_INDEX.items():
    for _statement in _statements:
        _ddl = DDL(_statement)  # type: ignore[no-untyped-call]
        event.listen(IndexedStep.__table__, "after_create", _ddl.execute_if(dialect=_dialect))


def is_of_the_index(name: str | None) -> bool:
    """Whether a table belongs to the full-text index, so that comparing models and tables leaves it alone."""
    return name is not None and (name == INDEX or name.startswith(f"{INDEX}_"))
