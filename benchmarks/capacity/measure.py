"""What an hour of film costs: processor time by the kernel's accounts, bytes by the sizes of files."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import tempfile
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import psutil

from benchmarks.analysis import Stopwatch
from benchmarks.capacity.assumptions import GB
from benchmarks.capacity.needs import HOUR_S, Measured
from benchmarks.films import a_lesson
from pennydrop.media.cutting import cut_clip
from pennydrop.media.frames import FrameTable
from pennydrop.media.inspection import inspect
from pennydrop.media.plan import plan_for
from pennydrop.media.proxies import make_proxies
from pennydrop.media.sound import make_sound_map
from pennydrop.media.storyboard import MOST_PICTURES, make_storyboard
from pennydrop.timeline import Span
from tests.support.house import House, running_house

STORED = Path(__file__).with_name("measured.json")
CLIP_MS = 20_000
# A lit classroom on a phone: its 720p comes to two Mbit/s.
NOISE = 7
REQUESTS = 200


@dataclass(frozen=True, slots=True)
class Run:
    """A measurement and the machine it was taken on."""

    measured: Measured
    film_seconds: int
    machine: str
    load: float
    day: str

    def keep(self) -> None:
        STORED.write_text(json.dumps(asdict(self), indent=2) + "\n")

    @classmethod
    def kept(cls) -> Run:
        known = json.loads(STORED.read_text())
        return cls(**known | {"measured": Measured(**known["measured"])})


def measure(seconds: int) -> Run:
    """Do all that a lesson has done to it, each step once, and a few hundred requests.

    Copies are made of `seconds` of film; what takes seconds for an hour is measured on ten times as much.
    """
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        copied = a_lesson(work / "copied.mp4", seconds=seconds, noise=NOISE)
        measured = _copies(_folder(work, "short"), copied, seconds)
        looked_at = a_lesson(work / "looked_at.mp4", seconds=10 * seconds, noise=NOISE)
        measured |= _looks(_folder(work, "long"), looked_at, 10 * seconds)
        with running_house(work / "house") as house:
            measured |= _answers(house, copied)
    return Run(
        Measured(**measured),
        film_seconds=seconds,
        machine=f"{os.cpu_count()} cores, {_processor()}, Linux {platform.release().split('-')[0]}",
        load=round(os.getloadavg()[1], 1),
        day=datetime.now(UTC).date().isoformat(),
    )


def _copies(work: Path, source: Path, seconds: int) -> dict[str, float]:
    found = inspect(source, _folder(work, "look"))
    frames = FrameTable.from_json(json.loads(found.frames.read_text()))
    with Stopwatch() as copies:
        made = make_proxies(source, found.probe, plan_for(found.probe), frames, _folder(work, "copies"))
    by_name = {one.name: one.path for one in made.renditions}
    start = seconds * 500 - CLIP_MS // 2
    with Stopwatch() as clip:
        cut = cut_clip(by_name["720p"], Span(start, start + CLIP_MS), _folder(work, "clip"))
    to_an_hour = HOUR_S / seconds
    return {
        "copies_cpu_s": copies.processor * to_an_hour,
        "clip_cpu_s": clip.processor,
        "copy_720p_bytes": by_name["720p"].stat().st_size * to_an_hour,
        "copy_360p_bytes": by_name["360p"].stat().st_size * to_an_hour,
        "clip_bytes": float(cut.path.stat().st_size),
    }


def _looks(work: Path, source: Path, seconds: int) -> dict[str, float]:
    with Stopwatch() as look:
        found = inspect(source, _folder(work, "look"))
    frames = FrameTable.from_json(json.loads(found.frames.read_text()))
    with Stopwatch() as pictures:
        board = make_storyboard(source, found.probe, frames, _folder(work, "board"))
    with Stopwatch() as sound:
        make_sound_map(source, found.probe, _folder(work, "sound"))
    with Stopwatch() as proof, source.open("rb") as file:
        hashlib.file_digest(file, "sha256")
    # Of pictures, an hour has as many as any film at most; the rest grows with the film.
    more_pictures, to_an_hour = MOST_PICTURES / board.count, HOUR_S / seconds
    pictures_bytes = sum(path.stat().st_size for path in (board.vtt, *board.sheets))
    rest = _size(work / "look") + _size(work / "sound")
    return {
        "look_cpu_s": look.processor * to_an_hour,
        "extras_cpu_s": pictures.processor * more_pictures + sound.processor * to_an_hour,
        "proof_cpu_s": proof.processor * to_an_hour,
        "beside_bytes": pictures_bytes * more_pictures + rest * to_an_hour,
    }


def _answers(house: House, film: Path) -> dict[str, float]:
    """Measure the API's processor time for a film that arrives, and for what screens ask for most."""
    (api,) = [
        process
        for process in psutil.Process(house.process.pid).children()
        if "pennydrop_api" in process.cmdline()
    ]

    def used() -> float:
        times = api.cpu_times()
        return float(times.user + times.system)

    with house.as_("ta") as ta:
        before = used()
        house.send(ta, film)
        receiving = used() - before
    with house.as_("coach") as coach:
        addresses = ("/api/v1/me", "/api/v1/today", "/api/v1/videos", "/api/v1/library/steps?limit=20")
        for address in addresses:
            assert coach.get(address).status_code == 200, address
        before = used()
        for number in range(REQUESTS):
            coach.get(addresses[number % len(addresses)])
        answering = used() - before
    return {
        "receive_cpu_s_per_gb": receiving / film.stat().st_size * GB,
        "request_cpu_s": answering / REQUESTS,
    }


def _folder(work: Path, name: str) -> Path:
    path = work / name
    path.mkdir(mode=0o700)
    return path


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()
