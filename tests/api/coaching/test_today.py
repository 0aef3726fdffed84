"""Today and the desk: what a coachee and a coach want to see first."""

from __future__ import annotations

from datetime import timedelta

from pennydrop.clock import utcnow
from pennydrop.coaching.models import ActionStep, ActionStepState
from pennydrop.moments.models import Moment
from pennydrop.videos.models import Purpose, VideoState, Watch
from tests.api.client import Client
from tests.factories import (
    a_clip,
    a_coach,
    a_moment,
    a_pairing,
    a_person,
    a_video,
    an_action_step,
    world,
)


def test_a_newcomers_day_is_empty(client: Client) -> None:
    today = client.as_(a_person()).get("/api/v1/today")
    assert today.json() == {
        "step": None,
        "watch": {"moment": None, "model": None, "best_take": None},
        "clips": [],
        "meeting": None,
        "news": [],
        "drop_ins": [],
        "answers": [],
        "requests": [],
    }


def test_today_shows_the_newest_step_that_is_not_mastered_and_its_clips(client: Client) -> None:
    older = an_action_step()
    present = an_action_step(older.coachee, action="counting to five")
    mastered = an_action_step(older.coachee)
    with world.session() as session:
        session.get_one(ActionStep, mastered.id).state = ActionStepState.MASTERED
    video = a_video(owner=older.coachee)
    a_clip(video, title="older", action_step=older)
    a_clip(video, title="present", action_step=present)
    today = client.as_(older.coachee).get("/api/v1/today").json()
    assert today["step"]["id"] == present.id
    assert [clip["title"] for clip in today["clips"]] == ["present"]
    # Nobody said which clip showed why: the newest of the step is its moment.
    assert today["watch"]["moment"]["title"] == "present"


def test_news_groups_what_each_person_did_on_each_film_lately(client: Client) -> None:
    video = a_video("Tuesday's lesson")
    sam, tom = a_coach(of=video.owner, name="Sam"), a_coach(of=video.owner, name="Tom")
    for start_ms in (9000, 3000, 6000):
        a_moment(video, author=sam, start_ms=start_ms)
    a_moment(video, author=video.owner)
    a_clip(video, made_by=tom)
    long_ago = a_moment(a_video(owner=video.owner), author=tom)
    with world.session() as session:
        session.get_one(Moment, long_ago.id).created_at = utcnow() - timedelta(days=15)
    news = client.as_(video.owner).get("/api/v1/today").json()["news"]
    assert [(one["kind"], one["by"]["name"], one["count"], one["start_ms"]) for one in news] == [
        ("clips", "Tom", 1, 1000),
        ("moments", "Sam", 3, 3000),
    ]
    assert news[0]["video_title"] == "Tuesday's lesson"


def test_today_tells_of_visits_and_of_what_came_of_a_proposal(client: Client) -> None:
    aisha = a_person("Aisha")
    sam = a_coach(of=aisha, name="Sam")
    as_sam, as_aisha = client.as_(sam), client.as_(aisha)
    visit = {"coachee": aisha.id, "notes": "They knew what to do before you spoke."}
    assert as_sam.post("/api/v1/drop-ins", json=visit).status_code == 201
    long_ago = {"coachee": aisha.id, "notes": "Last term", "at": (utcnow() - timedelta(days=20)).isoformat()}
    assert as_sam.post("/api/v1/drop-ins", json=long_ago).status_code == 201
    silent = as_aisha.post("/api/v1/proposals", json={"words": "Nobody has answered this."}).json()
    answered = as_aisha.post("/api/v1/proposals", json={"words": "My questions."}).json()
    as_sam.post(f"/api/v1/proposals/{answered['id']}/replies", json={"text": "Good eye."})
    today = as_aisha.get("/api/v1/today").json()
    assert [(one["by"]["name"], one["notes"]) for one in today["drop_ins"]] == [("Sam", visit["notes"])]
    assert [(one["proposal"], one["state"], one["text"]) for one in today["answers"]] == [
        (answered["id"], "open", "Good eye.")
    ]
    as_sam.patch(f"/api/v1/proposals/{silent['id']}", json={"state": "declined"})
    first = as_aisha.get("/api/v1/today").json()["answers"][0]
    assert (first["proposal"], first["state"], first["text"]) == (silent["id"], "declined", "")
    # She had the last word: there is nothing new for her.
    as_aisha.post(f"/api/v1/proposals/{answered['id']}/replies", json={"text": "Thank you!"})
    assert len(as_aisha.get("/api/v1/today").json()["answers"]) == 1


def test_the_desk_shows_those_with_something_to_watch_first(client: Client) -> None:
    coach = a_person("Sam")
    aisha, ben, cara = (a_person(name, school=coach.school) for name in ("Aisha", "Ben", "Cara"))
    for coachee in (cara, aisha, ben):
        a_pairing(coach, coachee)
    a_pairing(coach, a_person("Former", school=coach.school), ended=True)
    step = an_action_step(aisha)
    watched = a_video("watched", owner=aisha)
    with world.session() as session:
        session.add(Watch(video_id=watched.id, person_id=coach.id))
    marked = a_video("marked", owner=ben)
    a_moment(marked, author=coach)
    new = a_video("new", owner=cara, purpose=Purpose.REHEARSAL)
    a_video("not ready", owner=cara, state=VideoState.PROCESSING)
    for state in (VideoState.UPLOADING, VideoState.FAILED):
        a_video("no lesson to speak of", owner=cara, state=state)
    rows = client.as_(coach).get("/api/v1/desk").json()["items"]
    assert [row["coachee"]["name"] for row in rows] == ["Cara", "Aisha", "Ben"]
    first, second, third = rows
    assert [film["id"] for film in first["to_watch"]] == [new.id]
    assert first["last_lesson"]["title"] == "not ready"
    assert (second["step"]["id"], second["to_watch"]) == (step.id, [])
    assert second["last_lesson"]["title"] == "watched"
    assert (third["step"], third["to_watch"]) == (None, [])


def test_who_coaches_nobody_has_an_empty_desk(client: Client) -> None:
    assert client.as_(a_person()).get("/api/v1/desk").json() == {"items": []}
