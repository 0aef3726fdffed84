"""Meetings: whose they are, what happens to them when films, clips and pairings go."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pennydrop.clock import utcnow
from pennydrop.meetings.models import Meeting, MeetingKind, MeetingState
from pennydrop.people.models import Pairing, Person
from pennydrop.rounds.models import RoundKind
from pennydrop.videos.models import Purpose, Video
from tests.api.client import Client
from tests.factories import (
    a_clip,
    a_lead,
    a_library_step,
    a_meeting,
    a_pairing,
    a_person,
    a_round,
    a_share,
    a_video,
    an_action_step,
    an_admin,
    world,
)


def a_pair(coach: str = "Sam", coachee: str = "Aisha") -> tuple[Person, Person, Pairing]:
    learns = a_person(coachee)
    helps = a_person(coach, school=learns.school)
    return helps, learns, a_pairing(helps, learns)


def test_only_her_coach_prepares_a_meeting_with_somebody(client: Client) -> None:
    coach, coachee, _ = a_pair()
    colleague = a_person(school=coachee.school)
    body = {"coachee": coachee.id}
    assert client.as_(coach).post("/api/v1/meetings", json=body).status_code == 201
    for other in (coachee, colleague, an_admin(school=coachee.school), a_lead(school=coachee.school)):
        assert client.as_(other).post("/api/v1/meetings", json=body).status_code == 403
    assert client.as_(a_person()).post("/api/v1/meetings", json=body).status_code == 404


def test_a_meeting_is_between_two_people_and_another_coach_of_hers_does_not_find_it(client: Client) -> None:
    _, coachee, pairing = a_pair()
    other = a_person(school=coachee.school)
    a_pairing(other, coachee)
    meeting = a_meeting(pairing)
    for person in (other, a_lead(school=coachee.school), an_admin(school=coachee.school), a_person()):
        assert client.as_(person).get(f"/api/v1/meetings/{meeting.id}").status_code == 404
        assert client.as_(person).get("/api/v1/meetings").json()["items"] == []


def test_when_the_pairing_ends_it_is_the_coachees_alone_and_stays_as_it_was(client: Client) -> None:
    coach, coachee, pairing = a_pair()
    meeting = a_meeting(pairing, action_step=an_action_step(coachee), notes="Well done.")
    path = f"/api/v1/meetings/{meeting.id}"
    client.as_(coach).patch(f"/api/v1/pairings/{pairing.id}", json={"ended": True})
    assert client.as_(coach).get(path).status_code == 404
    kept = client.as_(coachee).get(path).json()
    assert (kept["notes"], kept["rights"]) == (
        "Well done.",
        {"prepare": False, "run": False, "remove": False},
    )
    for refused in (
        client.as_(coachee).patch(path, json={"notes": "!"}),
        client.as_(coachee).post(f"{path}/rounds", json={}),
        client.as_(coachee).post(f"{path}/consent"),
    ):
        assert refused.status_code == 403


def test_the_coachee_runs_it_with_her_but_does_not_prepare_it(client: Client) -> None:
    _, coachee, pairing = a_pair()
    aisha, path = client.as_(coachee), f"/api/v1/meetings/{a_meeting(pairing).id}"
    assert aisha.patch(path, json={"notes": "I'll wait longer."}).status_code == 200
    for field in (
        {"script": "!"},
        {"praise": "!"},
        {"questions": ["!"]},
        {"clips": []},
        {"action_step": None},
    ):
        assert aisha.patch(path, json=field).status_code == 403
    assert aisha.patch(path, json={"state": "done"}).json()["ended_at"] is not None


def test_a_meeting_that_has_started_stays(client: Client) -> None:
    coach, _, pairing = a_pair()
    sam = client.as_(coach)
    planned = a_meeting(pairing, state=MeetingState.PREPARING)
    held = f"/api/v1/meetings/{a_meeting(pairing).id}"
    assert sam.patch(held, json={"state": "preparing"}).status_code == 422
    assert sam.delete(held).status_code == 403
    assert sam.delete(f"/api/v1/meetings/{planned.id}").status_code == 204
    assert sam.get(f"/api/v1/meetings/{planned.id}").status_code == 404


def test_clips_questions_and_steps_of_somebody_else_are_refused(client: Client) -> None:
    coach, coachee, pairing = a_pair()
    other = a_person(school=coachee.school)
    a_pairing(coach, other)
    theirs = a_clip(a_video(owner=other))
    sam, path = client.as_(coach), f"/api/v1/meetings/{a_meeting(pairing).id}"
    assert sam.patch(path, json={"clips": [{"clip": theirs.id}]}).status_code == 422
    assert sam.patch(path, json={"lesson": theirs.video_id}).status_code == 422
    assert sam.patch(path, json={"action_step": an_action_step(other).id}).status_code == 422
    assert sam.patch(path, json={"clips": [{"clip": a_clip().id}]}).status_code == 404
    assert sam.patch(path, json={"library_step": a_library_step().id}).status_code == 404
    assert sam.patch(path, json={"questions": ["?"] * 21}).status_code == 422


def test_clips_keep_the_order_they_are_given(client: Client) -> None:
    coach, coachee, pairing = a_pair()
    video = a_video(owner=coachee)
    one, two = a_clip(video), a_clip(video)
    sam, path = client.as_(coach), f"/api/v1/meetings/{a_meeting(pairing).id}"
    for order in ((one, two), (two, one)):
        body = {"clips": [{"clip": clip.id, "purpose": "praise"} for clip in order]}
        shown = sam.patch(path, json=body).json()["clips"]
        assert [queued["clip"]["id"] for queued in shown] == [clip.id for clip in order]


def test_deleting_films_and_clips_leaves_meetings_rounds_and_thread_whole(client: Client) -> None:
    coach, coachee, pairing = a_pair()
    sam, aisha = client.as_(coach), client.as_(coachee)
    lesson, take = a_video(owner=coachee), a_video(owner=coachee, purpose=Purpose.REHEARSAL)
    model = a_video(owner=coach, purpose=Purpose.MODEL)
    clip = a_clip(lesson)
    step = an_action_step(coachee, clip=clip)
    meeting = a_meeting(pairing, action_step=step)
    path = f"/api/v1/meetings/{meeting.id}"
    sam.patch(path, json={"lesson": lesson.id, "clips": [{"clip": clip.id}], "model": model.id})
    one = sam.post(f"{path}/rounds", json={"video": take.id}).json()
    aisha.patch(f"/api/v1/rounds/{one['id']}", json={"is_best": True})
    for video, owner in ((lesson, aisha), (take, aisha), (model, sam)):
        assert owner.delete(f"/api/v1/videos/{video.id}").status_code == 204
    left = aisha.get(path).json()
    assert (left["lesson"], left["model"], left["clips"]) == (None, None, [])
    assert [(kept["video"], kept["is_best"]) for kept in left["rounds"]] == [(None, True)]
    assert aisha.get(f"/api/v1/action-steps/{step.id}/thread").json()["items"] == []
    assert aisha.get("/api/v1/today").json()["watch"]["best_take"] is None
    assert aisha.get("/api/v1/meetings").status_code == 200


def test_a_model_is_shared_with_the_coachee_when_it_is_shown(client: Client) -> None:
    coach, coachee, pairing = a_pair()
    model = a_video(owner=coach, purpose=Purpose.MODEL)
    path = f"/api/v1/meetings/{a_meeting(pairing).id}"
    assert client.as_(coachee).get(f"/api/v1/videos/{model.id}").status_code == 404
    client.as_(coach).patch(path, json={"model": model.id})
    assert client.as_(coachee).get(path).json()["model"]["id"] == model.id
    shared = client.as_(coach).delete(f"/api/v1/videos/{model.id}/shares/{coachee.id}")
    assert shared.status_code == 204
    assert client.as_(coachee).get(path).json()["model"] is None


@pytest.mark.parametrize("who", ["coach", "coachee"])
def test_a_prepared_model_is_the_coachs_own_until_the_meeting_starts(client: Client, who: str) -> None:
    coach, coachee, pairing = a_pair()
    model, other = (a_video(owner=coach, purpose=Purpose.MODEL) for _ in range(2))
    path = f"/api/v1/meetings/{a_meeting(pairing, state=MeetingState.PREPARING).id}"
    sam, aisha = client.as_(coach), client.as_(coachee)
    for prepared in (other.id, model.id):
        assert sam.patch(path, json={"model": prepared}).json()["model"]["id"] == prepared
        assert aisha.get("/api/v1/videos").json()["items"] == []
    assert client.as_(coach if who == "coach" else coachee).patch(path, json={"state": "running"}).is_success
    assert aisha.get(path).json()["model"]["id"] == model.id
    assert [film["id"] for film in aisha.get("/api/v1/videos").json()["items"]] == [model.id]


def test_a_model_that_is_taken_out_again_is_not_shown_any_more(client: Client) -> None:
    coach, coachee, pairing = a_pair()
    step = an_action_step(coachee, set_by=coach)
    meeting = a_meeting(pairing, action_step=step)
    taken_out, tried, shared = (a_video(owner=coach, purpose=Purpose.MODEL) for _ in range(3))
    sam, aisha = client.as_(coach), client.as_(coachee)
    # It was shared before they met, for a reason of its own.
    a_share(shared, coachee)
    with world.session() as session:
        session.get_one(Meeting, meeting.id).started_at = utcnow()
    for model in (taken_out, tried, shared, None):
        body = {"model": model.id if model else None}
        assert sam.patch(f"/api/v1/meetings/{meeting.id}", json=body).is_success
        if model is tried:
            a_round(step, kind=RoundKind.MODEL, meeting=meeting, video=tried, by=coach)
    found = {film["id"] for film in aisha.get("/api/v1/videos").json()["items"]}
    assert found == {tried.id, shared.id}


def test_a_model_of_somebody_who_has_not_shared_it_is_refused(client: Client) -> None:
    coach, _, pairing = a_pair()
    other = a_person("Priya", school=coach.school)
    a_pairing(coach, other)
    path = f"/api/v1/meetings/{a_meeting(pairing).id}"
    refused = client.as_(coach).patch(path, json={"model": a_video(owner=other).id})
    assert refused.status_code == 422
    assert "Priya would have to share it first" in refused.json()["detail"]


def test_a_meeting_is_filmed_only_once_both_have_said_yes(client: Client) -> None:
    coach, coachee, pairing = a_pair()
    film = a_video(owner=coach, purpose=Purpose.MEETING)
    sam, aisha = client.as_(coach), client.as_(coachee)
    path = f"/api/v1/meetings/{a_meeting(pairing).id}"
    assert sam.post(f"{path}/consent").json()["may_be_filmed"] is False
    refused = sam.patch(path, json={"film": film.id})
    assert (refused.status_code, refused.json()["code"]) == (409, "not_permitted_by_both")
    assert aisha.post(f"{path}/consent").json()["may_be_filmed"] is True
    assert aisha.post(f"{path}/consent").status_code == 201
    assert sam.patch(path, json={"film": a_video(owner=coach).id}).status_code == 422
    assert sam.patch(path, json={"film": film.id}).json()["film"]["id"] == film.id
    assert aisha.get(path).json()["film"]["id"] == film.id
    done = {entry["action"] for entry in aisha.get("/api/v1/audit/entries").json()["items"]}
    assert {"meeting.filming_permitted", "meeting.filmed"} <= done


@pytest.mark.parametrize("who", ["coach", "coachee"])
def test_taking_permission_back_deletes_the_film_even_after_the_pairing(client: Client, who: str) -> None:
    coach, coachee, pairing = a_pair()
    film = a_video(owner=coachee, purpose=Purpose.MEETING)
    path = f"/api/v1/meetings/{a_meeting(pairing).id}"
    for person in (coach, coachee):
        client.as_(person).post(f"{path}/consent")
    client.as_(coachee).patch(path, json={"film": film.id})
    client.as_(coachee).patch(f"/api/v1/pairings/{pairing.id}", json={"ended": True})
    person = coach if who == "coach" else coachee
    assert client.as_(person).delete(f"{path}/consent").status_code == 204
    assert client.as_(coachee).get(f"/api/v1/videos/{film.id}").status_code == 404
    assert client.as_(coachee).get(path).json()["film"] is None
    assert client.as_(person).delete(f"{path}/consent").status_code == 404


def test_the_next_visit_goes_with_the_step_that_is_agreed_in_the_end(client: Client) -> None:
    coach, coachee, pairing = a_pair()
    sam, path = client.as_(coach), f"/api/v1/meetings/{a_meeting(pairing).id}"
    first, second, own = (an_action_step(coachee).id for _ in range(3))

    def planned(step: str) -> str:
        return (sam.get(f"/api/v1/action-steps/{step}").json()["next_observation_at"] or "")[:16]

    soon, later = ((utcnow() + timedelta(days=days)).isoformat() for days in (3, 9))
    sam.patch(path, json={"action_step": first, "next_at": soon})
    sam.patch(path, json={"action_step": second})
    assert (planned(first), planned(second)) == ("", soon[:16])
    sam.patch(path, json={"action_step": None})
    assert planned(second) == ""
    # One that was planned apart from the meeting stays.
    sam.patch(path, json={"action_step": own})
    sam.patch(f"/api/v1/action-steps/{own}", json={"next_observation_at": later})
    sam.patch(path, json={"action_step": first})
    assert (planned(own), planned(first)) == (later[:16], soon[:16])


def test_phases_give_minutes_and_never_a_score(client: Client) -> None:
    coach, coachee, pairing = a_pair()
    film = a_video(owner=coachee, purpose=Purpose.MEETING, duration_ms=1_800_000)
    step = an_action_step(coachee)
    meeting = a_meeting(pairing, action_step=step)
    sam, path = client.as_(coach), f"/api/v1/meetings/{meeting.id}"
    for person in (coach, coachee):
        client.as_(person).post(f"{path}/consent")
    starts = (("praise", 0), ("model", 600_000), ("rehearsal", 900_000), ("model", 1_200_000))
    phases = [{"phase": phase, "start_ms": start_ms} for phase, start_ms in reversed(starts)]
    a_round(step, meeting=meeting)
    counts = sam.patch(path, json={"film": film.id, "phases": phases}).json()["counts"]
    assert counts["phase_ms"] == {"praise": 600_000, "model": 900_000, "rehearsal": 300_000}
    assert counts["phases"][-1] == {"phase": "model", "start_ms": 1_200_000, "end_ms": 1_800_000}
    assert counts["rehearsals"] == 1
    assert set(counts) == {"phases", "phase_ms", "models", "rehearsals"}


def test_without_a_film_the_last_phase_ends_with_the_meeting(client: Client) -> None:
    coach, _, pairing = a_pair()
    meeting = a_meeting(pairing)
    with world.session() as session:
        session.get_one(Meeting, meeting.id).started_at = utcnow() - timedelta(minutes=10)
    path, sam = f"/api/v1/meetings/{meeting.id}", client.as_(coach)
    going_on = sam.patch(path, json={"phases": [{"phase": "plan", "start_ms": 300_000}]}).json()
    assert going_on["counts"]["phase_ms"] == {}
    done = sam.patch(path, json={"state": "done"}).json()
    assert 299_000 < done["counts"]["phase_ms"]["plan"] < 310_000


def test_coaching_on_coaching_looks_at_a_film_and_its_counts_and_at_nothing_that_was_written(
    client: Client,
) -> None:
    coach, coachee, pairing = a_pair()
    mentor = a_person("Kim", school=coach.school)
    over = a_pairing(mentor, coach)
    meeting = a_meeting(pairing, action_step=an_action_step(coachee), notes="Between us two.")
    film = a_video(owner=coach, purpose=Purpose.MEETING, duration_ms=60_000)
    for person in (coach, coachee):
        client.as_(person).post(f"/api/v1/meetings/{meeting.id}/consent")
    client.as_(coach).patch(
        f"/api/v1/meetings/{meeting.id}",
        json={"film": film.id, "phases": [{"phase": "model", "start_ms": 0}]},
    )
    about = a_meeting(over, kind=MeetingKind.COACHING_ON_COACHING)
    path = f"/api/v1/meetings/{about.id}"
    assert client.as_(mentor).patch(path, json={"about": meeting.id}).status_code == 404
    assert _brought(client, mentor) == _brought(client, coach) == [None]
    assert client.as_(coach).patch(path, json={"about": meeting.id}).status_code == 200
    seen = client.as_(mentor).get(path)
    assert seen.json()["about"]["film"]["id"] == film.id
    assert seen.json()["about"]["counts"]["phase_ms"] == {"model": 60_000}
    assert "Between us two." not in seen.text
    assert coachee.name not in str(seen.json()["about"]["counts"])
    assert client.as_(mentor).get(f"/api/v1/meetings/{meeting.id}").status_code == 404
    assert _brought(client, mentor) == _brought(client, coach) == [meeting.id]
    client.as_(coachee).delete(f"/api/v1/meetings/{meeting.id}/consent")
    assert client.as_(mentor).get(path).json()["about"] is None
    assert _brought(client, mentor) == _brought(client, coach) == [None]


def _brought(client: Client, person: Person) -> list[str | None]:
    """The meetings that a person's coaching on coaching looks at, as its list says."""
    lines = client.as_(person).get("/api/v1/meetings").json()["items"]
    return [line["looks_at"] for line in lines if line["kind"] == "coaching_on_coaching"]


