"""A film that was shared, by whom it was shared with: nothing on its page that isn't so."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.conftest import LAPTOP
from tests.journeys.test_watch import serious
from tests.support.house import House
from tests.support.screen import open_film


def test_whom_a_film_was_shared_with_reads_by_whom_and_of_no_moments(
    a_phone: Callable[..., Page], house: House, watched: str
) -> None:
    with house.as_("ta") as ta, house.as_("ta2") as friend, house.as_("coach") as coach:
        person = friend.get("/api/v1/me").json()["id"]
        assert ta.post(f"/api/v1/videos/{watched}/shares", json={"person": person}).status_code == 201
        moment = {"start_ms": 3_000, "kind": "praise", "text": "Between us two"}
        assert coach.post(f"/api/v1/videos/{watched}/moments", json=moment).status_code == 201
    page = a_phone("ta2", viewport=LAPTOP, has_touch=False, is_mobile=False)
    open_film(page, f"/videos/{watched}")
    expect(page.get_by_text("Aisha shared this with you")).to_be_visible()
    expect(page.get_by_text("Moments stay between Aisha and their coach.")).to_be_visible()
    expect(page.get_by_text("Only you")).to_have_count(0)
    page.get_by_role("button", name="More about this film").click()
    expect(page.get_by_role("menuitem", name="Copy a link to here")).to_be_visible()
    expect(page.get_by_role("menuitem", name="Moments as")).to_have_count(0)
    with house.as_("ta") as ta:
        assert ta.delete(f"/api/v1/videos/{watched}/shares/{person}").status_code == 204


def test_the_menu_of_a_clip_can_be_read_on_the_dark(coach_laptop: Page, house: House, watched: str) -> None:
    page = coach_laptop
    with house.as_("coach") as coach:
        body = {"start_ms": 2_000, "end_ms": 4_000, "title": "To read its menu"}
        clip = coach.post(f"/api/v1/videos/{watched}/clips", json=body).json()["id"]
    open_film(page, f"/videos/{watched}?clip={clip}")
    page.get_by_role("button", name="More about “To read its menu”").click()
    expect(page.get_by_role("menuitem", name="Delete")).to_be_visible()
    page.wait_for_timeout(300)
    assert serious(page) == []
