"""What a browser fetches when somebody opens a page for the first time, with nothing kept from before."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx
from playwright.sync_api import Browser, Page, Request

from tests.support.every_page import Visit
from tests.support.house import House

LIMIT = 250_000
"""Bytes of gzip that a page's first load may take, films and answers of the API apart."""

PHONE = {"width": 390, "height": 844}
_CODE = ("document", "script", "stylesheet", "font")
# When the page began to fetch ahead, on the clock of the requests' own times; null if it didn't.
_AHEAD = """() => {
  const [mark] = performance.getEntriesByName("ahead");
  return mark ? performance.timeOrigin + mark.startTime : null;
}"""
_QUIET_MS = 1_000
"""A page that has fetched no code for so long is idle."""


@dataclass(frozen=True)
class Weight:
    """Bytes of one page's first load."""

    path: str
    code: int
    """Page, scripts, styles and fonts, as gzip sends them."""
    sent: int
    """The same as this browser took them: by brotli."""
    api: int
    media: int
    files: int


@dataclass(frozen=True)
class _Load:
    """A page that is being opened."""

    visit: Visit
    page: Page
    begun: list[Request] = field(default_factory=list)
    asked: list[Request] = field(default_factory=list)


class Scales:
    """Weighs pages; a file that several pages need is fetched once for its gzipped size."""

    def __init__(self, browser: Browser, house: House) -> None:
        self._browser = browser
        self._house = house
        self._gzipped: dict[str, int] = {}

    def weigh(self, *visits: Visit) -> list[Weight]:
        """Open these pages side by side, each with an empty cache; return what came until each was idle.

        What a page fetches ahead at once counts, what it fetches once it has been idle for a while, from its
        mark `ahead` on, doesn't. The service worker is kept out: it stores the rest of the app once the page
        stands.
        """
        loads = [self._begin(visit) for visit in visits]
        return [self._end(load) for load in loads]

    def _begin(self, visit: Visit) -> _Load:
        context = self._browser.new_context(
            base_url=self._house.url,
            locale="en-GB",
            viewport={**PHONE},
            has_touch=True,
            is_mobile=True,
            service_workers="block",
        )
        if visit.who is not None:
            answer = context.request.post(
                "/api/v1/session",
                data={"email": self._house.email(visit.who), "password": self._house.password},
                headers={"Origin": self._house.url},
            )
            assert answer.ok, answer.text()
        load = _Load(visit, context.new_page())
        load.page.on("request", lambda request: load.begun.append(request))
        load.page.on("requestfinished", lambda request: load.asked.append(request))
        load.page.goto(visit.path, wait_until="commit")
        return load

    def _end(self, load: _Load) -> Weight:
        load.page.locator("h1, h2, video").first.wait_for()
        known = (-1, -1)
        while known != (now := (_code_in(load.begun), _code_in(load.asked))) or now[0] > now[1]:
            known = now
            load.page.wait_for_timeout(_QUIET_MS)
        ahead = load.page.evaluate(_AHEAD) or math.inf
        opening = [one for one in load.asked if one.timing["startTime"] < ahead]
        found = self._sum(load.visit.path, opening)
        load.page.context.close()
        return found

    def _sum(self, path: str, asked: list[Request]) -> Weight:
        code = sent = api = media = files = 0
        # A file that is asked for twice comes out of the browser's cache the second time.
        for request in {one.url: one for one in reversed(asked)}.values():
            address = urlsplit(request.url)
            if address.scheme not in ("http", "https"):
                continue
            size = request.sizes()["responseBodySize"]
            if request.resource_type in _CODE and not address.path.startswith(("/api/", "/media/")):
                files += 1
                code += self._gzip(request.url)
                sent += size
            elif address.path.startswith("/api/"):
                api += size
            else:
                media += size
        return Weight(path, code, sent, api, media, files)

    def _gzip(self, url: str) -> int:
        if url not in self._gzipped:
            with httpx.stream("GET", url, headers={"Accept-Encoding": "gzip"}) as answer:
                assert answer.status_code == 200, url
                self._gzipped[url] = len(b"".join(answer.iter_raw()))
        return self._gzipped[url]


def _code_in(requests: list[Request]) -> int:
    return sum(request.resource_type in _CODE for request in requests)
