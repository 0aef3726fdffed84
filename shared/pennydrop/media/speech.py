"""A map of speech and silence from how loud a classroom's sound is. Pure.

Rooms differ more than voices do, so the threshold follows the room: it lies above the quiet of the minutes
around, at a part of the way up to the film's loud moments.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pennydrop.timeline import Span

STEP_MS = 20
# Sums of squares below this are digital silence.
FLOOR_DB = -90.0
# The quiet of a room, over stretches long enough to hold a pause.
ROOM_S = 30
# Nothing stands out by less than this from a room's own noise.
LEAST_RISE_DB = 8.0
PART_OF_THE_WAY = 0.35
# Without contrast at all, this is the loudness above which a film counts as spoken throughout.
LOUD_DB = -45.0
# Between words; a breath; a cough.
BRIDGE_MS, PAUSE_MS, LEAST_SPEECH_MS = 300, 500, 160


@dataclass(frozen=True, slots=True)
class Levels:
    """How loud each step of 20 ms is, in dB below full scale."""

    db: NDArray[np.float32]

    @classmethod
    def none(cls) -> Levels:
        return cls(np.zeros(0, np.float32))

    @classmethod
    def joined(cls, parts: Sequence[Levels]) -> Levels:
        return cls(np.concatenate([part.db for part in parts])) if parts else cls.none()


def levels_of(samples: NDArray[np.int16], rate: int) -> Levels:
    """Measure a stretch that begins on a full step. Rumble is taken out by a difference of neighbours."""
    size = rate * STEP_MS // 1000
    x = samples.astype(np.float32) / 32768
    x = np.diff(x, prepend=x[:1]) if len(x) else x
    power = np.square(np.pad(x, (0, -len(x) % size))).reshape(-1, size).mean(axis=1)
    return Levels(10 * np.log10(np.maximum(power, 10 ** (FLOOR_DB / 10))).astype(np.float32))


def speech_spans(levels: Levels, duration_ms: int) -> list[Span]:
    """Return the stretches in which somebody seems to speak, in order, within the film."""
    db = levels.db
    if not len(db):
        return []
    spoken = _smooth(db) > _threshold(db)
    spoken = _closed(spoken, BRIDGE_MS)
    spoken = ~_closed(~spoken, LEAST_SPEECH_MS)
    spoken = _closed(spoken, PAUSE_MS)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], spoken.astype(np.int8), [0]))))
    spans = []
    for first, end in edges.reshape(-1, 2).tolist():
        start_ms, end_ms = first * STEP_MS, min(end * STEP_MS, duration_ms)
        if start_ms < end_ms:
            spans.append(Span(start_ms, end_ms))
    return spans


def _threshold(db: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the level, for each step, above which sound counts as speech."""
    size = ROOM_S * 1000 // STEP_MS
    count = max(1, round(len(db) / size))
    blocks = np.array_split(db, count)
    quiet = np.array([np.percentile(block, 10) for block in blocks], np.float32)
    # A minute of talk without a pause must not pass for a noisy room: the quieter neighbour knows better.
    quiet = np.minimum.reduce([quiet, np.roll(quiet, 1), np.roll(quiet, -1)]) if count > 2 else quiet
    loud = float(np.percentile(db, 97))
    room = np.interp(np.arange(len(db)), [(i + 0.5) * len(db) / count for i in range(count)], quiet)
    rise = PART_OF_THE_WAY * (loud - room)
    if loud - float(quiet.min()) < LEAST_RISE_DB:
        return np.full(len(db), -np.inf if loud > LOUD_DB else np.inf, np.float32)
    return np.asarray(room + np.maximum(LEAST_RISE_DB, rise), np.float32)


def _smooth(db: NDArray[np.float32]) -> NDArray[np.float32]:
    """Take the middle of three steps: a click is not a word."""
    padded = np.pad(db, 1, mode="edge")
    return np.median(np.stack((padded[:-2], padded[1:-1], padded[2:])), axis=0).astype(np.float32)


def _closed(flags: NDArray[np.bool_], at_most_ms: int) -> NDArray[np.bool_]:
    """Fill the gaps between true stretches that are shorter than `at_most_ms`."""
    out = flags.copy()
    edges = np.flatnonzero(np.diff(np.concatenate(([1], flags.astype(np.int8), [1]))))
    for first, end in edges.reshape(-1, 2).tolist():
        if (end - first) * STEP_MS < at_most_ms and first > 0 and end < len(flags):
            out[first:end] = True
    return out
