"""Makes what people watch: renditions of a film, or a copy of it that browsers can open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from pennydrop.media import commands
from pennydrop.media.child import Progress
from pennydrop.media.failures import MediaFailure
from pennydrop.media.frames import FrameTable
from pennydrop.media.plan import Plan, Size
from pennydrop.media.probe import Probe
from pennydrop.media.run import run
from pennydrop.media.sandbox import Limits, SandboxLevel
from pennydrop.media.verify import check, expected_frames, measure

# Nothing a phone films needs more than this many times its length on one core; what does is a bomb.
PATIENCE = 20
PATIENCE_AT_LEAST_S = 300
# 720p and 360p at their peak rates are 1.6 MB a second.
OUTPUT_BYTES_A_SECOND = 3_000_000
OUTPUT_AT_LEAST = 256 << 20
# What says that streams can't be copied as they are; whatever else goes wrong would spoil encoding them, too.
FLAWS_OF_A_COPY = frozenset({"came_out_wrong", "stopped_short", "damaged", "cut_short"})


class CannotCopy(Exception):
    """A copy of the streams isn't the film: it has to be encoded before anybody can watch it."""


@dataclass(frozen=True, slots=True)
class Rendition:
    """One file that people watch, read back and found right."""

    name: str
    path: Path
    width: int
    height: int
    size: int
    duration_ms: int


@dataclass(frozen=True, slots=True)
class ReadBack:
    """A rendition that was found right, and how many frames it really holds."""

    rendition: Rendition
    frames: int


@dataclass(frozen=True, slots=True)
class Made:
    """What a run left in its folder, and how well it was fenced in."""

    renditions: tuple[Rendition, ...]
    level: SandboxLevel


