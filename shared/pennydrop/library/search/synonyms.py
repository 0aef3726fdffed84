"""Other words for the same thing, as people in schools use them (`plain_words.txt`)."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from pennydrop.library.search.words import stem, words_of
from pennydrop.spelling import plain

Phrase = tuple[str, ...]
"""The stems of one or more words in a row."""


@dataclass(slots=True)
class Synonyms:
    """Groups of words that mean the same, by the stems of each."""

    groups: dict[Phrase, set[str]] = field(default_factory=dict)
    longest: int = 1

    def add(self, phrases: list[str]) -> None:
        """Let each of these lead to all of the others."""
        for phrase in phrases:
            key = stems(phrase)
            self.groups.setdefault(key, set()).update(phrases)
            self.longest = max(self.longest, len(key))

    def at(self, words: list[str], start: int) -> tuple[int, set[str]]:
        """Return how many words from `start` on make the longest known phrase, and what else it is called."""
        for length in range(min(self.longest, len(words) - start), 0, -1):
            key = tuple(stem(word) for word in words[start : start + length])
            if key in self.groups:
                return length, self.groups[key]
        return 0, set()


def stems(phrase: str) -> Phrase:
    return tuple(stem(word) for word in words_of(plain(phrase)))


@cache
def synonyms() -> Synonyms:
    """Return the groups of the file beside this one."""
    found = Synonyms()
    for line in files(__package__).joinpath("plain_words.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            found.add([plain(phrase.strip()) for phrase in line.split(",")])
    return found
