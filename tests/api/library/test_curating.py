"""Curating the library: drafts, versions, publishing, and a school's own copies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
import yaml

from pennydrop.library.models import Step
from tests.api.client import Client
from tests.factories import a_coach, a_lead, a_library_step, a_person, a_school, an_admin, an_organisation

NEW = {
    "goal": {"wording": "Be heard", "area": "behaviour"},
    "action": "standing still to speak",
    "criteria": [{"text": "Stands still"}, {"text": "Speaks once"}],
}


@dataclass
class Trust:
    """Two schools, each with a lead and a teaching assistant, and one step of the trust's."""

    client: Client
    step: Step
    lead: Client
    ta: Client
    oak_lead: Client
    oak_ta: Client
    admin: Client

    def slugs(self, who: Client, **params: Any) -> set[str]:
        found = who.get("/api/v1/library/steps", params=params).json()["items"]
        return {step["slug"] for step in found}


@pytest.fixture
def trust(client: Client) -> Trust:
    organisation = an_organisation()
    elm, oak = (a_school(name, organisation=organisation) for name in ("Elm", "Oak"))
    return Trust(
        client=client,
        step=a_library_step(organisation),
        lead=client.as_(a_lead(school=elm)),
        ta=client.as_(a_person(school=elm)),
        oak_lead=client.as_(a_lead(school=oak)),
        oak_ta=client.as_(a_person(school=oak)),
        admin=client.as_(an_admin(school=oak)),
    )


def written(trust: Trust, **other: Any) -> dict[str, Any]:
    goal = trust.lead.get(f"/api/v1/library/steps/{trust.step.id}").json()["goal_id"]
    answer = trust.lead.post("/api/v1/library/steps", json=NEW | {"goal": goal} | other)
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_a_draft_is_seen_by_those_who_curate_until_it_is_published(trust: Trust) -> None:
    draft = written(trust)
    path = f"/api/v1/library/steps/{draft['id']}"
    assert (draft["state"], draft["version"], draft["slug"]) == ("draft", 0, "standing-still-to-speak")
    assert trust.ta.get(path).status_code == 404
    assert draft["slug"] not in trust.slugs(trust.lead)
    assert draft["slug"] in trust.slugs(trust.lead, curating=True, state="draft", q="standing still")
    assert trust.ta.get("/api/v1/library/steps?curating=true").status_code == 403
    assert trust.ta.get("/api/v1/library/tags").json()["drafts"] == 0
    published = trust.lead.post(f"{path}/publish").json()
    assert (published["state"], published["version"]) == ("published", 1)
    assert draft["slug"] in trust.slugs(trust.oak_ta, q="stand still")


def test_a_draft_can_be_thrown_away_and_what_was_published_is_kept(trust: Trust) -> None:
    draft = written(trust)
    assert trust.lead.delete(f"/api/v1/library/steps/{draft['id']}").status_code == 204
    assert trust.slugs(trust.lead, curating=True, q="standing still to speak") == {trust.step.slug}
    kept = trust.lead.delete(f"/api/v1/library/steps/{trust.step.id}")
    assert kept.status_code == 409
    assert "take it out of use instead" in kept.json()["detail"]


def test_a_step_that_is_withdrawn_leaves_lists_and_can_come_back(trust: Trust) -> None:
    path = f"/api/v1/library/steps/{trust.step.id}"
    assert trust.lead.post(f"{path}/withdraw").json()["state"] == "draft"
    assert trust.ta.get(path).status_code == 404
    assert trust.slugs(trust.ta) == set()
    assert trust.lead.post(f"{path}/publish").json()["version"] == 1
    assert trust.slugs(trust.ta) == {trust.step.slug}


