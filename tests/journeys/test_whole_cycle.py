"""A whole coaching cycle by two people on two devices: from one lesson to the next, nothing on paper."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.factories.films import a_phone_film
from tests.journeys.conftest import LAPTOP, PHONE
from tests.support.house import House, running_house
from tests.support.screen import now_ms, wait_for_film

STEP = "waiting and watching before you step in"


@pytest.fixture(scope="module")
def fresh_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A school in which nothing has happened yet."""
    with running_house(tmp_path_factory.mktemp("cycle")) as running:
        yield running


@pytest.fixture
def device(browser: Browser, fresh_house: House) -> Iterator[Callable[[str, str], Page]]:
    """Somebody's own device, with a camera: `device("ta", "phone")`."""
    contexts = []

    def open_one(mailbox: str, kind: str) -> Page:
        size: dict[str, Any] = {"viewport": LAPTOP}
        if kind == "phone":
            size = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
        context = browser.new_context(
            base_url=fresh_house.url, locale="en-GB", permissions=["camera", "microphone"], **size
        )
        context.set_default_timeout(30_000)
        contexts.append(context)
        answer = context.request.post(
            "/api/v1/session",
            data={"email": fresh_house.email(mailbox), "password": fresh_house.password},
            headers={"Origin": fresh_house.url},
        )
        assert answer.ok
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()


@pytest.mark.parametrize(
    ("coachs", "tas"),
    [
        pytest.param("laptop", "phone", id="coach on a laptop, teaching assistant on a phone"),
        pytest.param("phone", "laptop", id="coach on a phone, teaching assistant on a laptop"),
    ],
)
def test_a_whole_cycle(
    device: Callable[[str, str], Page], fresh_house: House, tmp_path: Path, coachs: str, tas: str
) -> None:
    ta, coach = device("ta", tas), device("coach", coachs)
    lesson = a_phone_film(tmp_path / f"Reading with Leo, {tas}.mp4", seconds=24.0, width=640, height=360)
    send(ta, lesson)
    find_the_moments(coach, lesson.stem)
    prepare(coach)
    meet(coach, ta)
    rewatch_alone(ta)
    next_lesson = a_phone_film(tmp_path / f"The week after, {tas}.mp4", seconds=6.0)
    send(ta, next_lesson)
    see_the_whole_thread(coach, fresh_house)


def send(ta: Page, lesson: Path) -> None:
    """She sends a lesson she filmed, and may delete it from her phone."""
    ta.goto("/film")
    chooser = ta.locator("label", has_text="Choose a video").locator("input[type=file]")
    chooser.set_input_files(lesson)
    # The card of an earlier film is still there.
    card = ta.get_by_role("listitem").filter(has_text=lesson.stem)
    expect(card).to_contain_text("It is safe to delete it from your phone now.", timeout=60_000)


def find_the_moments(coach: Page, title: str) -> None:
    """The coach finds what went well and what to think about while the film goes on."""
    coach.goto("/")
    coach.get_by_role("link", name=re.compile(title)).first.click()
    expect(coach.locator("video[data-shown]")).to_be_visible()
    coach.get_by_role("button", name="Play", exact=True).first.click()
    wait_for_film(coach, playing=True, past_ms=2_000)
    coach.get_by_role("button", name=re.compile("^Moment")).first.click()
    coach.get_by_role("button", name="Praise").click()
    coach.get_by_label("Say more").fill("You waited until every pencil was down")
    leave_sheet(coach)
    wait_for_film(coach, past_ms=13_000)
    coach.get_by_role("button", name=re.compile("^Moment")).first.click()
    coach.get_by_label("Say more").fill("Who was thinking here?")
    leave_sheet(coach)


def leave_sheet(page: Page) -> None:
    """On a phone what is said of a moment is said on a sheet over the film."""
    done = page.get_by_role("button", name="Done", exact=True)
    if done.is_visible():
        done.click()


