"""Where a long film is cut into chunks that are transcoded apart, and what each of them holds. Pure.

A chunk is a range of frame numbers. It begins at a keyframe of the film, so that reading can begin there, and
every keyframe of its copies is known before the first is encoded: what is made of a film apart is, frame by
frame, what one run would have made of the whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from pennydrop.media.frames import FrameTable
from pennydrop.media.plan import RATE_TOLERANCE, Plan
from pennydrop.media.probe import Probe

# A keyframe each second; a little less, or the 30th frame of 29.97 would come a frame late.
KEY_EACH_S = Fraction(999, 1000)
# Codecs whose containers can be believed when they call a frame a keyframe. In H.263 and MPEG-4 all may be
# called so, and what is decoded from there on is wrong without an error.
SEARCHABLE = frozenset(
    {"h264", "hevc", "vp8", "vp9", "av1", "mpeg2video", "mpeg1video", "mjpeg", "prores", "dvvideo"}
)
SEGMENT_S = 2
"""A growing copy comes in segments of about so many seconds."""
SOUND_SEGMENT_S = 4


@dataclass(frozen=True, slots=True)
class Segment:
    """One file of a growing copy: the part of the film's time that it holds, in seconds."""

    start: Fraction
    end: Fraction

    @property
    def seconds(self) -> float:
        return float(self.end - self.start)


def frames_in(frames: FrameTable, chunk: range, max_rate: int | None = None) -> list[int]:
    """Return the frames that copies show of a chunk, by number: all, or those that a cap on the rate keeps.

    The first is kept always, so a chunk of a capped film has to begin with one that the whole film keeps.
    """
    if max_rate is None:
        return list(chunk)
    kept: list[int] = []
    last, least = -np.inf, frames.timescale / float(RATE_TOLERANCE)
    for number, tick in zip(chunk, frames.ticks[chunk.start : chunk.stop].tolist(), strict=True):
        if tick - last >= least:
            kept.append(number)
            last = tick
    return kept


def chunks_of(probe: Probe, plan: Plan, frames: FrameTable, *, length_s: float) -> list[range]:
    """Cut a film into chunks of about `length_s`; one chunk where reading can't begin anywhere but at 0."""
    if not probe.has_times or probe.video.codec not in SEARCHABLE:
        return [range(len(frames))]
    return cut(frames, length_s=length_s, max_rate=plan.max_rate)


def cut(frames: FrameTable, *, length_s: float, max_rate: int | None = None) -> list[range]:
    """Cut frames into chunks of about `length_s`, of equal length as far as the keyframes allow.

    Frames without a keyframe to begin at but the first are one chunk.
    """
    whole = range(len(frames))
    count = max(1, round(frames.duration_ms / 1000 / length_s))
    # Where the rate is capped, a chunk begins with a frame that is kept, and counts on from there.
    keys = np.intersect1d(frames.keyframes, frames_in(frames, whole, max_rate))
    keys = keys[keys > 0]
    if count == 1 or not len(keys):
        return [whole]
    times = frames.ticks[keys]
    wanted = np.arange(1, count) * frames.end // count
    after = np.clip(np.searchsorted(times, wanted), 1, len(times)) if len(times) > 1 else np.ones(1, int)
    before = after - 1
    after = np.minimum(after, len(times) - 1)
    nearest = np.where(wanted - times[before] <= times[after] - wanted, before, after)
    starts = [0, *sorted({int(keys[n]) for n in nearest})]
    return [range(start, stop) for start, stop in zip(starts, [*starts[1:], len(frames)], strict=True)]


def time_of(frames: FrameTable, frame: int) -> Fraction:
    """Return when a frame is shown, in seconds; the film's end for the frame after the last."""
    tick = int(frames.ticks[frame]) if frame < len(frames) else frames.end
    return Fraction(tick, frames.timescale)


def keyframes_in(frames: FrameTable, shown: Sequence[int]) -> list[Fraction]:
    """Return when the copies of a chunk that shows these frames have their keyframes: one each second."""
    keys: list[int] = []
    least = KEY_EACH_S * frames.timescale
    for tick in frames.ticks[np.asarray(shown)].tolist():
        if not keys or tick - keys[-1] >= least:
            keys.append(tick)
    return [Fraction(key, frames.timescale) for key in keys]


def segments_in(frames: FrameTable, chunk: range, max_rate: int | None = None) -> list[Segment]:
    """Return the segments in which the growing copy of a chunk comes, as ffmpeg's HLS muxer cuts them.

    Each begins with the first keyframe at or after the next whole `SEGMENT_S` from the chunk's beginning.
    """
    keys = keyframes_in(frames, frames_in(frames, chunk, max_rate))
    starts = [keys[0]]
    for key in keys[1:]:
        if key - keys[0] >= SEGMENT_S * len(starts):
            starts.append(key)
    ends = [*starts[1:], time_of(frames, chunk.stop)]
    return [Segment(start, end) for start, end in zip(starts, ends, strict=True)]


def sound_segments(duration_ms: int) -> list[Segment]:
    """Return the segments of the growing copy's sound: all of one length, so that none is too short to be."""
    length = Fraction(duration_ms, 1000)
    count = max(1, round(length / SOUND_SEGMENT_S))
    return [Segment(length * n / count, length * (n + 1) / count) for n in range(count)]


def seek_before(frames: FrameTable, frame: int, *, margin_s: int) -> Fraction:
    """Return a time to read from so that `frame` is decoded: a keyframe's, `margin_s` or more before it.

    Files whose index names each frame are searched to the frame; others only roughly.
    """
    early = int(frames.ticks[frame]) - margin_s * frames.timescale
    keys = frames.ticks[frames.keyframes]
    keys = keys[keys <= early]
    return Fraction(int(keys[-1]) if len(keys) else 0, frames.timescale)


def playlist(names: Sequence[str], segments: Sequence[Segment], *, first: str) -> str:
    """Write the whole playlist (RFC 8216) of a copy whose files may still have to be made; `first` leads."""
    longest = max(round(segment.seconds) for segment in segments)
    return "\n".join(
        (
            "#EXTM3U",
            "#EXT-X-VERSION:7",
            f"#EXT-X-TARGETDURATION:{max(1, longest)}",
            "#EXT-X-PLAYLIST-TYPE:VOD",
            "#EXT-X-INDEPENDENT-SEGMENTS",
            f'#EXT-X-MAP:URI="{first}"',
            *_lines(names, segments),
            "#EXT-X-ENDLIST",
            "",
        )
    )


def main_playlist(pictures: str, sound: str | None, *, width: int, height: int, bits: int) -> str:
    """Write the playlist that ties pictures and sound together. `bits` a second at most."""
    lines = ["#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-INDEPENDENT-SEGMENTS"]
    about = f"BANDWIDTH={bits},RESOLUTION={width}x{height}"
    if sound is not None:
        lines.append(
            f'#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="sound",NAME="Sound",DEFAULT=YES,AUTOSELECT=YES,URI="{sound}"'
        )
        about += ',AUDIO="sound"'
    return "\n".join((*lines, f"#EXT-X-STREAM-INF:{about}", pictures, ""))


def _lines(names: Sequence[str], segments: Sequence[Segment]) -> Iterator[str]:
    for name, segment in zip(names, segments, strict=True):
        yield f"#EXTINF:{segment.seconds:.6f},"
        yield name