def test_two_who_coach_each_other_need_nothing_special(client: Client) -> None:
    sam, aisha, one_way = a_pair()
    other_way = a_pairing(aisha, sam)
    assert one_way.id != other_way.id
    for coach, coachee in ((sam, aisha), (aisha, sam)):
        body = {"coachee": coachee.id}
        meeting = client.as_(coach).post("/api/v1/meetings", json=body).json()
        assert (meeting["coach"]["id"], meeting["coachee"]["id"]) == (coach.id, coachee.id)
        step = {"coachee": coachee.id, "goal": "Be heard", "action": "waiting", "criteria": ["Waits"]}
        made = client.as_(coach).post("/api/v1/action-steps", json=step).json()
        path = f"/api/v1/meetings/{meeting['id']}"
        running = {"state": "running", "action_step": made["id"]}
        assert client.as_(coach).patch(path, json=running).status_code == 200
        assert client.as_(coachee).patch(path, json={"script": "!"}).status_code == 403
    mine = client.as_(sam).get("/api/v1/meetings", params={"coachee": "me"}).json()["items"]
    assert [one["coach"]["name"] for one in mine] == ["Aisha"]
    assert len(client.as_(sam).get("/api/v1/meetings").json()["items"]) == 2


def test_a_drop_in_is_a_few_words_with_or_without_video(client: Client) -> None:
    coach, coachee, _ = a_pair()
    sam, aisha = client.as_(coach), client.as_(coachee)
    film = a_video(owner=coachee, filmed_by=coach)
    assert sam.post("/api/v1/drop-ins", json={"coachee": coachee.id}).status_code == 422
    sam.post("/api/v1/drop-ins", json={"coachee": coachee.id, "notes": "Lovely pause."})
    made = sam.post("/api/v1/drop-ins", json={"coachee": coachee.id, "video": film.id})
    assert (made.status_code, made.json()["film"]["id"]) == (201, film.id)
    seen = aisha.get("/api/v1/drop-ins", params={"coachee": "me"}).json()["items"]
    assert [(one["kind"], one["notes"], one["film"]) for one in seen] == [
        ("drop_in", "", film.id),
        ("drop_in", "Lovely pause.", None),
    ]
    path = f"/api/v1/meetings/{seen[0]['id']}"
    assert aisha.get(path).json()["rights"] == {"prepare": False, "run": False, "remove": False}
    assert aisha.patch(path, json={"notes": "!"}).status_code == 403
    assert sam.patch(path, json={"notes": "A minute later."}).status_code == 200
    for refused in (sam.patch(path, json={"state": "running"}), aisha.post(f"{path}/consent")):
        assert refused.status_code == 422
    assert aisha.delete(f"/api/v1/meetings/{seen[0]['id']}").status_code == 403
    assert sam.delete(f"/api/v1/meetings/{seen[0]['id']}").status_code == 204
    with world.session() as session:
        assert session.get(Video, film.id) is not None
    assert client.as_(coachee).post("/api/v1/drop-ins", json={"coachee": coach.id}).status_code == 403


def test_leads_see_that_people_met_and_when_and_nothing_else(client: Client) -> None:
    coach, coachee, pairing = a_pair()
    held = a_meeting(pairing, state=MeetingState.DONE, notes="Just for us.")
    a_meeting(pairing, state=MeetingState.PREPARING)
    client.as_(coach).post("/api/v1/drop-ins", json={"coachee": coachee.id, "notes": "Just for us."})
    lead = client.as_(a_lead(school=coachee.school)).get("/api/v1/reports/sessions")
    assert "Just for us." not in lead.text
    row = lead.json()[0]
    assert set(row) == {"pairing", "coach", "coachee", "started_at", "ended_at", "meetings", "drop_ins"}
    assert held.started_at is not None
    assert [at[:19] for at in row["meetings"]] == [held.started_at.isoformat()[:19]]
    assert len(row["drop_ins"]) == 1
    assert len(client.as_(coach).get("/api/v1/reports/sessions").json()) == 1
    for blind in (an_admin(school=coachee.school), a_person(school=coachee.school), a_lead()):
        assert client.as_(blind).get("/api/v1/reports/sessions").json() == []
