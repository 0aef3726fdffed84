"""Action steps: set by a coach, ticked by the coachee, never rewritten by the library."""

from __future__ import annotations

from pennydrop.library.models import Step
from tests.api.client import Client
from tests.factories import (
    a_clip,
    a_coach,
    a_library_step,
    a_person,
    a_video,
    an_action_step,
    world,
)


def test_a_coach_sets_a_step_from_the_library(client: Client) -> None:
    coachee = a_person("Aisha")
    step = a_library_step(organisation_id=coachee.school.organisation_id)
    clip = a_clip(a_video(owner=coachee))
    coach = a_coach(of=coachee, name="Sam")
    made = client.as_(coach).post(
        "/api/v1/action-steps",
        json={"coachee": coachee.id, "step": step.id, "why": "Two pupils missed it.", "clip": clip.id},
    )
    assert made.status_code == 201
    seen = client.as_(coachee).get(f"/api/v1/action-steps/{made.json()['id']}").json()
    assert seen["wording"] == (
        "Make sure every pupil hears the instruction by waiting for every eye before speaking"
    )
    assert [(one["position"], one["text"], one["ticked_at"]) for one in seen["criteria"]] == [
        (1, "Stands still", None),
        (2, "Waits for silence", None),
        (3, "Scans the group", None),
        (4, "Speaks once", None),
    ]
    assert (seen["step"], seen["clip"], seen["state"]) == (step.id, clip.id, "set")
    assert (seen["coachee"]["name"], seen["set_by"]["name"]) == ("Aisha", "Sam")


def test_later_edits_of_the_library_never_change_it(client: Client) -> None:
    coachee = a_person()
    step = a_library_step(organisation_id=coachee.school.organisation_id)
    coach = client.as_(a_coach(of=coachee))
    made = coach.post("/api/v1/action-steps", json={"coachee": coachee.id, "step": step.id}).json()
    with world.session() as session:
        row = session.get_one(Step, step.id)
        row.action, row.goal.wording, row.criteria[0].text = "shouting", "Be loud", "Shouts"
    assert coach.get(f"/api/v1/action-steps/{made['id']}").json() == made
    with world.session() as session:
        session.delete(session.get_one(Step, step.id))
    kept = coach.get(f"/api/v1/action-steps/{made['id']}").json()
    assert kept == {**made, "step": None}


def test_wording_and_criteria_can_be_fitted_when_it_is_set(client: Client) -> None:
    coachee = a_person()
    step = a_library_step(organisation_id=coachee.school.organisation_id)
    body = {"coachee": coachee.id, "step": step.id, "action": "counting to five.", "criteria": [" Counts "]}
    made = client.as_(a_coach(of=coachee)).post("/api/v1/action-steps", json=body).json()
    assert made["wording"] == "Make sure every pupil hears the instruction by counting to five"
    assert [one["text"] for one in made["criteria"]] == ["Counts"]


def test_a_step_can_be_written_by_hand_but_not_by_halves(client: Client) -> None:
    coachee = a_person()
    coach = client.as_(a_coach(of=coachee))
    whole = {"coachee": coachee.id, "goal": "Be heard", "action": "standing still", "criteria": ["Stands"]}
    assert coach.post("/api/v1/action-steps", json=whole).status_code == 201
    for missing in ("goal", "action", "criteria"):
        halved = {name: value for name, value in whole.items() if name != missing}
        assert coach.post("/api/v1/action-steps", json=halved).status_code == 422
    assert coach.post("/api/v1/action-steps", json={**whole, "criteria": []}).status_code == 422
    assert coach.post("/api/v1/action-steps", json={**whole, "criteria": ["x"] * 11}).status_code == 422


def test_only_her_coach_sets_somebodys_step(client: Client) -> None:
    coachee = a_person()
    step = a_library_step(organisation_id=coachee.school.organisation_id)
    body = {"coachee": coachee.id, "step": step.id}
    colleague, former = a_person(school=coachee.school), a_coach(of=coachee, ended=True)
    for person in (coachee, colleague, former):
        assert client.as_(person).post("/api/v1/action-steps", json=body).status_code == 403
    assert client.as_(a_person()).post("/api/v1/action-steps", json=body).status_code == 404


def test_a_step_of_another_organisations_library_does_not_exist(client: Client) -> None:
    coachee = a_person()
    body = {"coachee": coachee.id, "step": a_library_step().id}
    assert client.as_(a_coach(of=coachee)).post("/api/v1/action-steps", json=body).status_code == 404


def test_a_clip_of_somebody_else_does_not_show_why(client: Client) -> None:
    coachee = a_person()
    coach = a_coach(of=coachee)
    step = a_library_step(organisation_id=coachee.school.organisation_id)
    own_clip = a_clip(a_video(owner=coach))
    body = {"coachee": coachee.id, "step": step.id, "clip": own_clip.id}
    assert client.as_(coach).post("/api/v1/action-steps", json=body).status_code == 422
    assert (
        client.as_(coach).post("/api/v1/action-steps", json={**body, "clip": a_clip().id}).status_code == 404
    )


def test_the_coachee_ticks_her_own_criteria(client: Client) -> None:
    step = an_action_step()
    first, second = step.criteria[0].id, step.criteria[1].id
    mine = client.as_(step.coachee)
    address = f"/api/v1/action-steps/{step.id}"
    ticks = [{"id": first, "ticked": True}, {"id": second, "ticked": True}]
    ticked = mine.patch(address, json={"criteria": ticks}).json()
    assert [one["ticked_at"] is not None for one in ticked["criteria"]] == [True, True, False, False]
    again = mine.patch(address, json={"criteria": [{"id": first, "ticked": True}]}).json()
    assert again["criteria"] == ticked["criteria"], "a tick keeps its date"
    cleared = mine.patch(address, json={"criteria": [{"id": first, "ticked": False}]}).json()
    assert cleared["criteria"][0]["ticked_at"] is None
    other = an_action_step(step.coachee).criteria[0].id
    assert mine.patch(address, json={"criteria": [{"id": other, "ticked": True}]}).status_code == 422


