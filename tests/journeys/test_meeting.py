"""A feedback meeting in real browsers: prepared in a few clicks, run on two devices, looked back on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.factories.films import a_phone_film
from tests.support.house import House
from tests.support.screen import expect_frame, open_film, wait_for_film

# What a hand does apart from writing: presses of the mouse, and keys outside of fields.
_COUNT = """
  const press = (event) => {
    if (!event.isTrusted || event.target.closest?.('input, textarea')) return;
    sessionStorage.presses = Number(sessionStorage.presses ?? 0) + 1;
  };
  window.addEventListener('click', press, true);
  window.addEventListener('keydown', press, true);
"""


def presses(page: Page) -> int:
    return int(page.evaluate("Number(sessionStorage.presses ?? 0)"))


def accessible(*pages: Page) -> None:
    for page in pages:
        violations: list[Any] = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in violations] == []


@pytest.fixture
def fresh_lesson(house: House, tmp_path: Path) -> str:
    """A lesson that nobody has looked at yet."""
    film = a_phone_film(tmp_path / "Fractions.mp4", seconds=24.0, width=640, height=360)
    with house.as_("ta") as ta:
        video = house.send(ta, film, "Fractions", purpose="lesson")
        house.wait_for(ta, video, "watchable", "ready")
    return video


@pytest.fixture(scope="module")
def seen_lesson(house: House, lesson: Path) -> str:
    """A lesson that can be watched."""
    with house.as_("ta") as ta:
        video = house.send(ta, lesson, "Guided reading", purpose="lesson")
        house.wait_for(ta, video, "watchable", "ready")
    return video


@pytest.fixture
def meeting(house: House, seen_lesson: str) -> Iterator[dict[str, Any]]:
    """A meeting that is prepared: two clips, a question, praise, a script, and a step in mind."""
    with house.as_("coach") as coach, house.as_("ta") as ta:
        aisha = ta.get("/api/v1/me").json()["id"]
        clips = [
            coach.post(f"/api/v1/videos/{seen_lesson}/clips", json={"title": title} | span).json()["id"]
            for title, span in (
                ("Down to their height", {"start_ms": 2_000, "end_ms": 4_000}),
                ("Leo and the long word", {"start_ms": 8_000, "end_ms": 9_000}),
            )
        ]
        made = coach.post("/api/v1/meetings", json={"coachee": aisha}).json()
        step = coach.get("/api/v1/library/steps/wait-before-helping").json()
        changed = coach.patch(
            f"/api/v1/meetings/{made['id']}",
            json={
                "clips": [{"clip": clips[0], "purpose": "praise"}, {"clip": clips[1], "purpose": "probe"}],
                "praise": "You crouched down before you spoke.",
                "questions": ["Was Leo stuck, or thinking?"],
                "script": "Step back. Count to ten.",
                "library_step": step["id"],
            },
        )
        assert changed.status_code == 200, changed.text
        yield changed.json()


def test_a_meeting_is_prepared_from_a_fresh_lesson_in_twelve_clicks(
    coach_laptop: Page, fresh_lesson: str
) -> None:
    page = coach_laptop
    page.add_init_script(_COUNT)
    open_film(page, f"/videos/{fresh_lesson}")
    page.get_by_role("button", name="Play", exact=True).first.click()
    wait_for_film(page, playing=True, past_ms=2_500)
    page.get_by_role("button", name=re.compile("^Moment")).click()
    page.get_by_role("button", name="Praise").click()
    page.get_by_label("Say more").fill("You waited until every pencil was down")
    wait_for_film(page, past_ms=14_500)
    page.get_by_role("button", name=re.compile("^Moment")).click()
    page.get_by_label("Say more").fill("Who was thinking here?")
    page.get_by_role("button", name="Prepare the meeting").click()

    expect(page.get_by_role("heading", name="Your meeting with Aisha")).to_be_visible()
    page.get_by_role("button", name=re.compile("Take in: You waited until every pencil")).click()
    page.get_by_role("button", name=re.compile("Take in: Who was thinking here")).click()
    page.get_by_role("button", name="Choose from the library").click()
    page.get_by_role("searchbox").fill("I jump in too quickly")
    page.get_by_role("button", name=re.compile("waiting and watching before you step in")).click()
    page.get_by_role("list", name="Suggested questions").get_by_role("button").first.click()
    page.get_by_role("button", name=re.compile("^(Tomorrow|Monday|Friday) 15:30")).first.click()
    page.get_by_label(re.compile("^What you saw of this step|^What went well")).fill("The pencils went down.")
    page.get_by_label("Your script, word for word").fill("Step back. Count to ten.")
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    assert presses(page) <= 12, presses(page)
    accessible(page)

    page.reload()
    queue = page.get_by_role("list", name="Clips, in order")
    expect(queue.get_by_role("listitem")).to_have_text(
        [re.compile("You waited until every pencil"), re.compile("Who was thinking here")]
    )
    expect(page.get_by_role("button", name="To praise", pressed=True)).to_have_count(1)
    expect(page.get_by_role("button", name=re.compile("^Leave out: "))).to_have_count(1)
    expect(page.get_by_label("Your script, word for word")).to_have_value("Step back. Count to ten.")
    step = page.get_by_role("region", name="The step you have in mind")
    expect(step).to_contain_text("waiting and watching before you step in")
    expect(page.get_by_role("button", name="15:30", pressed=True)).to_have_count(1)

    # Back at the lesson, the way to its meeting is the way to this one.
    page.goto(f"/videos/{fresh_lesson}")
    page.get_by_role("button", name="Open the meeting").click()
    page.wait_for_url("**/prepare")
    page.get_by_role("button", name="Delete this meeting").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete it").click()
    page.wait_for_url("**/people/*")


def test_what_a_coach_prepares_can_be_put_in_order_and_is_kept_by_itself(
    coach_laptop: Page, meeting: dict[str, Any]
) -> None:
    page = coach_laptop
    page.goto(f"/meetings/{meeting['id']}/prepare")
    queue = page.get_by_role("list", name="Clips, in order")
    second = queue.get_by_role("listitem").filter(has_text="Leo and the long word")
    second.get_by_role("button", name="To praise").click()
    page.get_by_role("button", name="“Leo and the long word” earlier").click()
    expect(queue.get_by_role("listitem").first).to_contain_text("Leo and the long word")
    # It plays in place, exactly its own stretch.
    page.get_by_role("button", name="Play “Leo and the long word”").click()
    expect(page.locator("video[data-shown]")).to_be_visible()
    wait_for_film(page, playing=False, past_ms=8_900)
    expect_frame(page, 269)
    page.get_by_role("button", name="Leave “Down to their height” out").click()
    page.get_by_label("A question of your own").fill("What would you keep?")
    page.get_by_label("A question of your own").press("Enter")
    page.get_by_label("Your script, word for word").fill("Say nothing. Watch his pencil.")
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    page.reload()
    expect(queue.get_by_role("listitem")).to_have_count(1)
    expect(page.get_by_text("What would you keep?")).to_be_visible()
    expect(page.get_by_label("Your script, word for word")).to_have_value("Say nothing. Watch his pencil.")


def test_two_people_run_a_meeting_on_two_devices_without_any_film(
    coach_laptop: Page, ta_phone: Page, meeting: dict[str, Any]
) -> None:
    laptop, phone = coach_laptop, ta_phone
    address = f"/meetings/{meeting['id']}"

    # Until it starts, the coachee is told kindly, and nothing of the preparation.
    phone.goto(address)
    expect(phone.get_by_role("heading", name="Sam is getting ready for you two")).to_be_visible()
    expect(phone.get_by_text("Was Leo stuck")).to_be_hidden()
    accessible(phone)
    laptop.goto(address)
    expect(laptop.get_by_role("button", name="Start the meeting")).to_be_visible()
    accessible(laptop)
    laptop.get_by_role("button", name="Start the meeting").click()

    # 1: praise first, then what to think about; the phone is there by itself.
    for page in (laptop, phone):
        expect(page.get_by_text("You crouched down before you spoke.")).to_be_visible()
        expect(page.locator("video[data-shown]")).to_be_visible()
    accessible(laptop, phone)
    laptop.get_by_role("button", name="Next clip: to think about").click()
    expect(laptop.get_by_text("Was Leo stuck, or thinking?")).to_be_visible()
    wait_for_film(laptop, playing=False, past_ms=8_900)
    expect_frame(laptop, 269)
    laptop.keyboard.press("b")
    wait_for_film(laptop, playing=True)

    # 2: agreed in one press, from the clip, in words of their own afterwards.
    laptop.keyboard.press("2")
    expect(phone.get_by_text("When you two have agreed, your step appears here.")).to_be_visible()
    accessible(laptop, phone)
    laptop.get_by_role("button", name="Agree this step").click()
    laptop.get_by_role("button", name="Change the words").click()
    laptop.get_by_label("By doing what").fill("counting to ten with your hands behind your back")
    laptop.get_by_role("button", name="Keep these words").click()
    expect(phone.get_by_text("counting to ten with your hands behind your back")).to_be_visible()

    # 3: the coachee marks the coach's model first, criterion by criterion.
    laptop.keyboard.press("3")
    expect(laptop.get_by_text("Step back. Count to ten.")).to_be_visible()
    expect(phone.get_by_text("Step back. Count to ten.")).to_be_hidden()
    laptop.get_by_role("button", name="I’ve modelled it").click()
    expect(laptop.get_by_text("Aisha goes first.").first).to_be_visible()
    waiting = laptop.get_by_text("Aisha goes first.").count()
    hers = phone.get_by_role("group", name=re.compile("^You: ")).first
    hers.get_by_role("button", name="Nearly").click()
    expect(laptop.get_by_text("Aisha goes first.")).to_have_count(waiting - 1)
    expect(laptop.get_by_role("group", name=re.compile("^Aisha: ")).first).to_contain_text("Nearly")
    mine = laptop.get_by_role("group", name=re.compile("^You: ")).first
    mine.get_by_role("button", name="Not yet").click()
    expect(phone.get_by_role("group", name=re.compile("^Sam: ")).first).to_contain_text("Not yet")
    accessible(laptop, phone)

    # 4: go after go by one key; the coach types what the coachee says, and says so.
    laptop.keyboard.press("4")
    laptop.keyboard.press("r")
    expect(laptop.get_by_role("heading", name="Go 1")).to_be_visible()
    spoken = laptop.get_by_role("group", name=re.compile("^Aisha: ")).first
    spoken.get_by_role("button", name="Met", exact=True).click()
    expect(spoken.get_by_text("typed for Aisha")).to_be_visible()
    expect(phone.get_by_role("button", name="Met", exact=True, pressed=True)).to_be_visible()
    laptop.get_by_label("For the next go").fill("Keep your hands still.")
    # A key is only a letter while somebody writes.
    laptop.get_by_label("For the next go").press("r")
    laptop.get_by_role("heading", name="Go 1").click()
    laptop.keyboard.press("r")
    expect(phone.get_by_role("heading", name="Go 2")).to_be_visible()
    expect(phone.get_by_text("Keep your hands still.r").first).to_be_visible()
    laptop.get_by_role("button", name="Call it the best take").click()
    expect(phone.get_by_role("button", name="The best take")).to_be_visible()
    accessible(laptop, phone)

    # 5: when next, who does what, and the end.
    laptop.keyboard.press("5")
    slot = laptop.get_by_role("group", name="When you come and see Aisha").get_by_role("button").first
    when = slot.inner_text()
    slot.click()
    laptop.get_by_label("Who does what until then").fill("Aisha tries it with Leo. Sam lends the timer.")
    expect(laptop.get_by_text("Saved", exact=True)).to_be_visible()
    accessible(laptop, phone)
    laptop.get_by_role("button", name="End the meeting").click()

    for page, heading in ((laptop, "You and Aisha met"), (phone, "You and Sam met")):
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
        expect(page.get_by_text("Aisha tries it with Leo. Sam lends the timer.")).to_be_visible()
        expect(page.get_by_text(when[:1].lower() + when[1:]).first).to_be_visible()
        expect(page.get_by_text("2 goes")).to_be_visible()
        expect(page.get_by_text("This meeting wasn’t filmed.")).to_be_visible()
        expect(page.get_by_role("button", name="Film this meeting?")).to_have_count(0)
        accessible(page)


def test_who_takes_a_meeting_away_hears_first_that_its_film_goes(
    coach_laptop: Page, house: House, meeting: dict[str, Any], tmp_path: Path
) -> None:
    path, page = f"/api/v1/meetings/{meeting['id']}", coach_laptop
    page.goto(f"/meetings/{meeting['id']}/prepare")
    with house.as_("ta") as ta, house.as_("coach") as coach:
        film = house.send(
            ta, a_phone_film(tmp_path / "Tuesday.mp4", seconds=2.0), "Tuesday", purpose="meeting"
        )
        for one in (ta, coach):
            assert one.post(f"{path}/consent").is_success
        assert ta.patch(path, json={"film": film}).is_success
        page.get_by_role("button", name="Delete this meeting").click()
        expect(page.get_by_role("dialog")).to_contain_text("Its film is deleted too, for both of you")
        accessible(page)
        page.get_by_role("button", name="Delete it and its film").click()
        expect(page).to_have_url(re.compile("/people/"))
        assert ta.get(f"/api/v1/videos/{film}").status_code == 404


def test_two_people_write_the_notes_at_once_and_nothing_is_lost(
    coach_laptop: Page, ta_phone: Page, house: House, meeting: dict[str, Any]
) -> None:
    laptop, phone = coach_laptop, ta_phone
    laptop.goto(f"/meetings/{meeting['id']}")
    laptop.get_by_role("button", name="Start the meeting").click()
    laptop.get_by_role("button", name=re.compile("Plan next")).click()
    phone.goto(f"/meetings/{meeting['id']}")
    hers, mine = (page.get_by_label("Who does what until then") for page in (phone, laptop))

    # Each begins from nothing: both are there, also where the other is still writing.
    hers.focus()
    mine.fill("Aisha tries it with Leo.")
    expect(laptop.get_by_text("Saved", exact=True)).to_be_visible()
    mine.blur()
    expect(hers).to_have_value("")
    hers.press_sequentially("I bring the timer.")
    hers.blur()
    both = "Aisha tries it with Leo.\nI bring the timer."
    for field in (hers, mine):
        expect(field).to_have_value(both)

    # The same line, changed by both: hers stays in its field, the other's stands beneath.
    hers.focus()
    mine.fill("Aisha tries it with Mia.")
    mine.blur()
    expect(laptop.get_by_text("Saved", exact=True)).to_be_visible()
    hers.fill("I try it with Leo twice.")
    theirs = phone.get_by_role("region", name="Written at the same time")
    expect(theirs).to_contain_text("Aisha tries it with Mia.")
    expect(hers).to_have_value("I try it with Leo twice.")
    accessible(phone)
    phone.get_by_role("button", name="Keep both").click()
    expect(theirs).to_be_hidden()
    for field in (hers, mine):
        expect(field).to_have_value("Aisha tries it with Mia.\nI try it with Leo twice.")

    # Taken from the other, or kept as one's own.
    for choice, stays in (("Take theirs", "By Friday."), ("Keep mine", "By Monday.")):
        hers.focus()
        mine.fill("By Friday.")
        mine.blur()
        expect(laptop.get_by_text("Saved", exact=True)).to_be_visible()
        hers.fill("By Monday.")
        phone.get_by_role("button", name=choice).click()
        for field in (hers, mine):
            expect(field).to_have_value(stays)
        if choice == "Take theirs":
            with house.as_("coach") as coach:
                coach.patch(f"/api/v1/meetings/{meeting['id']}", json={"notes": "As it was."})
            for field in (hers, mine):
                expect(field).to_have_value("As it was.")

    # The meeting doesn't end before it is said which words are its last.
    hers.focus()
    mine.fill("Until half-term.")
    mine.blur()
    expect(laptop.get_by_text("Saved", exact=True)).to_be_visible()
    hers.fill("Until Easter.")
    phone.get_by_role("button", name="End the meeting").click()
    expect(theirs).to_contain_text("Until half-term.")
    # Who leaves without choosing loses nothing.
    phone.get_by_role("button", name=re.compile("Rehearse")).click()
    expect(mine).to_have_value("Until half-term.\nUntil Easter.")


def test_minutes_are_counted_by_the_stages_that_the_coach_enters(
    coach_laptop: Page, ta_phone: Page, house: House, meeting: dict[str, Any]
) -> None:
    laptop, phone = coach_laptop, ta_phone
    address = f"/meetings/{meeting['id']}"
    laptop.goto(address)
    laptop.get_by_role("button", name="Start the meeting").click()
    phone.goto(address)
    expect(phone.get_by_role("button", name=re.compile("Watch together"))).to_have_attribute(
        "aria-current", "step"
    )
    laptop.get_by_role("button", name=re.compile("Rehearse")).click()
    expect(laptop).to_have_url(re.compile("stage=rehearse"))
    # The phone goes along; looked up elsewhere, it is told the way back and records nothing.
    expect(phone.get_by_text("First agree the step")).to_be_visible()
    phone.get_by_role("button", name=re.compile("Plan next")).click()
    phone.get_by_role("button", name="Go there").click()
    expect(phone.get_by_text("First agree the step")).to_be_visible()
    with house.as_("coach") as coach:
        counts = coach.get(f"/api/v1{address}").json()["counts"]
    assert [one["phase"] for one in counts["phases"]] == ["praise", "rehearsal"]
    # What is kept in the address survives a reload; the clock can be put away.
    laptop.reload()
    expect(laptop.get_by_text("Just begun")).to_be_visible()
    laptop.get_by_role("button", name="More about this meeting").click()
    laptop.get_by_role("menuitem", name="Hide the clock").click()
    expect(laptop.get_by_text("Just begun")).to_be_hidden()


def test_filming_the_meeting_takes_a_yes_of_each_and_a_no_says_first_what_goes(
    coach_laptop: Page, ta_phone: Page, house: House, meeting: dict[str, Any], tmp_path: Path
) -> None:
    address = f"/meetings/{meeting['id']}"
    for page in (coach_laptop, ta_phone):
        page.goto(address)
        page.get_by_role("button", name="Film this meeting?").click()
        expect(page.get_by_role("dialog")).to_be_visible()
        page.get_by_role("button", name="Yes, you may film me").click()
        expect(page.get_by_role("button", name="Take my yes back")).to_be_visible()
    # Who said yes first hears of the other's, and may film from then on.
    expect(coach_laptop.get_by_text("A phone on a shelf beside you")).to_be_visible()
    accessible(ta_phone, coach_laptop)
    film = a_phone_film(tmp_path / "Our meeting.mp4", seconds=4.0, width=320, height=180)
    with house.as_("coach") as coach:
        video = house.send(coach, film, "Our meeting", purpose="meeting")
        house.wait_for(coach, video, "watchable", "ready")
        assert coach.patch(f"/api/v1{address}", json={"film": video}).status_code == 200
    ta_phone.get_by_role("button", name="Take my yes back").click()
    sure = ta_phone.get_by_role("dialog", name="Take your yes back?")
    expect(sure).to_contain_text("is deleted at once for both of you, with its moments and clips")
    sure.get_by_role("button", name="Take it back and delete the film").click()
    expect(ta_phone.get_by_text("Sam would like to film this meeting.")).to_be_visible()
    with house.as_("coach") as coach:
        assert coach.get(f"/api/v1/videos/{video}").status_code == 404


def test_what_the_coachee_would_rather_work_on_is_agreed_in_the_meeting(
    coach_laptop: Page, ta_phone: Page, house: House, meeting: dict[str, Any]
) -> None:
    laptop, phone = coach_laptop, ta_phone
    own_words = "Getting their eyes before I speak."
    with house.as_("ta") as ta, house.as_("coach") as coach:
        step = ta.get("/api/v1/library/steps/think-aloud").json()
        ta.post("/api/v1/proposals", json={"words": own_words})
        one = ta.post("/api/v1/proposals", json={"step": step["id"], "words": "They never hear me think."})
        proposed = one.json()["id"]
        coach.post(f"/api/v1/proposals/{proposed}/replies", json={"text": "Let’s talk about it."})
        coach.patch(f"/api/v1/meetings/{meeting['id']}", json={"state": "running"})

    # It lies on the table for both, with what was said about it; the coach agrees in one press.
    laptop.goto(f"/meetings/{meeting['id']}?stage=step")
    phone.goto(f"/meetings/{meeting['id']}?stage=step")
    for page, title in ((laptop, "Aisha would rather work on"), (phone, "You would rather work on")):
        region = page.get_by_role("region", name=title)
        expect(region.get_by_role("listitem").filter(has_text="They never hear me think.")).to_contain_text(
            "Let’s talk about it."
        )
    expect(phone.get_by_role("button", name="Agree to this")).to_be_hidden()
    accessible(laptop, phone)
    laptop.get_by_role("button", name="Agree to this").click()
    for page in (laptop, phone):
        expect(page.get_by_role("heading", name=re.compile(re.escape(step["action"])))).to_be_visible()
    expect(laptop.get_by_role("button", name="Change the words")).to_be_visible()

    # Her own words search the library; what is chosen for them answers them.
    laptop.get_by_role("button", name="Another step").click()
    expect(laptop.get_by_role("button", name="Agree to this")).to_be_hidden()
    laptop.get_by_role("button", name="Find a step for it").click()
    expect(laptop.get_by_role("searchbox")).to_have_value(own_words)
    accessible(laptop)
    found = laptop.get_by_role("button", name=re.compile(" by "))
    wording = found.first.locator("strong").inner_text()
    found.first.click()
    expect(laptop.get_by_text(f"For what Aisha would rather work on: “{own_words}”")).to_be_visible()
    laptop.get_by_role("button", name="Agree this step").click()
    expect(phone.get_by_role("heading", name=re.compile(re.escape(wording)))).to_be_visible()

    # The exchange stays with the step.
    with house.as_("coach") as coach:
        first = coach.get(f"/api/v1/proposals/{proposed}").json()
        page = coach.get("/api/v1/proposals").json()["items"]
    assert first["state"] == "accepted"
    assert [reply["text"] for reply in first["replies"]] == ["Let’s talk about it."]
    assert [one["state"] for one in page if one["words"] == own_words] == ["accepted"]
    laptop.goto(f"/action-steps/{first['action_step']}")
    expect(laptop.get_by_role("region", name="How it came about")).to_contain_text("Let’s talk about it.")
