"""The one look into an uploaded film that everything else follows from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pennydrop.media.failures import MediaFailure
from pennydrop.media.probe import Probe
from pennydrop.media.run import run_inside
from pennydrop.media.sandbox import Limits, SandboxLevel

# Films that aren't plain MP4 are read whole for their frame times, at the pace of a slow disk.
SLOW_DISK_BYTES_A_SECOND = 20_000_000


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was found. `frames` holds the frame table as JSON; `virtual` the stored `VirtualFile`, if any."""

    probe: Probe
    frames: Path
    virtual: Path | None
    level: SandboxLevel


def inspect(
    source: Path,
    out: Path,
    *,
    max_minutes: int = 240,
    cancelled: Callable[[], bool] | None = None,
) -> Inspection:
    """Look into `source`; write `frames.json` into `out`, and `virtual.bin` if it can be watched as it is.

    Raises `MediaFailure` when it is no film that can be prepared.
    """
    size = source.stat().st_size
    if size == 0:
        raise MediaFailure("empty_file")
    patience = 60 + size // SLOW_DISK_BYTES_A_SECOND
    answer = run_inside(
        "inspect",
        {"max_minutes": max_minutes},
        out=out,
        sources=[source],
        limits=Limits(wall_s=patience, cpu_s=int(patience), memory=3 << 30, output_bytes=256 << 20),
        cancelled=cancelled,
    )
    try:
        probe = Probe.from_json(answer.value["probe"])
    except (KeyError, TypeError, ValueError) as error:
        raise MediaFailure("damaged", technical=f"a report that makes no sense: {error}") from error
    virtual = out / "virtual.bin"
    return Inspection(probe, out / "frames.json", virtual if virtual.exists() else None, answer.level)
