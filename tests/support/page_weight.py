"""What a browser fetches when somebody opens a page for the first time, with nothing kept from before."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx
from playwright.sync_api import Browser, Request

from tests.support.house import House

LIMIT = 250_000
"""Bytes of gzip that a page's first load may take, films and answers of the API apart."""

PHONE = {"width": 390, "height": 844}
_CODE = ("document", "script", "stylesheet", "font")
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


class Scales:
    """Weighs pages; a file that several pages need is fetched once for its gzipped size."""

    def __init__(self, browser: Browser, house: House) -> None:
        self._browser = browser
        self._house = house
        self._gzipped: dict[str, int] = {}

    def weigh(self, mailbox: str | None, path: str) -> Weight:
        """Open `path` as this account with an empty cache and return what came until the page was idle.

        What a page fetches ahead at once counts, what it fetches ahead when it has been idle for a while
        doesn't. The service worker is kept out: it stores the rest of the app once the page stands.
        """
        context = self._browser.new_context(
            base_url=self._house.url,
            locale="en-GB",
            viewport={**PHONE},
            has_touch=True,
            is_mobile=True,
            service_workers="block",
        )
        if mailbox is not None:
            answer = context.request.post(
                "/api/v1/session",
                data={"email": self._house.email(mailbox), "password": self._house.password},
                headers={"Origin": self._house.url},
            )
            assert answer.ok, answer.text()
        page = context.new_page()
        asked: list[Request] = []
        begun: list[Request] = []
        page.on("request", lambda request: begun.append(request))
        page.on("requestfinished", lambda request: asked.append(request))
        page.goto(path)
        page.locator("h1, h2, video").first.wait_for()
        known = (-1, -1)
        while known != (now := (_code_in(begun), _code_in(asked))) or now[0] > now[1]:
            known = now
            page.wait_for_timeout(_QUIET_MS)
        found = self._sum(path, asked)
        context.close()
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


def pages_of(house: House, clip: str, film: str) -> list[tuple[str | None, str]]:
    """Who opens which page: the library, a step, the coachee's pages, and those around them."""
    with house.as_("ta") as ta:
        coachee = ta.get("/api/v1/me").json()["id"]
        action_step = ta.get("/api/v1/action-steps").json()["items"][0]["id"]
    return [
        (None, "/login"),
        ("ta", "/"),
        ("ta", "/film"),
        ("ta", "/videos"),
        ("ta", f"/videos/{film}"),
        ("ta", f"/clips/{clip}"),
        ("ta", "/steps"),
        ("ta", "/steps?q=they+don%27t+listen"),
        ("ta", "/steps/wait-for-every-eye"),
        ("ta", "/language"),
        ("ta", "/models"),
        ("ta", f"/action-steps/{action_step}"),
        ("ta", f"/action-steps/{action_step}/compare"),
        ("ta", "/settings"),
        ("coach", "/"),
        ("coach", "/people"),
        ("coach", f"/people/{coachee}"),
        ("coach", f"/people/{coachee}/step"),
        ("coach", f"/videos/{film}"),
        ("coach", "/steps/builder"),
        ("lead", "/steps"),
        ("lead", "/steps/curate"),
        ("lead", "/steps/wait-for-every-eye/edit"),
        ("lead", "/steps/wait-for-every-eye/versions"),
        ("lead", "/steps/import"),
        ("admin", "/school"),
    ]


def furnish(house: House, film: str) -> str:
    """Give the coachee's film a moment and a clip on a step of hers; return the clip's id."""
    with house.as_("coach") as coach, house.as_("ta") as ta:
        step = coach.post(
            "/api/v1/action-steps",
            json={
                "coachee": ta.get("/api/v1/me").json()["id"],
                "step": coach.get("/api/v1/library/steps/wait-for-every-eye").json()["id"],
            },
        )
        assert step.status_code == 201, step.text
        moment = {"start_ms": 2000, "end_ms": 6000, "kind": "praise", "text": "Every eye was on you."}
        assert coach.post(f"/api/v1/videos/{film}/moments", json=moment).status_code == 201
        clip = coach.post(
            f"/api/v1/videos/{film}/clips",
            json={
                "start_ms": 2000,
                "end_ms": 6000,
                "title": "Waiting for every eye",
                "action_step": step.json()["id"],
            },
        )
        assert clip.status_code == 201, clip.text
        return str(clip.json()["id"])
