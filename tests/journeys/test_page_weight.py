"""The first load of each page stays light enough for a phone on a school's network."""

from __future__ import annotations

from playwright.sync_api import Browser

from tests.support.house import House
from tests.support.page_weight import LIMIT, Scales, furnish, pages_of


def test_no_page_takes_more_than_its_share_at_the_first_load(
    browser: Browser, house: House, watched: str
) -> None:
    clip = furnish(house, watched)
    scales = Scales(browser, house)
    weights = [scales.weigh(who, path) for who, path in pages_of(house, clip, watched)]
    assert {f"{one.path}: {one.code:,} bytes" for one in weights if one.code > LIMIT} == set()