def test_coach_and_coachee_each_change_what_is_theirs(client: Client) -> None:
    step = an_action_step()
    coach, mine = client.as_(a_coach(of=step.coachee)), client.as_(step.coachee)
    address = f"/api/v1/action-steps/{step.id}"
    criterion = step.criteria[0].id
    changed = coach.patch(
        address,
        json={
            "state": "practising",
            "why": "New",
            "criteria": [{"id": criterion, "text": "Stands very still"}],
        },
    ).json()
    assert (changed["state"], changed["why"]) == ("practising", "New")
    assert changed["criteria"][0]["text"] == "Stands very still"
    assert coach.patch(address, json={"criteria": [{"id": criterion, "ticked": True}]}).status_code == 403
    assert mine.patch(address, json={"state": "mastered"}).status_code == 403
    assert mine.patch(address, json={"criteria": [{"id": criterion, "text": "x"}]}).status_code == 403
    assert coach.patch(address, json={"state": "perfect"}).status_code == 422


def test_evidence_is_film_of_the_coachee_or_a_word_from_either(client: Client) -> None:
    step = an_action_step()
    video = a_video(owner=step.coachee)
    clip = a_clip(video)
    coach = a_coach(of=step.coachee, name="Sam")
    address = f"/api/v1/action-steps/{step.id}/evidence"
    added = client.as_(coach).post(address, json={"clip": clip.id, "criterion": step.criteria[0].id})
    assert added.status_code == 201
    client.as_(step.coachee).post(address, json={"video": video.id, "note": "Second go"})
    seen = client.as_(step.coachee).post(address, json={"note": "It felt calmer."}).json()["evidence"]
    assert [(one["clip"], one["video"], one["note"]) for one in seen] == [
        (clip.id, None, ""),
        (None, video.id, "Second go"),
        (None, None, "It felt calmer."),
    ]
    assert (seen[0]["added_by"]["name"], seen[0]["criterion"]) == ("Sam", step.criteria[0].id)


def test_evidence_of_nothing_or_of_somebody_else_is_refused(client: Client) -> None:
    step = an_action_step()
    mine = client.as_(step.coachee)
    address = f"/api/v1/action-steps/{step.id}/evidence"
    assert mine.post(address, json={}).status_code == 422
    assert mine.post(address, json={"clip": a_clip().id}).status_code == 404
    video = a_video(owner=step.coachee)
    both = {"clip": a_clip(video).id, "video": video.id}
    assert mine.post(address, json=both).status_code == 422


def test_steps_are_listed_for_coachee_and_coach_alone(client: Client) -> None:
    step = an_action_step()
    newer = an_action_step(step.coachee)
    coach, former = a_coach(of=step.coachee), a_coach(of=step.coachee, ended=True)

    def found(person: object, query: str = "") -> list[str]:
        items = client.as_(person).get(f"/api/v1/action-steps{query}").json()["items"]  # type: ignore[arg-type]
        return [one["id"] for one in items]

    assert found(step.coachee, "?coachee=me") == [newer.id, step.id]
    assert found(coach, f"?coachee={step.coachee.id}") == [newer.id, step.id]
    assert found(coach, "?coachee=me") == []
    assert found(former) == []
    assert client.as_(former).get(f"/api/v1/action-steps/{step.id}").status_code == 404
    assert found(a_person(school=step.coachee.school)) == []


def test_the_clip_that_showed_why_belongs_to_the_step_unless_it_hangs_on_another(client: Client) -> None:
    coachee = a_person()
    coach = client.as_(a_coach(of=coachee))
    video = a_video(owner=coachee)
    older = an_action_step(coachee)
    by_hand = {"coachee": coachee.id, "goal": "Be heard", "action": "waiting", "criteria": ["Waits"]}
    for clip, expected in ((a_clip(video), 1), (a_clip(video, action_step=older), 0)):
        made = coach.post("/api/v1/action-steps", json={**by_hand, "clip": clip.id}).json()
        assert made["clip"] == clip.id
        assert len(made["clips"]) == expected


def test_its_clips_come_with_it(client: Client) -> None:
    step = an_action_step()
    video = a_video(owner=step.coachee)
    a_clip(video, title="first", action_step=step)
    a_clip(video, title="second", action_step=step)
    seen = client.as_(step.coachee).get(f"/api/v1/action-steps/{step.id}").json()
    assert [clip["title"] for clip in seen["clips"]] == ["second", "first"]


def test_of_many_clips_the_newest_dozen_of_each_step_comes_with_it(client: Client) -> None:
    step = an_action_step()
    other = an_action_step(step.coachee)
    video = a_video(owner=step.coachee)
    for number in range(14):
        a_clip(video, title=f"clip {number}", action_step=step)
    a_clip(video, title="of the other", action_step=other)
    me = client.as_(step.coachee)
    steps = {one["id"]: one for one in me.get("/api/v1/action-steps?coachee=me").json()["items"]}
    titles = [clip["title"] for clip in steps[step.id]["clips"]]
    assert titles == [f"clip {number}" for number in range(13, 1, -1)]
    assert [clip["title"] for clip in steps[other.id]["clips"]] == ["of the other"]
    assert len(me.get(f"/api/v1/clips?action_step={step.id}").json()["items"]) == 14
