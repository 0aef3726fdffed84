"""Looking after goals, the shared language and sequences in the browser."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import LAPTOP, PHONE
from tests.support.house import House


@pytest.fixture(params=[PHONE, LAPTOP], ids=["phone", "laptop"])
def lead(request: pytest.FixtureRequest, browser: Browser, house: House) -> Iterator[Page]:
    context = browser.new_context(base_url=house.url, locale="en-GB", viewport=request.param)
    context.set_default_timeout(20_000)
    answer = context.request.post(
        "/api/v1/session",
        data={"email": house.email("lead"), "password": house.password},
        headers={"Origin": house.url},
    )
    assert answer.ok
    yield context.new_page()
    context.close()


def violations(page: Page) -> list[str]:
    return [each["id"] for each in Axe().run(page).response["violations"]]


def test_a_lead_writes_a_word_that_a_step_brings_and_takes_it_out_again(lead: Page) -> None:
    page = lead
    page.goto("/steps/curate/words")
    page.get_by_role("button", name="New word").click()
    page.get_by_role("textbox", name="The word").fill("Lighthouse")
    page.get_by_label("What it means").fill("Looking slowly from one side of the group to the other.")
    page.get_by_label(re.compile("Find a step")).fill("waiting for every eye")
    page.get_by_role("button", name=re.compile("by waiting for every eye")).click()
    assert violations(page) == []
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("button", name="Change “Lighthouse”")).to_be_visible()
    page.goto("/steps/wait-for-every-eye")
    page.get_by_role("link", name="Lighthouse").click()
    expect(page).to_have_url(re.compile("/language#lighthouse"))
    page.goto("/steps/curate/words")
    page.get_by_role("button", name="Change “Lighthouse”").click()
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete it").click()
    expect(page.get_by_role("button", name="Change “Lighthouse”")).to_be_hidden()


def test_a_lead_rewords_a_goal_and_puts_steps_in_order(lead: Page) -> None:
    page = lead
    page.goto("/steps/curate/goals")
    page.get_by_role("button", name=re.compile("Change “Build fluent reading")).click()
    field = page.get_by_label("The goal", exact=True)
    wording = "Build fluent reading, day by day"
    field.fill(wording)
    assert violations(page) == []
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("button", name=f"Change “{wording}”")).to_be_visible()

    page.get_by_role("link", name="Step by step").click()
    page.get_by_role("button", name="New sequence").click()
    page.get_by_label("Its name").fill("Two days")
    for words in ("thinking aloud while", "handing over three facts"):
        page.get_by_label(re.compile("Find a step")).fill(words)
        page.get_by_role("list", name="Steps that were found").get_by_role("button").first.click()
    page.get_by_label("To know first").last.check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("button", name="Change “Two days”")).to_be_visible()
    page.goto("/steps?sequence=two-days")
    expect(page.get_by_role("list", name="Know this first").get_by_role("link")).to_contain_text(
        "three facts"
    )
    page.goto("/steps/curate/sequences")
    page.get_by_role("button", name="Change “Two days”").click()
    assert violations(page) == []
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete it").click()
    expect(page.get_by_role("button", name="Change “Two days”")).to_be_hidden()
