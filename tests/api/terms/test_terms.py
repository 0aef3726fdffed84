"""The shared language: a school's own examples, and which terms somebody has met."""

from __future__ import annotations

from typing import Any

from tests.api.client import Client
from tests.factories import (
    a_clip,
    a_coach,
    a_lead,
    a_library_step,
    a_person,
    a_school,
    a_term,
    a_term_example,
    an_action_step,
)

API = "/api/v1"


def example_of(client: Client, term_id: str) -> Any:
    terms = client.get(f"{API}/library/terms").json()["items"]
    return next(term["example"] for term in terms if term["id"] == term_id)


def test_a_clip_becomes_the_example_of_a_term_by_three_peoples_word(client: Client) -> None:
    clip = a_clip()
    owner = clip.video.owner
    coach, lead = a_coach(of=owner, name="Sam"), a_lead(school=owner.school)
    term = a_term(organisation_id=owner.school.organisation_id, name="Wait time")
    made = client.as_(coach).post(f"{API}/library/terms/{term.slug}/examples", json={"clip": clip.id})
    assert (made.status_code, made.json()["permission"]) == (201, "asked")
    address = f"{API}/term-examples/{made.json()['id']}"
    (request,) = client.as_(owner).get(f"{API}/today").json()["requests"]
    assert (request["kind"], request["shows"], request["title"]) == ("term_example", "Wait time", "The pause")

    assert client.as_(lead).put(f"{address}/publication").status_code == 404
    client.as_(owner).put(f"{address}/permission")
    assert client.as_(lead).put(f"{address}/publication").json()["shown"] is True
    colleague = client.as_(a_person(school=owner.school))
    assert example_of(colleague, term.id)["clip"]["id"] == clip.id
    assert client.as_(owner).get(f"{API}/clips/{clip.id}").json()["shown_to"] == "school"

    client.as_(owner).delete(f"{address}/permission")
    assert example_of(colleague, term.id) is None
    assert colleague.get(f"{API}/clips/{clip.id}").status_code == 404


def test_who_has_said_no_to_an_example_is_not_asked_again(client: Client) -> None:
    clip = a_clip()
    owner = clip.video.owner
    coach, mine = client.as_(a_coach(of=owner)), client.as_(owner)
    term = a_term(organisation_id=owner.school.organisation_id)
    propose = f"{API}/library/terms/{term.id}/examples"
    address = f"{API}/term-examples/{coach.post(propose, json={'clip': clip.id}).json()['id']}"
    mine.delete(f"{address}/permission")
    assert coach.delete(address).status_code == 403
    assert coach.post(propose, json={"clip": clip.id}).status_code == 409
    assert mine.delete(address).status_code == 204


def test_each_school_shows_its_own_example(client: Client) -> None:
    example = a_term_example()
    elsewhere = client.as_(a_person(school=a_school(beside=example.owner.school)))
    assert example_of(elsewhere, example.term_id) is None
    assert elsewhere.get(f"{API}/library/term-examples").json()["items"] == []


def test_the_newest_example_is_shown(client: Client) -> None:
    first = a_term_example()
    second = a_term_example(a_clip(first.clip.video, title="Longer"), term=first.term)
    assert example_of(client.as_(first.owner), first.term_id)["id"] == second.id


def test_a_term_is_met_when_a_step_that_introduces_it_was_set(client: Client) -> None:
    coachee = a_person()
    coach = a_coach(of=coachee)
    organisation = coachee.school.organisation_id
    step = a_library_step(organisation_id=organisation)
    met = a_term(organisation_id=organisation, introduced_by=step)
    a_term(organisation_id=organisation)
    asked = f"{API}/library/terms/met?coachee={coachee.id}"
    assert client.as_(coach).get(asked).json()["items"] == []
    an_action_step(coachee, set_by=coach, step=step)
    assert [one["id"] for one in client.as_(coach).get(asked).json()["items"]] == [met.id]


def test_a_term_is_met_when_she_looked_it_up(client: Client) -> None:
    coachee = a_person()
    term = a_term(organisation_id=coachee.school.organisation_id)
    mine = client.as_(coachee)
    for _ in range(2):
        assert mine.post(f"{API}/library/terms/{term.id}/opened").status_code == 204
    assert [one["id"] for one in mine.get(f"{API}/library/terms/met").json()["items"]] == [term.id]
    # Nobody reads what she wanted to know: not even who coaches her.
    asked = client.as_(a_coach(of=coachee)).get(f"{API}/library/terms/met?coachee={coachee.id}")
    assert asked.json()["items"] == []


def test_only_her_coach_asks_what_somebody_has_met(client: Client) -> None:
    coachee = a_person()
    for other in (a_lead(school=coachee.school), a_coach(of=a_person(school=coachee.school))):
        refused = client.as_(other).get(f"{API}/library/terms/met?coachee={coachee.id}")
        assert refused.status_code == 403
    assert client.as_(a_person()).get(f"{API}/library/terms/met?coachee={coachee.id}").status_code == 404
