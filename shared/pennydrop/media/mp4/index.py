"""The index of a plain MP4 or MOV: its picture and sound tracks, one row per sample, all checked."""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

import numpy as np

from pennydrop.media.mp4.boxes import (
    Box,
    Mp4Unreadable,
    NotPlainMp4,
    ReadAt,
    child,
    children,
    name,
    read_moov,
    required,
)
from pennydrop.media.mp4.edits import Edit, read_edit
from pennydrop.media.mp4.tables import MAX_SAMPLES, Flags, Samples, expand

MAX_TRACKS = 32
MAX_HOURS = 24
# Sound in packets. Uncompressed sound has a row per 1/48000 s and plays on no web page: it isn't indexed.
PACKET_SOUND = frozenset({"mp4a", ".mp3", "ac-3", "ec-3", "alac", "Opus", "fLaC", "samr", "sawb"})
# The fixed fields of a visual sample entry (ISO/IEC 14496-12, 12.1.3) end here; boxes follow.
VISUAL_ENTRY_FIELDS = 78


@dataclass(frozen=True, eq=False)
class TrackIndex:
    """One track of picture or sound.

    `position` counts the file's tracks from 0, as ffmpeg's stream numbers do. `entry` is the sample entry in
    use, `matrix` and `display` the 36 and 8 bytes of the track header that say how its picture is turned and
    how large it is shown.
    """

    kind: str
    position: int
    enabled: bool
    codec: str
    timescale: int
    samples: Samples
    edit: Edit
    movie_timescale: int
    entry: Box
    matrix: bytes
    display: bytes

    @property
    def width(self) -> int:
        """The stored picture's width, before it is turned."""
        return self.entry.u16(24)

    @property
    def height(self) -> int:
        return self.entry.u16(26)

    @cached_property
    def rotation(self) -> int:
        """How far the stored picture must be turned clockwise to stand upright: 0, 90, 180 or 270."""
        a, b = struct.unpack_from(">ii", self.matrix)
        return round(math.degrees(math.atan2(b, a)) / 90) * 90 % 360

    def extension(self, kind: bytes) -> Box | None:
        """Return a box of the visual sample entry, such as `avcC`, `pasp` or `colr`."""
        return next((b for b in children(self.entry.body, VISUAL_ENTRY_FIELDS) if b.kind == kind), None)

    @cached_property
    def shown(self) -> Flags:
        """Which samples the edit list shows: those whose time lies in it, as ffmpeg and browsers decide."""
        pts = self.samples.pts
        shown = pts >= self.edit.start
        if self.edit_end is not None:
            shown &= pts < self.edit_end
        return shown

    @cached_property
    def edit_end(self) -> int | None:
        """The media time at which the edit list ends, rounded to a tick; None when it has no end."""
        if self.edit.length is None:
            return None
        return self.edit.start + round(Fraction(self.edit.length * self.timescale, self.movie_timescale))

    @cached_property
    def first_shown(self) -> int:
        """The time, in media ticks, of the first sample that is shown."""
        return int(self.samples.pts[self.shown].min())

    @cached_property
    def end_shown(self) -> int:
        """The time, in media ticks, at which the last sample that is shown ends."""
        durations, pts = self.samples.durations, self.samples.pts
        last = int(np.where(self.shown, pts, -(1 << 62)).argmax())
        end = int(pts[last] + durations[last])
        # An edit list ends in the movie's ticks, which may be coarser.
        coarse = -(-self.timescale // self.movie_timescale)
        if self.edit_end is not None and abs(end - self.edit_end) <= coarse:
            return end
        if last < len(pts) - 1:
            # A duration lasts until the next picture is decoded: of one that is shown later, it says nothing.
            end = max(int(pts.min() + durations.sum()), int(pts[last]) + 1)
        return end if self.edit_end is None else min(end, self.edit_end)

    def seconds(self, media_ticks: int) -> Fraction:
        """Return when a media time comes on the movie's own timeline, edit list applied."""
        return Fraction(media_ticks - self.edit.start, self.timescale) + Fraction(
            self.edit.delay, self.movie_timescale
        )

    def media_ticks(self, seconds: Fraction) -> int:
        """Return the media time that comes `seconds` into the movie, rounded to a tick."""
        shift = seconds - Fraction(self.edit.delay, self.movie_timescale)
        return self.edit.start + round(shift * self.timescale)


class IgnoredTrack(NamedTuple):
    """A track that isn't indexed: data, timecode, uncompressed sound, or one that shows nothing."""

    kind: str
    codec: str


@dataclass(frozen=True, eq=False)
class Mp4Index:
    """What a plain MP4 or MOV holds.

    `movie_matrix` turns the whole movie, on top of each track's own matrix; it is nearly always the identity.
    """

    tracks: tuple[TrackIndex, ...]
    ignored: tuple[IgnoredTrack, ...]
    movie_timescale: int
    movie_matrix: bytes
    file_size: int

    @property
    def video(self) -> TrackIndex:
        """The picture that players show: of the enabled tracks the one with most pictures."""
        pictures = [track for track in self.tracks if track.kind == "video"]
        return max(pictures, key=lambda track: (track.enabled, len(track.samples), -track.position))

    @property
    def sound(self) -> TrackIndex | None:
        """The sound that players play: the first enabled AAC track, or the first of any kind."""
        sounds = [t for t in self.tracks if t.kind == "sound"]
        return min(sounds, key=lambda t: (t.codec != "mp4a", not t.enabled, t.position), default=None)


def read_index(read_at: ReadAt, file_size: int) -> Mp4Index:
    """Read the index of a plain MP4 or MOV of `file_size` bytes.

    Raises `NotPlainMp4` for a file that must be remuxed or converted first (fragmented, edited, encrypted…),
    and `Mp4Unreadable` for one that is damaged, cut short or absurd.
    """
    moov = read_moov(read_at, file_size)
    if child(moov, b"cmov"):
        raise NotPlainMp4("The video's index is compressed.")
    if child(moov, b"mvex"):
        raise NotPlainMp4("The video is stored in fragments.")
    movie = required(moov, b"mvhd")
    movie_timescale = _timescale(movie)
    traks = [box for box in children(moov.body) if box.kind == b"trak"]
    if len(traks) > MAX_TRACKS:
        raise Mp4Unreadable("The video claims to have dozens of tracks.")
    tracks: list[TrackIndex] = []
    ignored: list[IgnoredTrack] = []
    for position, trak in enumerate(traks):
        budget = MAX_SAMPLES - sum(len(track.samples) for track in tracks)
        track = _read_track(trak, position, movie_timescale, file_size, budget)
        if isinstance(track, TrackIndex):
            tracks.append(track)
        else:
            ignored.append(track)
    if not any(track.kind == "video" for track in tracks):
        raise Mp4Unreadable("There is no picture in this file.")
    matrix = movie.bytes_at(48 if movie.version else 36, 36)
    return Mp4Index(tuple(tracks), tuple(ignored), movie_timescale, matrix, file_size)


def _read_track(
    trak: Box, position: int, movie_timescale: int, file_size: int, budget: int
) -> TrackIndex | IgnoredTrack:
    """Return the track's index, or its format when it is neither picture nor packets of sound."""
    media = required(trak, b"mdia")
    stbl = child(child(media, b"minf") or media, b"stbl")
    entries = list(children(required(stbl, b"stsd").body, 8)) if stbl else []
    if not stbl or not entries:
        return IgnoredTrack("data", "?")
    kind = {b"vide": "video", b"soun": "sound"}.get(required(media, b"hdlr").bytes_at(8, 4), "data")
    codec = name(entries[0].kind)
    if kind == "data" or (kind == "sound" and codec not in PACKET_SOUND):
        return IgnoredTrack(kind, codec)
    _refuse_other_files(media)
    tables = expand(stbl, file_size=file_size, budget=budget)
    if not 0 <= tables.description < len(entries):
        raise Mp4Unreadable("The video's index is damaged: it doesn't describe its own format.")
    entry = entries[tables.description]
    header = required(trak, b"tkhd")
    turned_at = 52 if header.version else 40
    track = TrackIndex(
        kind=kind,
        position=position,
        enabled=bool(header.u32(0) & 1),
        codec=name(entry.kind),
        timescale=_timescale(required(media, b"mdhd")),
        samples=tables.samples,
        edit=read_edit(trak),
        movie_timescale=movie_timescale,
        entry=entry,
        matrix=header.bytes_at(turned_at, 36),
        display=header.bytes_at(turned_at + 36, 8),
    )
    if not track.shown.any():
        return IgnoredTrack(kind, track.codec)
    if track.end_shown - track.first_shown > MAX_HOURS * 3600 * track.timescale:
        raise Mp4Unreadable(f"The video claims to be longer than {MAX_HOURS} hours.")
    return track


def _timescale(header: Box) -> int:
    timescale = header.u32(20 if header.version else 12)
    if timescale == 0:
        raise Mp4Unreadable("The video's index is damaged: it has no unit of time.")
    return timescale


def _refuse_other_files(media: Box) -> None:
    """Stop at a track whose bytes lie in another file: only what was uploaded is ever read."""
    dref = required(media, b"minf", b"dinf", b"dref")
    for reference in children(dref.body, 8):
        if not reference.u32(0) & 1:
            raise NotPlainMp4("The video's pictures lie in another file.")