def test_editing_a_published_step_makes_a_version_and_leaves_what_was_set(trust: Trust) -> None:
    coachee = a_person(school=a_school(organisation=None))
    client = trust.client
    step = a_library_step(organisation_id=coachee.school.organisation_id)
    coach = client.as_(a_coach(of=coachee))
    lead = client.as_(a_lead(school=coachee.school))
    set_ = coach.post("/api/v1/action-steps", json={"coachee": coachee.id, "step": step.id}).json()
    path = f"/api/v1/library/steps/{step.id}"
    criteria = lead.get(path).json()["criteria"]
    words = [{"id": criteria[1]["id"], "text": "Waits for quiet"}, {"text": "Smiles"}]
    edited = lead.patch(path, json={"criteria": words, "note": "Fewer", "seen_version": 1}).json()
    assert edited["version"] == 2
    assert [(one["id"] == criteria[1]["id"], one["text"]) for one in edited["criteria"]] == [
        (True, "Waits for quiet"),
        (False, "Smiles"),
    ]
    still = coach.get(f"/api/v1/action-steps/{set_['id']}").json()
    assert [one["text"] for one in still["criteria"]] == [one["text"] for one in criteria]
    assert still["step_version"] == 1
    versions = lead.get(f"{path}/versions").json()["items"]
    assert [(one["number"], one["note"]) for one in versions] == [(2, "Fewer"), (1, "")]
    changes = lead.get(f"{path}/difference?old=1&new=2").json()["lists"]["criteria"]
    assert {(one["kind"], one["old"], one["new"]) for one in changes} >= {
        ("changed", "Waits for silence", "Waits for quiet"),
        ("added", None, "Smiles"),
    }


def test_saving_the_same_words_makes_no_version(trust: Trust) -> None:
    path = f"/api/v1/library/steps/{trust.step.id}"
    assert trust.lead.patch(path, json={"action": trust.step.action}).json()["version"] == 1


def test_two_leads_who_edit_at_once_do_not_overwrite_each_other(trust: Trust) -> None:
    path = f"/api/v1/library/steps/{trust.step.id}"
    trust.lead.patch(path, json={"action": "waiting", "seen_version": 1})
    late = trust.oak_lead.patch(path, json={"action": "looking", "seen_version": 1})
    assert late.status_code == 409
    assert "version 2" in late.json()["detail"]
    assert trust.lead.get(path).json()["action"] == "waiting"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"action": "to wait"}, "begins like “waiting …”"),
        ({"action": " "}, "Please say what the action of this step is."),
        ({"criteria": []}, "at least one success criterion"),
        ({"criteria": [{"id": "nonsense", "text": "Waits"}]}, "doesn't belong to this step"),
        ({"goal": "nowhere"}, "That goal isn't in the library."),
        ({"terms": ["nothing"]}, "isn't in the shared language"),
        ({"prompts": ["x" * 501]}, "One of the questions is too long."),
    ],
)
def test_what_cannot_be_a_step_is_refused_in_words(
    trust: Trust, change: dict[str, Any], sentence: str
) -> None:
    refused = trust.lead.patch(f"/api/v1/library/steps/{trust.step.id}", json=change)
    assert refused.status_code == 422
    assert sentence in refused.json()["detail"]


def test_a_schools_own_copy_stands_in_for_the_trusts_step_there_alone(trust: Trust) -> None:
    path = f"/api/v1/library/steps/{trust.step.id}"
    copy = trust.lead.post(f"{path}/copies").json()
    own = f"/api/v1/library/steps/{copy['id']}"
    assert (copy["state"], copy["school"]["name"], copy["based_on"]["id"]) == ("draft", "Elm", trust.step.id)
    assert trust.slugs(trust.ta) == {trust.step.slug}
    assert trust.lead.get(path).json()["own_copy"]["state"] == "draft"
    assert trust.ta.get(path).json()["own_copy"] is None
    trust.lead.patch(own, json={"action": "waiting for the bell before speaking"})
    trust.lead.post(f"{own}/publish")
    assert trust.slugs(trust.ta) == trust.slugs(trust.ta, q="waiting before speaking") == {copy["slug"]}
    assert trust.slugs(trust.oak_ta) == {trust.step.slug}
    assert trust.oak_ta.get(own).status_code == 404
    own_copy = trust.ta.get(path).json()["own_copy"]
    assert (own_copy["id"], own_copy["state"]) == (copy["id"], "published")
    difference = trust.ta.get(f"{own}/difference").json()
    assert [(one["field"], one["old"], one["new"]) for one in difference["texts"]] == [
        ("action", "waiting for every eye before speaking", "waiting for the bell before speaking")
    ]
    assert difference["lists"] == {}


