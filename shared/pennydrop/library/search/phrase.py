"""What an index is asked for: a word, or some words in a row."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrase:
    """Plain words, in small letters. An index takes them apart itself: `1:1` is two words in a row."""

    words: str
    begun: bool = False
    """The last word may go on: `carp` finds `carpet` too."""
