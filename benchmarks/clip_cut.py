"""A 20-second clip of a 1080p film: smart cut beside encoding the span whole, while a transcode runs.

Each starts a process; the smart cut is sandboxed and reads back what it wrote.
"""

from __future__ import annotations

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from pennydrop.media.cutting import cut_clip
from pennydrop.timeline import Span

FILM_SECONDS, CLIP_SECONDS = 90, 20
P95_TARGET_SECONDS, RATIO_TARGET = 1.2, 5.0


def ffmpeg(*arguments: str | Path) -> list[str]:
    return ["ffmpeg", "-nostdin", "-v", "error", "-y", *map(str, arguments)]


def make_film(path: Path) -> Path:
    """A noisy moving picture at a phone's bit rate, with B-frames and a keyframe each second."""
    piece = path.with_name("piece.mp4")
    picture = "testsrc2=s=1920x1080:r=30,noise=alls=14:allf=t"
    x264 = ["-c:v", "libx264", "-preset", "veryfast", "-b:v", "12M", "-g", "30", "-bf", "2"]
    inputs = ["-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", "sine=beep_factor=4", "-t", "10"]
    subprocess.run(ffmpeg(*inputs, *x264, "-pix_fmt", "yuv420p", "-c:a", "aac", piece), check=True)
    loops = str(FILM_SECONDS // 10 - 1)
    subprocess.run(ffmpeg("-stream_loop", loops, "-i", piece, "-c", "copy", path), check=True)
    return path


def transcode(film: Path) -> subprocess.Popen[bytes]:
    """Keep a 720p transcode running in the background, as a worker would."""
    x264 = ["-vf", "scale=-2:720", "-c:v", "libx264", "-preset", "veryfast"]
    command = ffmpeg("-stream_loop", "-1", "-i", film, *x264, "-f", "null", "-")
    return subprocess.Popen(["nice", "-n", "19", *command])


def smart_cut(film: Path, start: float, out: Path) -> None:
    folder = out.with_suffix("")
    folder.mkdir(mode=0o700, exist_ok=True)
    cut_clip(film, Span(round(start * 1000), round((start + CLIP_SECONDS) * 1000)), folder)
    (folder / "clip.mp4").unlink()


def encode_whole(film: Path, start: float, out: Path) -> None:
    x264 = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "23", "-c:a", "aac"]
    subprocess.run(ffmpeg("-ss", f"{start:.3f}", "-i", film, "-t", str(CLIP_SECONDS), *x264, out), check=True)


def timed(cut: Callable[[Path, float, Path], None], film: Path, starts: list[float]) -> list[float]:
    seconds = []
    for start in starts:
        began = time.perf_counter()
        cut(film, start, film.with_name("clip.mp4"))
        seconds.append(time.perf_counter() - began)
    return sorted(seconds)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cuts", type=int, default=20)
    options.add_argument("--whole", type=int, default=2, help="how many spans are also encoded whole")
    asked = options.parse_args()
    draw = random.Random(3)
    starts = [draw.uniform(0, FILM_SECONDS - CLIP_SECONDS) for _ in range(asked.cuts)]
    with tempfile.TemporaryDirectory() as folder:
        film = make_film(Path(folder) / "film.mp4")
        background = transcode(film)
        try:
            cuts = timed(smart_cut, film, starts)
            whole = timed(encode_whole, film, starts[: asked.whole])
        finally:
            background.kill()
            background.wait()
    median, p95 = statistics.median(cuts), cuts[max(0, round(0.95 * len(cuts)) - 1)]
    ratio = statistics.median(whole) / median
    print(
        f"smart cut, {CLIP_SECONDS} s of 1080p, a transcode running: median {median:.2f} s, p95 {p95:.2f} s"
    )
    print(f"the same spans encoded whole: median {statistics.median(whole):.2f} s")
    print(f"ratio {ratio:.1f} x (target {RATIO_TARGET:.0f} x), p95 target {P95_TARGET_SECONDS} s")
    return 0 if p95 <= P95_TARGET_SECONDS and ratio >= RATIO_TARGET else 1


if __name__ == "__main__":
    sys.exit(main())
