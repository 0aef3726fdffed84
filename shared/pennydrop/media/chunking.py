"""Transcodes a long film in chunks, its sound once and whole, and puts copies together of what came out.

Pieces are fragmented MP4 on the film's own time: laid one behind the other they are one film, without a frame
lost or encoded twice at the joins.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO

from pennydrop.media import chunks, commands
from pennydrop.media.child import Progress
from pennydrop.media.failures import MediaFailure
from pennydrop.media.frames import FrameTable
from pennydrop.media.plan import Plan
from pennydrop.media.probe import Probe
from pennydrop.media.proxies import Made, limits_for, part_of, read_back
from pennydrop.media.run import run, run_inside
from pennydrop.media.sandbox import Limits, SandboxLevel
from pennydrop.media.verify import MAY_MISS, MAY_MISS_AT_LEAST

SOUND = "sound"
# A file whose index names each frame is searched to the frame; in others a keyframe is found only roughly.
SEARCHED_ROUGHLY_S = 2
_COPY_AT_ONCE = 1 << 20
# Times are exact but for the rounding of the film's own clock to ticks.
_TICKS_OFF = 90


class PiecesDiffer(Exception):
    """Pieces that were made apart don't go together: the film has to be transcoded in one run."""


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of one copy that came of one job: a film by itself, that begins with its init section."""

    name: str
    path: Path
    frames: int


@dataclass(frozen=True, slots=True)
class Pieces:
    """What a run left in its folder, and how well it was fenced in."""

    pieces: tuple[Piece, ...]
    level: SandboxLevel


def make_chunk(
    source: Path,
    probe: Probe,
    plan: Plan,
    frames: FrameTable,
    chunk: range,
    out: Path,
    *,
    live: bool = False,
    threads: int = 0,
    nice: int = 0,
    on_progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Pieces:
    """Make the pieces of every rendition for one chunk in the empty folder `out`, and read them back.

    With `live`, segments of the largest appear in `out` meanwhile, named as `segment_name` says. Raises
    `MediaFailure` or `Cancelled`; then nothing in `out` may be used.
    """
    shown = chunks.frames_in(frames, chunk, plan.max_rate)
    start, end = chunks.time_of(frames, chunk.start), chunks.time_of(frames, chunk.stop)
    margin = 0 if probe.plain_mp4 else SEARCHED_ROUGHLY_S
    argv = commands.chunk(
        probe,
        plan,
        start=start,
        end=end if chunk.stop < len(frames) else None,
        # Without times, frames can only be counted from the first.
        seek=chunks.seek_before(frames, chunk.start, margin_s=margin) if probe.has_times else Fraction(0),
        keyframes=chunks.keyframes_in(frames, shown),
        live=live,
        threads=threads,
    )
    completed = run(
        argv,
        out=out,
        sources=[source],
        limits=limits_for(end - start, nice),
        on_progress=_within(start, end, on_progress),
        cancelled=cancelled,
    )
    paths = [_piece(out, size.name) for size in plan.sizes]
    answer = run_inside("pieces", {"files": len(paths)}, out=out, sources=paths, limits=_READING)
    pieces = []
    for size, path, found in zip(plan.sizes, paths, answer.value["files"], strict=True):
        wrong = _wrong(found, size=(size.width, size.height), frames=frames, shown=shown)
        if wrong:
            raise MediaFailure("came_out_wrong", what=wrong)
        pieces.append(Piece(size.name, path, int(found["frames"])))
    return Pieces(tuple(pieces), completed.level)


def make_sound(
    source: Path,
    probe: Probe,
    out: Path,
    *,
    live: bool = False,
    nice: int = 0,
    on_progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Pieces:
    """Encode the sound, as long as the picture, in the empty folder `out`; with `live`, in segments."""
    length = Fraction(probe.duration_ms, 1000)
    segment = length / len(chunks.sound_segments(probe.duration_ms)) if live else None
    completed = run(
        commands.sound(probe, segment_s=segment),
        out=out,
        sources=[source],
        limits=limits_for(length, nice),
        on_progress=part_of(probe.duration_ms, on_progress),
        cancelled=cancelled,
    )
    return Pieces((Piece(SOUND, _piece(out, SOUND), 0),), completed.level)


def join(
    pieces: Sequence[Sequence[Piece]],
    sound: Piece | None,
    probe: Probe,
    plan: Plan,
    frames: FrameTable,
    out: Path,
    *,
    nice: int = 0,
    cancelled: Callable[[], bool] | None = None,
) -> Made:
    """Put every rendition together in `out`, of its pieces in their order, and check it by reading it back.

    `pieces` holds a sequence for each size of the plan. Raises `PiecesDiffer` where they don't go together,
    `MediaFailure` or `Cancelled`.
    """
    try:
        return _joined(pieces, sound, probe, plan, frames, out, nice=nice, cancelled=cancelled)
    except MediaFailure as failure:
        if failure.files_fault or failure.code == "came_out_wrong":
            # All of this is our own work: a piece is broken, as on a disk that was full, and not the film.
            raise PiecesDiffer(failure.technical or failure.detail) from failure
        raise


def _joined(
    pieces: Sequence[Sequence[Piece]],
    sound: Piece | None,
    probe: Probe,
    plan: Plan,
    frames: FrameTable,
    out: Path,
    *,
    nice: int,
    cancelled: Callable[[], bool] | None,
) -> Made:
    laid = [_lay(one, out / f"{size.name}.laid.mp4") for size, one in zip(plan.sizes, pieces, strict=True)]
    sources = [*laid, sound.path] if sound else laid
    copied = sum(path.stat().st_size for path in sources)
    completed = run(
        commands.join([size.name for size in plan.sizes], has_sound=sound is not None),
        out=out,
        sources=sources,
        limits=limits_for(Fraction(probe.duration_ms, 1000), nice, copied=copied),
        cancelled=cancelled,
    )
    for path in laid:
        path.unlink()
    made = read_back(probe, plan, frames, out)
    for one, measured in zip(pieces, made, strict=True):
        laid_frames = sum(piece.frames for piece in one)
        if measured.frames != laid_frames:
            raise MediaFailure("came_out_wrong", what=f"it has {measured.frames} of {laid_frames} frames")
    return Made(tuple(measured.rendition for measured in made), completed.level)


def segment_name(name: str, number: int) -> str:
    """What the `number`-th segment of a copy is called in the folder where it is made."""
    return f"{name}_{number:05d}.m4s"


def init_name(name: str) -> str:
    return f"{name}_init.mp4"


def _piece(out: Path, name: str) -> Path:
    """Lay a copy's init section and segments one behind the other."""
    path = out / f"{name}.mp4"
    segments = sorted(out.glob(f"{name}_*.m4s"))
    init = out / init_name(name)
    if not segments or not init.exists():
        raise MediaFailure("stopped_short", technical=f"{name}: {len(segments)} segments")
    with path.open("wb") as whole:
        for part in (init, *segments):
            _append(part, whole, 0)
    return path


