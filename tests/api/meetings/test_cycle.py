"""A whole cycle by two people on two devices, from a fresh lesson to the lesson after."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from pennydrop.access.viewer import Viewer
from pennydrop.changes.feed import newest, since
from pennydrop.changes.hearing import heard_by
from pennydrop.clips.models import Clip
from pennydrop.clock import utcnow
from pennydrop.coaching.models import ActionStep
from pennydrop.moments.models import MomentKind
from pennydrop.people.models import Person
from pennydrop.videos.models import Purpose, Video
from tests.api.client import Client
from tests.factories import (
    a_clip,
    a_library_step,
    a_moment,
    a_pairing,
    a_person,
    a_video,
    an_action_step,
    world,
)

PROMPT = "What did you see the pupils do?"


def tied(clip: Clip, *, moment_id: str) -> Clip:
    with world.session() as session:
        session.get_one(Clip, clip.id).moment_id = moment_id
    return clip


def filmed(client: Client, owner: Person, purpose: Purpose, filmed_by: Person | None = None) -> Video:
    return a_video(owner=owner, filmed_by=filmed_by, purpose=purpose)


def marks(step: dict[str, Any], *values: str) -> list[dict[str, str]]:
    pairs = zip(step["criteria"], values, strict=False)
    return [{"criterion": criterion["id"], "value": value} for criterion, value in pairs]


def test_two_people_go_through_a_whole_cycle(client: Client) -> None:
    coachee = a_person("Aisha")
    coach = a_person("Sam", school=coachee.school)
    a_pairing(coach, coachee)
    sam, aisha = client.as_(coach), client.as_(coachee)
    previous = an_action_step(coachee, set_by=coach)
    library = a_library_step(organisation_id=coachee.school.organisation_id, prompts=(PROMPT, "Why?"))

    # A fresh lesson, in which Sam has marked and clipped what went well and what to talk about.
    lesson = a_video("Tuesday", owner=coachee)
    well_done = a_moment(lesson, author=coach, kind=MomentKind.PRAISE, start_ms=20_000)
    to_ask = a_moment(lesson, author=coach, kind=MomentKind.PROBE, start_ms=5_000, text="Look at Leo.")
    loose = a_moment(lesson, author=coach, kind=MomentKind.QUESTION, start_ms=40_000, text="How come?")
    praise = tied(a_clip(lesson, made_by=coach, start_ms=20_000, end_ms=25_000), moment_id=well_done.id)
    probe = tied(a_clip(lesson, made_by=coach, start_ms=5_000, end_ms=9_000), moment_id=to_ask.id)

    # Prepared in one request: clips queued, praise first; the previous step tied in; questions at hand.
    body = {"coachee": coachee.id, "lesson": lesson.id, "library_step": library.id}
    prepared = sam.post("/api/v1/meetings", json=body)
    assert prepared.status_code == 201, prepared.text
    meeting = prepared.json()
    path = f"/api/v1/meetings/{meeting['id']}"
    assert [(one["purpose"], one["clip"]["id"]) for one in meeting["clips"]] == [
        ("praise", praise.id),
        ("probe", probe.id),
    ]
    assert meeting["previous"]["id"] == previous.id
    assert meeting["lesson"]["title"] == "Tuesday"
    assert meeting["suggestions"]["questions"] == [PROMPT, "Why?"]
    assert [one["id"] for one in meeting["suggestions"]["moments"]] == [loose.id]
    written = {"questions": [PROMPT], "praise": "Every eye was on you.", "script": "I stand here, and wait."}
    meeting = sam.patch(path, json=written).json()
    assert meeting["suggestions"]["questions"] == ["Why?"]

    # Until it starts the preparation is Sam's own; then Aisha has it on her device too.
    unseen = aisha.get(path).json()
    assert (unseen["preparation_shown"], unseen["script"], unseen["clips"]) == (False, "", [])
    assert sam.patch(path, json={"state": "running"}).json()["started_at"] is not None
    assert aisha.get(path).json()["questions"] == [PROMPT]

    # The two agree the step: set from the clip, tied to the meeting.
    chosen = {"coachee": coachee.id, "step": library.id, "clip": probe.id}
    step = sam.post("/api/v1/action-steps", json=chosen).json()
    assert sam.patch(path, json={"action_step": step["id"]}).json()["action_step"]["id"] == step["id"]

    # Sam models it on film. Aisha marks the model first; then Sam may.
    model_film = filmed(client, coach, Purpose.MODEL)
    model = sam.post(f"{path}/rounds", json={"kind": "model", "video": model_film.id}).json()
    early = sam.patch(f"/api/v1/rounds/{model['id']}", json={"marks": marks(step, "met")})
    assert (early.status_code, early.json()["code"]) == (409, "model_is_theirs_first")
    seen = aisha.patch(f"/api/v1/rounds/{model['id']}", json={"marks": marks(step, "met", "nearly")})
    assert seen.json()["video"]["id"] == model_film.id
    assert len(seen.json()["rights"]["waits_for_coachee"]) == 2
    late = sam.patch(f"/api/v1/rounds/{model['id']}", json={"marks": marks(step, "nearly")})
    assert [(one["person"]["name"], one["value"]) for one in late.json()["marks"]] == [
        ("Aisha", "met"),
        ("Aisha", "nearly"),
        ("Sam", "nearly"),
    ]

    # Three rounds, the second without a film; marks by both, feedback in between, the best one named.
    first_take = filmed(client, coachee, Purpose.REHEARSAL, coach)
    first = sam.post(f"{path}/rounds", json={"video": first_take.id}).json()
    sam.patch(
        f"/api/v1/rounds/{first['id']}", json={"feedback": "Wait longer.", "marks": marks(step, "not_yet")}
    )
    aisha.patch(f"/api/v1/rounds/{first['id']}", json={"marks": marks(step, "nearly")})
    second = aisha.post(f"{path}/rounds", json={}).json()
    best_take = filmed(client, coachee, Purpose.REHEARSAL, coach)
    third = sam.post(f"{path}/rounds", json={"video": best_take.id}).json()
    assert [first["number"], second["number"], third["number"]] == [1, 2, 3]
    assert aisha.patch(f"/api/v1/rounds/{third['id']}", json={"is_best": True}).json()["is_best"]

    # The next slot is planned, and the meeting ends.
    soon = (utcnow() + timedelta(days=3)).isoformat()
    done = sam.patch(path, json={"next_at": soon, "notes": "Try it at the blue table.", "state": "done"})
    assert done.json()["action_step"]["next_observation_at"] == done.json()["next_at"]
    assert done.json()["counts"] | {"phases": [], "phase_ms": {}} == {
        "phases": [],
        "phase_ms": {},
        "models": 1,
        "rehearsals": 3,
    }
    rounds = aisha.get(path).json()["rounds"]
    assert [(one["kind"], one["video"] and one["video"]["id"]) for one in rounds] == [
        ("model", model_film.id),
        ("rehearsal", first_take.id),
        ("rehearsal", None),
        ("rehearsal", best_take.id),
    ]

    # The next lesson shows it, and the thread tells the whole story, each film at its second.
    after = a_video("Friday", owner=coachee)
    a_clip(after, made_by=coach, start_ms=12_000, end_ms=15_000, action_step=_row(step["id"]))
    thread = aisha.get(f"/api/v1/action-steps/{step['id']}/thread").json()["items"]
    assert [(one["place"], one["video"], one["start_ms"], one["end_ms"]) for one in thread] == [
        ("praise", lesson.id, 20_000, 25_000),
        ("moment", lesson.id, 5_000, 9_000),
        ("model", model_film.id, 0, None),
        ("take", first_take.id, 0, None),
        ("take", best_take.id, 0, None),
        ("lesson", after.id, 12_000, 15_000),
    ]
    assert [one["take"]["number"] for one in thread if one["place"] == "take"] == [1, 3]
    assert all(one["playback"]["mp4"] for one in thread)

    # At home, three taps: the moment, the model, her best take.
    watch = aisha.get("/api/v1/today").json()["watch"]
    assert {name: one["video"] for name, one in watch.items()} == {
        "moment": lesson.id,
        "model": model_film.id,
        "best_take": best_take.id,
    }


def _row(action_step_id: str) -> ActionStep:
    with world.session() as session:
        return session.get_one(ActionStep, action_step_id)


def test_a_meeting_works_without_any_film(client: Client) -> None:
    coachee = a_person()
    coach = a_person(school=coachee.school)
    a_pairing(coach, coachee)
    step = an_action_step(coachee, set_by=coach)
    sam, aisha = client.as_(coach), client.as_(coachee)
    path = f"/api/v1/meetings/{sam.post('/api/v1/meetings', json={'coachee': coachee.id}).json()['id']}"
    assert sam.patch(path, json={"state": "running", "action_step": step.id}).status_code == 200
    shown = sam.get(path).json()["action_step"]
    model = sam.post(f"{path}/rounds", json={"kind": "model"}).json()
    aisha.patch(f"/api/v1/rounds/{model['id']}", json={"marks": marks(shown, "met")})
    take = aisha.post(f"{path}/rounds", json={"marks": marks(shown, "nearly", "met")})
    assert take.status_code == 201
    assert sam.patch(path, json={"state": "done"}).json()["counts"]["rehearsals"] == 1
    assert aisha.get(f"/api/v1/action-steps/{step.id}/thread").json()["items"] == []


def test_each_sees_the_others_marks_live(client: Client) -> None:
    coachee = a_person()
    coach = a_person(school=coachee.school)
    a_pairing(coach, coachee)
    step = an_action_step(coachee, set_by=coach)
    sam, aisha = client.as_(coach), client.as_(coachee)
    one = aisha.post(f"/api/v1/action-steps/{step.id}/rounds", json={}).json()
    before = _newest_change()
    body = {"marks": [{"criterion": step.criteria[0].id, "value": "met"}]}
    assert sam.patch(f"/api/v1/rounds/{one['id']}", json=body).status_code == 200
    stranger = a_person(school=coachee.school)
    assert _heard(coachee, before) == [("round", one["id"])]
    assert _heard(coach, before) == [("round", one["id"])]
    assert _heard(stranger, before) == []


def _newest_change() -> int:
    with world.session() as session:
        return newest(session)


def _heard(person: Person, after: int) -> list[tuple[str, str]]:
    with world.session() as session:
        viewer = Viewer.of(session.get_one(Person, person.id))
        return [(one.topic, one.subject_id) for one in heard_by(session, viewer, since(session, after))]
