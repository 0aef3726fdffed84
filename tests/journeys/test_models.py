"""A model's way into the library in a real browser: asked for, permitted, published, watched, taken back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from tests.journeys.conftest import LAPTOP
from tests.support.house import House
from tests.support.screen import expect_frame, open_film, wait_for_film

STEP = "/steps/wait-before-helping"


@pytest.fixture
def lead_laptop(browser: Browser, house: House) -> Iterator[Page]:
    context = browser.new_context(base_url=house.url, locale="en-GB", viewport=LAPTOP)
    context.set_default_timeout(20_000)
    login = {"email": house.email("lead"), "password": house.password}
    assert context.request.post("/api/v1/session", data=login, headers={"Origin": house.url}).ok
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def lesson_to_show(house: House, lesson: Path) -> str:
    """A lesson of the teaching assistant's, ready to be watched."""
    with house.as_("ta") as ta:
        video = house.send(ta, lesson, "Worth showing")
        house.wait_for(ta, video, "watchable", "ready")
    return video


def accessible(page: Page) -> None:
    violations: list[Any] = Axe().run(page).response["violations"]
    assert [one["id"] for one in violations] == []


def test_a_model_is_asked_for_permitted_published_indexed_and_taken_back(
    ta_phone: Page, coach_laptop: Page, lead_laptop: Page, lesson_to_show: str
) -> None:
    # The coach proposes it from the film's menu.
    open_film(coach_laptop, f"/videos/{lesson_to_show}")
    coach_laptop.get_by_role("button", name="More about this film").click()
    coach_laptop.get_by_role("menuitem", name="Show it to others as a model").click()
    coach_laptop.get_by_role("searchbox").fill("I jump in too quickly")
    coach_laptop.get_by_role("button", name=re.compile("Propose for: Keep the thinking")).click()
    expect(coach_laptop.get_by_role("dialog").get_by_text("Waiting for Aisha’s answer.")).to_be_visible()

    # She says yes on Today.
    ta_phone.goto("/")
    expect(ta_phone.get_by_text("Sam would love to show others what you did")).to_be_visible()
    accessible(ta_phone)
    expect(ta_phone.get_by_text("Nobody sees what was said about it.")).to_be_visible()
    ta_phone.get_by_role("button", name="Yes, you may").click()
    expect(ta_phone.get_by_text("Sam would love to show others")).to_be_hidden()

    # The lead watches it and lets it into the library.
    lead_laptop.goto("/models")
    lead_laptop.get_by_role("region", name="Waiting for you").get_by_role("button", name="Publish it").click()
    expect(lead_laptop.get_by_role("region", name="In the library")).to_contain_text("Worth showing")
    accessible(lead_laptop)

    # The coach says where criterion 2 is, from the step's own page.
    coach_laptop.goto(STEP)
    coach_laptop.get_by_role("button", name="Watch it once, whole").click()
    expect(coach_laptop.locator("video[data-shown]")).to_be_visible()
    coach_laptop.get_by_role("button", name="Say where each criterion is").click()
    second = coach_laptop.get_by_role("listitem").filter(has_text="Watches the pupil's eyes and pencil")
    coach_laptop.get_by_role("button", name="Pause").first.click()
    second.get_by_role("button", name="Starts here").first.click()
    expect(second.get_by_role("button", name="Ends here").first).to_be_visible()
    coach_laptop.get_by_role("button", name="Done").click()

    # “Show me criterion 2”, on her own phone, and once more as coaches do it.
    ta_phone.goto(STEP)
    ta_phone.get_by_role("button", name=re.compile("Show criterion 2")).click()
    expect(ta_phone.locator("video[data-shown]")).to_be_visible()
    ta_phone.get_by_role("button", name="Again, criterion by criterion").click()
    expect(ta_phone.get_by_text("Look for · 1 of 1")).to_be_visible()
    accessible(ta_phone)
    ta_phone.get_by_role("button", name="Stop here").click()

    # She takes her yes back in the film's menu: it is gone from the library at once.
    open_film(ta_phone, f"/videos/{lesson_to_show}")
    expect(ta_phone.get_by_text("Everybody in your trust can see this, as a model")).to_be_visible()
    ta_phone.get_by_role("button", name="More about this film").click()
    ta_phone.get_by_role("menuitem", name="Show it to others as a model").click()
    ta_phone.get_by_role("button", name="Take my yes back").click()
    sure = ta_phone.get_by_role("dialog", name="Take your yes back?")
    expect(sure).to_contain_text("gone from the library at once, for everybody")
    sure.get_by_role("button", name="Leave it there").click()
    expect(ta_phone.get_by_text("You said yes, and it is shown.")).to_be_visible()
    ta_phone.get_by_role("button", name="Take my yes back").click()
    sure.get_by_role("button", name="Take it back").click()
    expect(ta_phone.get_by_text("You said no.")).to_be_visible()
    expect(lead_laptop.get_by_text("Worth showing")).to_be_hidden()


