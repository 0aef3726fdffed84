"""A server that was away, or had too much to do, is come back to by itself."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.support.house import House

_BUSY = "Pennydrop has more to do than it can just now."
_AWAY = "We can’t reach Pennydrop just now."
_SOON_MS = 13_000


def _is_busy(route: Route) -> None:
    body = json.dumps({"code": "busy", "detail": _BUSY})
    headers = {"Content-Type": "application/problem+json", "Retry-After": "2"}
    route.fulfill(status=503, body=body, headers=headers)


def _is_away(route: Route) -> None:
    route.abort("connectionrefused")


@pytest.mark.parametrize(
    "asked", ["**/api/v1/today", "**/api/v1/me"], ids=["a part of the page", "the whole page"]
)
@pytest.mark.parametrize(("trouble", "said"), [(_is_busy, _BUSY), (_is_away, _AWAY)], ids=["busy", "away"])
def test_a_page_comes_by_itself_when_the_server_is_back(
    ta_phone: Page, asked: str, trouble: Callable[[Route], None], said: str
) -> None:
    page = ta_phone
    page.clock.install()
    page.route(asked, trouble)
    page.route("**/readyz/api", trouble)
    page.goto("/")
    # The page itself tries three times before it says so.
    page.clock.run_for(8_000)
    expect(page.get_by_text(said)).to_be_visible()
    page.clock.run_for(_SOON_MS)
    expect(page.get_by_text(said)).to_be_visible()
    page.unroute(asked)
    page.unroute("**/readyz/api")
    page.clock.run_for(_SOON_MS)
    page.clock.resume()
    expect(page.get_by_text(said)).to_be_hidden()
    expect(page.get_by_role("main").get_by_role("heading", level=2).first).to_be_visible()


def test_what_is_missing_of_a_page_is_said_where_nothing_else_says_so(ta_phone: Page) -> None:
    page = ta_phone
    missing = page.get_by_text("Part of this page is missing just now.")
    page.clock.install()
    page.route("**/api/v1/clips?coachee=me", _is_busy)
    page.goto("/")
    expect(page.get_by_role("main").get_by_role("heading", level=2).first).to_be_visible()
    page.clock.run_for(8_000)
    expect(missing).to_be_visible()
    page.unroute("**/api/v1/clips?coachee=me")
    page.get_by_role("button", name="Try again").click()
    page.clock.run_for(1_000)
    page.clock.resume()
    expect(missing).to_be_hidden()


def test_a_trouble_is_said_once(coach_laptop: Page, house: House) -> None:
    with house.as_("coach") as coach:
        coachee = coach.get("/api/v1/me").json()["coaches"][0]["person"]["id"]
    page = coach_laptop
    page.clock.install()
    page.route("**/api/v1/videos?owner=*", _is_busy)
    page.goto(f"/people/{coachee}")
    page.clock.run_for(9_000)
    expect(page.get_by_text(_BUSY)).to_have_count(1)
    expect(page.get_by_text("Part of this page is missing")).to_have_count(0)


def test_what_looks_every_few_seconds_keeps_saying_that_it_cannot(admin_laptop: Page) -> None:
    page = admin_laptop
    page.clock.install()
    page.route("**/api/v1/reports/work", _is_busy)
    page.route("**/readyz/api", _is_busy)
    page.goto("/school/work")
    page.clock.run_for(9_000)
    for _ in range(8):
        expect(page.get_by_text(_BUSY)).to_have_count(1)
        page.clock.run_for(1_000)


@pytest.mark.parametrize("asked", ["**/api/v1/pairings?*", "**/api/v1/p*?*"], ids=["them", "the people too"])
def test_a_trouble_with_pairings_is_said_once(lead_laptop: Page, asked: str) -> None:
    page = lead_laptop
    page.clock.install()
    page.route(asked, _is_busy)
    page.route("**/readyz/api", _is_busy)
    page.goto("/school")
    page.clock.run_for(9_000)
    expect(page.get_by_text(_BUSY)).to_have_count(1)
    # What is missing besides has failed too by now, and would be told of after half a second.
    page.clock.run_for(9_000)
    page.wait_for_timeout(1_500)
    expect(page.get_by_text(_BUSY)).to_have_count(1)
    expect(page.get_by_text("Part of this page is missing")).to_have_count(0)
