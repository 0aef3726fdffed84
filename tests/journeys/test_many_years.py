"""After years of coaching everything is still there to go back to, a page at a time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import delete, select

from pennydrop.clips.models import Clip
from pennydrop.clock import utcnow
from pennydrop.coaching.models import ActionStep, ActionStepState
from pennydrop.db.session import make_engine, make_sessions, transaction
from pennydrop.meetings.models import Meeting, MeetingKind, MeetingState
from pennydrop.people.models import Pairing, Person
from pennydrop.videos.models import Purpose, Video, VideoState
from tests.journeys.test_pairs import at
from tests.support.house import House

MANY = 65


@pytest.fixture(scope="module")
def noor(house: House) -> Iterator[str]:
    """Noor has had more meetings, short visits, steps, films and clips than any list shows at once."""
    sessions = make_sessions(make_engine(house.settings.database))
    with transaction(sessions) as session:
        person = session.scalars(select(Person).where(Person.email == house.email("ta4"))).one()
        pairing = session.scalars(select(Pairing).where(Pairing.coachee_id == person.id)).one()
        rows: list[Clip | Meeting | ActionStep | Video] = []
        for number in range(MANY):
            film = Video(
                owner_id=person.id,
                filmed_by_id=person.id,
                title=f"Film {number}.",
                purpose=Purpose.LESSON,
                state=VideoState.FAILED,
            )
            session.add(film)
            session.flush()
            rows += [
                film,
                Clip(video=film, made_by_id=person.id, title=f"Clip {number}.", start_ms=0, end_ms=1000),
                _meeting(pairing, MeetingKind.FEEDBACK, f"Agreed {number}."),
                _meeting(pairing, MeetingKind.DROP_IN, f"Seen {number}."),
                ActionStep(
                    coachee_id=person.id,
                    set_by_id=pairing.coach_id,
                    goal="Help everyone follow",
                    action=f"taking turn {number}.",
                    state=ActionStepState.MASTERED,
                ),
            ]
        session.add_all(rows)
        session.flush()
        made = [(type(row), row.id) for row in rows]
        noor_id = person.id
    yield noor_id
    with transaction(sessions) as session:
        for kind, row_id in reversed(made):
            session.execute(delete(kind).where(kind.id == row_id))


def _meeting(pairing: Pairing, kind: MeetingKind, notes: str) -> Meeting:
    now = utcnow()
    return Meeting(
        pairing_id=pairing.id,
        kind=kind,
        state=MeetingState.DONE,
        started_at=now,
        ended_at=now,
        notes=notes,
        created_by_id=pairing.coach_id,
    )


@pytest.mark.parametrize(
    ("address", "first", "more"),
    [
        ("/action-steps", "taking turn 0.", "Show earlier steps"),
        ("/drop-ins", "Seen 0.", "Show earlier visits"),
        ("/", "Clip 0.", "Show earlier clips"),
    ],
)
def test_the_coachee_gets_to_the_first_of_them(
    browser: Browser, house: House, noor: str, address: str, first: str, more: str
) -> None:
    with at(browser, house, "ta4", phone=True) as page:
        page.goto(address)
        _to_the_first(page, first, more)


def test_the_coachee_gets_to_all_her_meetings(browser: Browser, house: House, noor: str) -> None:
    with at(browser, house, "ta4", phone=True) as page:
        page.goto("/meetings")
        _to_all_meetings(page)


def test_the_coach_gets_to_the_first_of_them(browser: Browser, house: House, noor: str) -> None:
    with at(browser, house, "coach2") as page:
        page.goto(f"/people/{noor}")
        for what, first in (
            ("visit", "Seen 0."),
            ("film", "Film 0."),
            ("clip", "Clip 0."),
            ("step", "taking turn 0."),
        ):
            page.get_by_role("button", name=f"More {what}s", exact=True).click()
            _to_the_first(page, first, f"Show earlier {what}s")
        page.get_by_role("button", name="More meetings").click()
        _to_all_meetings(page)


def _to_all_meetings(page: Page) -> None:
    meetings = page.get_by_role("list", name="Meetings").get_by_role("listitem")
    expect(meetings.first).to_be_visible()
    more = page.get_by_role("button", name="Show earlier meetings")
    while meetings.count() < MANY:
        before = meetings.count()
        more.click()
        expect(meetings.nth(before)).to_be_visible()


def _to_the_first(page: Page, first: str, more: str) -> None:
    button = page.get_by_role("button", name=more)
    expect(button).to_be_visible()
    there = page.get_by_text(first)
    expect(there).to_have_count(0)
    button.click()
    expect(there.first).to_be_visible()
    expect(button).to_be_hidden()
