"""What an action step remembers, and what may be taken out of it again."""

from __future__ import annotations

from datetime import timedelta

from pennydrop.clock import utcnow
from tests.api.client import Client
from tests.factories import a_clip, a_coach, a_moment, a_person, a_reply, a_video, an_action_step, evidence


def test_a_step_remembers_each_state_and_who_moved_it_on(client: Client) -> None:
    step = an_action_step()
    coach = client.as_(a_coach(of=step.coachee, name="Sam"))
    for state in ("practising", "practising", "embedding"):
        coach.patch(f"/api/v1/action-steps/{step.id}", json={"state": state})
    history = client.as_(step.coachee).get(f"/api/v1/action-steps/{step.id}").json()["history"]
    assert [(one["state"], one["by"]["name"]) for one in history] == [
        ("practising", "Sam"),
        ("embedding", "Sam"),
    ]


def test_the_next_observation_is_planned_and_taken_away_by_the_coach(client: Client) -> None:
    step = an_action_step()
    coach, path = client.as_(a_coach(of=step.coachee)), f"/api/v1/action-steps/{step.id}"
    at = (utcnow() + timedelta(days=4)).isoformat()
    assert coach.patch(path, json={"next_observation_at": at}).json()["next_observation_at"][:19] == at[:19]
    assert client.as_(step.coachee).patch(path, json={"next_observation_at": None}).status_code == 403
    assert coach.patch(path, json={"next_observation_at": None}).json()["next_observation_at"] is None


def test_evidence_is_taken_away_by_who_added_it_and_the_film_stays(client: Client) -> None:
    step = an_action_step()
    coach = a_coach(of=step.coachee)
    clip = a_clip(a_video(owner=step.coachee))
    shown = evidence(step, clip=clip, by=coach)
    path = f"/api/v1/action-steps/{step.id}/evidence/{shown.id}"
    assert client.as_(step.coachee).delete(path).status_code == 403
    assert client.as_(a_person()).delete(path).status_code == 404
    assert client.as_(coach).delete(path).status_code == 204
    assert client.as_(coach).delete(path).status_code == 404
    assert client.as_(coach).get(f"/api/v1/action-steps/{step.id}").json()["evidence"] == []
    assert client.as_(coach).get(f"/api/v1/clips/{clip.id}").status_code == 200


def test_a_reply_to_a_moment_is_changed_and_taken_back_by_who_wrote_it(client: Client) -> None:
    video = a_video()
    coach = a_coach(of=video.owner)
    moment = a_moment(video, author=coach)
    path = f"/api/v1/replies/{a_reply(moment, author=video.owner, text='I rushd it.').id}"
    mine, theirs = client.as_(video.owner), client.as_(coach)
    assert theirs.patch(path, json={"text": "!"}).status_code == 403
    assert theirs.delete(path).status_code == 403
    assert client.as_(a_person()).patch(path, json={"text": "!"}).status_code == 404
    assert mine.patch(path, json={"text": "I rushed it."}).json()["replies"][0]["text"] == "I rushed it."
    assert mine.delete(path).status_code == 204
    assert theirs.get(f"/api/v1/videos/{video.id}/moments").json()["items"][0]["replies"] == []
