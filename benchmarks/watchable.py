"""From the last PATCH's answer to a film that can be watched, through the whole running service.

A phone's H.264 film, one minute and 45 minutes long, beside copying its file with `cp`; then ten minutes of
HEVC, which must be transcoded, until its first seconds can be played. What was written until then is counted
in the store, the film's own bytes left out.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import httpx

from benchmarks.clip_cut import ffmpeg
from tests.support.house import House, running_house

WATCHABLE_TARGET_S, HEVC_TARGET_S, WRITTEN_TARGET = 0.7, 4.0, 5_000_000


def make_phone_film(path: Path, minutes: int) -> Path:
    """1080p30 H.264 with B-frames, a keyframe each second, its index at the end, as a phone writes it."""
    piece = path.with_name(f"piece-{path.name}")
    picture = "testsrc2=s=1920x1080:r=30,noise=alls=10:allf=t"
    x264 = ["-c:v", "libx264", "-preset", "ultrafast", "-b:v", "6M", "-g", "30", "-pix_fmt", "yuv420p"]
    sound = ["-f", "lavfi", "-i", "sine=beep_factor=4"]
    subprocess.run(
        ffmpeg("-f", "lavfi", "-i", picture, *sound, "-t", "10", *x264, "-c:a", "aac", piece), check=True
    )
    loops = str(minutes * 6 - 1)
    subprocess.run(ffmpeg("-stream_loop", loops, "-i", piece, "-c", "copy", path), check=True)
    piece.unlink()
    return path


def make_hevc_film(path: Path) -> Path:
    """Ten minutes of 1080p30 HEVC in 8 bit, as a newer phone writes it."""
    piece = path.with_name(f"piece-{path.name}")
    picture = "testsrc2=s=1920x1080:r=30,noise=alls=6:allf=t"
    x265 = ["-c:v", "libx265", "-preset", "ultrafast", "-b:v", "6M", "-tag:v", "hvc1", "-x265-params"]
    inputs = ["-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", "sine=beep_factor=4", "-t", "10"]
    subprocess.run(
        ffmpeg(*inputs, *x265, "log-level=error:keyint=30", "-pix_fmt", "yuv420p", "-c:a", "aac", piece),
        check=True,
    )
    subprocess.run(ffmpeg("-stream_loop", "59", "-i", piece, "-c", "copy", path), check=True)
    piece.unlink()
    return path


def copy_seconds(film: Path) -> float:
    """How long `cp` takes for this file: the baseline of the same run."""
    target = film.with_name("copy")
    begun = time.perf_counter()
    subprocess.run(["cp", film, target], check=True)
    taken = time.perf_counter() - begun
    target.unlink()
    return taken


def written(house: House) -> int:
    """Bytes in the store that were made, not sent."""
    folders = (house.data / "objects" / name for name in ("renditions", "live"))
    return sum(p.stat().st_size for f in folders if f.exists() for p in f.rglob("*") if p.is_file())


def measure(
    house: House, client: httpx.Client, film: Path, plays: Callable[[dict[str, object]], bool]
) -> tuple[float, int]:
    """Send a film; return the seconds from its last byte until it plays, and the bytes made meanwhile."""
    upload, video = house.begin(client, film)
    before = written(house)
    house.patch(client, upload, film)
    begun = time.perf_counter()
    while not plays(house.video(client, video)):
        time.sleep(0.01)
    taken = time.perf_counter() - begun
    made = written(house) - before
    client.delete(f"/api/v1/videos/{video}").raise_for_status()
    return taken, made


def has_mp4(video: dict[str, object]) -> bool:
    assert video["state"] != "failed", video["failure"]
    return bool(video["playback"]["mp4"])  # type: ignore[index]


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--tries", type=int, default=5)
    options.add_argument("--minutes", type=int, nargs="*", default=[1, 45])
    given = options.parse_args()
    missed = 0
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as folder:
        room = Path(folder)
        films = {m: make_phone_film(room / f"{m}min.mp4", m) for m in given.minutes}
        hevc = make_hevc_film(room / "hevc.mp4")
        with running_house(room / "house") as house, house.as_("ta") as ta:
            for minutes, film in films.items():
                measured = [measure(house, ta, film, has_mp4) for _ in range(given.tries)]
                seconds, made = statistics.median(s for s, _ in measured), max(n for _, n in measured)
                baseline = copy_seconds(film)
                missed += seconds > WATCHABLE_TARGET_S or made > WRITTEN_TARGET
                print(
                    f"H.264, {minutes:2d} min, {film.stat().st_size / 1e6:6.0f} MB: watchable after "
                    f"{seconds:.2f} s (median of {given.tries}; at most {max(s for s, _ in measured):.2f}), "
                    f"{made / 1e6:.2f} MB written; cp takes {baseline:.2f} s: {seconds / baseline:.2f} x"
                )
            tries = [measure(house, ta, hevc, _plays_live) for _ in range(given.tries)]
            seconds = statistics.median(s for s, _ in tries)
            missed += seconds > HEVC_TARGET_S
            print(f"HEVC, 10 min: first seconds playable after {seconds:.2f} s (at most {max(tries)[0]:.2f})")
    return 1 if missed else 0


def _plays_live(video: dict[str, object]) -> bool:
    assert video["state"] != "failed", video["failure"]
    playback: dict[str, str | None] = video["playback"]  # type: ignore[assignment]
    return bool(playback["hls"] or playback["mp4"])


if __name__ == "__main__":
    sys.exit(main())
