"""A step and its story in a real browser: each film at its second, what shows how it goes, earlier steps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.factories.films import a_phone_film
from tests.journeys.conftest import PHONE
from tests.support.house import House
from tests.support.screen import expect_frame


@dataclass
class Story:
    """A step with all that its strip can hold."""

    step: dict[str, Any]
    moment: dict[str, Any]
    takes: list[str]
    coachee: str


def accessible(page: Page) -> None:
    page.wait_for_load_state("networkidle")
    violations: list[Any] = Axe().run(page).response["violations"]
    assert [one["id"] for one in violations] == []


@pytest.fixture(scope="module")
def story(house: House, tmp_path_factory: pytest.TempPathFactory) -> Story:
    """Praise, moment and two takes of one step, by the same requests as the screens make."""
    folder = tmp_path_factory.mktemp("thread")
    films = [
        a_phone_film(folder / f"{name}.mp4", seconds=s) for name, s in (("l", 12.0), ("a", 4.0), ("b", 5.0))
    ]
    with house.as_("coach") as coach, house.as_("ta") as ta:
        coachee = ta.get("/api/v1/me").json()["id"]
        lesson = house.send(ta, films[0], "Tuesday reading")
        house.wait_for(ta, lesson, "watchable", "ready")
        clips = [
            coach.post(
                f"/api/v1/videos/{lesson}/clips",
                json={"start_ms": start_ms, "end_ms": start_ms + 2_000, "title": title},
            ).json()
            for start_ms, title in ((2_000, "Down to their height"), (6_000, "Nearly there alone"))
        ]
        step = coach.post(
            "/api/v1/action-steps",
            json={"coachee": coachee, "step": _slug(coach, "wait-before-helping"), "clip": clips[1]["id"]},
        ).json()
        meeting = coach.post("/api/v1/meetings", json={"coachee": coachee, "lesson": lesson}).json()
        praised = {"clips": [{"clip": clips[0]["id"], "purpose": "praise"}], "action_step": step["id"]}
        coach.patch(f"/api/v1/meetings/{meeting['id']}", json=praised | {"state": "running"})
        takes = []
        for film, title in ((films[1], "At the table"), (films[2], "At the table again")):
            take = house.send(ta, film, title, purpose="rehearsal", action_step=step["id"])
            house.wait_for(ta, take, "watchable", "ready")
            made = ta.post(f"/api/v1/action-steps/{step['id']}/rounds", json={"video": take})
            assert made.status_code == 201, made.text
            takes.append(take)
        best = ta.patch(f"/api/v1/rounds/{made.json()['id']}", json={"is_best": True})
        assert best.status_code == 200, best.text
    return Story(step, clips[1], takes, coachee)


def _slug(coach: Any, slug: str) -> str:
    return str(coach.get(f"/api/v1/library/steps/{slug}").json()["id"])


def test_each_film_of_the_story_opens_at_its_second(ta_phone: Page, story: Story) -> None:
    page = ta_phone
    page.goto("/")
    page.get_by_role("link", name="Its story so far").click()
    strip = page.get_by_role("list", name="The story of this step")
    expect(strip.get_by_role("listitem")).to_have_count(6)
    expect(strip.get_by_role("listitem").nth(4)).to_contain_text("Best take")
    # Nothing was filmed since: the place is there, and quiet.
    expect(strip.get_by_role("listitem").nth(5)).to_contain_text("Your next lesson")
    # On a phone the next card peeps in.
    second = strip.get_by_role("listitem").nth(1).bounding_box()
    assert second is not None
    assert second["x"] < PHONE["width"]
    accessible(page)
    address = page.url
    for title, first_ms in (("Down to their height", 2_000), ("Nearly there alone", 6_000)):
        page.goto(address)
        strip.get_by_role("link", name=title).click()
        expect(page.locator("video[data-shown]")).to_be_visible()
        page.get_by_role("button", name="Pause").first.click()
        assert f"t={first_ms}ms" in page.url
        at_ms = page.evaluate("document.querySelector('video').currentTime * 1000")
        assert first_ms <= at_ms < first_ms + 2_000
    page.goto(address)
    strip.get_by_role("link", name="At the table again").click()
    expect(page.locator("video[data-shown]")).to_be_visible()
    expect_frame(page, 0)
    assert story.takes[1] in page.url


def test_what_shows_a_criterion_is_added_in_two_taps_and_taken_away(
    coach_laptop: Page, ta_phone: Page, story: Story
) -> None:
    criterion = story.step["criteria"][1]["text"]
    page = coach_laptop
    page.goto(f"/action-steps/{story.step['id']}")
    page.get_by_role("button", name=f"Add what shows “{criterion}”").click()
    dialog = page.get_by_role("dialog")
    accessible(page)
    dialog.get_by_role("button", name=re.compile("Nearly there alone")).click()
    expect(dialog).to_be_hidden()
    shown = page.get_by_role("list", name=f"What shows “{criterion}”")
    expect(shown.get_by_role("link", name=re.compile("Nearly there alone"))).to_be_visible()

    # She reads it on her own phone, adds her own words, and can take away no more than those.
    ta_phone.goto(f"/action-steps/{story.step['id']}")
    hers = ta_phone.get_by_role("list", name=f"What shows “{criterion}”")
    expect(hers.get_by_role("link", name=re.compile("Nearly there alone"))).to_be_visible()
    ta_phone.get_by_role("button", name=f"Add what shows “{criterion}”").click()
    ta_phone.get_by_text("Words", exact=True).click()
    ta_phone.get_by_label("What did you see or hear?").fill("Mia found it by herself.")
    ta_phone.get_by_role("button", name="Add these words").click()
    expect(hers).to_contain_text("Mia found it by herself.")
    expect(hers.get_by_role("button", name="Take this away")).to_have_count(1)
    hers.get_by_role("button", name="Take this away").click()
    ta_phone.get_by_role("dialog").get_by_role("button", name="Take it away").click()
    expect(hers).not_to_contain_text("Mia found it by herself.")


def test_a_coach_says_how_it_goes_and_plans_the_next_visit_and_the_coachee_reads_it(
    coach_laptop: Page, ta_phone: Page, story: Story
) -> None:
    page = coach_laptop
    page.goto(f"/people/{story.coachee}")
    page.get_by_role("heading", level=2, name=re.compile("waiting and watching")).get_by_role("link").click()
    page.get_by_role("combobox", name="How it’s going").select_option(label="Becoming a habit")
    page.get_by_role("button", name="Plan a visit").click()
    page.get_by_role("group", name="Which day?").get_by_role("button").nth(1).click()
    page.get_by_role("button", name="Save the visit").click()
    expect(page.get_by_text("You see it next")).to_be_visible()
    accessible(page)

    ta_phone.goto("/action-steps")
    expect(ta_phone.get_by_text(re.compile("Becoming a habit since today"))).to_be_visible()
    accessible(ta_phone)
    ta_phone.get_by_role("link", name=re.compile("waiting and watching")).first.click()
    expect(ta_phone.get_by_text(re.compile("Sam comes to see it"))).to_be_visible()


@pytest.mark.parametrize("place", ["clip page", "playing clip", "clip of a list", "clip of a person"])
def test_a_step_is_set_from_a_clip_in_three_taps(
    coach_laptop: Page, ta_phone: Page, house: House, story: Story, place: str
) -> None:
    page = coach_laptop
    clip = story.moment
    address = {
        "clip page": f"/clips/{clip['id']}",
        "playing clip": f"/videos/{clip['video']}?clip={clip['id']}",
        "clip of a list": f"/videos/{clip['video']}",
        "clip of a person": f"/people/{story.coachee}",
    }
    page.goto(address[place])
    if place == "clip of a list":
        page.get_by_text("2 clips", exact=True).click()
    card = page if place == "clip page" else page.get_by_role("listitem").filter(has_text=clip["title"])
    taps = 0
    card.get_by_role("button", name="Set a step", exact=True).click()
    taps += 1
    suggested = page.get_by_role("list", name="Suggested steps").get_by_role("button")
    expect(suggested.first).to_be_visible()
    accessible(page)
    wording = suggested.first.locator("strong").inner_text()
    suggested.first.click()
    taps += 1
    accessible(page)
    # A word she hasn't met is pointed out while the why is written.
    page.get_by_label("Why this step").fill("Say the phoneme sooner.")
    expect(page.get_by_text("Aisha hasn’t met “phoneme” yet")).to_be_visible()
    page.get_by_role("button", name="Set this step for Aisha").click()
    taps += 1
    expect(page.get_by_text("Aisha sees the new step now, with this clip.")).to_be_visible()
    assert taps <= 3
    ta_phone.goto("/")
    expect(ta_phone.get_by_role("heading", level=2, name=re.compile(re.escape(wording)))).to_be_visible()
    expect(ta_phone.get_by_text("Say the phoneme sooner.")).to_be_visible()


def test_a_clip_is_saved_and_a_step_set_from_it_on_the_watch_page(coach_laptop: Page, story: Story) -> None:
    page = coach_laptop
    page.goto(f"/videos/{story.moment['video']}")
    expect(page.locator("video[data-shown]")).to_be_visible()
    page.keyboard.press("c")
    page.get_by_label("Title").fill("they don't listen when I talk")
    page.get_by_role("button", name="Save, and set a step").click()
    suggested = page.get_by_role("list", name="Suggested steps").get_by_role("listitem")
    expect(suggested.first).to_contain_text("From what was noted here")
    suggested.first.get_by_role("button").click()
    page.get_by_role("button", name="Set this step for Aisha").click()
    expect(page.get_by_text("Aisha sees the new step now, with this clip.")).to_be_visible()


def test_ticks_that_could_not_be_kept_are_taken_back_and_said(ta_phone: Page, story: Story) -> None:
    page = ta_phone
    page.goto(f"/action-steps/{story.step['id']}")
    boxes = page.get_by_role("checkbox")
    expect(boxes.first).to_be_enabled()
    page.route(
        "**/api/v1/action-steps/*",
        lambda route: route.abort() if route.request.method == "PATCH" else route.continue_(),
    )
    # Two in a row: each is answered for by itself.
    boxes.nth(0).click()
    boxes.nth(1).click()
    expect(page.get_by_text("Your tick wasn’t saved")).to_have_count(2)
    expect(page.get_by_text("Please tick it again in a moment.")).to_have_count(2)
    for place in (0, 1):
        expect(boxes.nth(place)).not_to_be_checked()
    page.unroute("**/api/v1/action-steps/*")
    with page.expect_response(lambda answer: answer.request.method == "PATCH"):
        boxes.nth(1).click()
    page.reload()
    expect(boxes.nth(1)).to_be_checked()
    expect(boxes.nth(0)).not_to_be_checked()


def test_goes_and_meetings_that_could_not_be_fetched_are_not_shown_as_none(
    ta_phone: Page, story: Story
) -> None:
    page = ta_phone
    fail = {
        "status": 503,
        "content_type": "application/problem+json",
        "body": '{"code":"x","detail":"Busy."}',
    }
    page.route("**/api/v1/action-steps/*/rounds", lambda route: route.fulfill(**fail))
    page.goto(f"/action-steps/{story.step['id']}")
    expect(page.get_by_role("alert").filter(has_text="Busy.")).to_be_visible()
    page.route("**/api/v1/meetings?*", lambda route: route.fulfill(**fail))
    page.route("**/api/v1/events", lambda route: route.fulfill(**fail))
    page.goto("/meetings")
    expect(page.get_by_role("alert").filter(has_text="Busy.")).to_be_visible()
    # Nobody has to press anything once the server answers.
    page.unroute("**/api/v1/meetings?*")
    page.unroute("**/api/v1/events")
    expect(page.get_by_role("alert").filter(has_text="Busy.")).to_have_count(0)
