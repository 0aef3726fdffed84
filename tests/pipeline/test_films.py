"""From a phone's file to a film that everybody can watch, through the whole running service."""

from __future__ import annotations

import contextlib
import hashlib
from pathlib import Path
from typing import Any

import httpx
import pytest

from pennydrop.media.verify import measure
from tests.factories import films
from tests.support.growing import open_growing
from tests.support.house import House, until


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("films")


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def stored(house: House) -> dict[str, str]:
    """The sha256 of every source in the store, by its file name."""
    found = {}
    for path in (house.data / "objects" / "sources").iterdir():
        with contextlib.suppress(FileNotFoundError):  # deleted while we looked
            found[path.name] = digest(path)
    return found


def test_a_phones_film_is_watchable_as_it_is_and_gets_ready_behind(house: House, folder: Path) -> None:
    film = films.a_phone_film(folder / "plain.mp4", seconds=6.0)
    with house.as_("ta") as ta:
        video = house.send(ta, film)
        seen = house.wait_for(ta, video, "watchable", "ready")
        assert seen["failure"] is None
        seen = house.wait_for(ta, video, "ready")
        assert seen["proven"]
        assert (seen["width"], seen["height"], seen["duration_ms"]) == (320, 180, 6000)
        for name in ("poster", "storyboard", "waveform", "speech", "frames"):
            assert ta.get(seen[name]).status_code == 200, name
        original = next(q for q in seen["qualities"] if q["name"] == "original")
        assert original["size"] == film.stat().st_size
        copy = folder / "watched.mp4"
        copy.write_bytes(ta.get(original["mp4"]).content)
    assert [number for _, number in films.read_counters(copy)] == list(range(180))
    assert digest(film) in stored(house).values()


def test_a_film_that_browsers_cannot_play_plays_while_it_is_prepared(house: House, folder: Path) -> None:
    film = films.encode(folder / "hevc.mp4", *films.x265(), *films.AAC, seconds=10.0)
    with house.as_("ta") as ta:
        video = house.send(ta, film)
        seen = house.wait_for(ta, video, "watchable", "ready", pause_s=0.02)
        if seen["playback"]["hls"]:
            pictures = open_growing(ta, seen["playback"]["hls"])["pictures"]
            assert len(pictures.fetch(pictures.names[0])) > 1000
        seen = house.wait_for(ta, video, "ready")
        assert seen["playback"]["hls"] is None
        copy = folder / "proxy.mp4"
        copy.write_bytes(ta.get(seen["playback"]["mp4"]).content)
    assert [number for _, number in films.read_counters(copy)] == list(range(300))


def test_a_film_that_cannot_be_copied_is_encoded_instead(house: House, folder: Path) -> None:
    film = films.a_joined_film(folder / "joined.mp4")
    with house.as_("ta") as ta:
        seen = house.wait_for(ta, house.send(ta, film), "ready")
        assert (seen["state"], seen["duration_ms"]) == ("ready", 2000)
        assert seen["storyboard"]
        copy = folder / "joined-proxy.mp4"
        copy.write_bytes(ta.get(seen["playback"]["mp4"]).content)
    assert [number for _, number in films.read_counters(copy)] == [*range(30), *range(60, 90)]


def test_what_is_no_film_ends_failed_with_a_sentence(house: House, folder: Path) -> None:
    page = folder / "lesson.mp4"
    page.write_text("<html><body>Not a film</body></html>" * 20)
    with house.as_("ta") as ta:
        seen = house.wait_for(ta, house.send(ta, page), "ready")
        assert seen["state"] == "failed"
        assert seen["failure"]["code"] == "not_a_video"
        assert seen["failure"]["detail"].endswith(".")
        assert seen["playback"] == {"hls": None, "mp4": None}


