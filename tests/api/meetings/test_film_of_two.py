"""The film of a meeting shows two people: it stays between them, and goes when one of them says so."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import TypeVar

import pytest

from pennydrop.access.viewer import Viewer
from pennydrop.db.session import SessionMaker, transaction
from pennydrop.meetings.change import change_meeting
from pennydrop.meetings.film import withdraw_consent
from pennydrop.meetings.models import Meeting, MeetingKind, MeetingState
from pennydrop.people.models import Person
from pennydrop.videos.models import Purpose, Video
from pennydrop.videos.share import share_video
from tests.api.client import Client
from tests.factories import a_clip, a_lead, a_meeting, a_pairing, a_person, a_video

API = "/api/v1"
Answer = TypeVar("Answer")


def a_filmed_meeting(client: Client) -> tuple[Meeting, Video, Person, Person]:
    """Megan's meeting with Dylan, who owns its film: the meeting, the film, Dylan and Megan."""
    megan = a_person("Megan")
    dylan = a_person("Dylan", school=megan.school)
    meeting = a_meeting(a_pairing(dylan, megan))
    film = a_video("Tuesday's meeting", owner=dylan, purpose=Purpose.MEETING)
    for person in (dylan, megan):
        assert client.as_(person).post(f"{API}/meetings/{meeting.id}/consent").is_success
    tied = client.as_(dylan).patch(f"{API}/meetings/{meeting.id}", json={"film": film.id})
    assert tied.status_code == 200, tied.text
    return meeting, film, dylan, megan


@pytest.mark.parametrize("instead", [None, "another"])
def test_a_film_is_not_taken_out_of_its_meeting_behind_the_back_of_who_is_in_it(
    client: Client, instead: str | None
) -> None:
    meeting, film, dylan, megan = a_filmed_meeting(client)
    path = f"{API}/meetings/{meeting.id}"
    other = a_video(owner=dylan, purpose=Purpose.MEETING)
    refused = client.as_(dylan).patch(path, json={"film": other.id if instead else None})
    assert (refused.status_code, refused.json()["code"]) == (409, "film_stays")
    assert client.as_(dylan).patch(path, json={"film": film.id}).status_code == 200
    # Her word still ends it.
    assert client.as_(megan).delete(f"{path}/consent").status_code == 204
    assert client.as_(dylan).get(f"{API}/videos/{film.id}").status_code == 404


@pytest.mark.parametrize("what", ["film", "clip", "film that isn't tied yet"])
def test_its_owner_alone_does_not_show_it_to_a_lead(client: Client, what: str) -> None:
    _, film, dylan, megan = a_filmed_meeting(client)
    lead = a_lead(school=megan.school)
    if what == "film that isn't tied yet":
        film = a_video(owner=dylan, purpose=Purpose.MEETING)
    path = f"{API}/clips/{a_clip(film).id}/shares" if what == "clip" else f"{API}/videos/{film.id}/shares"
    refused = client.as_(dylan).post(path, json={"person": lead.id})
    assert (refused.status_code, refused.json()["code"]) == (409, "stays_between_the_two")
    assert client.as_(lead).get(f"{API}/videos/{film.id}").status_code == 404


def test_it_may_be_shown_to_the_other_one_and_to_who_coaches_one_of_them(client: Client) -> None:
    _, film, dylan, megan = a_filmed_meeting(client)
    others = [a_person(name, school=megan.school) for name in ("Ruth", "Sam")]
    a_pairing(others[0], dylan)
    a_pairing(others[1], megan)
    for person in (megan, *others):
        shared = client.as_(dylan).post(f"{API}/videos/{film.id}/shares", json={"person": person.id})
        assert shared.is_success, shared.text


@pytest.mark.parametrize("what", ["film", "clip"])
def test_what_was_shared_further_does_not_become_the_film_of_a_meeting(client: Client, what: str) -> None:
    coachee = a_person()
    film = a_video(owner=coachee)
    coach = a_person("Sam", school=coachee.school)
    meeting = a_meeting(a_pairing(coach, coachee))
    lead = a_lead(school=coachee.school)
    mine, path = client.as_(coachee), f"{API}/meetings/{meeting.id}"
    shares = f"{API}/clips/{a_clip(film).id}/shares" if what == "clip" else f"{API}/videos/{film.id}/shares"
    assert mine.post(shares, json={"person": lead.id}).is_success
    for person in (coachee, coach):
        assert client.as_(person).post(f"{path}/consent").is_success
    assert mine.patch(f"{API}/videos/{film.id}", json={"purpose": "meeting"}).status_code == 200
    refused = mine.patch(path, json={"film": film.id})
    assert (refused.status_code, refused.json()["code"]) == (409, "stays_between_the_two")
    assert mine.delete(f"{shares}/{lead.id}").status_code == 204
    assert mine.patch(path, json={"film": film.id}).status_code == 200