def prepare(coach: Page) -> None:
    """The clips are queued, a step is in mind, and the coach knows what to show."""
    coach.get_by_role("button", name="Prepare the meeting").locator("visible=true").click()
    coach.get_by_role("button", name=re.compile("Take in: You waited until every pencil")).click()
    coach.get_by_role("button", name=re.compile("Take in: Who was thinking here")).click()
    coach.get_by_role("button", name="Choose from the library").click()
    coach.get_by_role("searchbox").fill("I jump in too quickly")
    coach.get_by_role("button", name=re.compile(STEP)).click()
    coach.get_by_label("Your script, word for word").fill("Step back. Count to ten.")
    expect(coach.get_by_text("Saved", exact=True)).to_be_visible()


def meet(coach: Page, ta: Page) -> None:
    """Watch, agree, model, rehearse on film, plan: each on their own device, live."""
    coach.goto(re.sub("/prepare.*", "", coach.url))
    coach.get_by_role("button", name="Start the meeting").click()
    ta.goto("/")
    ta.get_by_role("link", name="Your meeting with Sam is going on").click()
    stage = Stage(coach)

    expect(coach.locator("video[data-shown]")).to_be_visible()
    coach.get_by_role("button", name="Next clip: to think about").click()
    wait_for_film(coach, playing=False, past_ms=3_000)

    stage.open("step")
    coach.get_by_role("button", name="Agree this step").click()
    expect(ta.get_by_text(re.compile(STEP)).first).to_be_visible()

    stage.open("model")
    coach.get_by_role("button", name="I’ve modelled it").click()
    film(coach, "Film it")
    expect(ta.get_by_role("button", name="Watch it together")).to_be_visible(timeout=60_000)
    for mark in ta.get_by_role("group", name=re.compile("^You: ")).all():
        mark.get_by_role("button", name="Met", exact=True).click()
    expect(coach.get_by_text("Aisha goes first.")).to_have_count(0)

    stage.open("rehearse")
    coach.get_by_role("button", name=re.compile("The first go")).click()
    expect(ta.get_by_role("heading", name="Go 1")).to_be_visible()
    film(ta, "Film this go")
    mine = ta.get_by_role("group", name=re.compile("^You: ")).first
    mine.get_by_role("button", name="Not yet").click()
    seen = coach.get_by_role("group", name=re.compile("^You: ")).first
    seen.get_by_role("button", name="Nearly").click()
    expect(ta.get_by_role("group", name=re.compile("^Sam: ")).first).to_contain_text("Nearly")
    coach.get_by_label("For the next go").fill("Hands behind your back.")
    coach.get_by_role("button", name=re.compile("Again from the top")).click()
    expect(ta.get_by_text("Hands behind your back.").first).to_be_visible()
    film(ta, "Film this go")
    ta.get_by_role("group", name=re.compile("^You: ")).first.get_by_role(
        "button", name="Met", exact=True
    ).click()
    coach.get_by_role("button", name="Call it the best take").click()
    expect(ta.get_by_role("button", name="The best take")).to_be_visible()

    stage.open("plan")
    coach.get_by_role("group", name="When you come and see Aisha").get_by_role("button").first.click()
    coach.get_by_label("Who does what until then").fill("Aisha tries it with Leo.")
    expect(coach.get_by_text("Saved", exact=True)).to_be_visible()
    coach.get_by_role("button", name="End the meeting").click()
    for page in (coach, ta):
        expect(page.get_by_text("Aisha tries it with Leo.")).to_be_visible()
        expect(page.get_by_text("2 goes")).to_be_visible()


class Stage:
    """The five stages across the top, which on a phone are one line that opens."""

    def __init__(self, coach: Page) -> None:
        self._coach = coach

    def open(self, name: str) -> None:
        label = {"step": "Agree the step", "model": "Model", "rehearse": "Rehearse", "plan": "Plan next"}[
            name
        ]
        self._coach.get_by_role("button", name=re.compile(label)).first.click()
        expect(self._coach).to_have_url(re.compile(f"stage={name}"))


def film(page: Page, label: str) -> None:
    page.get_by_role("button", name=re.compile(f"^{label}")).click()
    page.get_by_role("button", name="Start filming").click()
    stop = page.get_by_role("button", name="Stop filming")
    expect(stop).to_be_visible()
    page.wait_for_timeout(2_500)
    stop.click()
    page.get_by_role("button", name="Keep it").click()
    expect(stop).to_be_hidden()


