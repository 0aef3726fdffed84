"""Watching on a phone: one button under the thumb, and what the coach marks meanwhile."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import PHONE
from tests.journeys.test_watch import moments_of, serious
from tests.support.house import House, until
from tests.support.screen import expect_frame, open_film


def test_a_thumb_marks_a_moment_and_says_more_about_it(ta_phone: Page, house: House, watched: str) -> None:
    page = ta_phone
    before = {moment["id"] for moment in moments_of(house, watched)}
    open_film(page, f"/videos/{watched}?t=20")
    page.get_by_role("button", name="Moment", exact=True).tap()
    sheet = page.get_by_role("dialog", name=re.compile("^Moment marked"))
    sheet.get_by_role("button", name="Praise").tap()
    sheet.get_by_label("Say more").fill("They all looked up")
    assert serious(page) == []
    sheet.get_by_role("button", name="Done").tap()
    expect(sheet).to_be_hidden()
    said = until(
        lambda: [
            (one["kind"], one["text"], one["start_ms"], one["end_ms"])
            for one in moments_of(house, watched)
            if one["id"] not in before and one["text"]
        ]
    )
    assert said == [("praise", "They all looked up", 10_000, 20_000)]


def test_what_the_coach_marks_appears_by_itself(ta_phone: Page, house: House, watched: str) -> None:
    open_film(ta_phone, f"/videos/{watched}")
    with house.as_("coach") as coach:
        body = {"start_ms": 9000, "kind": "question", "text": "What was Maya waiting for?"}
        assert coach.post(f"/api/v1/videos/{watched}/moments", json=body).status_code == 201
    expect(ta_phone.get_by_text("What was Maya waiting for?")).to_be_visible()


def test_a_moment_marked_without_a_network_is_saved_when_it_is_back(
    ta_phone: Page, house: House, watched: str
) -> None:
    page = ta_phone
    open_film(page, f"/videos/{watched}?t=18")
    before = {moment["id"] for moment in moments_of(house, watched)}
    page.context.set_offline(True)
    page.get_by_role("button", name="Moment", exact=True).tap()
    page.get_by_role("button", name="Done").tap()
    expect(page.get_by_text(re.compile("^Not saved yet"))).to_be_visible()
    page.context.set_offline(False)
    until(lambda: [one for one in moments_of(house, watched) if one["id"] not in before], within_s=20)
    expect(page.get_by_text(re.compile("^Not saved yet"))).to_be_hidden()


def test_a_tool_that_was_not_fetched_before_the_network_went_comes_when_it_is_back(
    browser: Browser, house: House, watched: str
) -> None:
    context = browser.new_context(
        base_url=house.url, viewport=PHONE, has_touch=True, is_mobile=True, service_workers="block"
    )
    login = {"email": house.email("ta"), "password": house.password}
    assert context.request.post("/api/v1/session", data=login, headers={"Origin": house.url}).ok
    page = context.new_page()
    page.route(re.compile("/assets/ClipSheet-"), lambda route: route.abort())
    open_film(page, f"/videos/{watched}?t=5")
    context.set_offline(True)
    page.get_by_role("button", name="Clip", exact=True).tap()
    expect(page.get_by_role("slider", name="Place in the film")).to_be_visible()
    expect(page.get_by_role("button", name="Save clip")).to_have_count(0)
    page.unroute(re.compile("/assets/ClipSheet-"))
    context.set_offline(False)
    expect(page.get_by_role("button", name="Save clip")).to_be_visible()
    context.close()


def test_a_swipe_along_the_timeline_goes_there(ta_phone: Page, watched: str) -> None:
    page = ta_phone
    open_film(page, f"/videos/{watched}")
    box = page.get_by_role("slider", name="Place in the film").bounding_box()
    assert box
    y = box["y"] + box["height"] - 12
    page.mouse.move(box["x"] + 10, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.3, y, steps=6)
    page.mouse.move(box["x"] + box["width"] * 0.5, y, steps=6)
    page.mouse.up()
    expect_frame(page, 360)


def test_a_link_to_a_moment_brings_its_words_into_sight(ta_phone: Page, house: House, watched: str) -> None:
    with house.as_("coach") as coach:
        for second in range(8):
            body = {"start_ms": 1000 * second, "text": f"Number {second}"}
            assert coach.post(f"/api/v1/videos/{watched}/moments", json=body).status_code == 201
        body = {"start_ms": 22_500, "text": "The one that Sam meant"}
        moment = coach.post(f"/api/v1/videos/{watched}/moments", json=body).json()
    open_film(ta_phone, f"/videos/{watched}?moment={moment['id']}")
    expect_frame(ta_phone, 675)
    expect(ta_phone.get_by_text("The one that Sam meant")).to_be_in_viewport(ratio=1)


def test_a_phone_on_its_side_has_film_transport_and_thumb_button_in_reach(
    ta_phone: Page, watched: str
) -> None:
    page = ta_phone
    page.set_viewport_size({"width": 844, "height": 390})
    open_film(page, f"/videos/{watched}?t=2")
    page.get_by_role("button", name="One frame on").tap()
    expect_frame(page, 61)
    page.get_by_role("button", name="Moment", exact=True).tap()
    sheet = page.get_by_role("dialog", name=re.compile("^Moment marked"))
    film, beside = page.locator("video").bounding_box(), sheet.bounding_box()
    assert film
    assert beside
    assert film["x"] + film["width"] <= beside["x"]
    sheet.get_by_role("button", name="Delete").tap()
    expect(sheet).to_be_hidden()


def test_everything_that_a_thumb_works_is_as_big_as_a_thumb(ta_phone: Page, watched: str) -> None:
    page = ta_phone
    open_film(page, f"/videos/{watched}?t=10")
    assert too_small(page) == []
    page.get_by_role("button", name="Clip", exact=True).tap()
    expect(page.get_by_role("dialog", name="New clip")).to_be_visible()
    assert too_small(page) == []


def too_small(page: Page) -> list[str]:
    """What can be pressed and is less than 44 pixels wide or high."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('button, a, input, textarea, [role=slider], label')]
          .filter((each) => {
            const { width, height } = each.getBoundingClientRect();
            return Math.min(width, height) > 1 && Math.min(width, height) < 43.5;
          })
          .map((each) => each.getAttribute('aria-label') || each.textContent || each.outerHTML)"""
    )
    return found
