"""Reads back pieces of copies, which are fragmented MP4: how many frames, when, and does the last decode."""

from __future__ import annotations

from typing import Any

import av
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from pennydrop.media.inside.opening import open_film, video_of
from pennydrop.media.sandbox import source_path

TICKS = 90_000


def task(arguments: dict[str, Any]) -> dict[str, Any]:
    """Measure the first `files` sources. Times are in ticks of 1/90000 s, on the film's own clock."""
    return {"files": [_measure(source_path(number)) for number in range(arguments["files"])]}


def _measure(path: str) -> dict[str, Any]:
    with open_film(path) as film:
        video = video_of(film)
        frames, first, last = 0, 0, -1
        tail: list[Packet[VideoStream]] = []
        for packet in film.demux(video):
            if packet.pts is None or not packet.size or packet.time_base is None:
                continue
            at = round(packet.pts * packet.time_base * TICKS)
            if not frames:
                first = at
            frames, last = frames + 1, max(last, at)
            tail = [packet] if packet.is_keyframe else [*tail, packet]
        return {
            "width": video.width,
            "height": video.height,
            "frames": frames,
            "first": first,
            "last": last,
            "last_frame_decodes": _decodes(tail, last),
        }


def _decodes(tail: list[Packet[VideoStream]], last: int) -> bool:
    """Whether what begins with the last keyframe decodes up to the last frame."""
    shown = -1
    try:
        for packet in tail:
            shown = max([shown, *(_at(frame) for frame in packet.decode())])
        if tail:
            shown = max([shown, *(_at(frame) for frame in tail[-1].stream.decode(None))])
    except av.FFmpegError:
        return False
    return shown == last


def _at(frame: object) -> int:
    if not isinstance(frame, VideoFrame) or frame.pts is None or frame.time_base is None:
        return -1
    return round(frame.pts * frame.time_base * TICKS)
