"""What a mistyped word may have been meant to be.

Whole words of the library are compared, by how many slips lie between them: three letters in common, which
trigrams look for, is more than “litsen” and “listen” share.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.library.search.tables import IndexedWord

# In shorter words every slip makes another word.
_SHORTEST = 4
_AT_MOST = 3


def meant(session: Session, organisation_id: str, word: str) -> Sequence[str]:
    """Return the words of a library that are a slip or two away from this one, the nearest first."""
    if len(word) < _SHORTEST:
        return ()
    slips = 1 if len(word) < 7 else 2
    # The first letter is seldom wrong, but the first two change places.
    rows = session.scalars(
        select(IndexedWord.word).where(
            IndexedWord.organisation_id == organisation_id, IndexedWord.initial.in_({word[0], word[1]})
        )
    )
    return nearest(word, rows, slips)


def nearest(word: str, words: Iterable[str], slips: int) -> list[str]:
    found = []
    for other in words:
        if abs(len(other) - len(word)) <= slips and len(other) >= _SHORTEST:
            distance = slips_between(word, other, slips)
            if distance <= slips:
                found.append((distance, other[0] != word[0], other))
    return [other for _, _, other in sorted(found)[:_AT_MOST]]


def slips_between(a: str, b: str, most: int) -> int:
    """Count letters missing, added, changed or swapped with their neighbour; gives up beyond `most`.

    The optimal string alignment distance, row by row.
    """
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        two_before, before, row = before, row, [i]
        for j, other in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == other:
                cost = min(cost, two_before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
