"""A film through machines that share no disk."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import httpx
from sqlalchemy import func, select

from pennydrop.db.session import make_engine, make_readers, transaction
from pennydrop.jobs.models import Job, JobState
from pennydrop.storage.open import open_store
from pennydrop.videos.models import Source, Video
from pennydrop.videos.progress import CHUNK
from tests.factories import films
from tests.support.house import until
from tests.support.trust import Trust


def test_a_film_sent_to_one_machine_is_made_by_others_and_watched_at_yet_another(
    trust: Trust, tmp_path: Path
) -> None:
    film = films.a_phone_film(tmp_path / "lesson.mp4", seconds=12.0)
    sent_to, watched_at = trust.house(0), trust.house(1)
    with sent_to.as_("ta") as ta:
        video = sent_to.send(ta, film)
    with watched_at.as_("ta") as ta:
        seen = watched_at.wait_for(ta, video, "ready")
        assert seen["failure"] is None
        assert until(lambda: watched_at.video(ta, video)["proven"])
        for name in ("poster", "storyboard", "waveform", "speech", "frames"):
            assert ta.get(seen[name]).status_code == 200, name
        copies = {one["name"]: ta.get(one["mp4"]).content for one in seen["qualities"]}
        part = ta.get(seen["playback"]["mp4"], headers={"Range": "bytes=1000-1999"})
    assert (part.status_code, len(part.content)) == (206, 1000)
    assert chunks_made(trust, video) == 4
    for name, copy in copies.items():
        path = tmp_path / f"{name}.mp4"
        path.write_bytes(copy)
        assert [number for _, number in films.read_counters(path)] == list(range(360)), name
    with watched_at.as_("coach") as coach:
        answer = coach.post(
            f"/api/v1/videos/{video}/clips", json={"start_ms": 2000, "end_ms": 5000, "title": "Here"}
        )
        assert answer.status_code == 201, answer.text
        path = fetched(coach, answer.json()["id"], "file", tmp_path / "clip.mp4")
    assert [number for _, number in films.read_counters(path)] == list(range(60, 150))


def test_an_upload_goes_on_at_another_machine_to_the_byte(trust: Trust, tmp_path: Path) -> None:
    film = films.a_phone_film(tmp_path / "lesson.mp4", seconds=30.0, width=1280, height=720)
    data = film.read_bytes()
    houses = [trust.house(0), trust.house(1)]
    with houses[0].as_("ta") as ta:
        upload, video = houses[0].begin(ta, film)
    offset, turn = 0, 0
    while offset < len(data):
        turn += 1
        with houses[turn % 2].as_("ta") as ta:
            head = ta.head(upload, headers={"Tus-Resumable": "1.0.0"})
            assert int(head.headers["Upload-Offset"]) == offset
            piece = data[offset : offset + 700_000]
            headers = {
                "Tus-Resumable": "1.0.0",
                "Upload-Offset": str(offset),
                "Content-Type": "application/offset+octet-stream",
            }
            assert ta.patch(upload, content=piece, headers=headers).status_code == 204
            offset += len(piece)
    with houses[0].as_("ta") as ta:
        seen = houses[0].wait_for(ta, video, "watchable", "ready")
        original = next(one for one in seen["qualities"] if one["name"] == "original")
        assert seen["size"] == len(data)
        assert until(lambda: houses[0].video(ta, video)["proven"])
        assert original["size"] == len(data)
        assert hashlib.sha256(data).hexdigest() == sha256_stored(trust, video)


def chunks_made(trust: Trust, video_id: str) -> int:
    """How many chunks the film's copies were put together of."""
    with transaction(make_readers(make_engine(trust.settings.database))) as session:
        made = select(func.count()).where(Job.subject_id == video_id, Job.kind == CHUNK)
        return session.scalar(made.where(Job.state == JobState.DONE)) or 0


def sha256_stored(trust: Trust, video_id: str) -> str:
    """The sha256 of a film's bytes as they lie in the store."""
    with transaction(make_readers(make_engine(trust.settings.database))) as session:
        source = session.get_one(Source, session.get_one(Video, video_id).source_id)
    return hashlib.sha256(open_store(trust.settings).read(source.key)).hexdigest()


def test_a_clip_of_a_long_film_in_a_bucket_does_not_wait_for_all_of_it_to_be_fetched(
    trust: Trust, tmp_path: Path
) -> None:
    film = films.a_phone_film(tmp_path / "long.mp4", seconds=12.0)
    with film.open("ab") as file:
        # A box that nobody reads makes it as large as a lesson's first minutes.
        file.write((40 << 20).to_bytes(4, "big") + b"free")
        file.truncate(film.stat().st_size + (40 << 20))
    (worker,) = trust.of("worker")
    near = Path(worker.environment["PENNYDROP_DATA"]) / "scratch"
    house = trust.house()
    with house.as_("ta") as ta, house.as_("coach") as coach:
        video = house.send(ta, film)
        house.wait_for(ta, video, "ready")
        body = {"start_ms": 2000, "end_ms": 5000, "title": "Here"}
        clip = coach.post(f"/api/v1/videos/{video}/clips", json=body).json()["id"]
        fetched(coach, clip, "file", tmp_path / "light.mp4")
        # Another worker, or this one an hour later, has nothing of the film at hand.
        until(lambda: is_idle(trust))
        copies = list(near.glob("near-*"))
        assert copies
        for folder in copies:
            shutil.rmtree(folder)
        assert coach.post(f"/api/v1/clips/{clip}/original").status_code == 202
        path = fetched(coach, clip, "original", tmp_path / "clip.mp4")
    assert [number for _, number in films.read_counters(path)] == list(range(60, 150))
    assert not list(near.glob("near-*"))


def fetched(client: httpx.Client, clip: str, which: str, to: Path) -> Path:
    """Wait until a clip's `file` or `original` is made, and write what is served of it to `to`."""

    def made() -> str | None:
        found = client.get(f"/api/v1/clips/{clip}").json()[which]
        assert found["state"] != "failed"
        return found["url"] if found["state"] == "ready" else None

    to.write_bytes(client.get(until(made)).content)
    return to


def is_idle(trust: Trust) -> bool:
    with transaction(make_readers(make_engine(trust.settings.database))) as session:
        open_ones = select(func.count()).where(Job.state.in_((JobState.QUEUED, JobState.RUNNING)))
        return session.scalar(open_ones) == 0
