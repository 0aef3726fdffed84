"""The first load of each page stays light enough for a phone on a school's network."""

from __future__ import annotations

from playwright.sync_api import Browser

from tests.support.every_page import Visit
from tests.support.house import House
from tests.support.page_weight import LIMIT, Scales


def test_no_page_takes_more_than_its_share_at_the_first_load(
    browser: Browser, furnished: tuple[House, list[Visit]]
) -> None:
    house, visits = furnished
    scales = Scales(browser, house)
    weights = [one for some in batched(visits) for one in scales.weigh(*some)]
    assert [f"{one.path}: {one.code:,} bytes" for one in weights if one.code > LIMIT] == []


def batched(visits: list[Visit], size: int = 3) -> list[list[Visit]]:
    return [visits[start : start + size] for start in range(0, len(visits), size)]