def test_a_clips_own_file_holds_exactly_its_frames_and_leaves_the_original_alone(
    house: House, folder: Path
) -> None:
    film = films.a_phone_film(folder / "clipped.mp4", seconds=8.0)
    with house.as_("ta") as ta, house.as_("coach") as coach:
        video = house.send(ta, film)
        house.wait_for(ta, video, "ready")
        answer = coach.post(
            f"/api/v1/videos/{video}/clips", json={"start_ms": 2_310, "end_ms": 5_120, "title": "Wait"}
        )
        assert answer.status_code == 201
        clip = answer.json()
        assert (clip["start_ms"], clip["end_ms"]) == (2300, 5133)

        def made() -> dict[str, object] | None:
            found = coach.get(f"/api/v1/clips/{clip['id']}").json()["file"]
            return found if found["state"] != "queued" else None

        file = until(made)
        assert file["state"] == "ready"
        copy = folder / "clip.mp4"
        copy.write_bytes(coach.get(str(file["url"])).content)
    assert [number for _, number in films.read_counters(copy)] == list(range(69, 154))
    assert digest(film) in stored(house).values()


def test_a_clip_comes_in_full_quality_when_asked_and_light_for_sharing(house: House, folder: Path) -> None:
    film = films.a_phone_film(folder / "sharp.mp4", seconds=6.0, width=1920, height=1080)
    with house.as_("ta") as ta, house.as_("coach") as coach:
        video = house.send(ta, film)
        house.wait_for(ta, video, "watchable", "ready")
        made = coach.post(f"/api/v1/videos/{video}/clips", json={"start_ms": 1_000, "end_ms": 3_000})
        address = f"/api/v1/clips/{made.json()['id']}"
        assert made.json()["original"] is None
        assert coach.post(f"{address}/original").status_code == 202
        assert coach.post(f"{address}/original").status_code == 202

        original = until(lambda: _there(coach.get(address).json()["original"]))
        house.wait_for(ta, video, "ready")
        light = until(lambda: _size(folder, coach, coach.get(address).json()["file"], (1280, 720)))
        full = _size(folder, coach, original, (1920, 1080))
        assert full is not None
    assert [number for _, number in films.read_counters(light)] == list(range(30, 90))
    assert [number for _, number in films.read_counters(full)] == list(range(30, 90))


def _there(file: dict[str, Any]) -> dict[str, Any] | None:
    assert file["state"] != "failed", file
    return file if file["state"] == "ready" else None


def _size(folder: Path, client: httpx.Client, file: dict[str, Any], size: tuple[int, int]) -> Path | None:
    """The file in `folder`, once it is there and its picture has this size."""
    if not file["url"]:
        return None
    path = folder / f"{size[1]}p.mp4"
    path.write_bytes(client.get(file["url"]).content)
    (measured,) = measure([path], scratch=folder)
    return path if (measured.width, measured.height) == size else None


def test_the_same_film_sent_twice_is_stored_once(house: House, folder: Path) -> None:
    film = films.a_phone_film(folder / "twice.mp4", seconds=2.0, width=160, height=90)
    with house.as_("ta") as ta:
        for video in (house.send(ta, film), house.send(ta, film)):
            assert house.wait_for(ta, video, "ready")["state"] == "ready"
        assert list(stored(house).values()).count(digest(film)) == 1


def test_deleting_a_film_removes_its_bytes(house: House, folder: Path) -> None:
    film = films.a_phone_film(folder / "gone.mp4", seconds=2.0, width=176, height=96)
    with house.as_("ta") as ta:
        video = house.send(ta, film)
        assert house.wait_for(ta, video, "ready")["state"] == "ready"
        assert digest(film) in stored(house).values()
        assert ta.delete(f"/api/v1/videos/{video}").status_code == 204
        until(lambda: digest(film) not in stored(house).values() or None)
        until(lambda: not (house.data / "objects" / "renditions" / video).exists() or None)


def test_another_school_finds_nothing_of_it(house: House, watched: str) -> None:
    with house.as_("coach2") as stranger, house.as_("ta") as ta:
        seen = house.video(ta, watched)
        assert stranger.get(f"/api/v1/videos/{watched}").status_code == 404
        for address in (seen["playback"]["mp4"], seen["poster"], seen["frames"], seen["storyboard"]):
            assert stranger.get(address).status_code == 404
            assert httpx.get(house.url + address).status_code == 401
