"""Texts as they are compared: without accents, capitals and apostrophes."""

from __future__ import annotations

import unicodedata

# Letters that are no other letter with an accent, as they are typed where a keyboard has none of them.
_TYPED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss", "ı": "i"}
)


def plain(text: str) -> str:
    """Return a text without accents: “Don’t” is the same word as “dont”, and “café” as “cafe”."""
    spelled = unicodedata.normalize("NFKD", text.lower()).replace("'", "").replace("’", "")
    return "".join(letter for letter in spelled if not unicodedata.combining(letter))


def sortable(name: str) -> str:
    """Return a name as it is sorted and looked for, of at most 200 characters: “Łukasz” as “lukasz”."""
    return plain(name).translate(_TYPED)[:200]
