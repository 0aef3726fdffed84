"""PostgreSQL's full-text index: tsvectors under a GIN index, each phrase weighed by how rare it is.

PostgreSQL's own rank knows nothing of rarity, which is most of what BM25 is: it is counted here, in the same
query, from the steps that hold the phrase. A whole question is one query, whatever it is made of.

Each step's words hold a mark of its organisation besides, so that the index itself leaves out all others.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import text
from sqlalchemy.orm import Session

from pennydrop.library.search.phrase import Phrase
from pennydrop.library.search.words import words_of

# No word of a text begins with it.
MARK = "@"
_PUT = text(
    "INSERT INTO library_search (id, words) VALUES (:id, "
    "array_to_tsvector(ARRAY[:mark || (SELECT organisation_id FROM indexed_steps WHERE id = :id)]) || "
    "setweight(to_tsvector('pennydrop', :said), 'A') || "
    "setweight(to_tsvector('pennydrop', :wording), 'B') || "
    "setweight(to_tsvector('pennydrop', :done), 'C') || "
    "setweight(to_tsvector('pennydrop', :rest), 'D'))"
)
_DROP = text("DELETE FROM library_search WHERE id = ANY(:ids)")
# D, C, B, A: what the sayings of `tests/unit/library/phrases.txt` are found best by.
_WEIGHTS = [0.3, 0.45, 0.55, 1.0]
# Divide by 1 + the logarithm of the length: a long step holds more words by chance.
_BY_LENGTH = 1
# Materialised: the planner would count the steps and read the question anew for each row, and sort whole
# tsvectors where their rank is enough.
_FOUND = text(
    """
    WITH asked AS MATERIALIZED (
        SELECT place, part, to_tsquery('pennydrop', phrase) AS query
        FROM unnest(CAST(:phrases AS text[]), CAST(:parts AS int[]))
            WITH ORDINALITY AS given(phrase, part, place)
    ), held AS MATERIALIZED (
        SELECT place, part, id, ts_rank(CAST(:weights AS real[]), words, query, :by_length) AS rank
        FROM asked JOIN library_search ON words @@ (query && CAST(:within AS tsquery))
    ), counted AS MATERIALIZED (
        SELECT count(*) AS steps FROM indexed_steps WHERE organisation_id = :home
    ), rare AS MATERIALIZED (
        SELECT place, greatest(ln((max(steps) - count(*) + 0.5) / (count(*) + 0.5)), 0.000001) AS rarity
        FROM held, counted GROUP BY place
    ), scored AS (
        SELECT part, id, sum(rank * rarity) AS score FROM held JOIN rare USING (place) GROUP BY part, id
    ), placed AS (
        SELECT part, step_id, score,
            row_number() OVER (PARTITION BY part ORDER BY score DESC, step_id) AS place
        FROM scored JOIN indexed_steps USING (id) WHERE organisation_id = :home
    )
    SELECT part, step_id, score FROM placed WHERE place <= :most ORDER BY part, place
    """
)
_KNOWN = text(
    """
    SELECT word FROM unnest(CAST(:words AS text[])) AS given(word) WHERE EXISTS (
        SELECT 1 FROM library_search
        WHERE words @@ (to_tsquery('pennydrop', word) && CAST(:within AS tsquery))
    )
    """
)


class TsVector:
    """The table `library_search`; its `id` is that of an `IndexedStep`."""

    def put(self, session: Session, rows: Sequence[dict[str, object]]) -> None:
        session.execute(
            _PUT,
            [
                {
                    "id": row["id"],
                    "mark": MARK,
                    "said": _spaced(row["said"]),
                    "wording": _spaced(row["wording"]),
                    "done": _spaced(row["criteria"], row["why"]),
                    "rest": _spaced(row["terms"], row["shown"]),
                }
                for row in rows
            ],
        )

    def drop(self, session: Session, ids: Sequence[int]) -> None:
        session.execute(_DROP, {"ids": list(ids)})

    def found(
        self, session: Session, home: str, parts: Sequence[Sequence[Phrase]], most: int
    ) -> list[list[tuple[str, float]]]:
        asked = {
            "phrases": [_query(phrase) for phrases in parts for phrase in phrases],
            "parts": [number for number, phrases in enumerate(parts) for _ in phrases],
            "home": home,
            "within": _within(home),
            "most": most,
            "weights": _WEIGHTS,
            "by_length": _BY_LENGTH,
        }
        found: list[list[tuple[str, float]]] = [[] for _ in parts]
        for part, step_id, score in session.execute(_FOUND, asked):
            found[part].append((step_id, float(score)))
        return found

    def known(self, session: Session, home: str, words: Collection[str]) -> set[str]:
        return set(session.scalars(_KNOWN, {"words": list(words), "within": _within(home)}))


def _within(home: str) -> str:
    """The mark of an organisation as a query, quoted as no word of a question can be."""
    return f"'{MARK}{home}'"


def _query(phrase: Phrase) -> str:
    return " <-> ".join(words_of(phrase.words)) + (":*" if phrase.begun else "")


def _spaced(*texts: object) -> str:
    """Return the words alone: PostgreSQL's parser makes addresses and hyphenated words into one."""
    return " ".join(word for text_ in texts for word in words_of(str(text_)))
