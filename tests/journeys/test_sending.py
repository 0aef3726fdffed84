"""Films on their way from a phone: what is said about them is true."""

from __future__ import annotations

import json
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, Route, expect

from tests.factories.films import a_phone_film
from tests.support.camera import accessible, arrived, newest

SAFE = "It is safe to delete it from your phone now."


@pytest.fixture(scope="module")
def lesson(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_phone_film(tmp_path_factory.mktemp("sending") / "Tuesday story.mp4", seconds=4.0)


def test_what_is_no_film_is_never_called_safe_to_delete(ta_phone: Page, tmp_path: Path) -> None:
    page = ta_phone
    page.add_init_script(
        """window.said = [];
        new MutationObserver(() => window.said.push(document.body?.innerText ?? ''))
          .observe(document, { subtree: true, childList: true, characterData: true });"""
    )
    not_a_film = tmp_path / "shopping list.mp4"
    not_a_film.write_bytes(b"milk, bread, pencils\n" * 4_000)
    _choose(page, not_a_film)
    expect(page.get_by_text("This file isn't a video we can read.")).to_be_visible(timeout=60_000)
    assert page.evaluate("text => window.said.filter(words => words.includes(text)).length", SAFE) == 0


def test_a_full_house_is_said_and_the_film_goes_on_when_there_is_room(ta_phone: Page, lesson: Path) -> None:
    page = ta_phone
    answers = iter([True])

    def full_once(route: Route) -> None:
        if route.request.method == "POST" and next(answers, False):
            body = json.dumps({"code": "quota_full", "detail": "There is no room left for this film."})
            route.fulfill(status=507, body=body, headers={"Content-Type": "application/problem+json"})
        else:
            route.continue_()

    page.route("**/api/v1/uploads", full_once)
    _choose(page, lesson)
    expect(page.get_by_text("There is no room left for this film.")).to_be_visible()
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text(SAFE)).to_be_visible(timeout=60_000)


def test_a_full_disk_is_waited_for(ta_phone: Page, tmp_path: Path) -> None:
    page = ta_phone
    film = a_phone_film(tmp_path / "Thursday counting.mp4", seconds=3.0)
    full = True

    def refuse(route: Route) -> None:
        if route.request.method == "POST" and full:
            body = json.dumps({"code": "disk_full", "detail": "There isn't enough room just now."})
            headers = {"Content-Type": "application/problem+json", "Retry-After": "1"}
            route.fulfill(status=507, body=body, headers=headers)
        else:
            route.continue_()

    page.clock.install()
    page.route("**/api/v1/uploads", refuse)
    _choose(page, film)
    expect(page.get_by_text("There isn't enough room just now.")).to_be_visible()
    full = False
    page.clock.run_for(21_000)
    page.clock.resume()
    expect(page.get_by_text(SAFE)).to_be_visible(timeout=60_000)


def test_a_film_whose_bytes_the_browser_let_go_of_goes_on_when_it_is_chosen_again(
    ta_phone: Page, tmp_path: Path
) -> None:
    page = ta_phone
    film = a_phone_film(tmp_path / "Wednesday sounds.mp4", seconds=4.0)
    page.add_init_script("navigator.storage.estimate = async () => ({ quota: 1, usage: 0 })")
    page.on("dialog", lambda dialog: dialog.accept())
    page.route("**/api/v1/uploads/*", lambda route: route.abort())
    _choose(page, film)
    page.get_by_role("button", name="Pause “Wednesday sounds”").click()
    page.unroute("**/api/v1/uploads/*")
    page.reload()
    again = page.locator("label", has_text="Choose it again").locator("input[type=file]")
    again.set_input_files(film)
    expect(page.get_by_text(SAFE)).to_be_visible(timeout=60_000)
    assert page.get_by_text("Wednesday sounds").count() == 1


def test_a_rehearsal_goes_with_the_present_step_unless_she_says_no(
    ta_phone: Page, ta: httpx.Client, step: str, tmp_path: Path
) -> None:
    page = ta_phone
    takes = [a_phone_film(tmp_path / f"Take {n}.mp4", seconds=1.0 + n) for n in (1, 2)]
    chosen = page.locator("label", has_text="Choose a video").locator("input[type=file]")
    page.goto("/film")
    page.get_by_text("A rehearsal", exact=True).click()
    expect(page.get_by_text("It goes with your step “waiting for every eye”.")).to_be_visible()
    accessible(page)
    before = newest(ta)["id"]
    chosen.set_input_files(takes[0])
    tied = arrived(ta, after=before)
    assert (tied["purpose"], tied["action_step"]) == ("rehearsal", step)

    page.get_by_role("button", name="Not with this step").click()
    expect(page.get_by_text("It goes with no step.")).to_be_visible()
    chosen.set_input_files(takes[1])
    free = arrived(ta, after=tied["id"])
    assert (free["purpose"], free["action_step"]) == ("rehearsal", None)
    page.get_by_role("button", name="Put it with your step").click()
    expect(page.get_by_text("It goes with your step")).to_be_visible()
    # A lesson goes with no step by itself.
    page.get_by_text("A lesson", exact=True).click()
    expect(page.get_by_text("It goes with your step")).to_be_hidden()


def test_a_coach_who_films_a_coachees_step_reads_whose_it_is_and_who_sees_it(
    coach_laptop: Page, ta: httpx.Client, step: str
) -> None:
    page, aisha = coach_laptop, ta.get("/api/v1/me").json()["id"]
    page.goto(f"/film?step={step}&for={aisha}")
    expect(page.get_by_role("heading", name="Another go")).to_be_visible()
    expect(page.get_by_text("Aisha’s step on film. You and Aisha can see it.")).to_be_visible()
    expect(page.get_by_text("It goes with Aisha’s step “waiting for every eye”.")).to_be_visible()
    expect(page.get_by_text("Only you")).to_have_count(0)
    page.get_by_text("A lesson", exact=True).click()
    expect(page.get_by_role("heading", name="Film", exact=True)).to_be_visible()
    expect(page.get_by_text("It goes with Aisha’s step")).to_be_visible()
    # Her step doesn't go with anybody else's film.
    page.get_by_text("A rehearsal", exact=True).click()
    page.get_by_role("combobox", name="Whose film is it?").click()
    page.get_by_role("option", name="Tom Wright").click()
    expect(page.get_by_text("waiting for every eye")).to_have_count(0)
    expect(page.get_by_role("heading", name="Film", exact=True)).to_be_visible()


def test_a_rehearsal_isnt_told_how_long_a_lesson_is(ta_phone: Page) -> None:
    ta_phone.goto("/film")
    expect(ta_phone.get_by_text("Ten minutes of a lesson are plenty.")).to_be_visible()
    ta_phone.get_by_text("A rehearsal", exact=True).click()
    expect(ta_phone.get_by_text("Ten minutes of a lesson are plenty.")).to_be_hidden()
    expect(ta_phone.get_by_text("Only you and Sam can see it.")).to_be_visible()


def _choose(page: Page, film: Path) -> None:
    page.goto("/film")
    page.locator("label", has_text="Choose a video").locator("input[type=file]").set_input_files(film)