def _lay(pieces: Sequence[Piece], path: Path) -> Path:
    """Lay pieces one behind the other, with the first one's init section, which all must share."""
    first = _init_of(pieces[0].path)
    with path.open("wb") as whole:
        whole.write(first)
        for piece in pieces:
            if _init_of(piece.path) != first:
                raise PiecesDiffer
            _append(piece.path, whole, len(first))
    return path


def _init_of(path: Path) -> bytes:
    """Return the boxes in front of the first fragment: `ftyp` and `moov` (ISO/IEC 14496-12)."""
    with path.open("rb") as file:
        head = file.read(_COPY_AT_ONCE)
    at = 0
    while at + 8 <= len(head) and head[at + 4 : at + 8] in (b"ftyp", b"moov"):
        at += int.from_bytes(head[at : at + 4], "big")
    return head[:at]


def _append(part: Path, whole: BinaryIO, offset: int) -> None:
    with part.open("rb") as file:
        file.seek(offset)
        while data := file.read(_COPY_AT_ONCE):
            whole.write(data)


# Counting packets costs next to nothing, and one second is decoded.
_READING = Limits(wall_s=300, cpu_s=300, output_bytes=1 << 20)


def _wrong(found: dict[str, int], *, size: tuple[int, int], frames: FrameTable, shown: Sequence[int]) -> str:
    """Say what of a piece isn't as it must be; empty when all is."""
    first, last = (round(chunks.time_of(frames, n) * commands.TICKS) for n in (shown[0], shown[-1]))
    if (found["width"], found["height"]) != size:
        return f"a part of it is {found['width']} × {found['height']} instead of {size[0]} × {size[1]}"
    if abs(found["frames"] - len(shown)) > max(MAY_MISS_AT_LEAST, round(MAY_MISS * len(shown))):
        return f"a part of it has {found['frames']} frames instead of {len(shown)}"
    if (
        found["frames"] == len(shown)
        and max(abs(found["first"] - first), abs(found["last"] - last)) > _TICKS_OFF
    ):
        return "a part of it is shown at the wrong time"
    return "" if found["last_frame_decodes"] else "the end of a part of it can't be played"


def _within(
    start: Fraction, end: Fraction, report: Callable[[float], None] | None
) -> Callable[[Progress], None] | None:
    """ffmpeg tells the film's own time: say how much of the chunk that is."""
    if report is None:
        return None
    length = max(Fraction(1, 1000), end - start)

    def tell(progress: Progress) -> None:
        done = 1.0 if progress.ended else float((Fraction(progress.out_time_ms, 1000) - start) / length)
        report(min(1.0, max(0.0, done)))

    return tell
