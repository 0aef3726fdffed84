"""Somebody who has filmed for years still gets to the first of her films."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from pennydrop.db.session import make_engine, make_sessions, transaction
from pennydrop.people.models import Person
from pennydrop.videos.models import Purpose, Video, VideoState
from tests.support.house import House

MANY = 130


def test_earlier_films_come_a_page_at_a_time(ta_phone: Page, coach_laptop: Page, house: House) -> None:
    with transaction(make_sessions(make_engine(house.settings.database))) as session:
        owner = session.query(Person).filter_by(email=house.email("ta")).one()
        # The ids of the newest sort last, so the first of these is the earliest.
        session.add_all(
            Video(
                owner_id=owner.id,
                filmed_by_id=owner.id,
                title=f"Year of films {number}",
                purpose=Purpose.LESSON,
                state=VideoState.FAILED,
            )
            for number in range(MANY)
        )
    try:
        for page in (ta_phone, coach_laptop):
            page.goto("/videos")
            cards = page.get_by_role("listitem").filter(has_text="Year of films")
            expect(cards.first).to_be_visible()
            more = page.get_by_role("button", name="Show earlier films")
            while cards.count() < MANY:
                before = cards.count()
                more.click()
                expect(cards.nth(before)).to_be_visible()
            expect(page.get_by_text("Year of films 0", exact=True)).to_have_count(1)
    finally:
        with transaction(make_sessions(make_engine(house.settings.database))) as session:
            session.query(Video).filter(Video.title.like("Year of films %")).delete()
