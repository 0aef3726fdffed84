"""Proposals: a coachee's own say in what she works on, and the exchange about it."""

from __future__ import annotations

from pennydrop.library.models import Step
from pennydrop.people.models import Person
from tests.api.client import Client
from tests.factories import (
    a_coach,
    a_lead,
    a_library_step,
    a_person,
    an_action_step,
    an_admin,
    world,
)


def a_pair() -> tuple[Person, Person]:
    coachee = a_person("Aisha")
    return a_coach(of=coachee, name="Sam"), coachee


def test_a_proposal_that_is_accepted_becomes_her_step(client: Client) -> None:
    coach, coachee = a_pair()
    step = a_library_step(organisation_id=coachee.school.organisation_id)
    body = {"step": step.id, "words": "Leo needs this more."}
    made = client.as_(coachee).post("/api/v1/proposals", json=body)
    assert made.status_code == 201
    path = f"/api/v1/proposals/{made.json()['id']}"
    accepted = client.as_(coach).patch(path, json={"state": "accepted"}).json()
    assert (accepted["state"], accepted["decided_by"]["name"]) == ("accepted", "Sam")
    set_step = client.as_(coachee).get(f"/api/v1/action-steps/{accepted['action_step']}").json()
    assert (set_step["step"], set_step["why"]) == (step.id, "Leo needs this more.")
    with world.session() as session:
        session.delete(session.get_one(Step, step.id))
    kept = client.as_(coachee).get(path).json()
    assert (kept["step"], kept["wording"], kept["words"]) == (None, None, "Leo needs this more.")


def test_her_own_words_are_accepted_with_a_step_that_was_set_for_them(client: Client) -> None:
    coach, coachee = a_pair()
    made = client.as_(coachee).post("/api/v1/proposals", json={"words": "Fewer words from me."}).json()
    path = f"/api/v1/proposals/{made['id']}"
    assert client.as_(coach).patch(path, json={"state": "accepted"}).status_code == 422
    elsewhere = {"state": "accepted", "action_step": an_action_step().id}
    assert client.as_(coach).patch(path, json=elsewhere).status_code == 422
    step = an_action_step(coachee, set_by=coach)
    taken = client.as_(coach).patch(path, json={"state": "accepted", "action_step": step.id})
    assert taken.json()["action_step"] == step.id


def test_the_exchange_is_kept_whatever_comes_of_it(client: Client) -> None:
    coach, coachee = a_pair()
    sam, aisha = client.as_(coach), client.as_(coachee)
    path = f"/api/v1/proposals/{aisha.post('/api/v1/proposals', json={'words': 'Questions?'}).json()['id']}"
    sam.post(f"{path}/replies", json={"text": "Tell me more."})
    aisha.post(f"{path}/replies", json={"text": "I ask and answer myself."})
    declined = sam.patch(path, json={"state": "declined"}).json()
    assert declined["state"] == "declined"
    assert [one["text"] for one in declined["replies"]] == ["Tell me more.", "I ask and answer myself."]
    assert sam.post(f"{path}/replies", json={"text": "After half-term, promise."}).status_code == 201
    for late in ({"state": "accepted"}, {"state": "declined"}):
        assert sam.patch(path, json=late).status_code == 409
    assert aisha.patch(path, json={"words": "!"}).status_code == 409


def test_a_coach_declines_with_a_word_or_not_at_all(client: Client) -> None:
    coach, coachee = a_pair()
    sam, aisha = client.as_(coach), client.as_(coachee)
    path = f"/api/v1/proposals/{aisha.post('/api/v1/proposals', json={'words': 'Questions?'}).json()['id']}"
    for unclear in (
        {"state": "declined", "reply": " "},
        {"state": "accepted", "reply": "Yes!"},
        {"reply": "Hm"},
    ):
        assert sam.patch(path, json=unclear).status_code == 422
    assert sam.patch(path, json={"state": "declined", "reply": "x" * 60_000}).status_code == 422
    assert aisha.get(path).json()["state"] == "open"
    assert aisha.patch(path, json={"state": "declined", "reply": "Mine."}).status_code == 403
    assert aisha.get(path).json()["replies"] == []
    declined = sam.patch(path, json={"state": "declined", "reply": "After half-term."}).json()
    assert (declined["state"], [one["text"] for one in declined["replies"]]) == (
        "declined",
        ["After half-term."],
    )
    assert sam.patch(path, json={"state": "declined", "reply": "Again."}).status_code == 409
    assert len(sam.get(path).json()["replies"]) == 1


def test_a_reply_is_worded_anew_by_who_wrote_it(client: Client) -> None:
    coach, coachee = a_pair()
    sam, aisha = client.as_(coach), client.as_(coachee)
    path = f"/api/v1/proposals/{aisha.post('/api/v1/proposals', json={'words': 'x'}).json()['id']}"
    reply = sam.post(f"{path}/replies", json={"text": "Yess"}).json()["replies"][0]
    edit = f"/api/v1/proposal-replies/{reply['id']}"
    assert aisha.patch(edit, json={"text": "No"}).status_code == 403
    assert sam.patch(edit, json={"text": " "}).status_code == 422
    assert sam.patch(edit, json={"text": "Yes"}).json()["replies"][0]["text"] == "Yes"


def test_only_she_takes_it_back_and_only_her_coach_answers(client: Client) -> None:
    coach, coachee = a_pair()
    path = client.as_(coachee).post("/api/v1/proposals", json={"words": "x"}).json()["id"]
    path = f"/api/v1/proposals/{path}"
    assert client.as_(coach).patch(path, json={"state": "withdrawn"}).status_code == 403
    assert client.as_(coach).patch(path, json={"words": "!"}).status_code == 403
    assert client.as_(coachee).patch(path, json={"state": "declined"}).status_code == 403
    for other in (a_lead(school=coachee.school), an_admin(school=coachee.school), a_person()):
        assert client.as_(other).get(path).status_code == 404
        assert client.as_(other).get("/api/v1/proposals").json()["items"] == []
    assert client.as_(coachee).patch(path, json={"state": "withdrawn"}).json()["state"] == "withdrawn"


def test_a_proposal_needs_a_coach_and_something_to_say(client: Client) -> None:
    _, coachee = a_pair()
    assert client.as_(a_person()).post("/api/v1/proposals", json={"words": "x"}).status_code == 403
    assert client.as_(coachee).post("/api/v1/proposals", json={}).status_code == 422
    elsewhere = {"step": a_library_step().id}
    assert client.as_(coachee).post("/api/v1/proposals", json=elsewhere).status_code == 404
