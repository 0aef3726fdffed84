"""Which samples of a track go into a new file, and when they are shown there."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from pennydrop.media.mp4.entries import clean_entry
from pennydrop.media.mp4.header import HeaderTrack
from pennydrop.media.mp4.index import TrackIndex
from pennydrop.media.mp4.tables import Ints, Samples

# A decoder of AAC needs the packets before the first one it plays; two cover HE-AAC as well.
SOUND_PREROLL = 2


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """Samples for a new file, of which what lies in [start, end) is shown after a wait of `delay`.

    All times are in the track's own ticks, on the clock of its samples.
    """

    track: TrackIndex
    entry: bytes
    samples: Samples
    start: int
    end: int
    delay: int = 0

    @property
    def begins(self) -> Fraction:
        """When in the old file the shown part begins, in seconds."""
        return self.track.seconds(self.start)

    @property
    def ends(self) -> Fraction:
        return self.track.seconds(self.end)

    def header_track(self, movie_timescale: int, chunk_counts: Ints, chunk_offsets: Ints) -> HeaderTrack:
        """Describe these samples, laid out in those chunks, for the new file's header."""
        track, samples = self.track, self.samples
        decoding_start = int(samples.dts[0])
        # An edit can't begin before the first decoding time; where pictures do, all move up.
        shift = max(0, decoding_start - self.start)

        def movie_ticks(ticks: int) -> int:
            return -(-ticks * movie_timescale // track.timescale)

        return HeaderTrack(
            kind=track.kind,
            timescale=track.timescale,
            entry=self.entry,
            matrix=track.matrix,
            display=track.display,
            sizes=samples.sizes,
            durations=samples.durations,
            composition=samples.pts - samples.dts + shift,
            keyframes=samples.keyframes if track.kind == "video" else None,
            start=self.start - decoding_start + shift,
            length=movie_ticks(self.end - self.start),
            delay=movie_ticks(self.delay),
            chunk_counts=chunk_counts,
            chunk_offsets=chunk_offsets,
        )


def keep_video(track: TrackIndex) -> Kept:
    """Keep all that is shown, and from the keyframe before it, without which it can't be decoded.

    Raises `NotPlainMp4` when the pictures aren't H.264.
    """
    shown = np.flatnonzero(track.shown)
    before = np.flatnonzero(track.samples.keyframes[: shown[0] + 1])
    first = int(before[-1]) if len(before) else 0
    samples = track.samples.part(first, int(shown[-1]) + 1)
    return Kept(track, clean_entry(track), samples, track.first_shown, track.end_shown)


def keep_sound(track: TrackIndex, begins: Fraction, ends: Fraction) -> Kept | None:
    """Keep the sound heard from `begins` to `ends`, in seconds of the old file; None when there is none.

    Raises `NotPlainMp4` when the sound isn't AAC.
    """
    samples, edit = track.samples, track.edit
    zero = track.media_ticks(begins)
    start = max(zero, edit.start, int(samples.pts[0]))
    end = min(track.media_ticks(ends), int(samples.pts[-1] + samples.durations[-1]))
    if track.edit_end is not None:
        end = min(end, track.edit_end)
    first = max(0, int(np.searchsorted(samples.pts, start, "right")) - 1 - SOUND_PREROLL)
    last = int(np.searchsorted(samples.pts, end, "left"))
    if start >= end or first >= last:
        return None
    return Kept(track, clean_entry(track), samples.part(first, last), start, end, delay=start - zero)
