"""Where in a take or a model each criterion is to be seen, and who may say so."""

from __future__ import annotations

from typing import Any

from pennydrop.clips.models import Clip, ClipFileState
from pennydrop.library.models import Step
from pennydrop.people.models import Person
from pennydrop.rounds.models import RoundKind
from pennydrop.videos.models import Purpose
from tests.api.client import Client
from tests.factories import (
    a_chapter,
    a_clip,
    a_coach,
    a_library_step,
    a_moment,
    a_person,
    a_round,
    a_video,
    an_action_step,
    an_exemplar,
    evidence,
    world,
)

API = "/api/v1"


def knots(client: Client, step_id: str, place: str) -> list[Any]:
    items = client.get(f"{API}/action-steps/{step_id}/thread").json()["items"]
    return [one for one in items if one["place"] == place]


def places(client: Client, step_id: str, place: str) -> list[tuple[str, int, int | None, str]]:
    (knot,) = knots(client, step_id, place)
    return [(one["criterion"], one["start_ms"], one["end_ms"], one["known"]) for one in knot["places"]]


def a_take(coachee: Person, **step: Any) -> tuple[Any, Any]:
    action_step = an_action_step(coachee, **step)
    take = a_video(owner=coachee, purpose=Purpose.REHEARSAL)
    a_round(action_step, by=coachee, video=take)
    return action_step, take


def test_coachee_and_coach_say_where_a_criterion_is_and_the_latest_word_holds(client: Client) -> None:
    coachee = a_person("Aisha")
    coach = a_coach(of=coachee)
    step, take = a_take(coachee)
    address = f"{API}/action-steps/{step.id}/places"
    first, second = (one.id for one in step.criteria[:2])
    said = {"criterion": second, "video": take.id, "start_ms": 2000}
    assert client.as_(coachee).put(address, json=said).status_code == 200
    assert places(client.as_(coach), step.id, "take") == [(second, 2000, None, "said")]
    again = client.as_(coach).put(address, json=said | {"start_ms": 3000, "end_ms": 4000})
    (knot,) = [one for one in again.json()["items"] if one["place"] == "take"]
    assert [(one["start_ms"], one["end_ms"]) for one in knot["places"]] == [(3000, 4000)]
    client.as_(coach).put(address, json={"criterion": first, "video": take.id, "start_ms": 0})
    assert [one[0] for one in places(client.as_(coachee), step.id, "take")] == [first, second]


def test_a_coachs_own_model_can_be_indexed_by_either_for_this_step(client: Client) -> None:
    coachee = a_person("Aisha")
    coach = a_coach(of=coachee)
    step = an_action_step(coachee, set_by=coach)
    model = a_video(owner=coach, purpose=Purpose.MODEL)
    shown = {"kind": "model", "video": model.id}
    assert client.as_(coach).post(f"{API}/action-steps/{step.id}/rounds", json=shown).status_code == 201
    body = {"criterion": step.criteria[0].id, "video": model.id, "start_ms": 1000}
    assert client.as_(coachee).put(f"{API}/action-steps/{step.id}/places", json=body).status_code == 200
    assert places(client.as_(coach), step.id, "model") == [(step.criteria[0].id, 1000, None, "said")]


def test_films_and_criteria_that_are_not_of_the_step_are_refused(client: Client) -> None:
    coachee = a_person("Aisha")
    step, take = a_take(coachee)
    other = an_action_step(coachee)
    lesson = a_video(owner=coachee)
    me, address = client.as_(coachee), f"{API}/action-steps/{step.id}/places"
    criterion = step.criteria[0].id
    body = {"criterion": criterion, "video": take.id, "start_ms": 0}
    assert me.put(address, json=body | {"video": lesson.id}).status_code == 404
    assert me.put(address, json=body | {"criterion": other.criteria[0].id}).status_code == 422
    assert me.put(address, json=body | {"start_ms": 10**9}).status_code == 422