def test_the_film_of_a_drop_in_is_the_coachees_to_share_and_may_be_another(client: Client) -> None:
    film = a_video()
    coach = a_person("Sam", school=film.owner.school)
    visit = a_meeting(a_pairing(coach, film.owner), kind=MeetingKind.DROP_IN, film=film)
    lead = a_lead(school=film.owner.school)
    shared = client.as_(film.owner).post(f"{API}/videos/{film.id}/shares", json={"person": lead.id})
    assert shared.is_success
    other = a_video(owner=film.owner)
    for wanted in (other.id, None):
        changed = client.as_(coach).patch(f"{API}/meetings/{visit.id}", json={"film": wanted})
        assert changed.status_code == 200, changed.text


def test_the_filmed_meetings_of_a_coach_are_found_among_all_of_hers(client: Client) -> None:
    filmed, _, dylan, megan = a_filmed_meeting(client)
    unfilmed = a_meeting(a_pairing(dylan, a_person(school=dylan.school)))
    a_meeting(a_pairing(megan, dylan))

    def found(**query: object) -> list[str]:
        page = client.as_(dylan).get(f"{API}/meetings", params=query).json()
        return [one["id"] for one in page["items"]]

    assert found(coach=dylan.id, filmed=True) == found(coach="me", filmed=True) == [filmed.id]
    assert found(coach="me", filmed=False) == [unfilmed.id]
    assert found(coach=megan.id, filmed=True) == []


@pytest.mark.parametrize("owner", ["coach", "coachee"])
def test_the_film_goes_with_a_meeting_that_is_taken_away_before_it_began(client: Client, owner: str) -> None:
    megan = a_person("Megan")
    dylan = a_person("Dylan", school=megan.school)
    meeting = a_meeting(a_pairing(dylan, megan), state=MeetingState.PREPARING)
    film = a_video(owner=dylan if owner == "coach" else megan, purpose=Purpose.MEETING)
    coach, path = client.as_(dylan), f"{API}/meetings/{meeting.id}"
    for person in (dylan, megan):
        assert client.as_(person).post(f"{path}/consent").is_success
    assert client.as_(film.owner).patch(path, json={"film": film.id}).is_success
    assert coach.delete(path).status_code == 204
    for person in (dylan, megan):
        assert client.as_(person).get(f"{API}/videos/{film.id}").status_code == 404
    done = {entry["action"] for entry in client.as_(megan).get(f"{API}/audit/entries").json()["items"]}
    assert "meeting.film_deleted" in done


def test_the_film_of_a_drop_in_stays_when_its_words_are_taken_away(client: Client) -> None:
    film = a_video()
    coach = a_person("Sam", school=film.owner.school)
    visit = a_meeting(a_pairing(coach, film.owner), kind=MeetingKind.DROP_IN, film=film)
    assert client.as_(coach).delete(f"{API}/meetings/{visit.id}").status_code == 204
    assert client.as_(film.owner).get(f"{API}/videos/{film.id}").is_success


@pytest.mark.parametrize("tied", [True, False])
def test_the_film_of_a_meeting_stays_one(client: Client, tied: bool) -> None:
    _, film, dylan, _ = a_filmed_meeting(client)
    if not tied:
        film = a_video(owner=dylan, purpose=Purpose.MEETING)
    path = f"{API}/videos/{film.id}"
    refused = client.as_(dylan).patch(path, json={"purpose": "lesson"})
    assert (refused.status_code, refused.json()["code"]) == (409, "stays_a_meeting")
    assert client.as_(dylan).patch(path, json={"purpose": "meeting", "title": "Tuesday"}).is_success


def test_only_its_owner_says_that_a_film_is_of_a_meeting(client: Client) -> None:
    film = a_video()
    coach = a_person("Sam", school=film.owner.school)
    a_pairing(coach, film.owner)
    path, of_a_meeting = f"{API}/videos/{film.id}", {"purpose": "meeting"}
    assert client.as_(coach).patch(path, json=of_a_meeting).status_code == 403
    assert client.as_(coach).patch(path, json={"purpose": "rehearsal"}).is_success
    assert client.as_(film.owner).patch(path, json=of_a_meeting).is_success


