"""The whole story, by two people on two devices: film, find the moment, clip it, rewatch."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.factories.films import a_phone_film
from tests.support.house import House
from tests.support.screen import wait_for_film


@pytest.fixture(scope="module")
def fresh_lesson(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A film that no other test sends."""
    return a_phone_film(tmp_path_factory.mktemp("story") / "Monday maths.mp4", seconds=20.0)


def test_from_a_phones_film_to_a_clip_on_the_coachees_step(
    ta_phone: Page, coach_laptop: Page, house: House, fresh_lesson: Path
) -> None:
    with house.as_("coach") as coach, house.as_("ta") as ta:
        step = coach.post(
            "/api/v1/action-steps",
            json={
                "coachee": ta.get("/api/v1/me").json()["id"],
                "goal": "Let every pupil think",
                "action": "asking first and naming afterwards",
                "criteria": ["Ask before you say a name", "Look around the table"],
            },
        ).json()

    ta_phone.goto("/film")
    chooser = ta_phone.locator("label", has_text="Choose a video").locator("input[type=file]")
    chooser.set_input_files(fresh_lesson)
    expect(ta_phone.get_by_text("It is safe to delete it from your phone now.")).to_be_visible(timeout=60_000)

    coach_laptop.goto("/")
    coach_laptop.get_by_role("link", name=re.compile("Monday maths")).first.click()
    expect(coach_laptop.locator("video[data-shown]")).to_be_visible(timeout=30_000)
    coach_laptop.keyboard.press("l")
    wait_for_film(coach_laptop, playing=True)
    coach_laptop.wait_for_timeout(1500)
    coach_laptop.keyboard.press("m")
    expect(coach_laptop.get_by_text(re.compile("^1 moment"))).to_be_visible()
    coach_laptop.keyboard.press("Escape")
    coach_laptop.keyboard.press("c")
    sheet = coach_laptop.get_by_role("dialog", name="New clip")
    sheet.get_by_label("Title").fill("You asked, then you named")
    sheet.get_by_role("button", name=re.compile("Let every pupil think")).click()
    sheet.get_by_role("button", name="Look around the table").click()
    sheet.get_by_role("button", name="Save clip").click()
    expect(sheet).to_be_hidden()

    ta_phone.goto("/")
    expect(ta_phone.get_by_text(re.compile("asking first and naming afterwards"))).to_be_visible()
    ta_phone.get_by_role("link", name=re.compile("You asked, then you named")).first.click()
    expect(ta_phone.locator("video[data-shown]")).to_be_visible(timeout=30_000)
    with house.as_("ta") as ta:
        (clip,) = ta.get("/api/v1/clips", params={"coachee": "me", "action_step": step["id"]}).json()["items"]
    assert clip["title"] == "You asked, then you named"
    assert clip["criterion"] == step["criteria"][1]["id"]


def test_a_wrong_password_is_answered_kindly_and_the_right_one_opens_the_house(
    browser_page: Page, house: House
) -> None:
    page = browser_page
    page.goto("/")
    page.get_by_label("Email").fill(house.email("ta"))
    page.get_by_label("Password", exact=True).fill("not this one")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Password", exact=True).fill(house.password)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name=re.compile("Aisha"))).to_be_visible()


@pytest.mark.parametrize("path", ["/", "/videos", "/film", "/steps"])
def test_the_coachees_pages_are_accessible(ta_phone: Page, watched: str, path: str) -> None:
    ta_phone.goto(path)
    expect(ta_phone.get_by_role("heading", level=1).first).to_be_visible()
    ta_phone.wait_for_load_state("networkidle")
    found = Axe().run(ta_phone, options={"resultTypes": ["violations"]})
    serious = [v["id"] for v in found.response["violations"] if v["impact"] in ("serious", "critical")]
    assert serious == []


@pytest.mark.parametrize("path", ["/videos/nowhere", "/clips/nowhere", "/steps/nowhere", "/nowhere/at/all"])
def test_a_page_that_does_not_exist_says_so_inside_the_frame(ta_phone: Page, path: str) -> None:
    ta_phone.goto(path)
    expect(ta_phone.get_by_role("main").get_by_role("heading", level=1)).to_have_text(
        "We can’t find that page"
    )
    expect(ta_phone.get_by_role("navigation", name="Main")).to_be_visible()
    expect(ta_phone).to_have_title("We can’t find that page · Pennydrop")


def test_a_link_to_a_moment_survives_logging_in(browser_page: Page, house: House, watched: str) -> None:
    page = browser_page
    page.goto(f"/videos/{watched}?t=3")
    page.get_by_label("Email").fill(house.email("coach"))
    page.get_by_label("Password", exact=True).fill(house.password)
    page.get_by_role("button", name="Log in").click()
    expect(page.locator("video[data-shown]")).to_be_visible(timeout=30_000)
    assert f"/videos/{watched}" in page.url
    assert "t=3" in page.url
