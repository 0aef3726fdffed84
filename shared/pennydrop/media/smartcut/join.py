"""Joins copied and newly encoded frames into one stream that every decoder follows across the splices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from pennydrop.media.mp4.tables import Samples
from pennydrop.media.smartcut.encode import Encoded
from pennydrop.media.smartcut.h264 import (
    DELIMITER,
    CannotSmartCut,
    Configuration,
    join_sample,
    kind,
    without_user_data,
)
from pennydrop.media.smartcut.plan import CutPlan, FrameOrder


class ReadSample(Protocol):
    """Reads a sample by its number in decoding order: all of it, or its first `most` bytes."""

    def __call__(self, number: int, most: int | None = None, /) -> bytes: ...


@dataclass(frozen=True, slots=True, eq=False)
class Pictures:
    """A clip's pictures in decoding order: new bytes, or None where the film's own sample is used as it is.

    `samples` describes them; its offsets point into the film and mean nothing for new bytes.
    """

    new: list[bytes | None]
    samples: Samples


def join(
    order: FrameOrder,
    plan: CutPlan,
    head: Encoded | None,
    tail: Encoded | None,
    configuration: Configuration,
    read_sample: ReadSample,
    end_tick: int,
) -> Pictures:
    """Put the pieces of a clip that ends at `end_tick` one after the other.

    Raises `CannotSmartCut` when the film's decoding times leave no room for it.
    """
    source = order.track.samples
    copied = source.part(plan.copy_start, plan.copy_end)
    parts: list[_Part] = []
    if head:
        # Copied pictures that follow may wait for later ones before they are shown; these wait as long.
        parts.append(_encoded_part(head, delay=int(copied.pts[0] - copied.dts[0]) if len(copied) else 0))
    if len(copied):
        new = [_cleaned(read_sample, number) for number in range(plan.copy_start, plan.copy_end)]
        if head or tail:
            first = new[0] or read_sample(plan.copy_start)
            new[0] = _with_sets(configuration.sps, configuration.pps, first)
        parts.append(_Part(new, copied))
    if tail:
        # The first takes the decoding time of the sample whose turn it would have been.
        delay = int(source.pts[order.samples[plan.copy_end]] - source.dts[plan.copy_end])
        parts.append(_encoded_part(tail, delay))
    return _chain(parts, end_tick)


def _cleaned(read_sample: ReadSample, number: int) -> bytes | None:
    """Return a sample without what its camera wrote into it for itself; None where it wrote nothing."""
    sample = read_sample(number)
    clean = without_user_data(sample)
    return None if clean is sample else clean


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    new: list[bytes | None]
    samples: Samples


def _encoded_part(encoded: Encoded, delay: int) -> _Part:
    pts = np.array(encoded.pts, np.int64)
    nothing = np.zeros(len(pts), np.int64)
    samples = Samples(nothing, nothing, pts - delay, pts, nothing, np.arange(len(pts)) == 0)
    first = _with_sets((encoded.sps,), (encoded.pps,), encoded.samples[0])
    return _Part([first, *encoded.samples[1:]], samples)


def _with_sets(sps: Sequence[bytes], pps: Sequence[bytes], sample: bytes) -> bytes:
    """Put parameter sets into a sample, after its delimiter if it has one.

    They stand in the header too, but Firefox loses the frames after a splice without them here.
    """
    after = 0
    if len(sample) > 4 and kind(sample[4:]) == DELIMITER:
        after = 4 + int.from_bytes(sample[:4], "big")
    return sample[:after] + join_sample([*sps, *pps]) + sample[after:]


def _chain(parts: Sequence[_Part], end_tick: int) -> Pictures:
    new = [sample for part in parts for sample in part.new]
    all_samples = [part.samples for part in parts]
    sizes = np.concatenate([samples.sizes for samples in all_samples])
    for number, sample in enumerate(new):
        if sample is not None:
            sizes[number] = len(sample)
    dts = np.concatenate([samples.dts for samples in all_samples])
    pts = np.concatenate([samples.pts for samples in all_samples])
    # All durations together are the clip's length: players believe their sum more than the edit list.
    length = end_tick - int(pts.min())
    durations = np.append(np.diff(dts), max(1, length - int(dts[-1] - dts[0])))
    if (durations <= 0).any():
        raise CannotSmartCut("The film's pictures have no proper order in time.")
    offsets = np.concatenate([samples.offsets for samples in all_samples])
    keyframes = np.concatenate([samples.keyframes for samples in all_samples])
    return Pictures(new, Samples(sizes, offsets, dts, pts, durations, keyframes))
