"""Films that are cut off or have bits turned over, by a seed: each ends as a film or as a sentence."""

from __future__ import annotations

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import httpx
from sqlalchemy import select

from pennydrop.db.session import SessionMaker, make_engine, make_readers, transaction
from pennydrop.jobs.models import Job, JobState
from tests.chaos.killer import services_of_a_house
from tests.chaos.report import Report
from tests.factories import films
from tests.support.house import House, running_house, until

_SIZE = {"seconds": 1.6, "width": 128, "height": 96}
_CROWD = 4
# Films of a second and a half; minutes are for a machine on which everybody else works too.
_LIMIT_S = 600.0
_HEAD = 4096
# Codes that say that something of ours failed, rather than what is wrong with the film.
_OURS = ("crashed", "failed", "took_too_long", "error")


def long(folder: Path, seed: int) -> Report:
    return damage(folder, seed, count=1000)


@dataclass
class Met:
    """What came of the films so far."""

    ends: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)


def damage(folder: Path, seed: int, *, count: int) -> Report:
    """Send `count` damaged films and go through all that a whole one goes through."""
    whole = _whole_films(folder)
    met = Met()
    with running_house(folder, PENNYDROP_THREADS="1", PENNYDROP_QUOTA_BYTES=str(1 << 40)) as house:
        before = _pids(house)

        def go(number: int) -> None:
            path = folder / f"damaged-{number}{whole[number % len(whole)].suffix}"
            how = spoil(whole[number % len(whole)], path, random.Random(f"{seed}:{number}"))
            try:
                _go_through(house, path, met)
            except AssertionError as error:
                met.lost.append(f"number {number}, {path.suffix}, {how}: {error}")
            path.unlink()

        with ThreadPoolExecutor(_CROWD) as crowd:
            list(crowd.map(go, range(count)))
        if (after := _pids(house)) != before:
            met.lost.append(f"services died: {before} became {after}")
        met.lost += _failures_of_ours(house)
    ends = ", ".join(f"{times} × {end}" for end, times in met.ends.most_common())
    return Report("damage", seed, [f"{count} damaged films sent, watched and clipped: {ends}"], met.lost)


def spoil(source: Path, target: Path, chance: random.Random) -> str:
    """Write a damaged copy and say how it was damaged."""
    data = bytearray(source.read_bytes())
    how = chance.choice(("cut off", "turned over", "turned over in its index", "zeroed", "cut out"))
    at = chance.randrange(len(data))
    if how == "cut off":
        del data[at:]
    elif how == "turned over":
        for _ in range(chance.choice((1, 4, 16, 64, 256))):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    elif how == "turned over in its index":
        # Boxes and headers lie at either end.
        for _ in range(chance.choice((1, 2, 8))):
            place = chance.randrange(min(_HEAD, len(data)))
            data[chance.choice((place, len(data) - 1 - place))] ^= 1 << chance.randrange(8)
    else:
        length = chance.choice((16, 512, 8192))
        data[at : at + length] = b"" if how == "cut out" else bytes(len(data[at : at + length]))
    target.write_bytes(bytes(data) or b"\0")
    return how


def _whole_films(folder: Path) -> list[Path]:
    """One film of each way on which films go: played as they are, copied, encoded."""
    made = [
        films.a_phone_film(folder / "phone.mp4", **_SIZE),
        films.a_recorder_film(
            folder / "recorder.webm", "-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libopus"
        ),
        films.a_phone_film(folder / "another phone.mov", **_SIZE),
        films.an_old_phone_film(folder / "old.3gp"),
        films.a_joined_film(folder / "joined.mp4"),
    ]
    fragmented = folder / "fragmented.mp4"
    films.ffmpeg("-i", made[0], "-c", "copy", "-movflags", "frag_keyframe+empty_moov", fragmented)
    return [*made, fragmented]


def _go_through(house: House, film: Path, met: Met) -> None:
    with house.as_("ta") as ta:
        video = house.send(ta, film)
        until(lambda: _is_over(house, video), within_s=_LIMIT_S, pause_s=0.5)
        seen = _right(ta.get(f"/api/v1/videos/{video}")).json()
        why = f": {seen['failure']['code']}" if seen["failure"] else ""
        met.ends[f"{seen['state']}{why}"] += 1
        if seen["state"] == "failed":
            assert seen["failure"]["detail"], "it failed without a sentence"
            assert seen["failure"]["code"] not in _OURS, seen["failure"]
            return
        assert seen["state"] == "ready", f"it was left {seen['state']}"
        _watch(ta, seen)
        _clip(ta, video, seen["duration_ms"], met)


def _watch(ta: httpx.Client, seen: dict[str, object]) -> None:
    """Read whatever players and pages read of a film, whole and in part."""
    addresses = [seen[name] for name in ("poster", "storyboard", "waveform", "speech", "frames")]
    addresses += [one["mp4"] for one in seen["qualities"]]  # type: ignore[attr-defined]
    for address in addresses:
        if not isinstance(address, str):
            continue
        whole = _right(ta.get(address)).content
        if len(whole) > 1:
            part = _right(ta.get(address, headers={"Range": f"bytes=1-{len(whole) // 2}"}))
            assert part.status_code != 206 or part.content == whole[1 : len(whole) // 2 + 1], address


def _clip(ta: httpx.Client, video: str, duration_ms: int, met: Met) -> None:
    span = {"start_ms": duration_ms // 4, "end_ms": max(duration_ms // 4 + 1, duration_ms * 3 // 4)}
    answer = ta.post(f"/api/v1/videos/{video}/clips", json={**span, "title": "Here"})
    assert answer.status_code < 500, answer.text
    if answer.status_code != 201:
        met.ends[f"no clip: {answer.json()['code']}"] += 1
        return
    address = f"/api/v1/clips/{answer.json()['id']}"
    state = until(lambda: _file_state(ta, address), within_s=_LIMIT_S, pause_s=0.5)
    met.ends[f"clip {state}"] += 1


def _file_state(ta: httpx.Client, address: str) -> str | None:
    state = str(_right(ta.get(address)).json()["file"]["state"])
    return state if state in ("ready", "failed") else None


def _right(answer: httpx.Response) -> httpx.Response:
    assert answer.status_code < 500, f"{answer.request.url.path}: {answer.status_code} {answer.text[:200]}"
    return answer


def _is_over(house: House, video: str) -> bool:
    left = select(Job.id).where(Job.subject_id == video, Job.state.in_((JobState.QUEUED, JobState.RUNNING)))
    with transaction(_readers(house)) as session:
        return session.scalar(left.limit(1)) is None


def _failures_of_ours(house: House) -> list[str]:
    with transaction(_readers(house)) as session:
        jobs = session.scalars(select(Job).where(Job.state == JobState.FAILED)).all()
    return [
        f"a fault of ours: {job.kind} of {job.subject_id}: {job.error_code} after {job.attempt} attempts"
        for job in jobs
        if job.error_code in _OURS
    ]


@cache
def _readers_of(url: str) -> SessionMaker:
    return make_readers(make_engine(url))


def _readers(house: House) -> SessionMaker:
    return _readers_of(house.settings.database)


def _pids(house: House) -> dict[str, int]:
    return {role: process.pid for role, process in services_of_a_house(house.process.pid)()}
