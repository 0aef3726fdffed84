"""Goals, the shared language and sequences, changed in the browser by those who curate the library."""

from __future__ import annotations

from typing import Any

import pytest

from pennydrop.library.models import Step
from pennydrop.people.models import Person
from tests.api.client import Client
from tests.factories import a_lead, a_library_step, a_school, a_sequence, a_term

API = "/api/v1/library"


@pytest.fixture
def lead_of(client: Client) -> Person:
    return a_lead(school=a_school("Elm"))


@pytest.fixture
def lead(client: Client, lead_of: Person) -> Client:
    return client.as_(lead_of)


@pytest.fixture
def step(lead_of: Person) -> Step:
    return a_library_step(organisation_id=lead_of.school.organisation_id)


def test_rewording_a_goal_rewords_its_steps_as_a_new_version_and_the_search_finds_them(
    lead: Client, step: Step
) -> None:
    changed = lead.patch(f"{API}/goals/{step.goal_id}", json={"wording": "Be heard by the whole carpet"})
    assert (changed.json()["wording"], changed.json()["steps"]) == ("Be heard by the whole carpet", 1)
    now = lead.get(f"{API}/steps/{step.id}").json()
    assert (now["goal"], now["version"]) == ("Be heard by the whole carpet", 2)
    found = lead.get(f"{API}/steps", params={"q": "whole carpet"}).json()["items"]
    assert [one["id"] for one in found] == [step.id]


def test_a_goal_is_added_once_and_deleted_only_while_no_step_has_it(lead: Client, step: Step) -> None:
    area = lead.get(f"{API}/areas").json()["items"][0]["slug"]
    made = lead.post(f"{API}/goals", json={"wording": "Start calmly.", "area": area})
    assert (made.status_code, made.json()["wording"]) == (201, "Start calmly")
    again = lead.post(f"{API}/goals", json={"wording": "start CALMLY", "area": area})
    assert (again.status_code, again.json()["code"]) == (409, "goal_there")
    assert lead.delete(f"{API}/goals/{step.goal_id}").json()["code"] == "goal_in_use"
    assert lead.delete(f"{API}/goals/{made.json()['slug']}").status_code == 204


def test_a_new_term_is_brought_by_its_steps_and_they_are_found_by_its_plain_words(
    lead: Client, step: Step
) -> None:
    body = {"name": "Scanning", "meaning": "Looking at everybody.", "synonyms": ["lighthouse eyes", " "]}
    made = lead.post(f"{API}/terms", json={**body, "steps": [step.slug]})
    assert made.status_code == 201, made.text
    assert (made.json()["synonyms"], made.json()["steps"][0]["id"]) == (["lighthouse eyes"], step.id)
    now = lead.get(f"{API}/steps/{step.id}").json()
    assert ([term["name"] for term in now["terms"]], now["version"]) == (["Scanning"], 2)
    found = lead.get(f"{API}/steps", params={"q": "lighthouse"}).json()["items"]
    assert [one["id"] for one in found] == [step.id]

    address = f"{API}/terms/{made.json()['id']}"
    assert lead.patch(address, json={"synonyms": ["searchlight"]}).json()["steps"][0]["id"] == step.id
    assert lead.get(f"{API}/steps", params={"q": "lighthouse"}).json()["items"] == []
    assert lead.patch(address, json={"steps": []}).json()["steps"] == []
    assert lead.get(f"{API}/steps/{step.id}").json()["terms"] == []


def test_a_deleted_term_leaves_every_step(lead: Client, step: Step) -> None:
    term = a_term(organisation_id=step.organisation_id, introduced_by=step)
    assert lead.delete(f"{API}/terms/{term.slug}").status_code == 204
    assert lead.get(f"{API}/steps/{step.id}").json()["terms"] == []
    assert lead.get(f"{API}/terms").json()["items"] == []


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"name": ""}, 422),
        ({"name": "x" * 121}, 422),
        ({"meaning": "  "}, 422),
        ({"synonyms": [str(n) for n in range(41)]}, 422),
        ({"steps": ["no-such-step"]}, 422),
        ({"name": "taken"}, 409),
    ],
)
def test_a_term_that_cannot_be_is_refused_with_a_sentence(
    lead: Client, step: Step, change: dict[str, Any], status: int
) -> None:
    a_term(organisation_id=step.organisation_id, name="Taken")
    term = a_term(organisation_id=step.organisation_id)
    refused = lead.patch(f"{API}/terms/{term.id}", json=change)
    assert refused.status_code == status
    assert refused.json()["detail"].endswith(".")


def test_a_sequence_says_what_to_know_before_what_to_do(lead: Client, step: Step) -> None:
    second = a_library_step(organisation_id=step.organisation_id)
    places = [{"step": step.slug, "kind": "knowledge"}, {"step": second.id}]
    made = lead.post(f"{API}/sequences", json={"name": "First days", "summary": "A start.", "steps": places})
    assert made.status_code == 201, made.text
    assert [(one["id"], one["kind"]) for one in made.json()["steps"]] == [
        (step.id, "knowledge"),
        (second.id, "action"),
    ]
    address = f"{API}/sequences/{made.json()['slug']}"
    turned = lead.patch(address, json={"steps": places[::-1]})
    assert (turned.status_code, "comes before" in turned.json()["detail"]) == (422, True)
    assert lead.patch(address, json={"steps": [places[0], places[0]]}).status_code == 422
    assert lead.patch(address, json={"steps": []}).status_code == 422
    kept = lead.patch(address, json={"name": "The first days"}).json()
    assert (kept["name"], len(kept["steps"])) == ("The first days", 2)
    assert lead.delete(address).status_code == 204
    assert lead.get(f"{API}/sequences").json()["items"] == []


def test_a_sequence_holds_the_trusts_step_when_a_schools_own_words_were_chosen(
    lead: Client, step: Step
) -> None:
    sequence = a_sequence(a_library_step(organisation_id=step.organisation_id))
    copy = lead.post(f"{API}/steps/{step.id}/copies").json()["id"]
    assert lead.post(f"{API}/steps/{copy}/publish").is_success
    shown = lead.patch(f"{API}/sequences/{sequence.id}", json={"steps": [{"step": copy}]}).json()
    assert [one["id"] for one in shown["steps"]] == [copy]
    assert lead.post(f"{API}/steps/{copy}/withdraw").is_success
    again = lead.get(f"{API}/sequences").json()["items"]
    assert [one["id"] for one in again[0]["steps"]] == [step.id]
