"""The library in a real browser: finding a step, being led to one, and looking after them all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import LAPTOP, PHONE
from tests.support.house import House


@pytest.fixture
def lead_laptop(browser: Browser, house: House) -> Iterator[Page]:
    """The lead's laptop."""
    context = browser.new_context(base_url=house.url, locale="en-GB", viewport=LAPTOP)
    context.set_default_timeout(20_000)
    login = {"email": house.email("lead"), "password": house.password}
    assert context.request.post("/api/v1/session", data=login, headers={"Origin": house.url}).ok
    yield context.new_page()
    context.close()


def test_a_step_is_found_in_plain_words_or_through_a_door(ta_phone: Page) -> None:
    page = ta_phone
    page.goto("/steps")
    page.get_by_role("searchbox").fill("guesses from the pictuer")
    expect(page.get_by_role("link", name=re.compile("say the sounds and blend"))).to_be_visible()
    page.get_by_role("searchbox").fill("")
    page.get_by_role("link", name="Learning to read").click()
    first = page.get_by_role("main").get_by_role("listitem").first
    expect(first).to_contain_text("saying each sound short and clean")
    page.go_back()
    page.get_by_role("link", name="Cognition").click()
    page.get_by_role("link", name=re.compile("waiting and watching")).click()
    expect(page.get_by_role("heading", name="Steps like this")).to_be_visible()
    assert page.viewport_size == PHONE
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_a_coach_who_is_stuck_is_led_to_a_step_in_four_short_screens(coach_laptop: Page) -> None:
    page = coach_laptop
    page.goto("/steps")
    page.get_by_role("link", name="Help me choose").click()
    page.get_by_role("link", name="Attention", exact=True).click()
    page.get_by_role("link", name="Make sure every pupil hears the instruction").click()
    page.get_by_role("link", name=re.compile("standing still")).click()
    page.get_by_label("When?").fill("guided reading")
    expect(page.get_by_text("saying it once, in guided reading")).to_be_visible()
    page.get_by_role("button", name=re.compile("Set this step for")).click()
    expect(page).to_have_url(re.compile("/people/"))
    expect(page.get_by_text("saying it once, in guided reading").first).to_be_visible()


def test_a_lead_writes_publishes_rewords_and_sees_what_changed(lead_laptop: Page) -> None:
    page = lead_laptop
    page.goto("/steps/curate")
    page.get_by_role("link", name="New step").click()
    page.get_by_label("Goal", exact=True).select_option(label="Get pupils working in the first minute")
    page.get_by_label("… by").fill("ringing a small bell")
    page.get_by_label("Success criterion 1", exact=True).fill("Rings it once")
    page.get_by_role("button", name="Save the draft").click()
    expect(page.get_by_text("This is a draft")).to_be_visible()
    page.get_by_role("button", name="Publish it").click()
    expect(page.get_by_text("This is a draft")).to_be_hidden()
    page.get_by_role("button", name="Look after this step").click()
    page.get_by_role("menuitem", name="Change its words").click()
    page.get_by_label("Success criterion 1", exact=True).fill("Rings it once, softly")
    page.get_by_label("What changed, and why").fill("It was too loud")
    page.get_by_role("button", name="Save as a new version").click()
    page.get_by_role("button", name="Look after this step").click()
    page.get_by_role("menuitem", name="Earlier versions").click()
    expect(page.get_by_text("“It was too loud”")).to_be_visible()
    page.get_by_text("What changed").click()
    expect(page.locator("ins")).to_have_text("once, softly")


def test_a_school_words_a_step_of_the_trusts_for_itself(lead_laptop: Page) -> None:
    page = lead_laptop
    page.goto("/steps/count-to-five")
    page.get_by_role("button", name="Look after this step").click()
    page.get_by_role("menuitem", name="Make our own copy").click()
    page.get_by_label("… by").fill("counting silently to seven after each question")
    page.get_by_role("button", name="Save the draft").click()
    page.get_by_role("button", name="Publish it").click()
    page.get_by_text("In the words of").click()
    expect(page.locator("ins")).to_have_text("seven")
    page.goto("/steps?q=counting silently")
    expect(page.get_by_role("link", name=re.compile("to seven"))).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("to five"))).to_be_hidden()


def test_a_file_is_tried_out_before_it_changes_anything(lead_laptop: Page, tmp_path: Path) -> None:
    page = lead_laptop
    sheet = tmp_path / "steps.csv"
    head = "kind,goal,area,action,criteria\n"
    sheet.write_text(f"{head}step,Go home in peace,behaviour,lining up early,\n")
    page.goto("/steps/import")
    expect(page.get_by_role("link", name="Start from an export")).to_be_visible()
    page.locator("input[type=file]").set_input_files(sheet)
    expect(page.get_by_text("1 thing to put right first")).to_be_visible()
    expect(page.get_by_text("a step needs “criteria”.")).to_be_visible()
    sheet.write_text(f"{head}step,Go home in peace,behaviour,lining up early,Lines up\n")
    page.locator("input[type=file]").set_input_files(sheet)
    expect(page.get_by_text("1 step: 1 new, 0 changed, 0 as before")).to_be_visible()
    page.get_by_role("button", name="Import it").click()
    expect(page.get_by_role("heading", name="Done")).to_be_visible()
    page.goto("/steps?q=lining up early")
    expect(page.get_by_role("link", name=re.compile("lining up early"))).to_be_visible()
