"""A storyboard: sheets of small pictures, and a WebVTT track that says which one belongs to which time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from webvtt import Caption, WebVTT

from pennydrop.media.frames import FrameTable
from pennydrop.media.probe import Probe
from pennydrop.media.run import run_inside
from pennydrop.media.sandbox import Limits

LONG_SIDE = 160
COLUMNS, ROWS = 10, 10
# A picture each second of a short film; a long one gets coarser, so that the work stays the same.
LEAST_INTERVAL_MS = 1000
MOST_PICTURES = 300


@dataclass(frozen=True, slots=True)
class Storyboard:
    """Picture `n` shows the film around `n * interval_ms`; sheets are filled row by row."""

    sheets: tuple[Path, ...]
    vtt: Path
    interval_ms: int
    count: int
    columns: int
    rows: int
    width: int
    height: int


def make_storyboard(
    source: Path,
    probe: Probe,
    frames: FrameTable,
    out: Path,
    *,
    nice: int = 0,
    cancelled: Callable[[], bool] | None = None,
) -> Storyboard:
    """Write `sheet_<n>.jpg` and `storyboard.vtt` into `out`.

    `probe` and `frames` describe `source`. HDR comes out pale: give a rendition of such a film instead.
    """
    interval = interval_for(frames.duration_ms)
    times = list(range(0, frames.duration_ms, interval))
    width, height = thumbnail_size(*probe.video.upright_size)
    answer = run_inside(
        "storyboard",
        {
            # The middle of its stretch tells more of it than its beginning.
            "keyframes": _keyframes(frames, [ms + interval // 2 for ms in times]),
            "timescale": frames.timescale,
            "start": str(probe.video.start),
            "video": probe.video.index,
            "width": width,
            "height": height,
            "columns": COLUMNS,
            "rows": ROWS,
        },
        out=out,
        sources=[source],
        limits=Limits(wall_s=600, cpu_s=600, output_bytes=256 << 20, nice=nice),
        cancelled=cancelled,
    )
    sheets = tuple(out / f"sheet_{number}.jpg" for number in range(answer.value["sheets"]))
    vtt = out / "storyboard.vtt"
    board = Storyboard(sheets, vtt, interval, len(times), COLUMNS, ROWS, width, height)
    _write_vtt(board, frames.duration_ms)
    return board


def interval_for(duration_ms: int) -> int:
    """Return the distance of two pictures: whole seconds, so that nobody sees odd times."""
    return max(LEAST_INTERVAL_MS, 1000 * -(-duration_ms // (1000 * MOST_PICTURES)))


def thumbnail_size(width: int, height: int) -> tuple[int, int]:
    """Fit the upright picture into a square of `LONG_SIDE`, both sides even."""
    longest = max(width, height)
    small = (2 * max(8, round(side * LONG_SIDE / longest / 2)) for side in (width, height))
    return next(small), next(small)


def _keyframes(frames: FrameTable, times_ms: list[int]) -> list[int]:
    """Return, for each time, the tick of the last keyframe until then; of the first one before that."""
    ticks = frames.ticks[frames.keyframes] if len(frames.keyframes) else frames.ticks[:1]
    wanted = np.array(times_ms, np.int64) * frames.timescale // 1000
    chosen = np.maximum(np.searchsorted(ticks, wanted, "right") - 1, 0)
    return [int(tick) for tick in ticks[chosen]]


def _write_vtt(board: Storyboard, duration_ms: int) -> None:
    track = WebVTT()
    per_sheet = board.columns * board.rows
    for number in range(board.count):
        sheet, place = divmod(number, per_sheet)
        row, column = divmod(place, board.columns)
        start = number * board.interval_ms
        area = f"{column * board.width},{row * board.height},{board.width},{board.height}"
        track.captions.append(
            Caption(
                _clock(start),
                _clock(min(start + board.interval_ms, duration_ms)),
                f"sheet_{sheet}.jpg#xywh={area}",
            )
        )
    track.save(str(board.vtt))


def _clock(ms: int) -> str:
    seconds, ms = divmod(ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}.{ms:03d}"
