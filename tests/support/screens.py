"""What every page owes on every screen, looked up in a browser that has opened it."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

from tests.support.every_page import Visit
from tests.support.house import House

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
LAPTOP: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}
_ZOOMED = {"width": 720, "height": 450, "deviceScaleFactor": 2, "mobile": False}
"""The same laptop at 200 %."""
_QUIET_MS = 200

# Nothing of it may still be coming: neither the frame of a page nor what stands for its parts.
_STANDS = """() => document.querySelector('h1') !== null
  && [...document.querySelectorAll('.coming, [role=status][aria-label^="Loading"], .mantine-Skeleton-root')]
    .every((one) => !one.checkVisibility())"""

# What has something else over its middle when it has the focus.
_COVERED = """() => [...document.querySelectorAll('main :is(button, a[href], input, summary):not(:disabled)')]
  .filter((one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
  .flatMap((one) => {
    one.focus();
    const { left, top, width, height } = one.getBoundingClientRect();
    if (width < 2 || height < 2) return [];
    const over = document.elementFromPoint(left + width / 2, top + height / 2);
    if (over && (one.contains(over) || over.contains(one) || over.closest('label')?.contains(one))) return [];
    const by = over ? over.outerHTML.slice(0, 120) : 'the edge of the screen';
    return [`“${one.ariaLabel ?? one.textContent}”, by ${by}`];
  })"""

_WIDER = """() => {
  const { scrollWidth } = document.scrollingElement;
  if (scrollWidth <= innerWidth) return [];
  const out = [...document.querySelectorAll('body *')]
    .filter((one) => one.getBoundingClientRect().right > innerWidth + 0.5)
    .map((one) => one.outerHTML.slice(0, 120));
  return [`${scrollWidth} of ${innerWidth} px`, ...out.slice(-3)];
}"""

_MOVING = """() => document.getAnimations()
  .filter((one) => one.playState === 'running' && one.effect.getComputedTiming().endTime > 200)
  .map((one) => one.effect.target.outerHTML.slice(0, 160))"""


class Screen:
    """One person's browser of one size; notes what goes wrong on whatever page it opens."""

    def __init__(self, browser: Browser, house: House, who: str | None, size: dict[str, Any]) -> None:
        self._context: BrowserContext = browser.new_context(
            base_url=house.url, locale="en-GB", reduced_motion="reduce", **size
        )
        self._context.set_default_timeout(20_000)
        if who is not None:
            login = {"email": house.email(who), "password": house.password}
            answer = self._context.request.post("/api/v1/session", data=login, headers={"Origin": house.url})
            assert answer.ok, answer.text()
        self._who = who
        self._wrong: list[str] = []
        self._coming: set[Request] = set()
        self.page = self._context.new_page()
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self._wrong.append(f"threw {error}"))
        self.page.on("request", self._begun)
        self.page.on("requestfinished", lambda request: self._coming.discard(request))
        self.page.on("requestfailed", self._failed)
        self.page.on("response", self._answered)

    def close(self) -> None:
        self._context.close()

    def open(self, visit: Visit) -> None:
        """Open a page and wait until nothing of it is on its way any more."""
        # What the page before had under way is nobody's fault.
        self.page.goto("about:blank")
        self._coming.clear()
        self._wrong.clear()
        self.page.goto(visit.path)
        self.page.wait_for_function(_STANDS)
        while self._coming:
            self.page.wait_for_timeout(_QUIET_MS)

    def faults(self) -> list[str]:
        """What this page owes and doesn't keep; empty when all is well."""
        page = self.page
        return [
            *self._wrong,
            *(f"axe: {one}" for one in _violations(page)),
            *self._stays(_WIDER, "scrolls sideways"),
            *self._stays(_MOVING, "moves in spite of reduced motion"),
            *([] if page.title().endswith(" · Pennydrop") else [f"is called “{page.title()}”"]),
        ]

    def faults_zoomed(self) -> list[str]:
        """The same at 200 %: nothing scrolls sideways, and whatever gets the focus can be pressed."""
        session = self._context.new_cdp_session(self.page)
        session.send("Emulation.setDeviceMetricsOverride", _ZOOMED)
        self.page.wait_for_function("innerWidth === 720")
        found = self._stays(_WIDER, "at 200 % scrolls sideways")
        found += self._stays(_COVERED, "at 200 % is covered")
        session.send("Emulation.clearDeviceMetricsOverride")
        session.detach()
        return found

    def _stays(self, look: str, words: str) -> list[str]:
        """What a look at the page finds each time: a busy browser is slow to lay everything out anew."""
        for pause_ms in (0, 200, 1_000):
            self.page.wait_for_timeout(pause_ms)
            found: list[str] = self.page.evaluate(look)
            if not found:
                break
        return [f"{words}: {one}" for one in found]

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not self._is_nobody(message.location["url"]):
            self._wrong.append(f"console: {message.text}")

    def _begun(self, request: Request) -> None:
        # The line on which news come never ends, and films come as far as they are wanted.
        if request.resource_type not in ("eventsource", "media"):
            self._coming.add(request)

    def _failed(self, request: Request) -> None:
        self._coming.discard(request)
        if request.resource_type not in ("eventsource", "media"):
            self._wrong.append(f"failed: {request.method} {request.url}: {request.failure}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and not self._is_nobody(response.url):
            self._wrong.append(f"{response.status}: {response.request.method} {response.url}")

    def _is_nobody(self, url: str) -> bool:
        """Whether this asks who is there where nobody is: “nobody” is a proper answer then."""
        return self._who is None and url.endswith("/api/v1/me")


def _violations(page: Page) -> list[str]:
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [f"{one['id']} ({one['impact']}): {one['nodes'][0]['html'][:160]}" for one in found]