# SQLite has one writer: these two can't happen at once there.
@pytest.mark.on_database("postgresql")
@pytest.mark.parametrize("first", ["tied", "withdrawn"])
def test_a_meeting_never_stays_filmed_without_the_yes_of_both(
    client: Client, database: SessionMaker, first: str
) -> None:
    megan = a_person("Megan")
    dylan = a_person("Dylan", school=megan.school)
    meeting = a_meeting(a_pairing(dylan, megan))
    film = a_video(owner=dylan, purpose=Purpose.MEETING)
    path = f"{API}/meetings/{meeting.id}"
    for person in (dylan, megan):
        assert client.as_(person).post(f"{path}/consent").is_success
    coach, coachee = client.as_(dylan), client.as_(megan)
    if first == "tied":
        with transaction(database) as session:
            change_meeting(session, Viewer.of(dylan), meeting.id, {"film": film.id})
            other = beside(lambda: coachee.delete(f"{path}/consent").status_code)
        assert other.result() == 204
        assert coach.get(f"{API}/videos/{film.id}").status_code == 404
    else:
        with transaction(database) as session:
            withdraw_consent(session, Viewer.of(megan), meeting.id)
            other = beside(lambda: coach.patch(path, json={"film": film.id}).status_code)
        assert other.result() == 409
    now = coach.get(path).json()
    assert (now["film"], now["may_be_filmed"]) == (None, False)


def beside(ask: Callable[[], Answer]) -> Future[Answer]:
    """Ask while a transaction is open, and give the answer a moment to come too early."""
    pool = ThreadPoolExecutor(1)
    answer = pool.submit(ask)
    pool.shutdown(wait=False)
    with suppress(TimeoutError):
        answer.result(timeout=1)
    return answer


@pytest.mark.parametrize("what", ["film", "clip"])
def test_a_share_of_it_lasts_as_long_as_the_pairing_it_was_given_for(client: Client, what: str) -> None:
    _, film, dylan, megan = a_filmed_meeting(client)
    ruth, sam = (a_person(name, school=megan.school) for name in ("Ruth", "Sam"))
    hers, _ = a_pairing(ruth, megan), a_pairing(sam, megan)
    shown = f"{API}/videos/{film.id}" if what == "film" else f"{API}/clips/{a_clip(film).id}"
    for person in (ruth, sam):
        assert client.as_(dylan).post(f"{shown}/shares", json={"person": person.id}).is_success
    assert client.as_(megan).patch(f"{API}/pairings/{hers.id}", json={"ended": True}).is_success
    assert client.as_(ruth).get(shown).status_code == 404
    assert client.as_(sam).get(shown).is_success
    left = client.as_(dylan).get(f"{shown}/shares").json()
    assert ruth.id not in {share["person"]["id"] for share in left}
    done = {entry["action"] for entry in client.as_(dylan).get(f"{API}/audit/entries").json()["items"]}
    assert {"film": "video.unshared", "clip": "clip.unshared"}[what] in done


def test_one_of_the_two_keeps_their_film_when_the_pairing_ends(client: Client) -> None:
    meeting, film, dylan, megan = a_filmed_meeting(client)
    lesson = a_video(owner=dylan)
    assert client.as_(dylan).post(f"{API}/videos/{lesson.id}/shares", json={"person": megan.id}).is_success
    ended = client.as_(dylan).patch(f"{API}/pairings/{meeting.pairing_id}", json={"ended": True})
    assert ended.is_success
    for one in (film, lesson):
        assert client.as_(megan).get(f"{API}/videos/{one.id}").is_success


def test_its_owner_does_not_hide_it_from_the_other_one(client: Client) -> None:
    _, film, dylan, megan = a_filmed_meeting(client)
    ruth = a_person("Ruth", school=megan.school)
    a_pairing(ruth, megan)
    shares = f"{API}/videos/{film.id}/shares"
    assert client.as_(dylan).post(shares, json={"person": ruth.id}).is_success
    refused = client.as_(dylan).delete(f"{shares}/{megan.id}")
    assert (refused.status_code, refused.json()["code"]) == (409, "shows_her_too")
    assert "shows Megan too" in refused.json()["detail"]
    assert client.as_(megan).get(f"{API}/videos/{film.id}").is_success
    assert client.as_(dylan).delete(f"{shares}/{ruth.id}").status_code == 204


# SQLite has one writer: these two can't happen at once there.
@pytest.mark.on_database("postgresql")
def test_a_share_given_while_the_pairing_ends_does_not_outlive_it(
    client: Client, database: SessionMaker
) -> None:
    _, film, dylan, megan = a_filmed_meeting(client)
    ruth = a_person("Ruth", school=megan.school)
    pairing = a_pairing(ruth, megan)
    with transaction(database) as session:
        share_video(session, Viewer.of(dylan), film.id, person_id=ruth.id)
        ending = beside(
            lambda: client.as_(megan).patch(f"{API}/pairings/{pairing.id}", json={"ended": True}).status_code
        )
    assert ending.result() == 200
    assert client.as_(ruth).get(f"{API}/videos/{film.id}").status_code == 404
