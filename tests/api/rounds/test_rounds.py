"""Rounds: alone, together, filmed or not, marked by both, never added up."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from pennydrop.clock import utcnow
from pennydrop.meetings.models import Meeting, MeetingState
from pennydrop.people.models import Pairing, Person
from pennydrop.rounds.models import RoundKind
from pennydrop.videos.models import Purpose, Watch
from tests.api.client import Client
from tests.api.uploads.tus import post
from tests.factories import (
    a_clip,
    a_meeting,
    a_pairing,
    a_person,
    a_round,
    a_share,
    a_video,
    an_action_step,
    world,
)


def a_pair() -> tuple[Person, Person, Pairing]:
    coachee = a_person("Aisha")
    coach = a_person("Sam", school=coachee.school)
    return coach, coachee, a_pairing(coach, coachee)


def test_a_coachee_rehearses_alone_marks_herself_and_reflects(client: Client) -> None:
    _, coachee, _ = a_pair()
    step = an_action_step(coachee)
    take = a_video(owner=coachee, purpose=Purpose.REHEARSAL)
    body = {
        "video": take.id,
        "reflection": "I rushed the second half.",
        "marks": [{"criterion": step.criteria[1].id, "value": "not_yet"}],
    }
    made = client.as_(coachee).post(f"/api/v1/action-steps/{step.id}/rounds", json=body)
    assert made.status_code == 201
    one = made.json()
    assert (one["number"], one["meeting"], one["reflection"]) == (1, None, "I rushed the second half.")
    assert [(mark["person"]["name"], mark["value"]) for mark in one["marks"]] == [("Aisha", "not_yet")]
    assert client.as_(coachee).get(f"/api/v1/videos/{take.id}").json()["action_step"] == step.id
    again = client.as_(coachee).patch(
        f"/api/v1/rounds/{one['id']}", json={"marks": [{"criterion": step.criteria[1].id, "value": None}]}
    )
    assert again.json()["marks"] == []


def test_a_coachee_does_not_need_a_coach_any_more_to_go_on(client: Client) -> None:
    coach, coachee, pairing = a_pair()
    step = an_action_step(coachee, set_by=coach)
    there = a_round(step, by=coach, feedback="Slower.")
    client.as_(coachee).patch(f"/api/v1/pairings/{pairing.id}", json={"ended": True})
    assert client.as_(coachee).post(f"/api/v1/action-steps/{step.id}/rounds", json={}).status_code == 201
    for path in (f"/api/v1/rounds/{there.id}", f"/api/v1/action-steps/{step.id}/rounds"):
        assert client.as_(coach).get(path).status_code == 404
    assert client.as_(coachee).get(f"/api/v1/rounds/{there.id}").json()["feedback"] == "Slower."


def test_feedback_is_the_coachs_and_reflection_the_coachees(client: Client) -> None:
    coach, coachee, _ = a_pair()
    path = f"/api/v1/rounds/{a_round(an_action_step(coachee)).id}"
    assert client.as_(coachee).patch(path, json={"feedback": "!"}).status_code == 403
    assert client.as_(coach).patch(path, json={"reflection": "!"}).status_code == 403
    assert client.as_(coach).patch(path, json={"feedback": "Wait."}).json()["feedback"] == "Wait."
    assert client.as_(coachee).patch(path, json={"reflection": "Yes."}).json()["reflection"] == "Yes."


def test_there_is_one_best_take_and_it_is_never_the_model(client: Client) -> None:
    coach, coachee, _ = a_pair()
    step = an_action_step(coachee)
    first, second = a_round(step), a_round(step, number=2)
    model = a_round(step, kind=RoundKind.MODEL, by=coach)
    aisha = client.as_(coachee)
    for one in (first, second):
        aisha.patch(f"/api/v1/rounds/{one.id}", json={"is_best": True})
    rounds = aisha.get(f"/api/v1/action-steps/{step.id}/rounds").json()["items"]
    assert [one["id"] for one in rounds if one["is_best"]] == [second.id]
    assert aisha.patch(f"/api/v1/rounds/{model.id}", json={"is_best": True}).status_code == 422


def test_in_a_meeting_at_one_laptop_the_coach_types_what_the_coachee_says(client: Client) -> None:
    coach, coachee, pairing = a_pair()
    step = an_action_step(coachee)
    meeting = a_meeting(pairing, action_step=step)
    model = a_round(step, kind=RoundKind.MODEL, meeting=meeting, by=coach)
    path, criterion = f"/api/v1/rounds/{model.id}", step.criteria[0].id
    both = {
        "marks": [
            {"criterion": criterion, "value": "nearly"},
            {"criterion": criterion, "value": "met", "person": coachee.id},
        ]
    }
    typed = client.as_(coach).patch(path, json=both)
    assert typed.status_code == 200
    assert [(one["person"]["name"], one["value"], one["entered_by"]) for one in typed.json()["marks"]] == [
        ("Aisha", "met", coach.id),
        ("Sam", "nearly", coach.id),
    ]
    # Once she has marked it on her own device, it is hers.
    hers = {"marks": [{"criterion": criterion, "value": "not_yet"}]}
    assert client.as_(coachee).patch(path, json=hers).status_code == 200
    assert client.as_(coach).patch(path, json=both).status_code == 403


def test_nobody_marks_for_somebody_else_outside_a_meeting(client: Client) -> None:
    coach, coachee, pairing = a_pair()
    step = an_action_step(coachee)
    over = a_meeting(pairing, state=MeetingState.DONE, action_step=step)
    for one in (a_round(step), a_round(step, number=2, meeting=over)):
        for writer, person in ((coach, coachee), (coachee, coach)):
            body = {"marks": [{"criterion": step.criteria[0].id, "value": "met", "person": person.id}]}
            assert client.as_(writer).patch(f"/api/v1/rounds/{one.id}", json=body).status_code == 403


def test_a_meeting_that_is_taken_up_again_later_does_not_let_the_coach_type_the_coachees_marks(
    client: Client,
) -> None:
    coach, coachee, pairing = a_pair()
    step = an_action_step(coachee, set_by=coach)
    meeting = a_meeting(pairing, action_step=step, state=MeetingState.DONE)
    one = a_round(step, kind=RoundKind.MODEL, meeting=meeting, by=coach)
    began(meeting, utcnow() - timedelta(hours=12))
    sam, path = client.as_(coach), f"/api/v1/rounds/{one.id}"
    hers = {"marks": [{"criterion": step.criteria[0].id, "value": "met", "person": coachee.id}]}
    taken_up = sam.patch(f"/api/v1/meetings/{meeting.id}", json={"state": "running"})
    assert taken_up.is_success
    assert taken_up.json()["rounds"][0]["rights"]["mark_for_coachee"] is False
    refused = sam.patch(path, json=hers)
    assert refused.status_code == 403
    assert "Aisha's marks are hers to change now" in refused.json()["detail"]
    mine = {"marks": [{"criterion": step.criteria[0].id, "value": "met"}]}
    assert client.as_(coachee).patch(path, json=mine).is_success
    # The same day they may well still sit together.
    began(meeting, utcnow() - timedelta(hours=11))
    other = {"marks": [{"criterion": step.criteria[1].id, "value": "met", "person": coachee.id}]}
    assert sam.patch(path, json=other).is_success


def began(meeting: Meeting, at: datetime) -> None:
    with world.session() as session:
        session.get_one(Meeting, meeting.id).started_at = at


def test_a_round_needs_a_meeting_that_goes_on_and_a_step_that_is_agreed(client: Client) -> None:
    coach, _, pairing = a_pair()
    sam = client.as_(coach)
    early = sam.post(f"/api/v1/meetings/{a_meeting(pairing).id}/rounds", json={})
    assert (early.status_code, early.json()["code"]) == (409, "no_step_agreed")
    over = a_meeting(pairing, state=MeetingState.DONE)
    late = sam.post(f"/api/v1/meetings/{over.id}/rounds", json={})
    assert (late.status_code, late.json()["code"]) == (409, "meeting_not_running")


def test_films_and_criteria_of_others_are_refused(client: Client) -> None:
    coach, coachee, _ = a_pair()
    step, other_step = an_action_step(coachee), an_action_step(coachee)
    take = a_video(owner=coachee)
    path = f"/api/v1/action-steps/{step.id}/rounds"
    aisha = client.as_(coachee)
    assert aisha.post(path, json={"video": take.id}).status_code == 201
    other = aisha.post(path, json={}).json()
    assert aisha.patch(f"/api/v1/rounds/{other['id']}", json={"video": take.id}).status_code == 409
    assert aisha.post(path, json={"video": a_video().id}).status_code == 404
    assert client.as_(coach).post(path, json={"video": a_video(owner=coach).id}).status_code == 422
    wrong = {"marks": [{"criterion": other_step.criteria[0].id, "value": "met"}]}
    assert aisha.post(path, json=wrong).status_code == 422
    assert aisha.post(path, json={"kind": "model"}).status_code == 403
    items = aisha.get(path).json()["items"]
    assert [one["number"] for one in items] == [1, 2]


def test_rounds_keep_their_numbers_when_one_is_removed(client: Client) -> None:
    coach, coachee, _ = a_pair()
    step = an_action_step(coachee)
    aisha, sam = client.as_(coachee), client.as_(coach)
    path = f"/api/v1/action-steps/{step.id}/rounds"
    first, second = (aisha.post(path, json={}).json() for _ in range(2))
    assert sam.delete(f"/api/v1/rounds/{first['id']}").status_code == 403
    assert aisha.delete(f"/api/v1/rounds/{first['id']}").status_code == 204
    assert aisha.post(path, json={}).json()["number"] == 3
    assert next(one["id"] for one in aisha.get(path).json()["items"]) == second["id"]


def test_another_coach_of_hers_sees_the_round_but_not_that_there_was_a_meeting(client: Client) -> None:
    _, coachee, pairing = a_pair()
    other = a_person(school=coachee.school)
    a_pairing(other, coachee)
    step = an_action_step(coachee)
    one = a_round(step, meeting=a_meeting(pairing, action_step=step))
    assert client.as_(other).get(f"/api/v1/rounds/{one.id}").json()["meeting"] is None
    assert client.as_(coachee).get(f"/api/v1/rounds/{one.id}").json()["meeting"] is not None


def test_rewatching_is_counted_for_the_coachee_alone(client: Client) -> None:
    coach, coachee, _ = a_pair()
    lesson = a_video(owner=coachee)
    clip = a_clip(lesson)
    step = an_action_step(coachee, clip=clip)
    model = a_video(owner=coach, purpose=Purpose.MODEL)
    sam, aisha = client.as_(coach), client.as_(coachee)
    shown = {"kind": "model", "video": model.id}
    assert sam.post(f"/api/v1/action-steps/{step.id}/rounds", json=shown).status_code == 201
    for _ in range(2):
        aisha.post(f"/api/v1/videos/{lesson.id}/watches", json={"clip": clip.id})
    aisha.post(f"/api/v1/videos/{model.id}/watches")
    assert [(one["video"], one["clip"], one["count"]) for one in aisha.get("/api/v1/me/watches").json()] == [
        (model.id, None, 1),
        (None, clip.id, 1),
    ]
    thread = f"/api/v1/action-steps/{step.id}/thread"
    assert [one["watched"] for one in aisha.get(thread).json()["items"]] == [1, 1]
    # Nobody learns of it: not her coach, not the owner of the model.
    assert [one["watched"] for one in sam.get(thread).json()["items"]] == [0, 0]
    assert sam.get("/api/v1/me/watches").json() == []
    assert sam.get(f"/api/v1/videos/{model.id}/watches").json() == []
    assert sam.get("/api/v1/audit/watches").json()["items"] == []


@pytest.mark.parametrize("where", ["round of a meeting", "round given another film", "meeting"])
def test_a_friends_film_is_no_model_of_hers_because_she_put_it_there(client: Client, where: str) -> None:
    coach, coachee, pairing = a_pair()
    other_coach = a_person("Ruth", school=coachee.school)
    a_pairing(other_coach, coachee)
    step = an_action_step(coachee, set_by=coach)
    meeting = a_meeting(pairing, action_step=step)
    film = a_video(owner=other_coach)
    a_share(film, coachee)
    a_share(film, coach)
    aisha = client.as_(coachee)
    if where == "round of a meeting":
        body = {"kind": "model", "video": film.id}
        put = aisha.post(f"/api/v1/meetings/{meeting.id}/rounds", json=body)
    elif where == "meeting":
        put = client.as_(coach).patch(f"/api/v1/meetings/{meeting.id}", json={"model": film.id})
    else:
        there = a_round(step, kind=RoundKind.MODEL, by=coach)
        put = aisha.patch(f"/api/v1/rounds/{there.id}", json={"video": film.id})
    assert put.is_success, put.text
    aisha.post(f"/api/v1/videos/{film.id}/watches")
    watched = client.as_(other_coach).get(f"/api/v1/videos/{film.id}/watches").json()
    assert [one["person"]["name"] for one in watched] == ["Aisha"]


@pytest.mark.parametrize("where", ["round", "meeting"])
def test_her_coachs_model_in_their_meeting_stays_her_own_business(client: Client, where: str) -> None:
    coach, coachee, pairing = a_pair()
    step = an_action_step(coachee, set_by=coach)
    meeting = a_meeting(pairing, action_step=step)
    model = a_video(owner=coach, purpose=Purpose.MODEL)
    a_share(model, coachee)
    if where == "round":
        # At one laptop the coachee may be the one who is logged in.
        a_round(step, kind=RoundKind.MODEL, meeting=meeting, video=model, by=coachee)
    else:
        shown = client.as_(coach).patch(f"/api/v1/meetings/{meeting.id}", json={"model": model.id})
        assert shown.is_success
    client.as_(coachee).post(f"/api/v1/videos/{model.id}/watches")
    assert client.as_(coach).get(f"/api/v1/videos/{model.id}/watches").json() == []


def test_a_coach_who_watches_a_lesson_is_noted_for_its_owner(client: Client) -> None:
    coach, coachee, _ = a_pair()
    lesson = a_video(owner=coachee)
    client.as_(coach).post(f"/api/v1/videos/{lesson.id}/watches")
    with world.session() as session:
        assert session.query(Watch).filter_by(person_id=coach.id).count() == 1
    assert client.as_(coach).get("/api/v1/me/watches").json() == []


def test_a_go_that_was_sent_for_its_step_is_a_round_at_once_and_said_again_stays_one(
    client: Client,
) -> None:
    _, coachee, _ = a_pair()
    step = an_action_step(coachee)
    mine = client.as_(coachee)
    answer = post(mine, 10, purpose="rehearsal", action_step=step.id)
    video = answer.headers["Content-Location"].rpartition("/")[2]
    (round_,) = mine.get(f"/api/v1/action-steps/{step.id}/rounds").json()["items"]
    assert round_["video"]["id"] == video
    again = mine.post(
        f"/api/v1/action-steps/{step.id}/rounds", json={"video": video, "reflection": "Slower."}
    )
    assert again.status_code == 201, again.text
    (same,) = mine.get(f"/api/v1/action-steps/{step.id}/rounds").json()["items"]
    assert (same["id"], same["reflection"]) == (round_["id"], "Slower.")
