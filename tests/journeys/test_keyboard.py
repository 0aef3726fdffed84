"""Without a mouse: Tab reaches all that is there, in order and in sight; Esc leads out and back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.support.every_page import Visit
from tests.support.house import House
from tests.support.screens import LAPTOP, Screen

Furnished = tuple[House, list[Visit]]
MOST_STOPS = 200

# What one can reach by Tab; of a group of radio buttons the chosen one stands for all.
_WANTED = """() => {
  const kinds = 'a[href], button, input, textarea, select, summary, [tabindex="0"]';
  window.reached = undefined;
  window.wanted = [...document.querySelectorAll(kinds)]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }))
    .filter((one) => !one.disabled && one.tabIndex >= 0 && !(one.type === 'radio' && !one.checked));
  return window.wanted.map((one) => one.outerHTML.slice(0, 120));
}"""

# Where the focus is: which of those, whether it went on, whether a ring shows it and nothing lies over it.
_STOP = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const rings = (element) => [null, '::before', '::after'].some((part) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(element, part);
    return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
  });
  // What is drawn of a radio button is its label.
  const drawn = one.type === 'radio' ? one.labels[0] : one;
  const { left, top, width, height } = drawn.getBoundingClientRect();
  const over = document.elementFromPoint(left + width / 2, top + height / 2);
  const before = window.reached;
  window.reached = one;
  return {
    place: window.wanted.indexOf(one),
    name: one.outerHTML.slice(0, 120),
    onward: !before || before === one
      || !!(before.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING),
    ringed: [one, one.nextElementSibling, one.parentElement, one.closest('label'), one.closest('li')]
      .some((element) => element && rings(element)),
    seen: !!over && (drawn.contains(over) || over.contains(drawn) || !!over.closest('label')?.contains(one)),
  };
}"""


@pytest.fixture(scope="module")
def screens(browser: Browser, furnished: Furnished) -> Iterator[dict[str, Screen]]:
    house, _ = furnished
    found = {who: Screen(browser, house, who, LAPTOP) for who in ("ta", "coach")}
    yield found
    for screen in found.values():
        screen.close()


@pytest.mark.parametrize(
    ("who", "route"),
    [("ta", "/"), ("ta", "/action-steps/$id"), ("coach", "/meetings/$id"), ("coach", "/videos/$id")],
)
def test_tab_reaches_all_that_is_there_in_order_and_in_sight(
    screens: dict[str, Screen], furnished: Furnished, who: str, route: str
) -> None:
    screen = screens[who]
    for visit in [one for one in furnished[1] if (one.who, one.route) == (who, route)]:
        screen.open(visit)
        wanted = screen.page.evaluate(_WANTED)
        stops = list(_stops(screen.page))
        assert len(stops) < MOST_STOPS, f"{visit.path}: no way out of {stops[-1]['name']}"
        reached = {stop["place"] for stop in stops}
        missed = [name for place, name in enumerate(wanted) if place not in reached]
        astray = [stop for stop in stops if not (stop["onward"] and stop["ringed"] and stop["seen"])]
        assert (missed, astray) == ([], []), visit.path


def _stops(page: Page) -> Iterator[dict[str, Any]]:
    """Press Tab until the focus leaves the page."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop: dict[str, Any] | None = page.evaluate(_STOP)
        if stop is None:
            return
        if not (stop["seen"] and stop["ringed"]):
            # A busy browser is slow to scroll and to draw.
            page.wait_for_timeout(200)
            stop = page.evaluate(_STOP)
            assert stop is not None
        yield stop


def test_escape_closes_what_was_opened_and_the_focus_is_where_it_was(
    screens: dict[str, Screen], furnished: Furnished
) -> None:
    def opened(who: str, route: str, number: int = 0) -> Page:
        visits = [one for one in furnished[1] if (one.who, one.route) == (who, route)]
        screens[who].open(visits[number])
        return screens[who].page

    def button(page: Page, name: str) -> Locator:
        return page.get_by_role("button", name=re.compile(name)).first

    page = opened("ta", "/action-steps/$id")
    opens_and_closes(page, button(page, "^Add what shows"), "dialog")
    opens_and_closes(page, button(page, "^Take it away"), "dialog")
    page = opened("coach", "/people/$id")
    opens_and_closes(page, button(page, "Note a visit"), "dialog")
    held = 2
    page = opened("coach", "/meetings/$id", held)
    opens_and_closes(page, button(page, "About the film"), "dialog")
    page = opened("coach", "/videos/$id")
    more = button(page, "More about this film")
    opens_and_closes(page, more, "dialog", key="?")


def opens_and_closes(page: Page, opener: Locator, role: Any, *, key: str = "Enter") -> None:
    # Twice: what comes when it is first wanted behaves differently from what is there.
    for _ in range(2):
        opener.focus()
        page.keyboard.press(key)
        expect(page.get_by_role(role).locator(":focus")).to_be_attached()
        page.keyboard.press("Escape")
        expect(page.get_by_role(role)).to_be_hidden()
        expect(opener).to_be_focused()
