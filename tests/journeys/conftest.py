"""Journeys: a whole Pennydrop and a real browser."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect

from tests.support.camera import ready
from tests.support.every_page import Visit, furnish
from tests.support.house import House, running_house

# A busy machine may take seconds for a write that is quick elsewhere; what never comes fails all the same.
expect.set_options(timeout=15_000)

PHONE = {"width": 390, "height": 844}
LAPTOP = {"width": 1440, "height": 900}


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The system's Chromium, quiet and with a camera of its own."""
    browser = playwright.chromium.launch(**chromium())
    yield browser
    browser.close()


def chromium(*more: str) -> dict[str, Any]:
    """How to launch it: quiet, with a camera that shows a clock and is allowed at once."""
    path = next(p for name in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(name)))
    flags = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--autoplay-policy=no-user-gesture-required",
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
    ]
    return {"executable_path": path, "args": [*flags, *more]}


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
def lead_laptop(browser: Browser, house: House) -> Iterator[Page]:
    """The lead's laptop."""
    yield from _logged_in(browser, house, "lead", viewport=LAPTOP)


@pytest.fixture
def admin_laptop(browser: Browser, house: House) -> Iterator[Page]:
    """The administrator's laptop."""
    yield from _logged_in(browser, house, "admin", viewport=LAPTOP)


@pytest.fixture
def browser_page(browser: Browser, house: House) -> Iterator[Page]:
    """A laptop in which nobody is logged in."""
    context = browser.new_context(base_url=house.url, locale="en-GB", viewport=LAPTOP)
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[House, list[Visit]]]:
    """A school of its own with something on every page, and who opens which of them."""
    folder = tmp_path_factory.mktemp("furnished")
    with running_house(folder) as running:
        yield running, furnish(running, folder)


@pytest.fixture(scope="module")
def step(house: House) -> str:
    """A step of the teaching assistant's with two criteria."""
    with house.as_("coach") as coach:
        coachee = coach.get("/api/v1/me").json()["coaches"][0]["person"]["id"]
        body = {
            "coachee": coachee,
            "goal": "Help everyone follow",
            "action": "waiting for every eye",
            "criteria": ["Stands still", "Waits until it is quiet"],
        }
        answer = coach.post("/api/v1/action-steps", json=body)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])


@pytest.fixture
def ta(house: House) -> Iterator[httpx.Client]:
    with house.as_("ta") as client:
        yield client


@pytest.fixture
def a_phone(browser: Browser, house: House) -> Iterator[Callable[..., Page]]:
    """Makes phones: a page on which nobody is logged in, or the person who `mailbox` is."""
    contexts: list[BrowserContext] = []

    def make(mailbox: str | None = None, **options: Any) -> Page:
        held = {"viewport": PHONE, "has_touch": True, "is_mobile": True, "locale": "en-GB"} | options
        contexts.append(context := browser.new_context(base_url=house.url, **held))
        return ready(context, house, mailbox)

    yield make
    for context in contexts:
        context.close()
