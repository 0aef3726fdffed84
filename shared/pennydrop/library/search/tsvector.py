"""PostgreSQL's full-text index: tsvectors under a GIN index, each phrase weighed by how rare it is.

PostgreSQL's own rank knows nothing of rarity, which is most of what BM25 is: it is counted here, in the same
query, from the steps that hold the phrase.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import text
from sqlalchemy.orm import Session

from pennydrop.library.search.phrase import Phrase
from pennydrop.library.search.words import words_of

_PUT = text(
    "INSERT INTO library_search (id, words) VALUES (:id, "
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
# Materialised: the planner would count the steps and read the question anew for each row.
_FOUND = text(
    """
    WITH asked AS MATERIALIZED (
        SELECT place, to_tsquery('pennydrop', phrase) AS query
        FROM unnest(CAST(:phrases AS text[])) WITH ORDINALITY AS given(phrase, place)
    ), held AS (
        SELECT step_id, ts_rank(CAST(:weights AS real[]), words, query, :by_length) AS rank,
            count(*) OVER (PARTITION BY place) AS holders
        FROM asked JOIN library_search ON words @@ query JOIN indexed_steps USING (id)
        WHERE organisation_id = :home
    ), counted AS MATERIALIZED (
        SELECT count(*) AS steps FROM indexed_steps WHERE organisation_id = :home
    )
    SELECT step_id, sum(rank * greatest(ln((steps - holders + 0.5) / (holders + 0.5)), 0.000001)) AS score
    FROM held, counted GROUP BY step_id ORDER BY score DESC, step_id LIMIT :most
    """
)
_KNOWN = text(
    "SELECT 1 FROM library_search JOIN indexed_steps USING (id) "
    "WHERE words @@ to_tsquery('pennydrop', :phrase) AND organisation_id = :home LIMIT 1"
)


class TsVector:
    """The table `library_search`; its `id` is that of an `IndexedStep`."""

    def put(self, session: Session, rows: Sequence[dict[str, object]]) -> None:
        session.execute(
            _PUT,
            [
                {
                    "id": row["id"],
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
        self, session: Session, home: str, phrases: Sequence[Phrase], most: int
    ) -> list[tuple[str, float]]:
        asked = {
            "phrases": [_query(phrase) for phrase in phrases],
            "home": home,
            "most": most,
            "weights": _WEIGHTS,
            "by_length": _BY_LENGTH,
        }
        rows = session.execute(_FOUND, asked)
        return [(step_id, float(score)) for step_id, score in rows.all()]

    def knows(self, session: Session, home: str, word: str) -> bool:
        found = session.execute(_KNOWN, {"phrase": _query(Phrase(word)), "home": home})
        return found.first() is not None


def _query(phrase: Phrase) -> str:
    return " <-> ".join(words_of(phrase.words)) + (":*" if phrase.begun else "")


def _spaced(*texts: object) -> str:
    """Return the words alone: PostgreSQL's parser makes addresses and hyphenated words into one."""
    return " ".join(word for text_ in texts for word in words_of(str(text_)))
