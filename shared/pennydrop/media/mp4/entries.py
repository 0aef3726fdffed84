"""Writes clean sample entries: what a decoder needs of the original's description, and nothing else."""

from __future__ import annotations

import struct

from pennydrop.media.mp4.boxes import Box, Mp4Unreadable, NotPlainMp4, child, children
from pennydrop.media.mp4.index import TrackIndex

# Where boxes begin after the fixed fields of a sound entry: plain MP4, then QuickTime's versions 1 and 2.
SOUND_ENTRY_FIELDS = (28, 44, 64)
# `prof` would carry a colour profile's free text along.
COLOUR_KINDS = (b"nclx", b"nclc")


def box(kind: bytes, *parts: bytes) -> bytes:
    """Write one box."""
    return b"".join((struct.pack(">I4s", 8 + sum(map(len, parts)), kind), *parts))


def full_box(kind: bytes, version: int, flags: int, *parts: bytes) -> bytes:
    """Write one box that starts with a version and flags."""
    return box(kind, struct.pack(">I", version << 24 | flags), *parts)


def clean_entry(track: TrackIndex) -> bytes:
    """Write the sample entry of an H.264 or AAC track without names, vendors or private boxes.

    Raises `NotPlainMp4` for any other format.
    """
    if track.kind == "video":
        return video_entry(track, configuration(track))
    return _sound_entry(track)


def configuration(track: TrackIndex) -> bytes:
    """Return the `avcC` record of an H.264 track."""
    avcc = track.extension(b"avcC") if track.codec in ("avc1", "avc3") else None
    if avcc is None:
        raise NotPlainMp4("The pictures aren't H.264.")
    return bytes(avcc.body)


def video_entry(track: TrackIndex, avcc: bytes) -> bytes:
    """Write the sample entry of an H.264 track with `avcc` as its decoder's configuration."""
    fields = struct.pack(
        ">6xH16xHHIIIH32xHh", 1, track.width, track.height, 0x480000, 0x480000, 0, 1, 0x18, -1
    )
    kept = [box(b"avcC", avcc)]
    shape, colour = track.extension(b"pasp"), track.extension(b"colr")
    if shape:
        kept.append(box(b"pasp", shape.bytes_at(0, 8)))
    if colour and colour.bytes_at(0, 4) in COLOUR_KINDS:
        kept.append(box(b"colr", bytes(colour.body[:11])))
    return box(track.codec.encode(), fields, *kept)


def _sound_entry(track: TrackIndex) -> bytes:
    esds = _find_esds(track.entry) if track.codec == "mp4a" else None
    if esds is None:
        raise NotPlainMp4("The sound isn't AAC.")
    channels, rate = track.entry.u16(16), track.entry.u16(24)
    fields = struct.pack(">6xH8xHHHHI", 1, channels, 16, 0, 0, rate << 16)
    return box(b"mp4a", fields, box(b"esds", bytes(esds.body)))


def _find_esds(entry: Box) -> Box | None:
    """Find the AAC decoder's configuration; QuickTime wraps it in a box called `wave`."""
    for start in SOUND_ENTRY_FIELDS:
        try:
            for part in children(entry.body, start):
                esds = child(part, b"esds") if part.kind == b"wave" else part
                if esds is not None and esds.kind == b"esds":
                    return esds
        except Mp4Unreadable:
            continue
    return None