def test_only_its_own_leads_and_administrators_change_a_schools_copy(trust: Trust) -> None:
    copy = trust.lead.post(f"/api/v1/library/steps/{trust.step.id}/copies").json()
    own = f"/api/v1/library/steps/{copy['id']}"
    trust.lead.post(f"{own}/publish")
    assert trust.oak_lead.patch(own, json={"action": "waiting"}).status_code == 404
    assert trust.admin.patch(own, json={"action": "waiting"}).status_code == 200
    again = trust.lead.post(f"/api/v1/library/steps/{trust.step.id}/copies")
    assert again.status_code == 409


def test_a_copy_says_when_the_trusts_step_has_changed(trust: Trust) -> None:
    copy = trust.lead.post(f"/api/v1/library/steps/{trust.step.id}/copies").json()
    own = f"/api/v1/library/steps/{copy['id']}"
    assert trust.lead.get(own).json()["base_has_changed"] is False
    trust.admin.patch(f"/api/v1/library/steps/{trust.step.id}", json={"action": "looking round"})
    assert trust.lead.get(own).json()["base_has_changed"] is True
    assert trust.lead.post(f"{own}/caught-up").json()["base_has_changed"] is False


def test_an_import_leaves_other_schools_copies_alone(trust: Trust) -> None:
    copy = trust.lead.post(f"/api/v1/library/steps/{trust.step.id}/copies").json()
    trust.lead.post(f"/api/v1/library/steps/{copy['id']}/publish")
    file = trust.admin.get("/api/v1/library/export").text
    assert "school: Elm" in file
    assert trust.lead.post("/api/v1/library/import", content=file).json()["changed"] == {}
    refused = trust.oak_lead.post("/api/v1/library/import?dry_run=true", content=file).json()["problems"]
    assert [one["detail"] for one in refused] == ["there is no school “Elm” whose steps you can change."]
    assert "school: Elm" not in trust.oak_ta.get("/api/v1/library/export").text


def test_an_import_tells_nothing_of_a_draft_of_another_school(trust: Trust) -> None:
    copy = trust.lead.post(f"/api/v1/library/steps/{trust.step.id}/copies").json()
    assert trust.oak_lead.get(f"/api/v1/library/steps/{copy['id']}").status_code == 404
    file = yaml.safe_load(trust.oak_lead.get("/api/v1/library/export").text)
    file["goals"][0]["steps"][0]["slug"] = copy["slug"]
    refused = trust.oak_lead.post("/api/v1/library/import?dry_run=true", content=yaml.safe_dump(file)).json()
    assert [one["detail"] for one in refused["problems"]] == [
        f"the slug “{copy['slug']}” is taken already. Please give this step another one."
    ]


def test_a_draft_cannot_be_set_for_anybody(trust: Trust, client: Client) -> None:
    coachee = a_person()
    coach = a_coach(of=coachee)
    lead = client.as_(a_lead(school=coachee.school, of=coachee.school))
    step = a_library_step(organisation_id=coachee.school.organisation_id)
    lead.post(f"/api/v1/library/steps/{step.id}/withdraw")
    body = {"coachee": coachee.id, "step": step.id}
    assert client.as_(coach).post("/api/v1/action-steps", json=body).status_code == 404
