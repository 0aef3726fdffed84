"""Decides which frames of a clip are copied and which are encoded anew. Pure: nothing is read or decoded."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from pennydrop.media.mp4.index import TrackIndex
from pennydrop.media.mp4.tables import Flags, Ints
from pennydrop.media.smartcut.h264 import CannotSmartCut


@dataclass(frozen=True, eq=False)
class FrameOrder:
    """A track's samples, numbered in decoding order, beside their places in the order they are shown.

    Place p counts all pictures of the track, those that its edit list hides too.
    """

    track: TrackIndex

    @cached_property
    def places(self) -> Ints:
        """Each sample's place."""
        return np.argsort(np.argsort(self.track.samples.pts, kind="stable"), kind="stable")

    @cached_property
    def samples(self) -> Ints:
        """The sample at each place."""
        return np.argsort(self.places)

    @cached_property
    def hidden(self) -> int:
        """How many pictures lie before the first that is shown."""
        return int((self.track.samples.pts < self.track.first_shown).sum())

    @cached_property
    def closed(self) -> Flags:
        """For n = 0 … all: whether the first n samples are exactly the pictures at the first n places."""
        reach = np.maximum.accumulate(self.places)
        return np.concatenate(([True], reach == np.arange(len(reach))))

    @cached_property
    def entries(self) -> Ints:
        """Keyframes that no picture before them needs, nor comes after: a copy may begin there."""
        return np.flatnonzero(self.track.samples.keyframes & self.closed[:-1])

    def places_of(self, frames: range) -> tuple[int, int]:
        """Return the places [start, end) of frames as the film's frame table numbers them: the shown ones."""
        if not 0 <= frames.start < frames.stop <= self._shown:
            raise ValueError("A clip is made of frames that the film shows.")
        return frames.start + self.hidden, frames.stop + self.hidden

    def ticks_of(self, frames: range) -> tuple[int, int]:
        """Return when, in media ticks, the first of these frames is shown and the last one ends."""
        start, end = self.places_of(frames)
        pts = self.track.samples.pts
        ends = self.track.end_shown if frames.stop == self._shown else int(pts[self.samples[end]])
        return int(pts[self.samples[start]]), ends

    @cached_property
    def _shown(self) -> int:
        return int(self.track.shown.sum())

    def refuse_doubles(self) -> None:
        """Stop at a film in which two pictures have the same time: no order of frames can be told."""
        if (np.diff(np.sort(self.track.samples.pts)) == 0).any():
            raise CannotSmartCut("Two of the film's pictures have the same time.")


@dataclass(frozen=True, slots=True)
class Piece:
    """Places [start, end) of the film; to see them, decoding starts at sample `decode_from`."""

    start: int
    end: int
    decode_from: int

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class CutPlan:
    """Encode `head`, copy samples [copy_start, copy_end), encode `tail`. Each may be empty."""

    head: Piece
    copy_start: int
    copy_end: int
    tail: Piece

    @property
    def copied(self) -> int:
        return self.copy_end - self.copy_start


def plan_cut(order: FrameOrder, entries: Ints, start: int, end: int) -> CutPlan:
    """Plan the cut of places [start, end), when decoding and copying can begin at the samples `entries`.

    At a sample in `entries` place and sample number agree. The copy ends where the samples copied are exactly
    the pictures shown before some place, so that only a picture or two remain to be encoded there, or none.
    Raises `CannotSmartCut` when decoding would have to begin after `start`.
    """
    before = entries[entries <= start]
    if not len(before):
        raise CannotSmartCut("The film has no point before the clip at which playing can begin.")
    inside = entries[(entries >= start) & (entries < end)]
    if not len(inside):
        return CutPlan(Piece(start, end, int(before[-1])), end, end, Piece(end, end, end))
    copy_start = int(inside[0])
    copy_end = copy_start + int(np.flatnonzero(order.closed[copy_start : end + 1])[-1])
    return CutPlan(
        head=Piece(start, copy_start, int(before[-1])),
        copy_start=copy_start,
        copy_end=copy_end,
        tail=Piece(copy_end, end, int(inside[inside <= copy_end][-1])),
    )
