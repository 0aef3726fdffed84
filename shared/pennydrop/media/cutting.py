"""Exact clips without encoding them whole, in a sandboxed process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pennydrop.media.run import run_inside
from pennydrop.media.sandbox import Limits, SandboxLevel
from pennydrop.media.smartcut.needs import Ranges
from pennydrop.timeline import Span


class MustEncode(Exception):
    """The film doesn't allow a smart cut: the clip must be encoded whole, with `proxies.make_clip`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class CutClip:
    """A clip that was cut and read back."""

    path: Path
    encoded: int
    copied: int
    duration_ms: int
    size: int
    level: SandboxLevel


def cut_needs(source: Path, span: Span, out: Path, *, cancelled: Callable[[], bool] | None = None) -> Ranges:
    """Return the parts of a film that `cut_clip` reads for a span; of `source` only the index is looked at.

    Raises `MustEncode`, `MediaFailure` or `Cancelled`.
    """
    answer = run_inside(
        "cut_needs",
        {"start_ms": span.start_ms, "end_ms": span.end_ms},
        out=out,
        sources=[source],
        limits=Limits(wall_s=60, cpu_s=60),
        cancelled=cancelled,
    )
    if "refused" in answer.value:
        raise MustEncode(str(answer.value["refused"]))
    return [(start, end) for start, end in answer.value["needs"]]


def cut_clip(
    source: Path,
    span: Span,
    out: Path,
    *,
    threads: int = 2,
    here: Ranges | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> CutClip:
    """Write `span` of `source`, a plain H.264 MP4, to `out/clip.mp4`, its ends at the nearest frames.

    The source may be a proxy: its frames have the times of the original's. Where not all of it is there,
    `here` says which parts are. The clip is read back. Raises `MustEncode`, `MediaFailure` or `Cancelled`.
    """
    answer = run_inside(
        "smart_cut",
        {"start_ms": span.start_ms, "end_ms": span.end_ms, "threads": threads, "here": here},
        out=out,
        sources=[source],
        limits=Limits(wall_s=300, cpu_s=600),
        cancelled=cancelled,
    )
    if "refused" in answer.value:
        raise MustEncode(str(answer.value["refused"]))
    return CutClip(path=out / "clip.mp4", level=answer.level, **answer.value)
