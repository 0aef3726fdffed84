"""Peaks of the sound, few enough to draw at once. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

PEAKS_A_SECOND = 10


@dataclass(frozen=True, slots=True)
class Peaks:
    """The lowest and the highest sample of each tenth of a second, in -128…127."""

    low: NDArray[np.int8]
    high: NDArray[np.int8]

    @classmethod
    def none(cls) -> Peaks:
        return cls(np.zeros(0, np.int8), np.zeros(0, np.int8))

    @classmethod
    def joined(cls, parts: Sequence[Peaks]) -> Peaks:
        if not parts:
            return cls.none()
        return cls(np.concatenate([p.low for p in parts]), np.concatenate([p.high for p in parts]))

    def lasting(self, duration_ms: int) -> Peaks:
        """Return the peaks of exactly so long a film: a flat line where there is no sound, cut at its end."""
        wanted = -(-duration_ms * PEAKS_A_SECOND // 1000)
        missing = max(0, wanted - len(self.low))
        return Peaks(np.pad(self.low, (0, missing))[:wanted], np.pad(self.high, (0, missing))[:wanted])


def peaks_of(samples: NDArray[np.int16], rate: int) -> Peaks:
    """Take the peaks of a stretch that begins on a full tenth of a second."""
    size = rate // PEAKS_A_SECOND
    padded = np.pad(samples, (0, -len(samples) % size)).reshape(-1, size)
    return Peaks((padded.min(axis=1) >> 8).astype(np.int8), (padded.max(axis=1) >> 8).astype(np.int8))
