"""What the sound looks like: peaks for a waveform, and a map of speech and silence. One decoding for both."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pennydrop.media import commands
from pennydrop.media.probe import Probe
from pennydrop.media.run import run
from pennydrop.media.sandbox import Limits
from pennydrop.media.speech import Levels, levels_of, speech_spans
from pennydrop.media.waveform import PEAKS_A_SECOND, Peaks, peaks_of
from pennydrop.timeline import Span

# Enough for speech, and the least to write and read.
RATE = 8000
BLOCK_S = 60


@dataclass(frozen=True, slots=True)
class SoundMap:
    """The files written, and the stretches in which somebody speaks."""

    waveform: Path
    speech: Path
    spans: tuple[Span, ...]


def make_sound_map(
    source: Path,
    probe: Probe,
    out: Path,
    *,
    nice: int = 0,
    cancelled: Callable[[], bool] | None = None,
) -> SoundMap:
    """Write `waveform.json` and `speech.json` into `out`; for a silent film, a flat line and no speech.

    `waveform.json`: `{"per_second", "min": […], "max": […]}` in -128…127. `speech.json`: `{"duration_ms",
    "speech": [[start_ms, end_ms], …], "silence": […]}`, together the whole film.
    """
    peaks, levels = Peaks.none(), Levels.none()
    if probe.audio is not None:
        limits = Limits(
            wall_s=900,
            cpu_s=900,
            output_bytes=(64 << 20) + probe.duration_ms * RATE * 2 // 1000 * 2,
            nice=nice,
        )
        argv = commands.samples(probe, rate=RATE)
        run(argv, out=out, sources=[source], limits=limits, cancelled=cancelled)
        raw = out / "sound.s16"
        peaks, levels = _read(raw)
        raw.unlink()
    peaks = peaks.lasting(probe.duration_ms)
    spans = speech_spans(levels, probe.duration_ms)
    waveform, speech = out / "waveform.json", out / "speech.json"
    _write(waveform, {"per_second": PEAKS_A_SECOND, "min": peaks.low.tolist(), "max": peaks.high.tolist()})
    said = [[span.start_ms, span.end_ms] for span in spans]
    silence = _between(said, probe.duration_ms)
    _write(speech, {"duration_ms": probe.duration_ms, "speech": said, "silence": silence})
    return SoundMap(waveform, speech, tuple(spans))


def _read(raw: Path) -> tuple[Peaks, Levels]:
    """Go through the samples a minute at a time: four hours of them don't belong in memory."""
    peaks, levels = [], []
    with raw.open("rb") as file:
        while block := file.read(BLOCK_S * RATE * 2):
            samples = np.frombuffer(block[: len(block) // 2 * 2], "<i2")
            peaks.append(peaks_of(samples, RATE))
            levels.append(levels_of(samples, RATE))
    return Peaks.joined(peaks), Levels.joined(levels)


def _between(spans: list[list[int]], duration_ms: int) -> list[list[int]]:
    edges = [0, *(edge for span in spans for edge in span), duration_ms]
    return [[a, b] for a, b in zip(edges[::2], edges[1::2], strict=True) if b > a]


def _write(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, separators=(",", ":")))