def test_moments_clips_and_evidence_that_name_a_criterion_say_where_it_is_too(client: Client) -> None:
    coachee = a_person("Aisha")
    step, take = a_take(coachee)
    one, two = (criterion.id for criterion in step.criteria[:2])
    a_clip(take, start_ms=500, end_ms=1500, criterion=step.criteria[0])
    a_moment(take, start_ms=3000, end_ms=3500, criterion=step.criteria[0])
    evidence(step, by=coachee, clip=a_clip(take, start_ms=2000, end_ms=2500), criterion=step.criteria[1])
    assert places(client.as_(coachee), step.id, "take") == [
        (one, 3000, 3500, "moment"),
        (two, 2000, 2500, "clip"),
    ]


def test_a_models_chapters_name_the_criteria_that_were_copied(client: Client) -> None:
    mo = a_person("Mo")
    coachee = a_person(school=mo.school)
    step = a_library_step(organisation_id=mo.school.organisation_id)
    exemplar = an_exemplar(a_video(owner=mo), step=step)
    chapter = a_chapter(exemplar)
    action_step = an_action_step(coachee, step=step)
    (found,) = places(client.as_(coachee), action_step.id, "model")
    position = [one.id for one in step.criteria].index(chapter.criterion_id)
    assert found[0] == action_step.criteria[position].id
    assert found[1] == chapter.start_ms
    assert found[3] == "chapter"


def test_a_clip_that_is_a_model_alone_plays_from_its_own_file_on_today(client: Client) -> None:
    film = a_video(owner=a_person("Mo"))
    clip = a_clip(film, start_ms=1000, end_ms=3000)
    exemplar = an_exemplar(clip=clip)
    coachee = a_person(school=film.owner.school)
    with world.session() as session:
        library_step = session.get_one(Step, exemplar.step_id)
    step = an_action_step(coachee, step=library_step)
    me = client.as_(coachee)
    assert me.get(f"{API}/today").json()["watch"]["model"] is None
    with world.session() as session:
        row = session.get_one(Clip, clip.id)
        row.file_state, row.file_key = ClipFileState.READY, f"clips/{clip.id}/x.mp4"
    model = me.get(f"{API}/today").json()["watch"]["model"]
    assert (model["video"], model["clip"], model["poster"]) == (None, clip.id, None)
    assert (model["start_ms"], model["end_ms"], model["duration_ms"]) == (0, 2000, 2000)
    assert model["playback"]["mp4"].startswith(f"/media/clips/{clip.id}.mp4")
    # Where a criterion is counts from the clip's own beginning.
    body = {"criterion": step.criteria[0].id, "clip": clip.id, "start_ms": 500}
    assert me.put(f"{API}/action-steps/{step.id}/places", json=body).status_code == 200
    assert places(me, step.id, "model") == [(step.criteria[0].id, 500, None, "said")]
    assert film.id not in me.get(f"{API}/action-steps/{step.id}/thread").text


def test_coming_back_to_the_librarys_model_of_my_step_is_my_own_business(client: Client) -> None:
    film = a_video(owner=a_person("Mo"))
    clip = a_clip(film)
    exemplar = an_exemplar(film)
    with world.session() as session:
        library_step = session.get_one(Step, exemplar.step_id)
    part = an_exemplar(clip=clip, step=library_step)
    coachee = a_person(school=film.owner.school)
    an_action_step(coachee, step=library_step)
    me, mo = client.as_(coachee), client.as_(film.owner)
    assert me.post(f"{API}/videos/{film.id}/watches").status_code == 204
    assert me.post(f"{API}/clips/{part.clip_id}/watches").status_code == 204
    assert {(one["video"], one["clip"]) for one in me.get(f"{API}/me/watches").json()} == {
        (film.id, None),
        (None, clip.id),
    }
    assert mo.get(f"{API}/videos/{film.id}/watches").json() == []


def test_a_model_the_coach_filmed_and_a_round_of_it_are_one_knot(client: Client) -> None:
    coachee = a_person("Aisha")
    coach = a_coach(of=coachee)
    step = an_action_step(coachee, set_by=coach)
    model = a_video(owner=coachee, purpose=Purpose.MODEL)
    a_round(step, by=coach, video=model, kind=RoundKind.MODEL)
    assert len(knots(client.as_(coachee), step.id, "model")) == 1
