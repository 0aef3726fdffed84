"""An administrator sees what stands still and why, and tries it again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from pennydrop.db.session import make_engine, make_sessions, transaction
from pennydrop.jobs.models import Job, JobState
from tests.journeys.conftest import LAPTOP, PHONE
from tests.journeys.test_watch import serious
from tests.support.house import House, running_house, until


@pytest.fixture(params=[PHONE, LAPTOP], ids=["phone", "laptop"])
def admin_page(request: pytest.FixtureRequest, browser: Browser, house: House) -> Iterator[Page]:
    context = browser.new_context(base_url=house.url, locale="en-GB", viewport=request.param)
    login = {"email": house.email("admin"), "password": house.password}
    assert context.request.post("/api/v1/session", data=login, headers={"Origin": house.url}).ok
    yield context.new_page()
    context.close()


def test_what_failed_is_seen_and_tried_again(admin_page: Page, house: House, tmp_path: Path) -> None:
    page = admin_page
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"?" * 4000)
    with house.as_("ta") as ta:
        video = house.send(ta, broken, "Nobody knows")
        assert house.wait_for(ta, video, "failed")["state"] == "failed"
    page.goto("/school")
    page.get_by_role("link", name="Behind the scenes").click()
    row = page.get_by_role("region", name="Stuck").get_by_role("listitem").first
    expect(row).to_contain_text("Looking into a new film")
    expect(row).to_contain_text("Aisha Khan")
    expect(page.get_by_text("Nobody knows")).to_have_count(0)
    assert serious(page) == []
    sessions = make_sessions(make_engine(house.settings.database))
    with transaction(sessions) as session:
        before = session.query(Job).filter_by(subject_id=video, state=JobState.FAILED).one().fence
    row.get_by_role("button", name="Try again").click()

    def tried() -> bool:
        with transaction(sessions) as session:
            return session.query(Job).filter(Job.subject_id == video, Job.fence > before).count() > 0

    assert until(tried, within_s=60)


def test_nobody_else_gets_behind_the_scenes(coach_laptop: Page) -> None:
    coach_laptop.goto("/school/work")
    expect(coach_laptop.get_by_role("heading", level=1)).to_have_text("There’s nothing here for you")


def test_room_that_is_nearly_gone_is_said_before_it_is(browser: Browser, tmp_path: Path) -> None:
    # A largest film that no disk has room for: the disk is low as soon as anything is kept on it.
    with running_house(tmp_path, PENNYDROP_UPLOAD_MAX_BYTES=str(1 << 60)) as tight:
        for size in (PHONE, LAPTOP):
            context = browser.new_context(base_url=tight.url, locale="en-GB", viewport=size)
            login = {"email": tight.email("admin"), "password": tight.password}
            assert context.request.post("/api/v1/session", data=login, headers={"Origin": tight.url}).ok
            page = context.new_page()
            page.goto("/school")
            expect(page.get_by_text("The disk is nearly full")).to_be_visible()
            assert serious(page) == []
            page.goto("/school/work")
            expect(page.get_by_text(re.compile("There is room for [0-9.]+ GB more"))).to_be_visible()
            context.close()
