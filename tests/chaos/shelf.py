"""Films for as long as a trial goes on, each from those that were made once."""

from __future__ import annotations

import itertools
import secrets
import shutil
import struct
from pathlib import Path

from tests.chaos.films import a_film_like_no_other

_KINDS = 4


class Shelf:
    """Makes a film of each kind once, and every film of these: encoding one takes longer than sending it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        (folder / "shelf").mkdir()
        self._kinds = [a_film_like_no_other(folder / "shelf", number) for number in range(_KINDS)]
        self._numbers = itertools.count()

    def film(self) -> Path:
        """Make the next one; whoever took it may remove it."""
        number = next(self._numbers)
        path = self._folder / f"Film {number}.mp4"
        shutil.copy(self._kinds[number % _KINDS], path)
        with path.open("ab") as file:
            file.write(struct.pack(">I4s", 40, b"free") + secrets.token_bytes(32))
        return path
