"""A trust has more people than one page of a list holds: each of them is found and can be paired."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.test_pairs import at
from tests.support.house import House, running_house

_MANY = 70


@pytest.fixture(scope="module")
def trust(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A school with seventy more people, the last of them by name Zoë Łukasik."""
    with running_house(tmp_path_factory.mktemp("trust")) as house:
        with house.as_("admin") as admin:
            names = [f"Person {number:02}" for number in range(_MANY)] + ["Zoë Łukasik"]
            for number, name in enumerate(names):
                new = {"name": name, "email": f"person{number}@elm.test"}
                assert admin.post("/api/v1/people", json=new).status_code == 201
        yield house


def test_everybody_of_a_large_trust_is_found(browser: Browser, trust: House) -> None:
    with at(browser, trust, "admin", phone=True) as page:
        page.goto("/school")
        zoe = page.get_by_role("listitem").filter(has_text="Zoë Łukasik")
        expect(page.get_by_role("listitem").filter(has_text="Person 01")).to_be_visible()
        expect(zoe).to_have_count(0)
        page.get_by_role("searchbox", name="Find a person").fill("zoe luk")
        expect(zoe).to_be_visible()
        expect(page.get_by_role("main").get_by_role("listitem")).to_have_count(1)
        page.get_by_role("searchbox", name="Find a person").fill("nobody at all")
        expect(page.get_by_role("heading", name="Nobody by that name")).to_be_visible()
        page.get_by_role("searchbox", name="Find a person").fill("")
        page.get_by_role("button", name="Show more people").click()
        expect(zoe).to_be_visible()
        expect(page.get_by_role("button", name="Show more people")).to_be_hidden()


def test_somebody_far_down_the_list_is_paired_and_the_pairing_found(browser: Browser, trust: House) -> None:
    with at(browser, trust, "admin") as page:
        page.goto("/school")
        page.get_by_role("tab", name="Pairings").click()
        _choose(page, "Coach", "zoe", "Zoë Łukasik")
        _choose(page, "Coachee", "person 69", "Person 69")
        page.get_by_role("button", name="Pair them").click()
        expect(page.get_by_text("Zoë Łukasik coaches Person 69")).to_be_visible()
        expect(page.get_by_role("combobox", name="Coach", exact=True)).to_have_value("")


def _choose(page: Page, label: str, typed: str, name: str) -> None:
    box = page.get_by_role("combobox", name=label, exact=True)
    box.click()
    box.fill(typed)
    page.get_by_role("option", name=name).click()
    expect(box).to_have_value(name)
