"""The frame table: when each picture of a film is shown. Every time that a person gives is snapped to it.

Frames are numbered from 0 in the order they are shown. A frame's own time is exact, in ticks; people, the
database and HTTP use whole milliseconds. `start_ms` rounds down, and all snapping compares such rounded
times, so that `nearest(start_ms(i))` is `i` again. The web player reads the same JSON and follows the same
rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pennydrop.media.mp4.index import TrackIndex
from pennydrop.timeline import Span

Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class FrameTable:
    """Presentation times of all frames, in ticks of 1/`timescale` s: ascending, the first 0, then the end.

    `keyframes` holds the numbers of the frames at which decoding can begin.
    """

    timescale: int
    ticks: Ints
    keyframes: Ints
    end: int

    def __post_init__(self) -> None:
        if self.timescale <= 0 or not len(self.ticks) or self.ticks[0] != 0:
            raise ValueError("A frame table begins with a frame at time 0.")
        if (np.diff(self.ticks) <= 0).any() or self.end <= self.ticks[-1]:
            raise ValueError("Each frame in a frame table comes after the one before it.")

    @classmethod
    def from_track(cls, track: TrackIndex) -> FrameTable:
        """Take the frames that an indexed MP4 shows."""
        shown, samples = track.shown, track.samples
        return cls.from_pts(
            samples.pts[shown],
            samples.keyframes[shown],
            timescale=track.timescale,
            last_duration=track.end_shown - int(samples.pts[shown].max()),
        )

    @classmethod
    def from_pts(
        cls, pts: ArrayLike, keyframes: ArrayLike, *, timescale: int, last_duration: int = 0
    ) -> FrameTable:
        """Take frames in any order, with a flag each, moved so that the first is shown at 0.

        The last lasts `last_duration`; when that is 0 or less, as long as the one before it.
        """
        times, first = np.unique(np.asarray(pts, np.int64), return_index=True)
        if not len(times):
            raise ValueError("A frame table needs a frame.")
        flags = np.asarray(keyframes, np.bool_)[first]
        ticks = times - times[0]
        if last_duration <= 0:
            last_duration = int(ticks[-1] - ticks[-2]) if len(ticks) > 1 else 1
        # The film is at least a millisecond longer than its last frame's time, or that frame had no span.
        at_least = -(-(int(ticks[-1]) * 1000 // timescale + 1) * timescale // 1000)
        end = max(int(ticks[-1]) + last_duration, at_least)
        return cls(timescale, ticks, np.flatnonzero(flags), end)

    def __len__(self) -> int:
        return len(self.ticks)

    @cached_property
    def _starts(self) -> Ints:
        """Each frame's start in whole milliseconds, and the film's end."""
        return np.append(self.ticks, self.end) * 1000 // self.timescale

    @property
    def duration_ms(self) -> int:
        return int(self._starts[-1])

    def start_ms(self, frame: int) -> int:
        """Return when a frame begins, rounded down; the film's end for the frame after the last."""
        return int(self._starts[frame])

    def middle_ms(self, frame: int) -> float:
        """Return the middle of the time a frame is shown: where a player seeks to, safe from rounding."""
        after = self.ticks[frame + 1] if frame + 1 < len(self) else self.end
        return float(self.ticks[frame] + after) * 500 / self.timescale

    def frame_at(self, ms: int) -> int:
        """Return the frame that is on the screen at `ms`; the first or last one outside the film."""
        return max(0, min(int(np.searchsorted(self._starts, ms, "right")), len(self)) - 1)

    def nearest(self, ms: int) -> int:
        """Return the frame whose start is nearest to `ms`, the earlier one of two."""
        return self._nearest(ms, len(self) - 1)

    def step(self, ms: int, frames: int) -> int:
        """Return the start of the frame that comes `frames` after (if negative, before) the one at `ms`."""
        return self.start_ms(max(0, min(self.frame_at(ms) + frames, len(self) - 1)))

    def frames_of(self, span: Span) -> range:
        """Return the frames between the boundaries nearest to the span's ends; at least one."""
        first = self.nearest(span.start_ms)
        end = self._nearest(span.end_ms, len(self))
        return range(first, max(end, first + 1))

    def span_of(self, frames: range) -> Span:
        """Return the time that some neighbouring frames are shown."""
        start = self.start_ms(frames.start)
        return Span(start, max(self.start_ms(frames.stop), start + 1))

    def snap_span(self, span: Span) -> Span:
        """Return the span with its ends at the nearest boundaries between frames."""
        return self.span_of(self.frames_of(span))

    def _nearest(self, ms: int, limit: int) -> int:
        """Return the boundary, frame `limit`'s start at most, that is nearest to `ms`."""
        after = min(int(np.searchsorted(self._starts, ms, "left")), limit)
        if after == 0:
            return 0
        # Of several frames that begin in the same millisecond, the first.
        before = int(np.searchsorted(self._starts, self._starts[after - 1], "left"))
        return before if ms - self._starts[before] <= self._starts[after] - ms else after

    def to_json(self) -> dict[str, Any]:
        """Return a compact form of plain values; equal steps are folded into [how many, how far] pairs.

        `deltas` leads from each frame to the next, in ticks; `keyframes` from 0 to the first keyframe's
        number and on to the others.
        """
        return {
            "timescale": self.timescale,
            "deltas": _fold(np.diff(self.ticks)),
            "keyframes": _fold(np.diff(self.keyframes, prepend=0)),
            "end": self.end,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> FrameTable:
        """Read what `to_json` wrote."""
        ticks = np.append(0, _unfold(data["deltas"]))
        return cls(int(data["timescale"]), ticks, _unfold(data["keyframes"]), int(data["end"]))


def _fold(steps: Ints) -> list[list[int]]:
    if not len(steps):
        return []
    starts = np.concatenate(([0], np.flatnonzero(np.diff(steps)) + 1))
    counts = np.diff(np.append(starts, len(steps)))
    return [[int(count), int(step)] for count, step in zip(counts, steps[starts], strict=True)]


def _unfold(runs: list[list[int]]) -> Ints:
    """Return where each step leads to, from 0."""
    table = np.asarray(runs, np.int64).reshape(-1, 2)
    return np.cumsum(np.repeat(table[:, 1], table[:, 0]))
