"""Drawing a scene frame by frame, with a clock in the corner that differs on each."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from pennydrop.demo.actors import Actors
from pennydrop.demo.canvas import Picture, paint, rounded, write
from pennydrop.demo.room import room
from pennydrop.demo.scene import INK, PAPER, Scene


def frames(scene: Scene) -> Iterator[Picture]:
    """Yield every frame of the film in order."""
    background, actors = room(scene), Actors(scene)
    for number in range(scene.seconds * scene.fps):
        picture = background.copy()
        actors.draw(picture, number / scene.fps)
        _clock(picture, scene, number)
        yield picture


def still(scene: Scene, second: float) -> Picture:
    """Return one frame, for trying a scene out."""
    short = replace(scene, seconds=math.ceil(second) + 1)
    return next(f for i, f in enumerate(frames(short)) if i >= second * scene.fps)


def _clock(picture: Picture, scene: Scene, number: int) -> None:
    seconds, frame = divmod(number, scene.fps)
    text = f"{seconds // 60:02d}:{seconds % 60:02d}.{frame:02d}"
    scale = max(int(scene.unit * 0.55), 2)
    plate = rounded(scale * 48, scale * 11, scale * 2)
    left, top = int(3 * scene.unit), scene.height - int(3 * scene.unit) - plate.shape[0]
    paint(picture, plate, left, top, INK, 0.78)
    write(picture, text, left + scale * 3, top + scale * 2, scale, PAPER)
