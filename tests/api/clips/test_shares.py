"""The coachee permits somebody to see one clip, and takes that back."""

from __future__ import annotations

from sqlalchemy import select

from pennydrop.access.viewer import Viewer
from pennydrop.care.erasures import entries_in_rows
from pennydrop.care.models import Erased
from pennydrop.changes.hearing import heard_by
from pennydrop.changes.models import Change
from tests.api.client import Client
from tests.api.clips.test_clips import with_file
from tests.factories import (
    a_clip,
    a_clip_share,
    a_coach,
    a_moment,
    a_person,
    a_school,
    a_video,
    an_action_step,
    world,
)


def test_only_the_clips_own_file_is_served_where_the_video_may_not_be_seen(client: Client) -> None:
    video = a_video()
    clip = a_clip(video, action_step=an_action_step(video.owner), start_ms=1000, end_ms=5000)
    friend = a_person(school=video.owner.school)
    a_clip_share(clip, friend)
    theirs = client.as_(friend)
    seen = theirs.get(f"/api/v1/clips/{clip.id}").json()
    assert (seen["video"], seen["video_title"], seen["poster"]) == (None, None, None)
    assert seen["playback"] == {"hls": None, "mp4": None, "start_ms": 0, "end_ms": 4000}
    assert (seen["action_step"], seen["action_step_wording"], seen["moment"]) == (None, None, None)
    assert seen["rights"] == {"change": False, "delete": False, "share": False}
    with_file(clip.id)
    seen = theirs.get(f"/api/v1/clips/{clip.id}").json()
    assert seen["playback"]["mp4"] == seen["file"]["url"]
    assert theirs.get(f"/api/v1/videos/{video.id}").status_code == 404
    assert theirs.get(f"/api/v1/videos/{video.id}/clips").status_code == 404


def test_a_coachee_permits_and_withdraws(client: Client) -> None:
    clip = a_clip()
    friend = a_person("Aisha", school=clip.video.owner.school)
    mine, theirs = client.as_(clip.video.owner), client.as_(friend)
    address = f"/api/v1/clips/{clip.id}/shares"
    assert theirs.get(f"/api/v1/clips/{clip.id}").status_code == 404
    assert mine.post(address, json={"person": friend.id}).json()["person"]["name"] == "Aisha"
    assert mine.post(address, json={"person": friend.id}).status_code == 201
    assert [share["person"]["id"] for share in mine.get(address).json()] == [friend.id]
    assert theirs.get("/api/v1/clips").json()["items"][0]["id"] == clip.id
    assert mine.delete(f"{address}/{friend.id}").status_code == 204
    assert theirs.get(f"/api/v1/clips/{clip.id}").status_code == 404
    assert mine.delete(f"{address}/{friend.id}").status_code == 404


def test_a_coach_does_not_share_what_is_the_coachees(client: Client) -> None:
    clip = a_clip()
    coach = a_coach(of=clip.video.owner)
    friend = a_person(school=clip.video.owner.school)
    refused = client.as_(coach).post(f"/api/v1/clips/{clip.id}/shares", json={"person": friend.id})
    assert refused.status_code == 403
    assert "decides who may see this clip" in refused.json()["detail"]


def test_a_clip_that_her_coach_cuts_wider_is_shared_no_more(client: Client) -> None:
    clip = a_clip(title="The pause", start_ms=2000, end_ms=5000)
    owner, coach = clip.video.owner, a_coach(of=clip.video.owner)
    friend = a_person("Aisha", school=owner.school)
    share = a_clip_share(clip, friend)
    address = f"/api/v1/clips/{clip.id}"
    assert client.as_(coach).patch(address, json={"start_ms": 1999, "end_ms": 4000}).status_code == 200
    assert client.as_(friend).get(address).status_code == 404
    assert client.as_(friend).get("/api/v1/clips").json()["items"] == []
    assert client.as_(friend).get(f"/media{address.removeprefix('/api/v1')}.mp4").status_code == 404
    assert client.as_(owner).get(f"{address}/shares").json() == []
    for one in (owner, coach):
        assert client.as_(one).get(address).json()["end_ms"] == 4000
    entry = client.as_(owner).get("/api/v1/audit/entries").json()["items"][0]
    assert (entry["action"], entry["detail"]) == ("clip.cut_anew", "The pause: Aisha")
    with world.session() as session:
        # No backup brings it back, and the page that Aisha has open asks again.
        assert [(one.kind, one.subject_id) for one in entries_in_rows(session)] == [
            (Erased.CLIP_SHARE, share.id)
        ]
        news = heard_by(session, Viewer.of(friend), session.scalars(select(Change)).all())
        assert [(one.topic, one.subject_id, one.video_id) for one in news] == [("clip", clip.id, None)]


def test_a_clip_that_is_only_cut_shorter_or_by_its_owner_stays_shared(client: Client) -> None:
    clip = a_clip(start_ms=2000, end_ms=5000)
    coach, friend = a_coach(of=clip.video.owner), a_person(school=clip.video.owner.school)
    a_clip_share(clip, friend)
    address = f"/api/v1/clips/{clip.id}"
    client.as_(coach).patch(address, json={"start_ms": 3000, "title": "Shorter"})
    assert client.as_(friend).get(address).json()["title"] == "Shorter"
    client.as_(clip.video.owner).patch(address, json={"start_ms": 0, "end_ms": 9000})
    assert client.as_(friend).get(address).json()["end_ms"] == 9000


def test_a_clip_never_reaches_another_organisation(client: Client) -> None:
    clip = a_clip()
    stranger = a_person(school=a_school())
    refused = client.as_(clip.video.owner).post(
        f"/api/v1/clips/{clip.id}/shares", json={"person": stranger.id}
    )
    assert refused.status_code == 404
    a_clip_share(clip, stranger)
    assert client.as_(stranger).get(f"/api/v1/clips/{clip.id}").status_code == 404


def test_the_audience_names_everybody_else_who_can_see_it(client: Client) -> None:
    owner = a_person("Aisha")
    clip = a_clip(a_video(owner=owner))
    coach = a_coach(of=owner, name="Sam")
    a_coach(of=owner, name="Former", ended=True)
    friend = a_person("Tom", school=owner.school)
    a_clip_share(clip, friend)

    def audience(person: object) -> list[str]:
        seen = client.as_(person).get(f"/api/v1/clips/{clip.id}").json()  # type: ignore[arg-type]
        return [one["name"] for one in seen["audience"]]

    assert audience(owner) == ["Sam", "Tom"]
    assert audience(coach) == ["Aisha", "Tom"]
    assert audience(friend) == ["Aisha"]
    shared = [client.as_(one).get(f"/api/v1/clips/{clip.id}").json()["shared"] for one in (coach, friend)]
    assert shared == [True, False]


def test_a_clip_outlives_its_moment(client: Client) -> None:
    video = a_video()
    moment = a_moment(video)
    mine = client.as_(video.owner)
    span = {"start_ms": 0, "end_ms": 900, "moment": moment.id}
    clip = mine.post(f"/api/v1/videos/{video.id}/clips", json=span).json()
    mine.delete(f"/api/v1/moments/{moment.id}")
    assert mine.get(f"/api/v1/clips/{clip['id']}").json()["moment"] is None
