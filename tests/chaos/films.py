"""Films for trials: short, and none like another, as the same bytes would be stored once."""

from __future__ import annotations

import random
import struct
from pathlib import Path

from tests.factories.films import a_phone_film, an_old_phone_film

_EVERY_OTHER = 4
"""One film of so many doesn't play as it is, so that its copies are somebody's wait."""


def a_film_like_no_other(
    folder: Path, number: int, *, filler: int = 300_000, width: int = 640, height: int = 360
) -> Path:
    """Make a film of a few seconds with so many bytes in it that nobody reads."""
    path = folder / f"Film {number}.mp4"
    if number % _EVERY_OTHER == _EVERY_OTHER - 1:
        an_old_phone_film(path)
    else:
        a_phone_film(path, seconds=6.0, width=width, height=height)
    with path.open("ab") as file:
        file.write(struct.pack(">I4s", filler + 8, b"free") + random.Random(str(path)).randbytes(filler))
    return path
