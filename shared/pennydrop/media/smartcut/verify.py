"""Reads a finished clip back: a cut counts only when it shows what was asked for."""

from __future__ import annotations

from pathlib import Path

import av
from av.video.stream import VideoStream

from pennydrop.errors import PennydropError

TOLERANCE_MS = 2.0


class CutFlawed(PennydropError):
    """A clip that was just cut doesn't show what it should; the sentence says how."""


def verify_cut(path: Path, expected_frames: int, expected_duration_ms: int) -> None:
    """Count the clip's pictures, measure it, and decode its first and its last frame.

    Raises `CutFlawed` when one of them is not as expected.
    """
    options = {"protocol_whitelist": "file", "format_whitelist": "mov"}
    try:
        with av.open(f"file:{path}", format="mp4", options=options) as clip:
            stream = clip.streams.video[0]
            stream.thread_type = "AUTO"
            found = sum(1 for packet in clip.demux(stream) if packet.size)
            if found != expected_frames:
                raise CutFlawed(f"The clip has {found} pictures instead of {expected_frames}.")
            tick_ms = float((stream.time_base or 0) * 1000)
            length = (stream.duration or 0) * tick_ms
            first, last = (tick_ms * ticks for ticks in _ends(clip, stream))
    except (av.FFmpegError, IndexError, StopIteration) as problem:
        raise CutFlawed("The clip can't be read back.") from problem
    if abs(first) > TOLERANCE_MS:
        raise CutFlawed("The clip doesn't begin with its first frame.")
    if abs(length - expected_duration_ms) > TOLERANCE_MS or last > length:
        raise CutFlawed(f"The clip lasts {length:.0f} ms instead of {expected_duration_ms} ms.")


def _ends(clip: av.container.InputContainer, stream: VideoStream) -> tuple[int, int]:
    """Decode the first and the last frame; return when they begin, in ticks."""
    clip.seek(0, stream=stream)
    first = next(clip.decode(stream))
    clip.seek(stream.duration or 0, stream=stream)
    last = max((frame.pts or 0 for frame in clip.decode(stream)), default=-1)
    return first.pts or 0, last
