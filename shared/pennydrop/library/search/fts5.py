"""SQLite's full-text index: FTS5, ranked by BM25."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import text
from sqlalchemy.orm import Session

from pennydrop.library.search.phrase import Phrase

_PUT = text(
    "INSERT INTO library_search (rowid, wording, said, criteria, terms, why, shown) "
    "VALUES (:id, :wording, :said, :criteria, :terms, :why, :shown)"
)
_DROP = text("DELETE FROM library_search WHERE rowid = :id")
# How much a word weighs by where it stands: wording, said, criteria, terms, why, shown.
_FOUND = text(
    "SELECT indexed_steps.step_id, -bm25(library_search, 5.0, 6.0, 3.0, 1.0, 1.5, 1.0) FROM library_search "
    "JOIN indexed_steps ON indexed_steps.id = library_search.rowid "
    "WHERE library_search MATCH :words AND indexed_steps.organisation_id = :home ORDER BY 2 DESC LIMIT :most"
)
_KNOWN = text(
    "SELECT 1 FROM library_search JOIN indexed_steps ON indexed_steps.id = library_search.rowid "
    "WHERE library_search MATCH :words AND indexed_steps.organisation_id = :home LIMIT 1"
)


class Fts5:
    """The virtual table `library_search`; its rowid is the `id` of an `IndexedStep`."""

    def put(self, session: Session, rows: Sequence[dict[str, object]]) -> None:
        session.execute(_PUT, rows)

    def drop(self, session: Session, ids: Sequence[int]) -> None:
        session.execute(_DROP, [{"id": number} for number in ids])

    def found(
        self, session: Session, home: str, parts: Sequence[Sequence[Phrase]], most: int
    ) -> list[list[tuple[str, float]]]:
        return [_found(session, home, phrases, most) if phrases else [] for phrases in parts]

    def known(self, session: Session, home: str, words: Collection[str]) -> set[str]:
        asked = {word: {"words": _quoted(Phrase(word)), "home": home} for word in words}
        return {word for word, given in asked.items() if session.execute(_KNOWN, given).first() is not None}


def _found(session: Session, home: str, phrases: Sequence[Phrase], most: int) -> list[tuple[str, float]]:
    words = " OR ".join(_quoted(phrase) for phrase in phrases)
    rows = session.execute(_FOUND, {"words": words, "home": home, "most": most})
    return [(step_id, score) for step_id, score in rows.all()]


def _quoted(phrase: Phrase) -> str:
    return f'"{phrase.words}"' + ("*" if phrase.begun else "")
