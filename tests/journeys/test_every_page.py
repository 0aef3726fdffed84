"""Every page of the app, opened by each whom it is for on a phone and on a laptop: what each owes."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.support.every_page import Visit, routes
from tests.support.house import House
from tests.support.screens import LAPTOP, PHONE, Screen

Furnished = tuple[House, list[Visit]]
PEOPLE = (None, "ta", "coach", "lead", "admin", "ta4")


def test_no_page_is_forgotten(furnished: Furnished) -> None:
    _, visits = furnished
    assert {visit.route for visit in visits} == routes()
    assert {visit.who for visit in visits} == set(PEOPLE)


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("size", [pytest.param(PHONE, id="phone"), pytest.param(LAPTOP, id="laptop")])
def test_every_page_keeps_what_it_owes(
    browser: Browser, furnished: Furnished, who: str | None, size: dict[str, Any]
) -> None:
    house, visits = furnished
    screen = Screen(browser, house, who, size)
    found = {}
    for visit in [one for one in visits if one.who == who]:
        screen.open(visit)
        faults = screen.faults()
        if size is LAPTOP:
            faults += screen.faults_zoomed()
        if faults:
            found[visit.path] = faults
    screen.close()
    assert found == {}
