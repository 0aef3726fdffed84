"""A phone joins by the code on a laptop's screen, films without a log-in, and the laptop hears of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from playwright.sync_api import Page, Playwright, Route, expect

from tests.factories.films import a_phone_film
from tests.journeys.conftest import LAPTOP, PHONE, chromium
from tests.support.camera import accessible, arrived, film_until_journalled, newest
from tests.support.house import House


def test_a_phone_that_joined_by_a_code_films_and_the_laptop_hears_of_it(
    a_phone: Callable[..., Page], house: House, ta: httpx.Client, step: str
) -> None:
    laptop = a_phone("coach", viewport=LAPTOP, has_touch=False, is_mobile=False)
    secrets: list[str] = []
    _say_reachable(laptop, secrets)
    before = newest(ta)["id"]
    coachee = ta.get("/api/v1/me").json()["id"]
    laptop.goto(f"/film?step={step}&for={coachee}")
    laptop.get_by_role("button", name="Film with your phone").click()
    expect(laptop.get_by_role("img", name="The code to scan with a phone")).to_be_visible()
    expect(laptop.get_by_text("Good for about 15 min more")).to_be_visible()
    accessible(laptop)

    phone = a_phone()
    phone.goto(f"/join#{secrets[0]}")
    expect(phone.get_by_role("heading", name="Aisha rehearses")).to_be_visible()
    expect(phone.get_by_text("Stands still")).to_be_visible()
    assert urlsplit(phone.url).fragment == ""
    accessible(phone)
    phone.get_by_role("button", name="Film", exact=True).click()
    film_until_journalled(phone)
    expect(laptop.get_by_text("is on its way")).to_be_visible()
    # It goes on after a reload, on a phone that nobody has logged in on.
    phone.on("dialog", lambda dialog: dialog.accept())
    phone.reload()
    expect(phone.get_by_text("Sent. It is on the laptop now.")).to_be_visible(timeout=30_000)
    expect(laptop.get_by_role("link", name="Watch")).to_be_visible(timeout=30_000)
    video = arrived(ta, after=before)
    assert (video["owner"]["id"], video["action_step"]) == (coachee, step)

    expect(phone.get_by_role("button", name="Again from the top")).to_be_visible()
    laptop.get_by_role("button", name="End this code").click()
    expect(laptop.get_by_text("This code has ended")).to_be_visible()
    phone.reload()
    expect(phone.get_by_role("heading", name="This code has ended")).to_be_visible()
    accessible(phone)


def _say_reachable(laptop: Page, secrets: list[str]) -> None:
    """The test's own Pennydrop is called localhost, which is nothing to put into a code."""

    def answer(route: Route) -> None:
        made = route.fetch()
        body = made.json()
        secrets.append(body["token"])
        route.fulfill(response=made, json=body | {"url": f"https://pennydrop.school/join#{body['token']}"})

    laptop.route("**/join-link", answer)


def test_a_code_with_localhost_in_it_is_not_shown(a_phone: Callable[..., Page], step: str) -> None:
    laptop = a_phone("ta", viewport=LAPTOP, has_touch=False, is_mobile=False)
    laptop.goto(f"/film?step={step}")
    laptop.get_by_role("button", name="Film with your phone").click()
    expect(laptop.get_by_text("A phone can’t reach this Pennydrop yet")).to_be_visible()
    expect(laptop.get_by_role("img", name="The code to scan with a phone")).to_have_count(0)
    accessible(laptop)


def test_on_plain_http_a_joined_phone_films_with_its_own_camera_app(
    playwright: Playwright, house: House, ta: httpx.Client, step: str, tmp_path: Path
) -> None:
    made = ta.post(f"/api/v1/action-steps/{step}/join-link").json()
    film = a_phone_film(tmp_path / "VID_1.mp4", seconds=2.0)
    before = newest(ta)["id"]
    # A name that isn't localhost's: browsers keep the camera from it, as from any plain-http address.
    browser = playwright.chromium.launch(**chromium("--host-resolver-rules=MAP school.test 127.0.0.1"))
    try:
        context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True, locale="en-GB")
        page = context.new_page()
        page.goto(f"http://school.test:{urlsplit(house.url).port}/join#{made['token']}")
        page.locator("label", has_text="Film").locator("input[capture]").set_input_files(film)
        expect(page.get_by_text("Sent. It is on the laptop now.")).to_be_visible()
        assert arrived(ta, after=before)["action_step"] == step
    finally:
        browser.close()