def make_proxies(
    source: Path,
    probe: Probe,
    plan: Plan,
    frames: FrameTable,
    out: Path,
    *,
    threads: int = 0,
    nice: int = 0,
    on_progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Made:
    """Make every rendition of the plan in the empty folder `out`, and check each by reading it back.

    `on_progress` gets the part done, 0 to 1. Raises `MediaFailure` or `Cancelled`; then nothing in `out` may
    be used.
    """
    completed = run(
        commands.proxies(probe, plan, threads=threads),
        out=out,
        sources=[source],
        limits=limits_for(Fraction(probe.duration_ms, 1000), nice),
        on_progress=part_of(probe.duration_ms, on_progress),
        cancelled=cancelled,
    )
    made = read_back(probe, plan, frames, out)
    return Made(tuple(one.rendition for one in made), completed.level)


def read_back(probe: Probe, plan: Plan, frames: FrameTable, out: Path) -> list[ReadBack]:
    """Check the copies `<name>.mp4` that lie in `out` by reading them. Raises `MediaFailure`."""
    files = [out / f"{size.name}.mp4" for size in plan.sizes]
    wanted = expected_frames(frames, plan.max_rate)
    found = []
    for size, path, measured in zip(plan.sizes, files, measure(files, scratch=out), strict=True):
        check(
            measured,
            size=(size.width, size.height),
            frames=wanted,
            duration_ms=frames.duration_ms,
            has_audio=probe.audio is not None,
        )
        rendition = _rendition(size.name, path, measured.width, measured.height, measured.duration_ms)
        found.append(ReadBack(rendition, measured.frames))
    return found


def make_remux(
    source: Path,
    probe: Probe,
    plan: Plan,
    frames: FrameTable,
    out: Path,
    *,
    nice: int = 0,
    on_progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Made:
    """Copy the film into `out/watch.mp4` or `watch.webm`, which browsers open at once, and read it back.

    Raises `CannotCopy` where that shows something else than the film: an edit list that joins stretches, say.
    """
    try:
        return _remuxed(
            source, probe, plan, frames, out, nice=nice, on_progress=on_progress, cancelled=cancelled
        )
    except MediaFailure as failure:
        if failure.code in FLAWS_OF_A_COPY:
            raise CannotCopy(failure.technical or failure.detail) from failure
        raise


def _remuxed(
    source: Path,
    probe: Probe,
    plan: Plan,
    frames: FrameTable,
    out: Path,
    *,
    nice: int,
    on_progress: Callable[[float], None] | None,
    cancelled: Callable[[], bool] | None,
) -> Made:
    webm = plan.watch == "remux_webm"
    completed = run(
        commands.remux(probe, webm=webm),
        out=out,
        sources=[source],
        limits=limits_for(Fraction(probe.duration_ms, 1000), nice, copied=probe.size),
        on_progress=part_of(probe.duration_ms, on_progress),
        cancelled=cancelled,
    )
    path = out / ("watch.webm" if webm else "watch.mp4")
    (measured,) = measure([path], scratch=out)
    check(
        measured,
        size=None,
        frames=len(frames),
        duration_ms=frames.duration_ms,
        has_audio=probe.audio is not None,
    )
    width, height = probe.video.upright_size
    return Made((_rendition("watch", path, width, height, measured.duration_ms),), completed.level)


def make_clip(
    source: Path,
    probe: Probe,
    plan: Plan,
    frames: FrameTable,
    wanted: range,
    out: Path,
    *,
    full_quality: bool = True,
    nice: int = 0,
    cancelled: Callable[[], bool] | None = None,
) -> Made:
    """Encode the frames `wanted` anew into `out/clip.mp4`: for films that a smart cut can't cut.

    At the film's own size, or at that of its largest rendition.
    """
    ticks = [*frames.ticks.tolist(), frames.end]
    start, end = (Fraction(ticks[n], frames.timescale) for n in (wanted.start, wanted.stop))
    # Without times, frames can only be counted from the first.
    seek = _keyframe_before(frames, wanted.start) if probe.has_times else Fraction(0)
    width, height = probe.video.upright_size
    size = Size("clip", width - width % 2, height - height % 2) if full_quality else plan.sizes[0]
    completed = run(
        commands.clip(probe, plan, start=start, end=end, seek=seek, size=size),
        out=out,
        sources=[source],
        limits=limits_for(Fraction(probe.duration_ms, 1000), nice),
        cancelled=cancelled,
    )
    path = out / "clip.mp4"
    (measured,) = measure([path], scratch=out)
    length_ms = round((end - start) * 1000)
    check(
        measured,
        size=(size.width, size.height),
        frames=len(wanted),
        duration_ms=length_ms,
        has_audio=probe.audio is not None,
    )
    return Made((_rendition("clip", path, size.width, size.height, measured.duration_ms),), completed.level)


def make_poster(source: Path, probe: Probe, plan: Plan, out: Path, *, nice: int = 0) -> Path:
    """Take one telling picture, upright, with a short side of 720 at most: `out/poster.jpg`."""
    # Past the camera being put down, before the film is half over.
    at = min(Fraction(probe.duration_ms, 10_000), Fraction(20))
    limits = Limits(wall_s=60, cpu_s=120, output_bytes=64 << 20, nice=nice)
    # ffmpeg ends well without a picture where a film can't be searched, or says of no frame that it's a key.
    for where in (at, None):
        run(
            commands.poster(probe, plan, at=where, size=plan.sizes[0]),
            out=out,
            sources=[source],
            limits=limits,
        )
        if (out / "poster.jpg").exists():
            break
    else:
        raise MediaFailure("came_out_wrong", what="it has no picture to show")
    return out / "poster.jpg"


def _keyframe_before(frames: FrameTable, frame: int) -> Fraction:
    """Return a time to read from: a keyframe well before, since some containers seek only roughly."""
    early = frames.ticks[frame] - 2 * frames.timescale
    keys = [int(frames.ticks[k]) for k in frames.keyframes.tolist() if frames.ticks[k] <= early]
    return Fraction(keys[-1] if keys else 0, frames.timescale)


def limits_for(length: Fraction, nice: int, copied: int = 0) -> Limits:
    """Return what work on so many seconds of film may use, where `copied` bytes are written unchanged."""
    seconds = float(length)
    patience = max(PATIENCE_AT_LEAST_S, PATIENCE * seconds)
    written = OUTPUT_AT_LEAST + round(OUTPUT_BYTES_A_SECOND * seconds) + 2 * copied
    return Limits(wall_s=3 * patience, cpu_s=int(patience), output_bytes=written, nice=nice)


def part_of(duration_ms: int, report: Callable[[float], None] | None) -> Callable[[Progress], None] | None:
    """Turn ffmpeg's own progress into the part done, 0 to 1."""
    if report is None:
        return None
    return lambda progress: report(
        1.0 if progress.ended else min(1.0, progress.out_time_ms / max(1, duration_ms))
    )


def _rendition(name: str, path: Path, width: int, height: int, duration_ms: int) -> Rendition:
    return Rendition(name, path, width, height, path.stat().st_size, duration_ms)
