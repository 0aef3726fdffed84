"""Storyboard, waveform and map of speech: seconds of work per hour of film, on one core."""

from __future__ import annotations

import argparse
import json
import os
import resource
import tempfile
import time
from pathlib import Path
from typing import Self

import psutil

from benchmarks.films import a_lesson
from pennydrop.media import storyboard
from pennydrop.media.frames import FrameTable
from pennydrop.media.inspection import inspect
from pennydrop.media.sound import make_sound_map
from pennydrop.media.storyboard import make_storyboard


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=int, default=180)
    seconds = parser.parse_args().seconds
    with tempfile.TemporaryDirectory() as folder:
        # What is written is weighed, so the source lies elsewhere.
        work = Path(folder) / "made"
        work.mkdir()
        source = a_lesson(Path(folder) / "source.mp4", seconds=seconds)
        os.sched_setaffinity(0, {0})
        found = inspect(source, work)
        frames = FrameTable.from_json(json.loads(found.frames.read_text()))
        with Stopwatch() as board_watch:
            board = make_storyboard(source, found.probe, frames, work)
        with Stopwatch() as sound_watch:
            make_sound_map(source, found.probe, work)
    # An hour has as many pictures as any film has at most.
    board_watch.scale(storyboard.MOST_PICTURES / board.count)
    sound_watch.scale(3600 / seconds)
    print(f"storyboard: {board_watch} per video-hour")
    print(f"waveform and speech: {sound_watch} per video-hour")
    together = board_watch.processor + sound_watch.processor
    print(f"together {together:.1f} s of one core per video-hour (must be within 20 s)")


class Stopwatch:
    """Measures time on the clock, and the processor's: the same on an idle core, apart on a busy one."""

    clock = processor = 0.0

    def __enter__(self) -> Self:
        self._begun = time.perf_counter(), _processor_seconds()
        return self

    def __exit__(self, *_: object) -> None:
        self.clock = time.perf_counter() - self._begun[0]
        time.sleep(0.1)  # until the fork server has taken note of its child's end
        self.processor = _processor_seconds() - self._begun[1]

    def scale(self, factor: float) -> None:
        self.clock, self.processor = self.clock * factor, self.processor * factor

    def __str__(self) -> str:
        return f"{self.processor:.1f} s of processor time ({self.clock:.1f} s on the clock)"


def _processor_seconds() -> float:
    """What this process, its children and the forks of its fork servers have used."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    this = psutil.Process()
    living = [process.cpu_times() for process in (this, *this.children())]
    servers = sum(times.user + times.system for times in living)
    forks = sum(times.children_user + times.children_system for times in living[1:])
    return ended.ru_utime + ended.ru_stime + float(servers + forks)


if __name__ == "__main__":
    main()