def test_after_a_no_a_model_stands_apart_and_nobody_is_pressed_to_say_yes(
    ta_phone: Page, house: House, lesson_to_show: str
) -> None:
    page = ta_phone
    with house.as_("coach") as coach:
        body = {"step": "wait-for-every-eye", "video": lesson_to_show}
        assert coach.post("/api/v1/library/exemplars", json=body).status_code == 201
    page.goto("/")
    request = page.get_by_role("region", name="Sam would love to show others what you did")
    expect(request).to_be_visible()

    def take_time(route: Route) -> None:
        page.wait_for_timeout(1_500)
        route.continue_()

    # A slow network shows which of the two was pressed.
    page.route("**/permission", take_time)
    request.get_by_role("button", name="No, thank you").click()
    expect(request.get_by_role("button", name="No, thank you")).to_have_attribute("data-loading", "true")
    expect(request.get_by_role("button", name="Yes, you may")).not_to_have_attribute("data-loading", "true")
    expect(page.get_by_text("Nobody will ask you about this again.")).to_be_visible()
    expect(page.get_by_role("alert").get_by_role("button", name="Close").first).to_be_visible()

    page.goto("/models")
    line = page.get_by_role("region", name="Not shown").get_by_role("listitem")
    line = line.filter(has_text="waiting for every eye")
    expect(line).to_contain_text("You said no.")
    expect(line.get_by_role("button", name="Yes, it may be shown")).to_have_count(0)
    changed = line.get_by_role("button", name="I’ve changed my mind: yes")
    expect(changed).to_have_attribute("data-variant", "default")
    accessible(page)
    changed.click()
    expect(page.get_by_role("region", name="On the way")).to_contain_text("waiting for every eye")


def test_a_chapter_opens_at_its_frame_and_the_second_watching_waits_with_a_prompt(
    house: House, ta_phone: Page, lesson_to_show: str
) -> None:
    with house.as_("ta") as ta, house.as_("lead") as lead:
        body = {"step": "fade-the-support", "video": lesson_to_show}
        exemplar = ta.post("/api/v1/library/exemplars", json=body).json()
        step = lead.get("/api/v1/library/steps/fade-the-support").json()
        address = f"/api/v1/exemplars/{exemplar['id']}"
        for number, start_ms in ((0, 3_000), (1, 5_000)):
            chapter = {"criterion": step["criteria"][number]["id"], "start_ms": start_ms}
            body = chapter | {"end_ms": start_ms + 1_000}
            assert lead.post(f"{address}/chapters", json=body).status_code == 201
        assert lead.put(f"{address}/publication").status_code == 200
    ta_phone.goto("/steps/fade-the-support")
    ta_phone.get_by_role("button", name=re.compile("Show criterion 2")).click()
    # It plays its own stretch and holds the last frame of it.
    expect(ta_phone.locator("video[data-shown]")).to_be_visible()
    wait_for_film(ta_phone, playing=False, past_ms=5_500)
    expect_frame(ta_phone, 179)
    ta_phone.get_by_role("button", name="Again, criterion by criterion").click()
    expect(ta_phone.get_by_text("You saw · 1 of 2")).to_be_visible()
    expect(ta_phone.get_by_text(step["prompts"][0]).first).to_be_visible()
    expect_frame(ta_phone, 119)
    ta_phone.get_by_role("button", name="Go on").click()
    expect(ta_phone.get_by_role("button", name="That was all of it")).to_be_visible()


def test_a_word_explains_itself_and_a_coach_hears_that_it_is_new(
    coach_laptop: Page, ta_phone: Page, lesson_to_show: str
) -> None:
    open_film(coach_laptop, f"/videos/{lesson_to_show}")
    note = coach_laptop.get_by_label("Note")
    note.fill("Could you fade this scaffold sooner?")
    expect(coach_laptop.get_by_text("Aisha hasn’t met “scaffold” yet")).to_be_visible()
    note.press("Enter")
    expect(coach_laptop.get_by_role("button", name="scaffold", exact=True)).to_be_visible()

    open_film(ta_phone, f"/videos/{lesson_to_show}")
    ta_phone.get_by_role("button", name="scaffold", exact=True).click()
    expect(ta_phone.get_by_text("Help that lets a pupil do today")).to_be_visible()
    accessible(ta_phone)
    ta_phone.get_by_role("link", name="All our words").click()
    expect(ta_phone.get_by_role("heading", name="Scaffold")).to_be_in_viewport()

    # That she has looked it up is hers to know: her coach reads what he read before.
    coach_laptop.reload()
    coach_laptop.get_by_label("Note").fill("The scaffold again")
    expect(coach_laptop.get_by_text("Aisha hasn’t met “scaffold” yet")).to_be_visible()
