"""What a drawn lesson shows: the room, who is in it, and who speaks when."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from pennydrop.demo.canvas import Colour

INK: Colour = (44, 38, 32)
PAPER: Colour = (250, 246, 238)

Hair = Literal["short", "long", "scarf"]
Board = Literal["words", "sounds", "sums", "night"]


@dataclass(frozen=True, slots=True)
class Look:
    """How the adult of a scene looks. With a scarf, `hair` is the scarf's colour."""

    skin: Colour = (222, 184, 152)
    hair: Colour = (70, 48, 36)
    style: Hair = "short"
    jumper: Colour = (52, 104, 84)


@dataclass(frozen=True, slots=True)
class Pupil:
    """A pupil as seen from the back of the room."""

    jumper: Colour
    hair: Colour
    skin: Colour
    long: bool = False


CLASS = (
    Pupil((156, 88, 62), (58, 40, 30), (150, 104, 74)),
    Pupil((74, 92, 130), (128, 84, 44), (226, 188, 158), long=True),
    Pupil((172, 138, 66), (34, 28, 26), (196, 150, 112)),
)


@dataclass(frozen=True, slots=True)
class Scene:
    """What a film shows. Sizes in pixels, times in seconds; `seed` shifts everybody's movements."""

    width: int
    height: int
    seconds: int
    fps: int = 25
    seed: int = 0
    wall: Colour = (214, 200, 178)
    adult: Look = Look()
    pupils: tuple[Pupil, ...] = CLASS
    """Nobody: a rehearsal in an empty room."""
    partner: Look | None = None
    """Whom the adult talks with, where it is a meeting of two."""
    board: Board = "words"
    blocks: bool = False
    """Counting blocks lie on the table instead of books."""

    @property
    def unit(self) -> float:
        """One hundredth of the short side, more where the picture is upright: everything is drawn in it."""
        return min(self.width, self.height) / 100 * (1.55 if self.height > self.width else 1.0)


def speaking(time: float, seed: int) -> bool:
    """Say whether somebody talks at this second: phrases with pauses between them."""
    return math.sin(time * 0.8 + seed) + 0.6 * math.sin(time * 2.1 + seed * 3) > -0.45


def hand_is_up(time: float, index: int, seed: int) -> bool:
    """Say whether the pupil at this place wants to say something at this second."""
    return math.sin(time * 0.35 + index * 2.1 + seed) > 0.55


def answering(time: float, seed: int) -> bool:
    """Say whether the other of two talks at this second: some time after the first has stopped."""
    return not speaking(time, seed) and not speaking(time - 0.4, seed)
