"""A coachee's own say, and a word in passing: proposals talked over by two, a visit noted on a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.conftest import PHONE
from tests.support.house import House


@pytest.fixture
def coach_phone(browser: Browser, house: House) -> Iterator[Page]:
    """The coach in a corridor."""
    context = browser.new_context(
        base_url=house.url, locale="en-GB", viewport=PHONE, has_touch=True, is_mobile=True
    )
    context.set_default_timeout(20_000)
    login = {"email": house.email("coach"), "password": house.password}
    assert context.request.post("/api/v1/session", data=login, headers={"Origin": house.url}).ok
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def aisha(house: House) -> str:
    with house.as_("ta") as ta:
        return str(ta.get("/api/v1/me").json()["id"])


def accessible(page: Page) -> None:
    page.wait_for_load_state("networkidle")
    violations: list[Any] = Axe().run(page).response["violations"]
    assert [one["id"] for one in violations] == []


def test_a_step_of_the_library_is_proposed_talked_over_and_set(
    ta_phone: Page, coach_laptop: Page, aisha: str
) -> None:
    # She finds it in the library and says so.
    ta_phone.goto("/steps/wait-before-helping")
    ta_phone.get_by_role("button", name="I’d like to work on this").click()
    accessible(ta_phone)
    ta_phone.get_by_label("Why this one").fill("I finish their sentences.")
    ta_phone.get_by_role("button", name="Tell Sam").click()
    expect(ta_phone.get_by_text("Sam can read it now.")).to_be_visible()

    # He meets it on his desk, and answers on her page.
    coach_laptop.goto("/people")
    coach_laptop.get_by_role("link", name=re.compile("Aisha would like to work on")).click()
    card = coach_laptop.get_by_role("article", name=re.compile("waiting and watching"))
    expect(card).to_contain_text("Waits for your answer")
    card.get_by_role("button", name="Reply").click()
    card.get_by_label("Your reply").fill("Shall we look at it on Friday?")
    card.get_by_role("button", name="Reply").click()
    expect(card).to_contain_text("You two are talking it over")
    accessible(coach_laptop)

    # She reads it on Today, changes her words, answers.
    ta_phone.goto("/")
    ta_phone.get_by_role("link", name=re.compile("Sam answered what you proposed")).click()
    hers = ta_phone.get_by_role("article", name=re.compile("waiting and watching"))
    hers.get_by_role("button", name="Change my words").click()
    hers.get_by_label("In your own words").fill("I finish their sentences, with Leo most.")
    hers.get_by_role("button", name="Save").click()
    expect(hers).to_contain_text("with Leo most")
    hers.get_by_role("button", name="Reply").click()
    hers.get_by_label("Your reply").fill("Friday is fine.")
    hers.get_by_role("button", name="Reply").click()
    expect(hers.get_by_role("list", name="What was said").get_by_role("listitem")).to_have_count(2)
    accessible(ta_phone)

    # He sets it; how it came about stays on the step's own page.
    expect(card).to_contain_text("Friday is fine.")
    card.get_by_role("button", name="Yes, set this step").click()
    expect(coach_laptop.get_by_text("Present step, set today")).to_be_visible()
    ta_phone.goto("/steps/wait-before-helping")
    expect(ta_phone.get_by_role("button", name="I’d like to work on this")).to_have_count(0)
    ta_phone.get_by_role("link", name="This is your step now").click()
    expect(ta_phone.get_by_role("region", name="How it came about")).to_contain_text("Shall we look at it")


def test_own_words_get_a_step_that_is_chosen_for_them(ta_phone: Page, coach_laptop: Page, aisha: str) -> None:
    ta_phone.goto("/action-steps")
    ta_phone.get_by_role("button", name="Say what you’d like to work on").click()
    ta_phone.get_by_label("In your own words").fill("Getting their eyes before I speak.")
    ta_phone.get_by_role("button", name="Tell Sam").click()

    coach_laptop.goto(f"/people/{aisha}")
    card = coach_laptop.get_by_role("article", name="Getting their eyes before I speak.")
    card.get_by_role("link", name="Choose a step for it").click()
    coach_laptop.get_by_role("searchbox").fill("they don't listen when I talk")
    coach_laptop.get_by_role("button", name=re.compile("standing still")).first.click()
    coach_laptop.get_by_role("button", name=re.compile("Set this step for Aisha")).click()
    expect(coach_laptop).to_have_url(re.compile(f"/people/{aisha}$"))
    ta_phone.goto("/action-steps")
    expect(ta_phone.get_by_role("link", name=re.compile("standing still")).first).to_be_visible()
    ta_phone.goto("/")
    expect(ta_phone.get_by_text("made what you proposed a step").first).to_be_visible()


def test_what_isnt_for_now_is_answered_with_a_sentence_and_what_is_taken_back_stays_readable(
    ta_phone: Page, coach_laptop: Page, aisha: str
) -> None:
    ta_phone.goto("/action-steps")
    for words in ("Running the whole assembly.", "Nothing after all."):
        ta_phone.get_by_role("button", name="Say what you’d like to work on").click()
        ta_phone.get_by_label("In your own words").fill(words)
        ta_phone.get_by_role("button", name="Tell Sam").click()
        expect(ta_phone.get_by_role("article", name=words)).to_be_visible()
    second = ta_phone.get_by_role("article", name="Nothing after all.")
    second.get_by_role("button", name="Take it back").click()
    ta_phone.get_by_role("dialog").get_by_role("button", name="Take it back").click()
    expect(second).to_be_hidden()

    coach_laptop.goto(f"/people/{aisha}")
    card = coach_laptop.get_by_role("article", name="Running the whole assembly.")
    card.get_by_role("button", name="Not now").click()
    assert card.get_by_role("button", name="Not now").is_disabled()
    card.get_by_label("What would you say to Aisha?").fill("Next year, with me beside you.")
    card.get_by_role("button", name="Not now").click()
    expect(card).to_be_hidden()

    ta_phone.goto("/")
    ta_phone.get_by_role("link", name=re.compile("not now: “Next year, with me beside you.”")).click()
    answered = ta_phone.get_by_role("article", name="Running the whole assembly.")
    expect(answered).to_contain_text("Next year, with me beside you.")
    expect(ta_phone.get_by_role("article", name="Nothing after all.")).to_contain_text("You took it back")


def test_a_visit_is_noted_on_a_phone_in_two_taps_and_read_at_once(
    coach_phone: Page, ta_phone: Page, aisha: str
) -> None:
    taps = Taps()
    page = coach_phone
    page.goto(f"/people/{aisha}")
    taps.on(page.get_by_role("button", name="Note a visit"))
    page.get_by_label("What did you see?").fill("They were at work before the door had closed.")
    accessible(page)
    taps.on(page.get_by_role("button", name="Leave it for Aisha"))
    expect(page.get_by_role("region", name="Short visits")).to_contain_text("before the door had closed")
    assert taps.made <= 3

    ta_phone.goto("/")
    ta_phone.get_by_role("link", name=re.compile("Sam dropped in: “They were at work")).click()
    expect(ta_phone.get_by_text("They were at work before the door had closed.")).to_be_visible()
    accessible(ta_phone)

    # It is his to change and to take away.
    page.get_by_role("button", name="More about this visit").click()
    page.get_by_role("menuitem", name="Change it").click()
    page.get_by_label("What did you see?").fill("They were at work at once.")
    page.get_by_role("button", name="Save").click()
    expect(ta_phone.get_by_text("They were at work at once.")).to_be_visible()
    page.get_by_role("button", name="More about this visit").click()
    page.get_by_role("menuitem", name="Take it away").click()
    page.get_by_role("dialog").get_by_role("button", name="Take it away").click()
    expect(ta_phone.get_by_text("Nobody has dropped in yet")).to_be_visible()


def test_a_few_minutes_are_filmed_at_the_door_and_left_with_the_note(
    coach_phone: Page, ta_phone: Page, aisha: str
) -> None:
    page = coach_phone
    page.goto(f"/people/{aisha}")
    page.get_by_role("button", name="Note a visit").tap()
    page.get_by_role("button", name="Film it here").tap()
    page.get_by_role("button", name="Start filming").tap()
    page.wait_for_timeout(2_500)
    page.get_by_role("button", name="Stop filming").tap(timeout=15_000)
    page.get_by_role("button", name="Keep it").tap()
    expect(page.get_by_label("A film that goes with it")).not_to_have_value("")
    page.get_by_label("What did you see?").fill("Filmed from the door.")
    page.get_by_role("button", name="Leave it for Aisha").tap()
    expect(page.get_by_role("region", name="Short visits")).to_contain_text("Watch the film")
    ta_phone.goto("/drop-ins")
    expect(ta_phone.get_by_role("link", name="Watch the film").first).to_be_visible()


class Taps:
    """Counts what a thumb does; writing isn't counted."""

    def __init__(self) -> None:
        self.made = 0

    def on(self, thing: Locator) -> None:
        thing.tap()
        self.made += 1
