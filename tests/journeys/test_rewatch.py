"""Rewatching alone in a real browser: one tap and it plays, another go, what one saw, a count for oneself."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from sqlalchemy import update

from pennydrop.clock import utcnow
from pennydrop.db.session import make_engine, make_sessions, transaction
from pennydrop.videos.models import OwnWatch
from tests.factories.films import a_phone_film
from tests.support.house import House, until
from tests.support.screen import is_playing, now_ms, wait_for_film

CRITERIA = ["Sits back", "Counts to five"]
MOMENT_MS = 5_000


@pytest.fixture(scope="module")
def practised(house: House, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """A step with the clip that showed why, a model and a take."""
    film = a_phone_film(tmp_path_factory.mktemp("rewatch") / "film.mp4", seconds=12)
    with house.as_("ta") as ta, house.as_("coach") as coach:
        lesson = _sent(house, ta, film, "Monday reading")
        spanned = {"start_ms": MOMENT_MS, "end_ms": MOMENT_MS + 3_000, "title": "He was nearly there"}
        clip = coach.post(f"/api/v1/videos/{lesson}/clips", json=spanned).json()["id"]
        step = coach.post(
            "/api/v1/action-steps",
            json={
                "coachee": ta.get("/api/v1/me").json()["id"],
                "goal": "Leave room to think",
                "action": "counting to five on your fingers",
                "criteria": CRITERIA,
                "clip": clip,
            },
        ).json()["id"]
        rounds = f"/api/v1/action-steps/{step}/rounds"
        model = _sent(house, coach, film, "Sam counts", purpose="model")
        assert coach.post(rounds, json={"kind": "model", "video": model}).status_code == 201
        take = _sent(house, ta, film, "My first try", purpose="rehearsal")
        made = ta.post(rounds, json={"video": take}).json()
    return {"step": step, "clip": clip, "model": model, "take": take, "round": made["id"]}


def _sent(house: House, client: Any, film: Path, title: str, **metadata: str) -> str:
    video = house.send(client, film, title, **metadata)
    assert house.wait_for(client, video, "watchable", "ready")["state"] != "failed"
    return video


def accessible(page: Page) -> None:
    violations: list[Any] = Axe().run(page).response["violations"]
    assert [one["id"] for one in violations] == []


@pytest.mark.parametrize(
    ("label", "title", "from_ms"),
    [
        ("The moment", "He was nearly there", MOMENT_MS),
        ("The model", "Sam counts", 0),
        ("My latest take", "My first try", 0),
    ],
)
def test_each_of_the_three_plays_at_one_tap(
    ta_phone: Page, practised: dict[str, Any], label: str, title: str, from_ms: int
) -> None:
    ta_phone.goto("/")
    ta_phone.get_by_role("link", name=f"{label} {title}").tap()
    expect(ta_phone.locator("video[data-shown]")).to_be_visible(timeout=30_000)
    wait_for_film(ta_phone, playing=True, past_ms=from_ms + 200)
    assert from_ms <= now_ms(ta_phone) < from_ms + 3_100


def test_today_shows_all_that_is_needed_to_practise(ta_phone: Page, practised: dict[str, Any]) -> None:
    ta_phone.goto("/")
    expect(ta_phone.get_by_role("heading", name=re.compile("counting to five on your"))).to_be_visible()
    boxes = [box for tap in ta_phone.locator("[data-place]").all() if (box := tap.bounding_box())]
    assert len({round(box["width"]) for box in boxes}) == 1
    accessible(ta_phone)
    ta_phone.get_by_role("link", name="Compare model and my take").tap()
    expect(ta_phone.get_by_role("region", name="Sam’s model")).to_be_visible()
    expect(ta_phone.get_by_role("region", name="Your go 1")).to_be_visible()


def test_another_go_alone_has_a_page_to_mark_and_to_say_what_one_saw(
    ta_phone: Page, practised: dict[str, Any], house: House
) -> None:
    page = ta_phone
    page.goto("/")
    go = page.get_by_role("button", name="Film another go")
    # In reach without scrolling, above the bar.
    expect(go).to_be_visible()
    reach = go.bounding_box()
    bar = page.get_by_role("navigation", name="Main").bounding_box()
    assert reach is not None
    assert bar is not None
    assert reach["y"] + reach["height"] <= bar["y"]
    go.tap()
    page.get_by_role("button", name="Start filming").tap()
    stop = page.get_by_role("button", name="Stop filming")
    expect(stop).to_be_visible(timeout=20_000)
    page.wait_for_timeout(2_500)
    stop.tap()
    page.get_by_role("button", name="Keep it").tap()
    page.wait_for_url(re.compile("/rounds/"), timeout=60_000)
    expect(page.get_by_role("heading", name="Go 2")).to_be_visible()
    said = page.get_by_label("What did you see?")
    said.fill("I looked at the clock instead of him.")
    page.get_by_role("group", name="You: Counts to five").get_by_role("button", name="Nearly").tap()
    expect(page.get_by_text("Saved")).to_be_visible()
    page.get_by_role("button", name="Make it the best take").tap()
    expect(page.get_by_role("button", name="My best take")).to_be_visible()
    expect(page.get_by_role("button", name="Play").first).to_be_visible(timeout=60_000)
    accessible(page)
    page.reload()
    expect(said).to_have_value("I looked at the clock instead of him.")
    with house.as_("coach") as coach:
        second = coach.get(f"/api/v1/action-steps/{practised['step']}/rounds").json()["items"][-1]
    assert [(mark["value"], mark["person"]["name"]) for mark in second["marks"]] == [("nearly", "Aisha Khan")]
    assert second["is_best"]


def test_coming_back_is_told_to_her_and_never_to_her_coach(
    ta_phone: Page, coach_laptop: Page, practised: dict[str, Any], house: House
) -> None:
    page, take = ta_phone, practised["take"]

    def watch() -> None:
        page.goto(f"/rounds/{practised['round']}")
        page.get_by_role("button", name="Play").first.tap()
        until(lambda: is_playing(page), within_s=20)

    def counted() -> int:
        with house.as_("ta") as ta:
            own = ta.get("/api/v1/me/watches").json()
        return next((one["count"] for one in own if one["video"] == take), 0)

    watch()
    until(lambda: counted() == 1, within_s=10)
    with transaction(make_sessions(make_engine(house.settings.database))) as session:
        earlier = utcnow() - timedelta(minutes=11)
        session.execute(update(OwnWatch).where(OwnWatch.video_id == take).values(last_at=earlier))
    watch()
    until(lambda: counted() == 2, within_s=10)
    expect(page.get_by_text("You came back to this once")).to_be_visible()
    page.goto(f"/videos/{take}")
    expect(page.get_by_text("You came back to this once")).to_be_visible()
    page.get_by_role("link", name="Go 1: what you saw").tap()
    expect(page.get_by_role("heading", name="Go 1")).to_be_visible()

    for path in (f"/rounds/{practised['round']}", f"/videos/{take}"):
        coach_laptop.goto(path)
        expect(coach_laptop.get_by_role("heading", level=1).first).to_be_visible()
        coach_laptop.wait_for_load_state("networkidle")
        expect(coach_laptop.get_by_text("came back")).to_be_hidden()
