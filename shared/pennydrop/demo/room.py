"""The room of a drawn lesson: what stands still in it."""

from __future__ import annotations

from pennydrop.demo.canvas import Colour, Picture, blank, ellipse, paint, rounded, write
from pennydrop.demo.scene import PAPER, Scene

_BRIGHT: tuple[Colour, ...] = ((184, 98, 60), (86, 128, 110), (206, 162, 84), (96, 112, 150))
_PEN: Colour = (70, 84, 110)


def room(scene: Scene) -> Picture:
    """Return wall, window, shelf, bunting and board."""
    u = scene.unit
    red, green, blue = (max(c - 26, 0) for c in scene.wall)
    picture = blank(scene.width, scene.height, scene.wall, (red, green, blue))
    _bunting(picture, scene)
    _window(picture, u)
    _shelf(picture, u)
    _board(picture, scene)
    floor = rounded(scene.width + 40, int(30 * u), 0)
    paint(picture, floor, -20, scene.height - int(16 * u), (150, 118, 88))
    return picture


def _bunting(picture: Picture, scene: Scene) -> None:
    u = scene.unit
    flag = rounded(int(4.4 * u), int(5 * u), int(1.6 * u))
    for index in range(int(scene.width / (8 * u)) + 1):
        sag = abs(index % 6 - 3) * 0.5
        colour = _BRIGHT[index % len(_BRIGHT)]
        paint(picture, flag, int((index * 8 + 1) * u), int((1.2 - sag) * u), colour, 0.75)


def _window(picture: Picture, u: float) -> None:
    paint(picture, rounded(int(24 * u), int(28 * u), int(2 * u)), int(4 * u), int(11 * u), (246, 240, 228))
    paint(picture, rounded(int(22 * u), int(26 * u), int(1.2 * u)), int(5 * u), int(12 * u), (198, 222, 230))
    # A hill and a tree outside.
    paint(picture, rounded(int(22 * u), int(9 * u), int(1.2 * u)), int(5 * u), int(29 * u), (152, 182, 136))
    paint(picture, ellipse(int(9 * u), int(10 * u)), int(15 * u), int(20.5 * u), (112, 152, 108))
    paint(picture, rounded(int(1.2 * u), int(26 * u), 0), int(15.4 * u), int(12 * u), (246, 240, 228))


def _shelf(picture: Picture, u: float) -> None:
    paint(picture, rounded(int(24 * u), int(1.6 * u), 0), int(4 * u), int(58 * u), (140, 108, 78))
    for index in range(7):
        tall = 9 + (index * 5) % 4
        book = rounded(int(2.5 * u), int(tall * u), int(0.4 * u))
        place = int((5 + index * 2.8) * u)
        paint(picture, book, place, int((58 - tall) * u), _BRIGHT[(index * 3) % len(_BRIGHT)], 0.9)


def _board(picture: Picture, scene: Scene) -> None:
    # Right of the window, which is nearer to the middle where the picture is upright.
    left = max(int(scene.width * 0.42), int(31 * scene.unit))
    width = min(int(scene.width * 0.52), scene.width - left - int(scene.unit))
    # In an upright picture the board is as narrow as the wall, and what is on it as small.
    u = min(scene.unit, width / 92)
    top, height, edge = int(12 * scene.unit), int(42 * u), int(1.4 * u)
    paint(picture, rounded(width, height, int(2 * u)), left, top, (120, 98, 74))
    inner = rounded(width - 2 * edge, height - 2 * edge, int(u))
    surface = (44, 52, 84) if scene.board == "night" else PAPER
    paint(picture, inner, left + edge, top + edge, surface)
    draw = {"words": _words, "sounds": _sounds, "sums": _sums, "night": _night}[scene.board]
    draw(picture, u, left + int(5 * u), top + int(6 * u), width - int(10 * u))


def _words(picture: Picture, u: float, left: int, top: int, width: int) -> None:
    """A picture from the book, and lines of writing that nobody has to be able to read."""
    paint(picture, rounded(int(22 * u), int(22 * u), int(u)), left, top, (214, 228, 226))
    paint(picture, ellipse(int(7 * u), int(7 * u)), left + int(12 * u), top + int(3 * u), (222, 170, 84))
    paint(picture, ellipse(int(16 * u), int(13 * u)), left + int(3 * u), top + int(9 * u), (112, 152, 108))
    for row in range(4):
        line = rounded(int((width - 26 * u) * (1 - 0.17 * (row % 3))), int(1.8 * u), int(0.9 * u))
        paint(picture, line, left + int(26 * u), top + int((2 + row * 6) * u), _PEN, 0.75)
    paint(picture, rounded(int(width * 0.7), int(1.8 * u), int(0.9 * u)), left, top + int(27 * u), _PEN, 0.75)


def _sounds(picture: Picture, u: float, left: int, top: int, width: int) -> None:
    """A sound, big, and a word with it, its sounds marked by dots."""
    write(picture, "sh", left, top, max(int(1.9 * u), 2), (150, 70, 64))
    write(picture, "ship", left + int(32 * u), top + int(4 * u), max(int(1.3 * u), 2), _PEN)
    for index in range(3):
        dot = ellipse(int(2 * u), int(2 * u))
        paint(picture, dot, left + int((37 + index * 11) * u), top + int(16 * u), (184, 98, 60))
    paint(picture, rounded(int(width * 0.9), int(1.2 * u), 0), left, top + int(25 * u), _PEN, 0.5)


def _sums(picture: Picture, u: float, left: int, top: int, width: int) -> None:
    """A sum, and the line of numbers below it."""
    write(picture, "4+3=7", left + int(8 * u), top + int(2 * u), max(int(1.5 * u), 2), _PEN)
    line_top = top + int(25 * u)
    paint(picture, rounded(width, int(0.9 * u), 0), left, line_top, _PEN)
    for index in range(11):
        place = left + int(index * (width - u) / 10)
        colour, size = ((184, 98, 60), 3.0) if index in (4, 7) else (_PEN, 1.6)
        bead = ellipse(int(size * u), int(size * u))
        paint(picture, bead, place - int((size - 1) * u / 2), line_top - int((size - 0.9) * u / 2), colour)


def _night(picture: Picture, u: float, left: int, top: int, width: int) -> None:
    """The last picture of the story: a moon over hills, and stars."""
    paint(picture, ellipse(int(12 * u), int(12 * u)), left + int(width * 0.68), top, (244, 226, 174))
    for index in range(9):
        star = ellipse(int(1.4 * u), int(1.4 * u))
        paint(
            picture, star, left + int(width * (index * 0.37 % 0.95)), top + (index * 5 % 14) * int(u), PAPER
        )
    hill = ellipse(int(width * 0.62), int(20 * u))
    paint(picture, hill[: hill.shape[0] // 2], left, top + int(19 * u), (66, 92, 96))
    paint(picture, hill[: hill.shape[0] // 2], left + int(width * 0.38), top + int(21 * u), (84, 112, 100))
