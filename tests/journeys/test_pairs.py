"""Two who coach each other, and a coach whose own coaching is looked at together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.factories.films import a_phone_film
from tests.journeys.conftest import LAPTOP, PHONE
from tests.support.house import House


@contextmanager
def at(browser: Browser, house: House, mailbox: str, *, phone: bool = False) -> Iterator[Page]:
    options: dict[str, Any] = {"viewport": PHONE, "has_touch": True, "is_mobile": True} if phone else {}
    context = browser.new_context(base_url=house.url, locale="en-GB", **({"viewport": LAPTOP} | options))
    context.set_default_timeout(20_000)
    login = {"email": house.email(mailbox), "password": house.password}
    assert context.request.post("/api/v1/session", data=login, headers={"Origin": house.url}).ok
    yield context.new_page()
    context.close()


def each_other(one: str, other: str) -> re.Pattern[str]:
    return re.compile(f"({one} and {other}|{other} and {one}) coach each other")


def accessible(page: Page) -> None:
    page.wait_for_load_state("networkidle")
    violations: list[Any] = Axe().run(page).response["violations"]
    assert [one["id"] for one in violations] == []


@pytest.fixture(scope="module")
def filmed(house: House, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A meeting of Dylan's with Megan, filmed by the permission of both."""
    film = a_phone_film(tmp_path_factory.mktemp("pairs") / "meeting.mp4", seconds=20.0)
    with house.as_("coach2") as dylan, house.as_("ta3") as megan:
        meeting = dylan.post(
            "/api/v1/meetings", json={"coachee": megan.get("/api/v1/me").json()["id"]}
        ).json()
        address = f"/api/v1/meetings/{meeting['id']}"
        for one in (dylan, megan):
            assert one.post(f"{address}/consent").status_code == 201
        video = house.send(dylan, film, "Meeting with Megan", purpose="meeting")
        house.wait_for(dylan, video, "watchable", "ready")
        dylan.patch(address, json={"state": "running"})
        held = dylan.patch(address, json={"state": "done", "film": video, "notes": "Between us two."})
        assert held.status_code == 200, held.text
    return str(meeting["id"])


def test_a_school_lets_two_people_coach_each_other_in_one_go(browser: Browser, house: House) -> None:
    with at(browser, house, "admin") as page:
        page.goto("/school")
        page.get_by_role("tab", name="Pairings").click()
        expect(page.get_by_text(each_other("Ruth Adeyemi", "Dylan Reed"))).to_be_visible()
        for label, name in (("Coach", "Ruth Adeyemi"), ("Coachee", "Megan Price")):
            page.get_by_role("combobox", name=label, exact=True).click()
            page.get_by_role("option", name=name).click()
        page.get_by_label("Each coaches the other").check()
        page.get_by_role("button", name="Pair them").click()
        expect(page.get_by_text(each_other("Ruth Adeyemi", "Megan Price"))).to_be_visible()
        accessible(page)


def test_who_is_coached_and_coaches_sees_one_of_the_two_at_a_time(browser: Browser, house: House) -> None:
    with at(browser, house, "teacher", phone=True) as page:
        page.goto("/")
        expect(page.get_by_role("heading", name="It begins with one lesson")).to_be_visible()
        expect(page.get_by_role("heading", name="Your coachees")).to_be_hidden()
        accessible(page)
        page.get_by_text("Those I coach").click()
        row = page.get_by_role("listitem").filter(has_text="Dylan Reed")
        expect(row).to_contain_text("You coach each other")
        expect(page.get_by_role("heading", name="It begins with one lesson")).to_be_hidden()
        accessible(page)
        # The address says which of the two it is, so that going back leads back.
        row.get_by_role("link", name="Dylan Reed").click()
        expect(page.get_by_text("You coach each other.")).to_be_visible()
        page.go_back()
        expect(page.get_by_role("heading", name="Your coachees")).to_be_visible()


def test_a_coach_brings_a_filmed_meeting_and_the_two_look_at_its_phases(
    browser: Browser, house: House, filmed: str
) -> None:
    with at(browser, house, "teacher") as ruth, at(browser, house, "coach2", phone=True) as dylan:
        # Ruth, who coaches Dylan, plans it.
        ruth.goto("/")
        ruth.get_by_text("Those I coach").click()
        ruth.get_by_role("link", name="Dylan Reed").click()
        ruth.get_by_role("button", name="Plan to look at a meeting together").click()
        expect(ruth.get_by_role("heading", name="Dylan hasn’t brought a film yet")).to_be_visible()
        accessible(ruth)

        # Dylan chooses which meeting they look at, and says where its phases begin.
        dylan.goto("/")
        dylan.get_by_role("link", name=re.compile("Choose a meeting to look at with Ruth")).click()
        dylan.get_by_role("button", name=re.compile("With Megan")).click()
        expect(dylan.locator("video[data-shown]")).to_be_visible()
        accessible(dylan)
        dylan.get_by_role("link", name="Mark its phases").click()
        dylan.get_by_role("button", name="Say where each phase begins").click()
        begins = dylan.get_by_role("group", name=re.compile("begins"))
        begins.get_by_role("button", name="Praise").click()
        places = dylan.get_by_role("list", name="Where phases begin")
        expect(places).to_contain_text("Praise · 0:00")
        dylan.get_by_role("slider", name="Place in the film").fill("8000")
        expect(begins.locator("legend")).to_have_text("At 0:08 begins …")
        begins.get_by_role("button", name="Model").click()
        expect(places).to_contain_text("Model · 0:08")
        dylan.get_by_role("slider", name="Place in the film").fill("12000")
        expect(begins.locator("legend")).to_have_text("At 0:12 begins …")
        places.get_by_role("listitem").nth(1).get_by_role("button", name="Starts here").click()
        expect(places).to_contain_text("Model · 0:12")
        accessible(dylan)

        # What has been chosen and marked is said so.
        dylan.goto("/")
        dylan.get_by_role("link", name=re.compile("The meeting you and Ruth look at")).click()
        expect(dylan.get_by_role("link", name="Change where its phases begin")).to_be_visible()
        dylan.goto("/meetings")
        expect(dylan.get_by_text("Your own coaching, with Ruth")).to_be_visible()

        # Ruth jumps to a phase; minutes are said, and nothing that was written in the meeting is there.
        model = ruth.get_by_role("list", name="Phases of the meeting").get_by_role("button").nth(1)
        expect(model).to_contain_text("Model")
        expect(model).to_contain_text("8 s")
        model.click()
        ruth.wait_for_function("document.querySelector('video').currentTime >= 11.9")
        expect(ruth.get_by_text("Between us two.")).to_be_hidden()
        expect(ruth.get_by_role("button", name=re.compile("phase begin"))).to_have_count(0)
        accessible(ruth)

        # In the summary of that meeting one link leads there, with the dialog about the film open too.
        dylan.goto(f"/meetings/{filmed}")
        dylan.get_by_role("button", name="About the film").click()
        expect(dylan.get_by_role("dialog")).to_be_visible()
        to_its_phases = dylan.locator(f"a[href$='/meetings/{filmed}/observed']")
        expect(to_its_phases).to_have_count(1)
        dylan.get_by_role("button", name="Close", exact=True).last.click()
        dylan.get_by_role("link", name="See its phases on film").click()
        expect(dylan.get_by_role("heading", name="Your meeting with Megan")).to_be_visible()
