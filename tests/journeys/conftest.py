"""Journeys: a whole Pennydrop and a real browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from tests.support.house import House

PHONE = {"width": 390, "height": 844}
LAPTOP = {"width": 1440, "height": 900}


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The system's Chromium, quiet and with a camera of its own."""
    path = next(p for name in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(name)))
    browser = playwright.chromium.launch(
        executable_path=path,
        args=[
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
            "--autoplay-policy=no-user-gesture-required",
            "--use-fake-device-for-media-stream",
            "--use-fake-ui-for-media-stream",
        ],
    )
    yield browser
    browser.close()


def _logged_in(browser: Browser, house: House, mailbox: str, **options: object) -> Iterator[Page]:
    context: BrowserContext = browser.new_context(base_url=house.url, locale="en-GB", **options)  # type: ignore[arg-type]
    context.set_default_timeout(20_000)
    answer = context.request.post(
        "/api/v1/session",
        data={"email": house.email(mailbox), "password": house.password},
        headers={"Origin": house.url},
    )
    assert answer.ok, answer.text()
    yield context.new_page()
    context.close()


@pytest.fixture
def ta_phone(browser: Browser, house: House) -> Iterator[Page]:
    """The teaching assistant's phone."""
    yield from _logged_in(browser, house, "ta", viewport=PHONE, has_touch=True, is_mobile=True)


@pytest.fixture
def coach_laptop(browser: Browser, house: House) -> Iterator[Page]:
    """The coach's laptop."""
    yield from _logged_in(browser, house, "coach", viewport=LAPTOP)


@pytest.fixture
def browser_page(browser: Browser, house: House) -> Iterator[Page]:
    """A laptop in which nobody is logged in."""
    context = browser.new_context(base_url=house.url, locale="en-GB", viewport=LAPTOP)
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()
