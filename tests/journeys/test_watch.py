"""Watching on a laptop: to the frame, with moments marked and clips cut by key."""

from __future__ import annotations

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from tests.support.house import House, until
from tests.support.screen import (
    expect_frame,
    frame_shown,
    frames_presented,
    frames_seen,
    is_playing,
    note_frames,
    now_ms,
    open_film,
    wait_for_film,
    watch_frames,
)


@pytest.fixture(scope="session")
def step(house: House) -> dict[str, Any]:
    """The teaching assistant's present step."""
    with house.as_("coach") as coach, house.as_("ta") as ta:
        answer = coach.post(
            "/api/v1/action-steps",
            json={
                "coachee": ta.get("/api/v1/me").json()["id"],
                "goal": "Help the group think for themselves",
                "action": "counting to five after each question",
                "criteria": ["Ask one question, then stop", "Keep your face open while you wait"],
            },
        )
        assert answer.status_code == 201, answer.text
        made: dict[str, Any] = answer.json()
    return made


def moments_of(house: House, video: str) -> list[dict[str, Any]]:
    with house.as_("ta") as ta:
        items: list[dict[str, Any]] = ta.get(f"/api/v1/videos/{video}/moments").json()["items"]
    return items


def clips_of(house: House, video: str) -> list[dict[str, Any]]:
    with house.as_("ta") as ta:
        items: list[dict[str, Any]] = ta.get(f"/api/v1/videos/{video}/clips").json()["items"]
    return items


def test_a_link_to_a_time_shows_that_frame_and_no_other_before_it(coach_laptop: Page, watched: str) -> None:
    watch_frames(coach_laptop)
    open_film(coach_laptop, f"/videos/{watched}?t=12.5")
    expect_frame(coach_laptop, 375)
    coach_laptop.wait_for_timeout(300)
    assert set(frames_seen(coach_laptop)) == {375}


@pytest.mark.parametrize("t", ["7", "0:07", "7s", "7000ms", "7000"])
def test_a_link_can_say_the_time_in_any_of_the_usual_ways(coach_laptop: Page, watched: str, t: str) -> None:
    open_film(coach_laptop, f"/videos/{watched}?t={t}")
    expect_frame(coach_laptop, 210)


def test_the_arrow_keys_step_by_exactly_one_frame(coach_laptop: Page, watched: str) -> None:
    page = coach_laptop
    open_film(page, f"/videos/{watched}?t=5")
    for number in range(151, 157):
        page.keyboard.press("ArrowRight")
        expect_frame(page, number)
    page.keyboard.press("ArrowLeft")
    expect_frame(page, 155)
    page.keyboard.press("Shift+ArrowRight")
    expect_frame(page, 185)


def test_a_step_after_a_pause_goes_to_the_next_frame(coach_laptop: Page, watched: str) -> None:
    page = coach_laptop
    open_film(page, f"/videos/{watched}?t=3")
    page.keyboard.press(" ")
    wait_for_film(page, past_ms=3400)
    page.keyboard.press("k")
    page.wait_for_timeout(200)
    paused_at = frame_shown(page)
    page.keyboard.press("ArrowRight")
    expect_frame(page, paused_at + 1)


def test_one_key_marks_the_ten_seconds_before_it_and_the_film_goes_on(
    coach_laptop: Page, house: House, watched: str
) -> None:
    page = coach_laptop
    before = {moment["id"] for moment in moments_of(house, watched)}
    open_film(page, f"/videos/{watched}?t=15")
    page.keyboard.press(" ")
    wait_for_film(page, past_ms=15_300)
    page.keyboard.press("m")
    pressed_at = now_ms(page)
    new = until(lambda: [one for one in moments_of(house, watched) if one["id"] not in before])
    assert len(new) == 1
    assert new[0]["end_ms"] == pytest.approx(pressed_at, abs=150)
    assert new[0]["end_ms"] - new[0]["start_ms"] == pytest.approx(10_000, abs=34)
    assert is_playing(page)


def test_a_finger_that_rests_on_the_key_marks_one_moment(
    coach_laptop: Page, house: House, watched: str
) -> None:
    page = coach_laptop
    before = len(moments_of(house, watched))
    open_film(page, f"/videos/{watched}?t=11")
    for _ in range(4):
        page.keyboard.down("m")
    page.keyboard.up("m")
    page.keyboard.press("m")
    until(lambda: len(moments_of(house, watched)) > before)
    expect(page.get_by_text("Saving…")).to_have_count(0)
    assert len(moments_of(house, watched)) == before + 1


def test_a_half_written_note_survives_a_reload(coach_laptop: Page, watched: str) -> None:
    page = coach_laptop
    open_film(page, f"/videos/{watched}?t=13")
    page.keyboard.press("n")
    page.keyboard.type("Here she wai")
    open_film(page, f"/videos/{watched}")
    expect(page.get_by_label("Note", exact=True)).to_have_value("Here she wai")
    expect(page.get_by_text(re.compile("^At 0:13"))).to_be_visible()


def test_words_written_without_a_network_survive_a_reload(
    coach_laptop: Page, house: House, watched: str
) -> None:
    page = coach_laptop
    open_film(page, f"/videos/{watched}?t=14")
    page.keyboard.press("m")
    say = page.get_by_label("Say more")
    expect(say).to_be_visible()
    expect(page.get_by_text("Saving…")).to_have_count(0)
    page.context.set_offline(True)
    say.fill("Said in a classroom without wifi")
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_text(re.compile("^Not saved yet"))).to_be_visible()
    page.context.set_offline(False)
    page.reload()
    until(
        lambda: [
            one for one in moments_of(house, watched) if one["text"] == "Said in a classroom without wifi"
        ]
    )
    expect(page.get_by_text(re.compile("^Not saved yet"))).to_have_count(0, timeout=20_000)