def rewatch_alone(ta: Page) -> None:
    """At home: the moment, the model, the best take at a tap; side by side; another go, and what she saw."""
    for place in ("The moment", "The model", "My best take"):
        ta.goto("/")
        ta.get_by_role("link", name=re.compile(f"^{place}")).click()
        expect(ta.locator("video[data-shown]")).to_be_visible()
        wait_for_film(ta, playing=True)
    ta.goto("/")
    ta.get_by_role("link", name="Compare model and my take").click()
    expect(ta.get_by_role("region", name="Sam’s model")).to_be_visible()
    expect(ta.get_by_role("region", name=re.compile("^Your go 2"))).to_be_visible()
    ta.goto("/")
    film(ta, "Film another go")
    ta.wait_for_url(re.compile("/rounds/"), timeout=60_000)
    ta.get_by_label("What did you see?").fill("I waited, and he found it himself.")
    mark = ta.get_by_role("group", name=re.compile("^You: ")).first
    mark.get_by_role("button", name="Met", exact=True).click()
    expect(ta.get_by_text("Saved")).to_be_visible()


def test_the_camera_stays_whatever_the_page_behind_it_hears(
    device: Callable[[str, str], Page], fresh_house: House
) -> None:
    """The network goes, the step changes, another round begins: none of it may end a film."""
    with fresh_house.as_("coach") as coach, fresh_house.as_("ta") as ta:
        aisha = ta.get("/api/v1/me").json()["id"]
        step = {"coachee": aisha, "goal": "Be heard", "action": "standing still", "criteria": ["Stands"]}
        assert coach.post("/api/v1/action-steps", json=step).status_code == 201
        page = device("ta", "phone")
        page.goto("/")
        page.get_by_role("button", name=re.compile("^Film a(nother| first) go")).click()
        page.get_by_role("button", name="Start filming").click()
        expect(page.get_by_role("button", name="Stop filming")).to_be_visible()
        assert coach.post("/api/v1/action-steps", json=step | {"action": "kneeling"}).status_code == 201
        page.wait_for_timeout(1_500)
        page.context.set_offline(True)
        page.evaluate("window.dispatchEvent(new Event('visibilitychange'))")
        page.wait_for_timeout(2_500)
        page.get_by_role("button", name="Stop filming").click()
        page.get_by_role("button", name="Keep it").click()
        page.context.set_offline(False)
        page.wait_for_url(re.compile("/rounds/"), timeout=60_000)
        made = fresh_house.wait_for(ta, round_of(ta, page.url)["video"]["id"], "watchable", "ready")
    assert made["duration_ms"] > 3_000


def round_of(client: Any, url: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/api/v1/rounds/{url.rpartition('/')[2]}").json()
    return found


def see_the_whole_thread(coach: Page, house: House) -> None:
    """The coach finds the whole story on one strip, and each of its films opens at the right second."""
    with house.as_("ta") as ta:
        aisha = ta.get("/api/v1/me").json()["id"]
        step = ta.get("/api/v1/today").json()["step"]["id"]
        items = ta.get(f"/api/v1/action-steps/{step}/thread").json()["items"]
    assert [one["place"] for one in items] == ["praise", "moment", "model", "take", "take", "take", "lesson"]
    assert [one["take"]["is_best"] for one in items if one["take"]][-3:] == [False, True, False]
    coach.goto(f"/people/{aisha}")
    links = coach.get_by_role("list", name="The story of this step").get_by_role("link")
    expect(links).to_have_count(len(items))
    opened = [urlsplit(link.get_attribute("href") or "") for link in links.all()]
    for one, address in zip(items, opened, strict=True):
        assert address.path == f"/videos/{one['video']}"
        assert parse_qs(address.query)["t"] in ([f"{one['start_ms']}ms"], [str(one["start_ms"] // 1000)])
    links.nth(1).click()
    expect(coach.locator("video[data-shown]")).to_be_visible()
    assert items[1]["start_ms"] <= now_ms(coach) < items[1]["end_ms"]
