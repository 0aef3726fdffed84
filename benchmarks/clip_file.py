"""From a clip that is saved to its own exact MP4, through the whole service, while a film is transcoded.

With `--waiting 10`, ten films of an hour wait to be transcoded, the first of them being at it; `--scaled` is
PostgreSQL and Redis instead. The baseline of the same run is encoding one of the spans whole with ffmpeg.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from benchmarks.clip_cut import CLIP_SECONDS, P95_TARGET_SECONDS, RATIO_TARGET, ffmpeg, make_film
from tests.support.house import House, running_house
from tests.support.servers.postgresql import a_postgresql
from tests.support.servers.redis import a_redis

# However much waits that takes long.
WAITING_TARGET_SECONDS = 2.0


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--clips", type=int, default=20)
    options.add_argument("--waiting", type=int, default=0, help="films of an hour that wait meanwhile")
    options.add_argument("--scaled", action="store_true", help="on PostgreSQL and Redis")
    given = options.parse_args()
    most = WAITING_TARGET_SECONDS if given.waiting else P95_TARGET_SECONDS
    with ExitStack() as running:
        folder = running.enter_context(tempfile.TemporaryDirectory())
        environment = {}
        if given.scaled:
            server = running.enter_context(a_postgresql())
            environment["PENNYDROP_DATABASE_URL"] = server.create("clips")
            environment["PENNYDROP_BROKER_URL"] = running.enter_context(a_redis(Path(folder)))
        film = make_film(Path(folder) / "film.mp4")
        begun = time.perf_counter()
        whole = ["-ss", "31", "-i", film, "-t", str(CLIP_SECONDS), "-c:v", "libx264", "-preset", "veryfast"]
        subprocess.run(ffmpeg(*whole, Path(folder) / "whole.mp4"), check=True)
        baseline = time.perf_counter() - begun
        house = running.enter_context(running_house(Path(folder) / "house", **environment))
        _let_wait(house, Path(folder), given.waiting)
        taken = _measure(house, film, given.clips)
    p95 = sorted(taken)[max(0, round(0.95 * len(taken)) - 1)]
    ratio = baseline / statistics.median(taken)
    print(
        f"clip saved → its own file, {len(taken)} clips of {CLIP_SECONDS} s, {_meanwhile(given.waiting)}: "
        f"median {statistics.median(taken):.2f} s, p95 {p95:.2f} s (must be within {most} s)"
    )
    print(
        f"encoding the span whole, alone: {baseline:.2f} s, {ratio:.1f} x as long (at least {RATIO_TARGET})"
    )
    print(f"load of this machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    return 0 if p95 <= most and (given.waiting or ratio >= RATIO_TARGET) else 1


def _meanwhile(waiting: int) -> str:
    return f"{waiting} films of an hour waiting" if waiting else "a transcode running"


def _let_wait(house: House, folder: Path, count: int) -> None:
    """Send films of an hour, small and each its own, and see that they wait to be transcoded."""
    if not count:
        return
    minute, hour = folder / "minute.mp4", folder / "hour.mp4"
    pattern = ["-f", "lavfi", "-i", "testsrc2=s=640x360:r=25:d=60", "-f", "lavfi", "-i", "sine=d=60"]
    subprocess.run(ffmpeg(*pattern, "-c:v", "libx264", "-preset", "ultrafast", minute), check=True)
    subprocess.run(ffmpeg("-stream_loop", "59", "-i", minute, "-c", "copy", hour), check=True)
    with house.as_("ta") as ta:
        for number in range(count):
            with hour.open("ab") as file:
                file.write(b"\x00\x00\x00\x0cfree" + number.to_bytes(4, "big"))
            house.wait_for(ta, house.send(ta, hour, f"Hour {number}"), "watchable", "ready")
    hour.unlink()


def _measure(house: House, film: Path, clips: int) -> list[float]:
    """Cut random clips as long as the film's own transcode runs, sending it again when it ends."""
    chance, taken = random.Random(11), []
    with house.as_("ta") as ta, house.as_("coach") as coach:
        while len(taken) < clips:
            copy = film.with_name(f"film-{len(taken)}.mp4")
            # A few bytes behind make it another film, so that it is transcoded anew.
            copy.write_bytes(film.read_bytes() + b"\x00\x00\x00\x0cfree" + len(taken).to_bytes(4, "big"))
            video = house.send(ta, copy)
            house.wait_for(ta, video, "watchable", "ready")
            while len(taken) < clips and house.video(ta, video)["state"] == "watchable":
                start = chance.randrange(0, 60_000)
                begun = time.perf_counter()
                body = {"start_ms": start, "end_ms": start + CLIP_SECONDS * 1000, "title": "Wait"}
                clip = coach.post(f"/api/v1/videos/{video}/clips", json=body).json()
                while coach.get(f"/api/v1/clips/{clip['id']}").json()["file"]["state"] == "queued":
                    time.sleep(0.02)
                taken.append(time.perf_counter() - begun)
            ta.delete(f"/api/v1/videos/{video}").raise_for_status()
    return taken


if __name__ == "__main__":
    sys.exit(main())
