"""A small canvas: flat shapes with soft edges on an RGB picture, and a few characters in a pixel font."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Picture = npt.NDArray[np.uint8]
"""Height × width × 3, red green blue, 0 to 255."""
Mask = npt.NDArray[np.uint16]
"""Height × width, 0 (outside) to 256 (inside): whole numbers paint several times quicker than fractions."""
Colour = tuple[int, int, int]

# Most are five columns by seven rows, read from the top; the narrow ones are so on purpose.
_GLYPHS = {
    "0": "01110 10001 10011 10101 11001 10001 01110",
    "1": "00100 01100 00100 00100 00100 00100 01110",
    "2": "01110 10001 00001 00110 01000 10000 11111",
    "3": "11110 00001 00001 01110 00001 00001 11110",
    "4": "00010 00110 01010 10010 11111 00010 00010",
    "5": "11111 10000 11110 00001 00001 10001 01110",
    "6": "00110 01000 10000 11110 10001 10001 01110",
    "7": "11111 00001 00010 00100 01000 01000 01000",
    "8": "01110 10001 10001 01110 10001 10001 01110",
    "9": "01110 10001 10001 01111 00001 00010 01100",
    "+": "00000 00100 00100 11111 00100 00100 00000",
    "=": "00000 00000 11111 00000 11111 00000 00000",
    "s": "00000 00000 01111 10000 01110 00001 11110",
    "h": "10000 10000 10110 11001 10001 10001 10001",
    "i": "010 000 110 010 010 010 111",
    "p": "00000 00000 11110 10001 11110 10000 10000",
    ":": "0 1 1 0 1 1 0",
    ".": "0 0 0 0 0 1 1",
}


def blank(width: int, height: int, top: Colour, bottom: Colour) -> Picture:
    """Return a picture that fades from one colour at the top to another at the bottom."""
    fade = np.linspace(0, 1, height, dtype=np.float32)[:, None, None]
    colours = np.array(top, np.float32) * (1 - fade) + np.array(bottom, np.float32) * fade
    return np.repeat(colours, width, axis=1).astype(np.uint8)


def ellipse(width: int, height: int) -> Mask:
    """Return the mask of an ellipse that fills a box, its edge one pixel soft."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    rx, ry = width / 2, height / 2
    distance = np.hypot((x + 0.5 - rx) / rx, (y + 0.5 - ry) / ry)
    return _soft((1 - distance) * min(rx, ry))


def rounded(width: int, height: int, radius: int) -> Mask:
    """Return the mask of a box with rounded corners, its edge one pixel soft."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    dx = np.maximum(np.abs(x + 0.5 - width / 2) - (width / 2 - radius), 0)
    dy = np.maximum(np.abs(y + 0.5 - height / 2) - (height / 2 - radius), 0)
    return _soft(radius - np.hypot(dx, dy))


def _soft(inside: npt.NDArray[np.float32]) -> Mask:
    """Turn distances from an edge, in pixels, into a mask whose edge is one pixel soft."""
    mask: Mask = (np.clip(inside + 0.5, 0, 1) * 256).astype(np.uint16)
    return mask


def paint(picture: Picture, mask: Mask, left: int, top: int, colour: Colour, strength: float = 1.0) -> None:
    """Lay a colour through a mask, with its left upper corner at (left, top); what falls outside is cut."""
    height, width = picture.shape[:2]
    x0, y0 = max(left, 0), max(top, 0)
    x1, y1 = min(left + mask.shape[1], width), min(top + mask.shape[0], height)
    if x0 >= x1 or y0 >= y1:
        return
    part = mask[y0 - top : y1 - top, x0 - left : x1 - left, None]
    if strength < 1:
        part = (part * strength).astype(np.uint16)
    place = picture[y0:y1, x0:x1]
    # 255 times 256 is the most that 16 bits have to hold.
    place[:] = (place * (256 - part) + np.array(colour, np.uint16) * part) >> 8


def write(picture: Picture, text: str, left: int, top: int, scale: int, colour: Colour) -> None:
    """Write characters of the pixel font, `scale` pixels to a dot."""
    for character in text:
        rows = _GLYPHS[character].split()
        glyph = np.array([[256 * int(dot) for dot in row] for row in rows], np.uint16)
        mask = glyph.repeat(scale, axis=0).repeat(scale, axis=1)
        paint(picture, mask, left, top, colour)
        left += mask.shape[1] + scale
