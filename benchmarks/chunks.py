"""A long film in chunks: two transcoders of one core each, against one, and against a bare ffmpeg.

Everything is real but the browser: an API takes the film in, a worker looks into it, then only transcoders
run. The bare ffmpeg makes the same copies of the same film in one process that uses both cores.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from sqlalchemy import select

from benchmarks.films import a_lesson
from pennydrop.care.installation import bring_up_to_date
from pennydrop.db.session import make_engine, make_readers, make_sessions, transaction
from pennydrop.demo.build import open_accounts
from pennydrop.jobs.models import Job, JobState
from pennydrop.media import commands
from pennydrop.media.plan import plan_for
from pennydrop.media.probe import Probe
from pennydrop.media.sandbox import source_path
from pennydrop.settings import Settings
from pennydrop.videos.models import Video
from pennydrop.videos.progress import CHUNK, PROXIES, SOUND
from tests.support.house import House, free_port, until

TWICE_TARGET, BARE_TARGET = 1.85, 1.0
CORES = (0, 1)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--minutes", type=float, default=45)
    options.add_argument("--skip-one", action="store_true", help="leave the run with one transcoder out")
    given = options.parse_args()
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as folder:
        room = Path(folder)
        film = a_lesson(room / "lesson.mp4", seconds=round(given.minutes * 60))
        two = _in_chunks(film, room / "two", transcoders=2)
        bare = _bare(film, two.probe, room / "bare")
        print(f"{given.minutes:g} min of 1080p in {two.chunks} chunks, {two.mean_s:.1f} s each:", end=" ")
        print(f"two transcoders {two.seconds:.1f} s, of these joining {two.join_s:.1f} s")
        print(f"a bare ffmpeg on both cores {bare:.1f} s")
        print(f"speed against the bare ffmpeg: {bare / two.seconds:.3f} (must reach {BARE_TARGET})")
        missed = bare / two.seconds < BARE_TARGET
        if not given.skip_one:
            one = _in_chunks(film, room / "one", transcoders=1)
            print(
                f"one transcoder {one.seconds:.1f} s: two are {one.seconds / two.seconds:.3f} x as fast",
                end=" ",
            )
            print(f"(must reach {TWICE_TARGET})")
            missed |= one.seconds / two.seconds < TWICE_TARGET
    return 1 if missed else 0


class Outcome:
    """What the ledger says of a film that is ready: times by the database's clock."""

    def __init__(self, settings: Settings, video_id: str) -> None:
        with transaction(make_readers(make_engine(settings.database))) as session:
            jobs = session.scalars(select(Job).where(Job.subject_id == video_id)).all()
            self.probe = Probe.from_json(session.get_one(Video, video_id).probe or {})
        chunks = [job for job in jobs if job.kind == CHUNK]
        parts = [job for job in jobs if job.kind in (CHUNK, SOUND)]
        (joined,) = (job for job in jobs if job.kind == PROXIES)
        begun = min(job.started_at_ms or 0 for job in parts)
        self.seconds = ((joined.finished_at_ms or 0) - begun) / 1000
        self.join_s = _lasted(joined)
        self.chunks = len(chunks)
        self.mean_s = sum(map(_lasted, chunks)) / max(1, len(chunks))


def _lasted(job: Job) -> float:
    return ((job.finished_at_ms or 0) - (job.started_at_ms or 0)) / 1000


def _in_chunks(film: Path, folder: Path, *, transcoders: int) -> Outcome:
    data, port = folder / "data", free_port()
    data.mkdir(parents=True)
    settings = Settings(data=data)
    bring_up_to_date(settings)
    open_accounts(make_sessions(make_engine(settings.database)), settings)
    with _service("api", data, port) as api:
        url = f"http://localhost:{port}"
        until(lambda: _answers(url))
        house = House(url, data, api, settings, settings.demo_password.get_secret_value())
        with _service("worker", data, port), house.as_("ta") as ta:
            video = house.send(ta, film)
            house.wait_for(ta, video, "watchable")
            until(lambda: _all_done(settings, video, but=(PROXIES,)), within_s=1800)
        if transcoders == 1:
            with _service("transcoder", data, port, core=CORES[0]):
                until(lambda: _all_done(settings, video), within_s=7200, pause_s=1)
        else:
            with (
                _service("transcoder", data, port, core=CORES[0]),
                _service("transcoder", data, port, core=CORES[1]),
            ):
                until(lambda: _all_done(settings, video), within_s=7200, pause_s=1)
    outcome = Outcome(settings, video)
    shutil.rmtree(folder)
    return outcome


def _all_done(settings: Settings, video_id: str, *, but: tuple[str, ...] = ()) -> bool:
    with transaction(make_readers(make_engine(settings.database))) as session:
        jobs = session.execute(select(Job.kind, Job.state).where(Job.subject_id == video_id)).all()
    assert all(state is not JobState.FAILED for _, state in jobs)
    return all(state is JobState.DONE for kind, state in jobs if kind not in but)


@contextmanager
def _service(
    name: str, data: Path, port: int, *, core: int | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Run one service; on a core of its own it stands for a machine that has only this one."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PENNYDROP_")},
        "PENNYDROP_DATA": str(data),
        "PENNYDROP_PORT": str(port),
        "PENNYDROP_THREADS": "1",
    }
    argv = [sys.executable, "-m", "pennydrop.cli.main", name]
    if core is not None:
        argv = ["taskset", "-c", str(core), *argv]
    process = subprocess.Popen(argv, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(30)


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/healthz", timeout=5).status_code == 200
    except httpx.TransportError:
        return False


def _bare(film: Path, probe: Probe, out: Path) -> float:
    out.mkdir()
    argv = [
        str(film) if word == f"file:{source_path()}" else word
        for word in commands.proxies(probe, plan_for(probe))
    ]
    begun = time.perf_counter()
    subprocess.run(
        ["taskset", "-c", ",".join(map(str, CORES)), "nice", "-n", "19", *argv],
        cwd=out,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return time.perf_counter() - begun


if __name__ == "__main__":
    sys.exit(main())
