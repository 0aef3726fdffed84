"""Watching a film that browsers can't play, while the copy that they can is still being made."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.factories import films
from tests.support.house import House
from tests.support.screen import expect_frame, frame_shown, is_playing, now_ms, wait_for_film

SECONDS = 12.0


@pytest.fixture(scope="module")
def hevc_lesson(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Newer phones' HEVC, large enough that its copy takes some seconds to make."""
    path = tmp_path_factory.mktemp("growing") / "lesson.mp4"
    larger = "scale=1280:720:flags=neighbor"
    return films.encode(path, *films.x265(), *films.AAC, seconds=SECONDS, filters=larger)


def test_a_growing_film_opens_by_itself_and_keeps_its_place_when_it_is_whole(
    coach_laptop: Page, house: House, hevc_lesson: Path
) -> None:
    page = coach_laptop
    with house.as_("coach") as coach:
        video = house.send(coach, hevc_lesson, "Counting in twos")
        page.goto(f"/videos/{video}?t=3")
        expect(page.locator("video[data-shown]")).to_be_visible(timeout=30_000)
        assert house.video(coach, video)["playback"]["mp4"] is None
    expect_frame(page, 90)

    page.keyboard.press("ArrowRight")
    expect_frame(page, 91)
    page.keyboard.press("Shift+ArrowLeft")
    expect_frame(page, 61)

    page.keyboard.press("k")
    before = frame_shown(page)
    expect(page.locator('video[src*=".mp4"][data-shown]')).to_be_visible(timeout=60_000)
    expect_frame(page, before)
    assert not is_playing(page)


def test_a_place_that_is_not_made_yet_is_shown_as_soon_as_it_is(
    coach_laptop: Page, house: House, hevc_lesson: Path, tmp_path: Path
) -> None:
    page = coach_laptop
    other = tmp_path / "other.mp4"
    films.ffmpeg("-i", hevc_lesson, "-c", "copy", "-metadata", "comment=another", other)
    with house.as_("coach") as coach:
        video = house.send(coach, other, "Counting in threes")
    page.goto(f"/videos/{video}?t=11")
    expect(page.get_by_text("still being prepared")).to_be_visible(timeout=30_000)
    page.keyboard.press("Space")
    expect(page.locator("video[data-shown]")).to_be_visible(timeout=60_000)
    wait_for_film(page, playing=True, past_ms=11_000)
    assert now_ms(page) < 12_100
