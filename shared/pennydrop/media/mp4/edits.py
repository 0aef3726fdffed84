"""Reads a track's edit list (ISO/IEC 14496-12, 8.6.6): what of it is shown, and when it begins."""

from __future__ import annotations

from dataclasses import dataclass

from pennydrop.media.mp4.boxes import Box, Mp4Unreadable, NotPlainMp4, child

NORMAL_SPEED = 0x10000
# Phones write one or two; a longer list is an edited film.
MAX_EDITS = 64


@dataclass(frozen=True, slots=True)
class Edit:
    """One stretch of a track: shown from `start` for `length` (None: to its end), after waiting for `delay`.

    `start` is in the track's ticks, `delay` and `length` in the movie's.
    """

    start: int = 0
    length: int | None = None
    delay: int = 0


def read_edit(trak: Box) -> Edit:
    """Return the one stretch of the track that is shown.

    Raises `NotPlainMp4` when the list joins several stretches or changes the speed.
    """
    edts = child(trak, b"edts")
    elst = child(edts, b"elst") if edts else None
    if elst is None or elst.u32(4) == 0:
        return Edit()
    delay, shown = 0, None
    for length, start, rate in _entries(elst):
        if start == -1:
            if shown is None:
                delay += length
            continue
        if start < 0:
            raise Mp4Unreadable("The video's index is damaged: its edit list begins before the film.")
        if rate != NORMAL_SPEED:
            raise NotPlainMp4("The video plays parts of itself faster or slower.")
        if shown is not None:
            raise NotPlainMp4("The video is put together from several stretches of film.")
        shown = Edit(start, length or None, delay)
    return shown or Edit(delay=delay)


def _entries(elst: Box) -> list[tuple[int, int, int]]:
    count = elst.u32(4)
    if count > MAX_EDITS:
        raise NotPlainMp4("The video is put together from several stretches of film.")
    if elst.version:
        places = range(8, 8 + 20 * count, 20)
        return [(elst.u64(at), elst.i64(at + 8), elst.u32(at + 16)) for at in places]
    places = range(8, 8 + 12 * count, 12)
    return [(elst.u32(at), elst.i32(at + 4), elst.u32(at + 8)) for at in places]
