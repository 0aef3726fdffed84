"""The people of a drawn lesson: an adult at the board, pupils around a table, hands that go up."""

from __future__ import annotations

import math

from pennydrop.demo.canvas import Colour, Picture, ellipse, paint, rounded
from pennydrop.demo.scene import INK, PAPER, Look, Pupil, Scene, answering, hand_is_up, speaking

_TABLE: Colour = (190, 152, 110)
_BLOCKS: tuple[Colour, ...] = ((184, 98, 60), (86, 128, 110), (206, 162, 84))


class Actors:
    """Everybody who moves in a scene; their shapes are made once."""

    def __init__(self, scene: Scene) -> None:
        u = scene.unit
        self.scene = scene
        self.body = rounded(int(24 * u), int(70 * u), int(10 * u))
        self.neck = rounded(int(6 * u), int(8 * u), int(2 * u))
        self.head = ellipse(int(13 * u), int(16 * u))
        self.crown = ellipse(int(15 * u), int(11 * u))
        self.locks = rounded(int(16.5 * u), int(25 * u), int(7.5 * u))
        self.scarf = ellipse(int(17 * u), int(21 * u))
        self.drape = rounded(int(16 * u), int(13 * u), int(6 * u))
        self.hand = ellipse(int(6 * u), int(6 * u))
        self.arm = rounded(int(5 * u), int(22 * u), int(2.4 * u))
        self.eye = ellipse(int(1.6 * u), int(1.8 * u))
        self.brow = rounded(int(2.6 * u), max(int(0.6 * u), 1), 0)
        self.cord = rounded(max(int(0.7 * u), 1), int(17 * u), 0)
        self.badge = rounded(int(4 * u), int(5 * u), int(0.8 * u))
        self.pupil_body = rounded(int(24 * u), int(40 * u), int(9 * u))
        self.pupil_head = ellipse(int(14 * u), int(15 * u))
        self.pupil_neck = rounded(int(5 * u), int(6 * u), int(u))
        self.pupil_locks = rounded(int(14 * u), int(17 * u), int(5 * u))
        self.table = rounded(int(scene.width * 0.62), int(9 * u), int(4 * u))

    def draw(self, picture: Picture, time: float) -> None:
        """Draw everybody as they are at this second."""
        scene = self.scene
        middle = 0.2 if scene.pupils else 0.24 if scene.partner else 0.34
        self._adult(picture, scene.adult, middle, time, speaking(time, scene.seed))
        if scene.partner:
            self._adult(picture, scene.partner, 0.62, time + 5, answering(time, scene.seed))
        for place, pupil in enumerate(self.scene.pupils):
            self._pupil(picture, pupil, place, time)
        if self.scene.pupils:
            self._table(picture)

    def _adult(self, picture: Picture, look: Look, middle: float, time: float, talks: bool) -> None:
        scene, u = self.scene, self.scene.unit
        phase = scene.seed * 1.7
        left = int(scene.width * middle + 9 * u * math.sin(time * 0.31 + phase))
        top = scene.height - int(66 * u)
        nod = top + int(0.7 * u * math.sin(time * 2.2 + phase))
        if look.style == "long":
            paint(picture, self.locks, left + int(3.8 * u), nod - int(2 * u), look.hair)
        paint(picture, self.arm, left - int(2 * u), top + int(22 * u), _darker(look.jumper))
        paint(picture, self.hand, left - int(2.5 * u), top + int(42 * u), look.skin)
        paint(picture, self.body, left, top + int(18 * u), look.jumper)
        paint(picture, self.neck, left + int(9 * u), top + int(13 * u), _darker(look.skin))
        paint(picture, self.cord, left + int(11.7 * u), top + int(19 * u), PAPER, 0.7)
        paint(picture, self.badge, left + int(10 * u), top + int(35 * u), PAPER, 0.9)
        reach = 0.5 + 0.5 * math.sin(time * 0.9 + phase)
        hand_y = top + int((34 - 20 * reach) * u)
        paint(picture, self.arm, left + int(22 * u), hand_y, _darker(look.jumper))
        paint(picture, self.hand, left + int(21.5 * u), hand_y - int(4 * u), look.skin)
        self._face(picture, look, left, nod, time, talks)

    def _face(self, picture: Picture, look: Look, left: int, top: int, time: float, talks: bool) -> None:
        u = self.scene.unit
        if look.style == "scarf":
            paint(picture, self.drape, left + int(4 * u), top + int(11 * u), look.hair)
            paint(picture, self.scarf, left + int(3.5 * u), top - int(3 * u), look.hair)
        else:
            paint(picture, self.crown, left + int(4.5 * u), top - int(2 * u), look.hair)
        paint(picture, self.head, left + int(5.5 * u), top, look.skin)
        if look.style == "long":
            # A parting: hair falls over the forehead from both sides.
            fringe = self.crown[: self.crown.shape[0] // 2]
            paint(picture, fringe, left + int(4.5 * u), top - int(2 * u), look.hair)
        for eye in (9.0, 14.0):
            paint(picture, self.eye, left + int(eye * u), top + int(6.5 * u), INK)
            paint(picture, self.brow, left + int((eye - 0.5) * u), top + int(4.9 * u), INK, 0.55)
        # The mouth opens with the same rhythm as the voice in `voice.py`; silent, it smiles.
        opening = 1.0 + 1.6 * abs(math.sin(time * 9)) * talks
        mouth = ellipse(int(4.4 * u), max(int(opening * u) * 2, 4))
        paint(picture, mouth[mouth.shape[0] // 2 :], left + int(9.8 * u), top + int(10.8 * u), (150, 70, 64))

    def _pupil(self, picture: Picture, pupil: Pupil, place: int, time: float) -> None:
        scene, u = self.scene, self.scene.unit
        left = int(scene.width * (0.42 + 0.18 * place) + 0.8 * u * math.sin(time * 1.3 + place * 2))
        top = scene.height - int(38 * u) + int(0.6 * u * math.sin(time * 1.9 + place))
        if hand_is_up(time, place, scene.seed):
            paint(picture, self.arm, left + int(19 * u), top - int(8 * u), _darker(pupil.jumper))
            paint(picture, self.hand, left + int(18.5 * u), top - int(12 * u), pupil.skin)
        paint(picture, self.pupil_neck, left + int(9.5 * u), top + int(11 * u), pupil.skin)
        paint(picture, self.pupil_body, left, top + int(15 * u), pupil.jumper)
        paint(picture, self.pupil_head, left + int(5 * u), top, pupil.hair)
        if pupil.long:
            paint(picture, self.pupil_locks, left + int(5 * u), top + int(6 * u), pupil.hair)

    def _table(self, picture: Picture) -> None:
        scene, u = self.scene, self.scene.unit
        left, top = int(scene.width * 0.37), scene.height - int(15 * u)
        paint(picture, self.table, left, top, _TABLE)
        thing = rounded(int(4 * u), int(4 * u), int(0.6 * u)) if scene.blocks else None
        for place in range(len(scene.pupils)):
            x = int(scene.width * (0.42 + 0.18 * place) + 5 * u)
            if thing is None:
                paint(picture, rounded(int(13 * u), int(3.4 * u), int(0.8 * u)), x, top + int(2 * u), PAPER)
                continue
            for index, colour in enumerate(_BLOCKS):
                paint(
                    picture, thing, x + int(index * 4.6 * u), top - int((place + index) % 2 * 4 * u), colour
                )


def _darker(colour: Colour) -> Colour:
    red, green, blue = (int(c * 0.9) for c in colour)
    return red, green, blue
