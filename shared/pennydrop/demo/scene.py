"""A drawn lesson: a teaching assistant at the board, pupils around a table, hands that go up."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pennydrop.demo.canvas import Colour, Mask, Picture, blank, ellipse, paint, rounded, write

INK: Colour = (44, 38, 32)
PAPER: Colour = (250, 246, 238)


@dataclass(frozen=True, slots=True)
class Scene:
    """What a film shows. Sizes in pixels, times in seconds; `seed` shifts everybody's movements."""

    width: int
    height: int
    seconds: int
    fps: int = 25
    seed: int = 0
    wall: Colour = (214, 200, 178)
    jumper: Colour = (52, 104, 84)
    pupils: tuple[Colour, ...] = ((156, 88, 62), (74, 92, 130), (172, 138, 66))
    alone: bool = False
    """A rehearsal: no pupils in the room."""

    @property
    def unit(self) -> float:
        """One hundredth of the short side: everything is drawn in it."""
        return min(self.width, self.height) / 100


@dataclass(frozen=True, slots=True)
class _Sprites:
    body: Mask
    head: Mask
    hair: Mask
    hand: Mask
    arm: Mask
    pupil_body: Mask
    pupil_head: Mask


def frames(scene: Scene) -> Iterator[Picture]:
    """Yield every frame of the film in order."""
    room = _room(scene)
    sprites = _sprites(scene)
    for number in range(scene.seconds * scene.fps):
        time = number / scene.fps
        picture = room.copy()
        _adult(picture, scene, sprites, time)
        if not scene.alone:
            _pupils(picture, scene, sprites, time)
        _clock(picture, scene, number)
        yield picture


def still(scene: Scene, second: float) -> Picture:
    """Return one frame, for trying a scene out."""
    short = replace(scene, seconds=math.ceil(second) + 1)
    return next(f for i, f in enumerate(frames(short)) if i >= second * scene.fps)


def _room(scene: Scene) -> Picture:
    u = scene.unit
    dim = tuple(max(c - 26, 0) for c in scene.wall)
    picture = blank(scene.width, scene.height, scene.wall, (dim[0], dim[1], dim[2]))
    board_width, board_height = int(scene.width * 0.52), int(42 * u)
    left, top = int(scene.width * 0.4), int(12 * u)
    paint(picture, rounded(board_width, board_height, int(2 * u)), left, top, (120, 98, 74))
    edge = int(1.4 * u)
    board = rounded(board_width - 2 * edge, board_height - 2 * edge, int(u))
    paint(picture, board, left + edge, top + edge, PAPER)
    # Lines of writing that nobody has to be able to read.
    for row in range(4):
        line = rounded(int(board_width * (0.72 - 0.13 * (row % 3))), int(1.8 * u), int(0.9 * u))
        paint(picture, line, left + int(5 * u), top + int((8 + row * 8) * u), (70, 84, 110), 0.75)
    window = rounded(int(22 * u), int(26 * u), int(1.5 * u))
    paint(picture, window, int(5 * u), int(12 * u), (222, 234, 236))
    paint(picture, rounded(int(1.2 * u), int(26 * u), 0), int(15.4 * u), int(12 * u), (160, 146, 124))
    floor = rounded(scene.width + 40, int(30 * u), 0)
    paint(picture, floor, -20, scene.height - int(16 * u), (150, 118, 88))
    return picture


def _sprites(scene: Scene) -> _Sprites:
    u = scene.unit
    return _Sprites(
        body=rounded(int(24 * u), int(70 * u), int(10 * u)),
        head=ellipse(int(13 * u), int(16 * u)),
        hair=ellipse(int(15 * u), int(11 * u)),
        hand=ellipse(int(6 * u), int(6 * u)),
        arm=rounded(int(5 * u), int(22 * u), int(2.4 * u)),
        pupil_body=rounded(int(24 * u), int(40 * u), int(9 * u)),
        pupil_head=ellipse(int(14 * u), int(15 * u)),
    )


def _adult(picture: Picture, scene: Scene, sprites: _Sprites, time: float) -> None:
    u, phase = scene.unit, scene.seed * 1.7
    left = int(scene.width * 0.2 + 9 * u * math.sin(time * 0.31 + phase))
    nod = int(0.7 * u * math.sin(time * 2.2 + phase))
    top = scene.height - int(66 * u)
    paint(picture, sprites.body, left, top + int(18 * u), scene.jumper)
    reach = 0.5 + 0.5 * math.sin(time * 0.9 + phase)
    hand_y = top + int((34 - 20 * reach) * u)
    paint(picture, sprites.arm, left + int(22 * u), hand_y, scene.jumper)
    paint(picture, sprites.hand, left + int(21.5 * u), hand_y - int(4 * u), (222, 184, 152))
    paint(picture, sprites.hair, left + int(4.5 * u), top + nod - int(2 * u), (70, 48, 36))
    paint(picture, sprites.head, left + int(5.5 * u), top + nod, (222, 184, 152))
    for eye in (9.0, 14.0):
        paint(picture, ellipse(int(1.6 * u), int(1.8 * u)), left + int(eye * u), top + nod + int(6 * u), INK)
    # The mouth opens with the same rhythm as the voice in `voice.py`.
    opening = 1.0 + 1.6 * abs(math.sin(time * 9)) * (1 if speaking(time, scene.seed) else 0)
    mouth = ellipse(int(4 * u), max(int(opening * u), 2))
    paint(picture, mouth, left + int(10 * u), top + nod + int(11 * u), (150, 70, 64))


def _pupils(picture: Picture, scene: Scene, sprites: _Sprites, time: float) -> None:
    u = scene.unit
    table = rounded(int(scene.width * 0.62), int(9 * u), int(4 * u))
    for index, colour in enumerate(scene.pupils):
        left = int(scene.width * (0.42 + 0.18 * index) + 0.8 * u * math.sin(time * 1.3 + index * 2))
        top = scene.height - int(38 * u) + int(0.6 * u * math.sin(time * 1.9 + index))
        if _hand_is_up(time, index, scene.seed):
            paint(picture, sprites.arm, left + int(19 * u), top - int(8 * u), colour)
            paint(picture, sprites.hand, left + int(18.5 * u), top - int(12 * u), (206, 160, 126))
        paint(picture, sprites.pupil_body, left, top + int(13 * u), colour)
        paint(picture, sprites.pupil_head, left + int(5 * u), top, (92 + 30 * index, 62 + 14 * index, 42))
    paint(picture, table, int(scene.width * 0.37), scene.height - int(15 * u), (190, 152, 110))


def speaking(time: float, seed: int) -> bool:
    """Say whether somebody talks at this second: phrases with pauses between them."""
    return math.sin(time * 0.8 + seed) + 0.6 * math.sin(time * 2.1 + seed * 3) > -0.45


def _hand_is_up(time: float, index: int, seed: int) -> bool:
    return math.sin(time * 0.35 + index * 2.1 + seed) > 0.55


def _clock(picture: Picture, scene: Scene, number: int) -> None:
    seconds, frame = divmod(number, scene.fps)
    text = f"{seconds // 60:02d}:{seconds % 60:02d}.{frame:02d}"
    scale = max(int(scene.unit * 0.55), 2)
    plate = rounded(scale * 48, scale * 11, scale * 2)
    left, top = int(3 * scene.unit), scene.height - int(3 * scene.unit) - plate.shape[0]
    paint(picture, plate, left, top, INK, 0.78)
    write(picture, text, left + scale * 3, top + scale * 2, scale, PAPER)
