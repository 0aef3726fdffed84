"""What somebody asks, taken apart into ideas: each a word or two, and what else it may be called."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
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
    q: str,
    *,
    known: Callable[[Collection[str]], Collection[str]],
    corrections: Callable[[str], Sequence[str]],
) -> list[Idea]:
    """Take a question apart. Words that say nothing are left out, unless there are no others.

    `known` tells which of some words the library holds: it is asked once. `corrections` is asked about each
    word that it doesn't.
    """
    words = asked(q)
    found = _ideas(words, known, corrections)
    if not found:
        found = [Idea((Phrase(word),)) for word in words]
    return list(dict.fromkeys(found))[:MAX_IDEAS]


def side_by_side(q: str) -> list[Phrase]:
    """Return neighbouring words of a question: “long words” is more than “long” and “words”."""
    words = [word for word in asked(q) if word not in EMPTY][: MAX_IDEAS + 1]
    return list(dict.fromkeys(Phrase(f"{a} {b}") for a, b in pairwise(words)))


def _ideas(
    words: list[str],
    known: Callable[[Collection[str]], Collection[str]],
    corrections: Callable[[str], Sequence[str]],
) -> list[Idea]:
    parts: list[Idea | str] = []
    thesaurus, at = synonyms(), 0
    while at < len(words):
        length, others = thesaurus.at(words, at)
        if length > 1 or (length == 1 and words[at] not in EMPTY):
            said = " ".join(words[at : at + length])
            parts.append(Idea((Phrase(said),), tuple(Phrase(other) for other in sorted(others))))
            at += length
            continue
        if words[at] not in EMPTY:
            parts.append(words[at])
        at += 1
    single = {part for part in parts if isinstance(part, str)}
    held = known(single) if single else ()
    last = words[-1] if words else ""
    return [
        part
        if isinstance(part, Idea)
        else Idea((Phrase(part),))
        if part in held
        else _idea(part, part == last, corrections)
        for part in parts
    ]


def _idea(word: str, last: bool, corrections: Callable[[str], Sequence[str]]) -> Idea:
    """Return what a word may mean that the library doesn't hold: half typed, or mistyped."""
    begun = (Phrase(word, begun=True),) if last and len(word) >= _BEGUN else ()
    thesaurus, other_words = synonyms(), list[str]()
    for meant in corrections(word):
        other_words += [meant, *thesaurus.at([meant], 0)[1]]
    return Idea((Phrase(word), *begun), tuple(Phrase(other) for other in dict.fromkeys(other_words)))
