"""A 20-second clip of a long film that lies in a bucket: from the part it shows, and from the whole film.

The bucket's server is on this machine; a network only makes the difference larger. The baseline of the same
run is fetching the whole film first, as the first clip on each machine would have to.
"""

from __future__ import annotations

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.clip_cut import CLIP_SECONDS, ffmpeg
from pennydrop.clips.from_parts import cut_from_parts
from pennydrop.media.cutting import cut_clip
from pennydrop.settings import Settings
from pennydrop.storage.nearby import nearby
from pennydrop.storage.open import open_store
from pennydrop.storage.port import ObjectStore
from pennydrop.timeline import Span
from tests.support.servers.s3 import an_s3

KEY = "renditions/lesson/720p.mp4"
P95_TARGET_SECONDS, RATIO_TARGET = 1.2, 2.0


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--minutes", type=int, default=45)
    options.add_argument("--clips", type=int, default=20)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as name, an_s3(Path(name) / "s3") as server:
        folder = Path(name)
        store = open_store(Settings(data=folder / "data", **server.settings(server.make_bucket())))
        film = _make_film(folder / "film.mp4", given.minutes)
        size = film.stat().st_size
        store.put_file(KEY, film)
        chance = random.Random(7)
        spans = [_a_span(chance, given.minutes) for _ in range(given.clips)]
        parts = [_from_parts(store, span, folder / f"parts-{at}") for at, span in enumerate(spans)]
        whole = [_from_whole(store, span, folder / f"whole-{at}") for at, span in enumerate(spans[:3])]
    p95 = sorted(parts)[max(0, round(0.95 * len(parts)) - 1)]
    ratio = statistics.median(whole) / statistics.median(parts)
    print(
        f"{len(parts)} clips of {CLIP_SECONDS} s of a film of {given.minutes} min, {size / 1e6:.0f} MB, in a "
        f"bucket: median {statistics.median(parts):.2f} s, p95 {p95:.2f} s (within {P95_TARGET_SECONDS} s)"
    )
    print(
        f"with all of the film fetched first: {statistics.median(whole):.2f} s, {ratio:.1f} x as long "
        f"(at least {RATIO_TARGET})"
    )
    return 0 if p95 <= P95_TARGET_SECONDS and ratio >= RATIO_TARGET else 1


def _make_film(path: Path, minutes: int) -> Path:
    """A 720p copy as Pennydrop makes them: some 2 Mbit/s, a keyframe every two seconds."""
    minute = path.with_name("minute.mp4")
    inputs = [
        "-f",
        "lavfi",
        "-i",
        "testsrc2=s=1280x720:r=30,noise=alls=6:allf=t",
        "-f",
        "lavfi",
        "-i",
        "sine",
    ]
    x264 = ["-c:v", "libx264", "-preset", "ultrafast", "-b:v", "2M", "-g", "60", "-pix_fmt", "yuv420p"]
    subprocess.run(ffmpeg(*inputs, "-t", "60", *x264, "-c:a", "aac", minute), check=True)
    subprocess.run(ffmpeg("-stream_loop", str(minutes - 1), "-i", minute, "-c", "copy", path), check=True)
    return path


def _a_span(chance: random.Random, minutes: int) -> Span:
    start = chance.randrange(0, (60 * minutes - CLIP_SECONDS) * 1000)
    return Span(start, start + 1000 * CLIP_SECONDS)


def _from_parts(store: ObjectStore, span: Span, folder: Path) -> float:
    begun = time.perf_counter()
    cut_from_parts(store, KEY, span, folder)
    return time.perf_counter() - begun


def _from_whole(store: ObjectStore, span: Span, folder: Path) -> float:
    (folder / "cut").mkdir(parents=True)
    begun = time.perf_counter()
    cut_clip(nearby(store, KEY, folder), span, folder / "cut")
    return time.perf_counter() - begun


if __name__ == "__main__":
    sys.exit(main())
