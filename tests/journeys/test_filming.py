"""Filming in the page with a real recorder: kept, thrown away, and what if there is no camera or no room."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import httpx
from playwright.sync_api import Page, Playwright, expect

from tests.factories.films import a_phone_film
from tests.journeys.conftest import LAPTOP, PHONE, chromium
from tests.support.camera import (
    accessible,
    arrived,
    film_for,
    journalled,
    newest,
    open_camera,
    ready,
    tell_the_worker,
)
from tests.support.house import House, until

ACROSS = {"width": 844, "height": 390}
# At most a second isn't on the disk yet, and starting and stopping take their time on a busy machine.
SLACK_MS = 2_000


def test_a_rehearsal_filmed_in_the_page_is_on_the_server_when_it_is_stopped(
    a_phone: Callable[..., Page], ta: httpx.Client, step: str
) -> None:
    before = newest(ta)["id"]
    page = a_phone("ta")
    open_camera(page, step)
    accessible(page)
    page.get_by_role("button", name="What to look out for").click()
    expect(page.get_by_text("Waits until it is quiet")).to_be_visible()
    film_for(page, 3.5)
    accessible(page)
    page.get_by_role("button", name="Stop filming").click()
    expect(page.get_by_text("It has arrived safely.")).to_be_visible(timeout=5_000)
    accessible(page)
    # It can be looked at from the device's own bytes, though the server has all of them.
    assert page.evaluate("document.querySelector('video').duration") > 2
    page.get_by_role("button", name="Keep it").click()
    video = arrived(ta, after=before)
    assert (video["purpose"], video["action_step"], video["has_audio"]) == ("rehearsal", step, True)
    assert video["title"].startswith("Rehearsal, ")
    assert video["duration_ms"] > 3_500 - SLACK_MS
    until(lambda: journalled(page) == [], within_s=5)
    expect(page.get_by_text("It is here, safe and sound.")).to_be_visible()


def test_a_take_is_filmed_again_and_thrown_away_after_one_question(
    a_phone: Callable[..., Page], ta: httpx.Client, step: str
) -> None:
    page = a_phone("ta", viewport=ACROSS)
    open_camera(page, step)
    page.get_by_role("button", name="What to look out for").click()
    expect(page.get_by_text("Stands still")).to_be_in_viewport()
    film_for(page, 1.5)
    page.get_by_role("button", name="Stop filming").click()
    expect(page.get_by_text("It has arrived safely.")).to_be_visible()
    kept = newest(ta)["id"]
    page.get_by_role("button", name="Again from the top").click()
    film_for(page, 1.5)
    page.get_by_role("button", name="Stop filming").click()
    expect(page.get_by_text("It has arrived safely.")).to_be_visible()
    assert newest(ta)["id"] > kept
    page.get_by_role("button", name="Throw it away").click()
    sure = page.get_by_role("dialog", name="Throw this film away?")
    sure.get_by_role("button", name="Throw it away").click()
    until(lambda: newest(ta)["id"] == kept, within_s=10)
    expect(page.get_by_role("button", name="Start filming")).to_be_visible()
    until(lambda: journalled(page) == [], within_s=5)


def test_without_a_camera_or_leave_to_use_it_there_is_a_kind_word_and_a_way_out(
    playwright: Playwright, house: House, ta: httpx.Client, step: str, tmp_path: Path
) -> None:
    film = a_phone_film(tmp_path / "VID_2.mp4", seconds=2.0)
    before = newest(ta)["id"]
    flags = [flag for flag in chromium()["args"] if "fake" not in flag]
    browser = playwright.chromium.launch(**chromium() | {"args": flags})
    try:
        context = browser.new_context(base_url=house.url, viewport=LAPTOP, locale="en-GB")
        page = ready(context, house, "ta")
        page.goto(f"/film?step={step}")
        expect(page.get_by_role("button", name="Film with this laptop")).to_have_count(0)
        context.close()
    finally:
        browser.close()

    flags = [flag for flag in chromium()["args"] if "fake-ui" not in flag]
    browser = playwright.chromium.launch(**chromium() | {"args": flags})
    try:
        context = browser.new_context(
            base_url=house.url, viewport=PHONE, has_touch=True, is_mobile=True, locale="en-GB"
        )
        page = ready(context, house, "ta")
        page.goto(f"/film?step={step}")
        page.get_by_role("button", name="Film now").click()
        expect(page.get_by_role("heading", name="The camera isn’t allowed here yet")).to_be_visible()
        accessible(page)
        page.locator("label", has_text="Use your phone’s camera app").last.locator("input").set_input_files(
            film
        )
        assert arrived(ta, after=before)["title"].startswith("Rehearsal, ")
        # The camera alone may be used: the film is silent, and it says so.
        context.grant_permissions(["camera"])
        page.get_by_role("button", name="Film now").click()
        expect(page.get_by_text("this film has no sound")).to_be_visible()
        context.close()
    finally:
        browser.close()


def test_a_device_without_room_stops_and_keeps_what_it_has(
    a_phone: Callable[..., Page], ta: httpx.Client, step: str
) -> None:
    before = newest(ta)["id"]
    page = a_phone("ta")
    full = """
      const write = FileSystemSyncAccessHandle.prototype.write; let chunks = 0;
      FileSystemSyncAccessHandle.prototype.write = function (...it) {
        if (++chunks > 3) throw new DOMException('full', 'QuotaExceededError');
        return write.apply(this, it);
      }"""
    tell_the_worker(page, full)
    open_camera(page, step)
    page.get_by_role("button", name="Start filming").click()
    expect(page.get_by_text("ran out of room")).to_be_visible(timeout=30_000)
    page.get_by_role("button", name="Keep it").click()
    assert arrived(ta, after=before)["duration_ms"] > 1_000
