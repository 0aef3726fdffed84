"""Exit code 0 is not success: what came out is read back before it counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pennydrop.media.chunks import frames_in
from pennydrop.media.failures import MediaFailure
from pennydrop.media.frames import FrameTable
from pennydrop.media.run import run_inside
from pennydrop.media.sandbox import Limits

DURATION_TOLERANCE_MS = 100
# A film with a scratch in it loses a frame here and there; one that stops early loses far more.
MAY_MISS = 0.01
MAY_MISS_AT_LEAST = 3


@dataclass(frozen=True, slots=True)
class Measured:
    """What a file really holds."""

    width: int
    height: int
    codec: str
    frames: int
    duration_ms: int
    has_audio: bool
    audio_codec: str
    streams: int
    last_frame_decodes: bool


def measure(files: Sequence[Path], *, scratch: Path) -> list[Measured]:
    """Read files of our own making back in one sandboxed process.

    Raises `MediaFailure` `came_out_wrong` when one can't be read at all: that says nothing about the film.
    """
    try:
        answer = run_inside(
            "measure",
            {"files": len(files)},
            out=scratch,
            sources=files,
            limits=Limits(wall_s=300, cpu_s=300, output_bytes=1 << 20),
        )
    except MediaFailure as failure:
        if not failure.files_fault:
            raise
        why = f"{failure.code}: {failure.technical}"
        raise MediaFailure("came_out_wrong", what="it can't be read", technical=why) from failure
    return [Measured(**measured) for measured in answer.value["files"]]


def expected_frames(frames: FrameTable, max_rate: int | None) -> int:
    """Count the frames that a rendition shows: all, or those that a cap on the rate keeps."""
    return len(frames_in(frames, range(len(frames)), max_rate))


def check(
    measured: Measured,
    *,
    size: tuple[int, int] | None,
    frames: int,
    duration_ms: int,
    has_audio: bool,
) -> None:
    """Compare with what should have come out. Raises `MediaFailure` `came_out_wrong`."""
    wrong = _wrong(measured, size, frames, duration_ms, has_audio)
    if wrong:
        raise MediaFailure("came_out_wrong", what=wrong)


def _wrong(
    measured: Measured, size: tuple[int, int] | None, frames: int, duration_ms: int, has_audio: bool
) -> str:
    if size is not None and (measured.width, measured.height) != size:
        return f"it is {measured.width} × {measured.height} instead of {size[0]} × {size[1]}"
    if abs(measured.duration_ms - duration_ms) > DURATION_TOLERANCE_MS:
        return f"it lasts {measured.duration_ms} ms instead of {duration_ms} ms"
    if abs(frames - measured.frames) > max(MAY_MISS_AT_LEAST, round(MAY_MISS * frames)):
        return f"it has {measured.frames} frames instead of {frames}"
    if measured.has_audio != has_audio:
        return "its sound is missing" if has_audio else "it has sound that nobody recorded"
    if measured.streams != 1 + has_audio:
        return "it has tracks that nobody asked for"
    if not measured.last_frame_decodes:
        return "its end can't be played"
    return ""
