"""Reads a film from its beginning to its end without decoding it: when frames are shown, what is heard."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from av.container import InputContainer
from av.stream import Discard
from av.video.stream import VideoStream as AvVideo

from pennydrop.media.failures import MediaFailure
from pennydrop.media.frames import FrameTable
from pennydrop.media.inside.opening import open_film, video_of
from pennydrop.media.probe import WITHOUT_TIMES

MAX_PACKETS = 10_000_000
# Stands for a time that a packet doesn't have.
NONE = -(1 << 62)


def frames_by_reading(path: str, position: int, first_pts: int) -> tuple[FrameTable, int]:
    """Read every packet's time, from the first frame that decodes; return that time in the film's ticks, too.

    The film is opened anew: not every film can be searched, and some begin before their time 0.
    """
    with open_film(path) as film:
        return _read_times(film, video_of(film, position), first_pts)


def _read_times(film: InputContainer, video: AvVideo, first_pts: int) -> tuple[FrameTable, int]:
    for stream in film.streams:
        if stream.index != video.index:
            stream.discard = Discard.all
    times: list[int] = []
    decode_times: list[int] = []
    keys: list[bool] = []
    last_duration = 0
    latest = NONE
    for number, packet in enumerate(film.demux(video)):
        if number > MAX_PACKETS:
            raise MediaFailure("times_unreadable", technical="more packets than any film has")
        if not packet.size or packet.is_discard:
            continue
        times.append(NONE if packet.pts is None else packet.pts)
        decode_times.append(NONE if packet.dts is None else packet.dts)
        keys.append(packet.is_keyframe)
        if times[-1] > latest:
            latest, last_duration = times[-1], packet.duration or 0
    pts, flags = np.array(times, np.int64), np.array(keys, np.bool_)
    if film.format.name in WITHOUT_TIMES or not (pts > NONE).any():
        # What the demuxer guesses from decoding times is late where pictures are reordered.
        pts = np.array(decode_times, np.int64)
        first_pts = int(pts[flags.argmax()]) if len(pts) else first_pts
    kept = pts >= first_pts
    if not kept.any():
        raise MediaFailure("times_unreadable", technical="no packet has the first frame's time")
    flags = flags | (pts == first_pts)
    tick = video.time_base or Fraction(1, 90_000)
    frames = FrameTable.from_pts(
        pts[kept] * tick.numerator,
        flags[kept],
        timescale=tick.denominator,
        last_duration=last_duration * tick.numerator,
    )
    return frames, first_pts


def is_heard(path: str, position: int, start: Fraction, end: Fraction) -> bool:
    """Whether any sound of that track belongs to the picture: recorders leave tracks behind, empty."""
    with open_film(path) as film:
        for stream in film.streams:
            if stream.index != position:
                stream.discard = Discard.all
        for packet in film.demux(film.streams[position]):
            if packet.pts is None or packet.time_base is None or not packet.size or packet.is_discard:
                continue
            begins = packet.pts * packet.time_base
            if begins < end and begins + (packet.duration or 1) * packet.time_base > start:
                return True
    return False
