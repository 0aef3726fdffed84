"""A scrub beside a Pennydrop that works, and the mending of what it found there."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from pennydrop.care.scrub import Places, scrub
from pennydrop.db.session import make_engine, make_sessions, transaction
from pennydrop.storage.open import open_store
from pennydrop.videos.models import Rendition
from tests.factories import films
from tests.support.house import House, until

pytestmark = pytest.mark.media


def places_of(house: House) -> Places:
    return Places(make_sessions(make_engine(house.settings.database)), open_store(house.settings))


def type_scrub(house: House, *words: str) -> tuple[int, str]:
    argv = [sys.executable, "-m", "pennydrop.cli.main", "scrub", *words]
    ended = subprocess.run(
        argv, capture_output=True, text=True, env={"PENNYDROP_DATA": str(house.data)}, check=False
    )
    assert not ended.stderr, ended.stderr
    return ended.returncode, ended.stdout


def test_a_scrub_raises_no_false_alarm_while_films_arrive_are_prepared_and_go(
    house: House, tmp_path: Path
) -> None:
    places = places_of(house)
    some = [
        films.a_phone_film(tmp_path / f"{n}.mp4", seconds=2.0 + n, width=160, height=90) for n in range(2)
    ]
    some.append(films.encode(tmp_path / "hevc.mp4", *films.x265(), *films.AAC, seconds=3.0))
    over = threading.Event()
    reports = []

    def keep_scrubbing() -> None:
        while not over.is_set():
            reports.append(scrub(places))

    scrubbing = threading.Thread(target=keep_scrubbing)
    scrubbing.start()
    try:
        with house.as_("ta") as ta, house.as_("coach") as coach:
            sent = [house.send(ta, film) for film in some]
            for video in sent:
                house.wait_for(ta, video, "watchable", "ready")
                clip = coach.post(
                    f"/api/v1/videos/{video}/clips", json={"start_ms": 200, "end_ms": 1_400}
                ).json()
                coach.patch(f"/api/v1/clips/{clip['id']}", json={"end_ms": 1_700})
            for video in sent:
                assert house.wait_for(ta, video, "ready")["state"] == "ready"
            for video in sent[:1]:
                assert ta.delete(f"/api/v1/videos/{video}").status_code == 204
    finally:
        over.set()
        scrubbing.join()
    assert len(reports) > 3
    assert [one for report in reports for one in report.findings] == []
    assert sum(report.newly_noted for report in reports) == 0


def test_what_was_made_from_a_film_is_made_anew(house: House, tmp_path: Path) -> None:
    film = films.a_phone_film(tmp_path / "mended.mp4", seconds=4.0)
    places = places_of(house)
    with house.as_("ta") as ta, house.as_("coach") as coach:
        video = house.send(ta, film)
        house.wait_for(ta, video, "ready")
        clip = coach.post(f"/api/v1/videos/{video}/clips", json={"start_ms": 500, "end_ms": 2_500}).json()
        address = f"/api/v1/clips/{clip['id']}"
        until(lambda: coach.get(address).json()["file"]["state"] == "ready" or None)
        assert type_scrub(house)[0] == 0
        spoilt = spoil_all_that_was_made(house, video, clip["id"])

        code, said = type_scrub(house, "--repair")
        assert code == 3
        assert "is being made anew from the original" in said
        found = json.loads(type_scrub(house, "--json")[1])
        assert len(found["findings"]) <= spoilt
        until(lambda: not scrub(places).findings or None)
        seen = house.video(ta, video)
        assert seen["state"] == "ready"
        copy = tmp_path / "copy.mp4"
        copy.write_bytes(ta.get(seen["playback"]["mp4"]).content)
        cut = tmp_path / "cut.mp4"
        cut.write_bytes(coach.get(coach.get(address).json()["file"]["url"]).content)
    assert [number for _, number in films.read_counters(copy)] == list(range(120))
    assert [number for _, number in films.read_counters(cut)] == list(range(15, 75))
    with transaction(places.sessions) as session:
        made = session.query(Rendition).filter_by(video_id=video).all()
        assert all(one.sha256 for one in made)


def spoil_all_that_was_made(house: House, video: str, clip: str) -> int:
    """Spoil every file of a film and a clip but the original, one way and another; return how many."""
    files = [path for path in (house.data / "objects" / "renditions" / video).rglob("*") if path.is_file()]
    files += [path for path in (house.data / "objects" / "clips" / clip).iterdir() if path.is_file()]
    for number, path in enumerate(files):
        if number % 2:
            path.unlink()
        else:
            path.write_bytes(path.read_bytes()[:-1] + b"?")
    return len(files)
