"""What somebody asks, taken apart into ideas: each a word or two, and what else it may be called."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pennydrop.library.search.phrase import Phrase
from pennydrop.library.search.synonyms import synonyms
from pennydrop.library.search.words import EMPTY, asked

MAX_IDEAS = 12
# The last word may not be typed to its end yet.
_BEGUN = 3


@dataclass(frozen=True, slots=True)
class Idea:
    """One thing that was asked for: as it was said, and in other words."""

    said: tuple[Phrase, ...]
    meant: tuple[Phrase, ...] = ()


def ideas(
    q: str, *, is_known: Callable[[str], bool], corrections: Callable[[str], Sequence[str]]
) -> list[Idea]:
    """Take a question apart. Words that say nothing are left out, unless there are no others."""
    words = asked(q)
    found = _ideas(words, is_known, corrections)
    if not found:
        found = [Idea((Phrase(word),)) for word in words]
    return list(dict.fromkeys(found))[:MAX_IDEAS]


def side_by_side(q: str) -> list[Phrase]:
    """Return neighbouring words of a question: “long words” is more than “long” and “words”."""
    words = [word for word in asked(q) if word not in EMPTY][: MAX_IDEAS + 1]
    return list(dict.fromkeys(Phrase(f"{a} {b}") for a, b in pairwise(words)))


def _ideas(
    words: list[str], is_known: Callable[[str], bool], corrections: Callable[[str], Sequence[str]]
) -> list[Idea]:
    found: list[Idea] = []
    thesaurus, at = synonyms(), 0
    while at < len(words):
        length, others = thesaurus.at(words, at)
        if length > 1 or (length == 1 and words[at] not in EMPTY):
            said = " ".join(words[at : at + length])
            found.append(Idea((Phrase(said),), tuple(Phrase(other) for other in sorted(others))))
            at += length
            continue
        word = words[at]
        at += 1
        if word not in EMPTY:
            found.append(_idea(word, at == len(words), is_known, corrections))
    return found


def _idea(
    word: str, last: bool, is_known: Callable[[str], bool], corrections: Callable[[str], Sequence[str]]
) -> Idea:
    if is_known(word):
        return Idea((Phrase(word),))
    begun = (Phrase(word, begun=True),) if last and len(word) >= _BEGUN else ()
    thesaurus, other_words = synonyms(), list[str]()
    for meant in corrections(word):
        other_words += [meant, *thesaurus.at([meant], 0)[1]]
    return Idea((Phrase(word), *begun), tuple(Phrase(other) for other in dict.fromkeys(other_words)))