def test_a_moment_whose_answer_got_lost_is_there_once(coach_laptop: Page, house: House, watched: str) -> None:
    page = coach_laptop

    def lose_the_answer(route: Route) -> None:
        if route.request.method != "POST":
            return route.fallback()
        route.fetch()
        return route.abort()

    open_film(page, f"/videos/{watched}?t=16.5")
    page.route("**/moments", lose_the_answer)
    before = len(moments_of(house, watched))
    page.keyboard.press("m")
    expect(page.get_by_text(re.compile("^Not saved yet"))).to_be_visible()
    page.unroute("**/moments")
    expect(page.get_by_text(re.compile("^Not saved yet"))).to_have_count(0, timeout=20_000)
    assert len(moments_of(house, watched)) == before + 1


def test_a_note_belongs_to_the_time_of_its_first_key(coach_laptop: Page, house: House, watched: str) -> None:
    page = coach_laptop
    open_film(page, f"/videos/{watched}?t=2")
    page.keyboard.press(" ")
    page.keyboard.press("n")
    page.keyboard.type("A")
    first_key = now_ms(page)
    page.keyboard.type("mir is thinking here", delay=60)
    assert is_playing(page)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Amir is thinking here")).to_be_visible()
    note = until(
        lambda: [one for one in moments_of(house, watched) if one["text"] == "Amir is thinking here"]
    )[0]
    assert note["end_ms"] is None
    assert note["start_ms"] == pytest.approx(first_key, abs=150)


def test_a_clip_is_cut_by_key_hung_on_a_criterion_and_plays_exactly_its_frames(
    coach_laptop: Page, house: House, watched: str, step: dict[str, Any]
) -> None:
    page = coach_laptop
    open_film(page, f"/videos/{watched}?t=4")
    page.keyboard.press("i")
    page.keyboard.press("Shift+ArrowRight")
    expect_frame(page, 150)
    page.keyboard.press("o")
    sheet = page.get_by_role("dialog", name="New clip")
    page.keyboard.press("]")
    expect_frame(page, 121)
    sheet.get_by_label("Title").fill("Five seconds of quiet")
    sheet.get_by_role("button", name=re.compile(step["goal"])).click()
    sheet.get_by_role("button", name=step["criteria"][0]["text"]).click()
    sheet.get_by_role("button", name="Save clip").click()
    expect(sheet).to_be_hidden()
    made = next(clip for clip in clips_of(house, watched) if clip["title"] == "Five seconds of quiet")
    assert (made["start_ms"], made["end_ms"]) == (121 * 1000 // 30, 151 * 1000 // 30)
    assert (made["action_step"], made["criterion"]) == (step["id"], step["criteria"][0]["id"])

    wait_for_film(page, playing=False)
    note_frames(page, fps=30)
    page.get_by_role("button", name=re.compile("^Play Five seconds of quiet")).click()
    wait_for_film(page, playing=True)
    wait_for_film(page, playing=False)
    expect_frame(page, 150)
    seen = frames_presented(page)
    assert (min(seen), max(seen)) == (121, 150)


def test_a_clips_own_file_can_be_downloaded_once_it_is_made(
    coach_laptop: Page, house: House, watched: str
) -> None:
    with house.as_("coach") as coach:
        body = {"start_ms": 1000, "end_ms": 2000, "title": "To keep"}
        clip = coach.post(f"/api/v1/videos/{watched}/clips", json=body).json()
        until(lambda: coach.get(f"/api/v1/clips/{clip['id']}").json()["file"]["state"] == "ready")
    page = coach_laptop
    open_film(page, f"/videos/{watched}?clip={clip['id']}")
    page.get_by_role("button", name="More about “To keep”").click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name=re.compile("^Download")).click()
    assert download.value.suggested_filename.endswith(".mp4")


def test_the_question_mark_shows_all_keys(coach_laptop: Page, watched: str) -> None:
    open_film(coach_laptop, f"/videos/{watched}")
    coach_laptop.keyboard.press("?")
    expect(
        coach_laptop.get_by_role("dialog").get_by_text("Mark a moment: the ten seconds before")
    ).to_be_visible()


def test_a_coach_from_another_school_finds_nothing(
    coach_laptop: Page, house: House, watched: str, browser: Any
) -> None:
    context = browser.new_context(base_url=house.url)
    credentials = {"email": house.email("coach2"), "password": house.password}
    context.request.post("/api/v1/session", data=credentials, headers={"Origin": house.url})
    page = context.new_page()
    page.goto(f"/videos/{watched}")
    expect(page.get_by_role("heading", name="We can’t find that page")).to_be_visible()
    context.close()


def test_the_watch_page_and_the_clip_sheet_are_accessible(coach_laptop: Page, watched: str) -> None:
    page = coach_laptop
    open_film(page, f"/videos/{watched}?t=6")
    assert serious(page) == []
    page.keyboard.press("c")
    expect(page.get_by_role("dialog", name="New clip")).to_be_visible()
    assert serious(page) == []


def serious(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [each["id"] for each in found if each["impact"] in ("serious", "critical")]
