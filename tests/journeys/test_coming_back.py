"""A server that was away, or had too much to do, is come back to by itself."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

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
