"""Where meetings are told of: the desk, Today, lists."""

from __future__ import annotations

from datetime import timedelta

from pennydrop.clock import utcnow
from pennydrop.meetings.models import MeetingState
from tests.api.client import Client
from tests.api.meetings.test_meetings import a_pair
from tests.factories import (
    a_meeting,
    a_video,
)


def test_the_desk_and_today_show_what_is_next(client: Client) -> None:
    coach, coachee, pairing = a_pair()
    last = a_meeting(pairing, state=MeetingState.DONE)
    sam, aisha = client.as_(coach), client.as_(coachee)
    later, sooner = ((utcnow() + timedelta(days=days)).isoformat() for days in (9, 2))
    for at in (later, sooner):
        sam.post("/api/v1/meetings", json={"coachee": coachee.id, "planned_at": at})
    aisha.post("/api/v1/proposals", json={"words": "Could we look at questions?"})
    row = sam.get("/api/v1/desk").json()["items"][0]
    assert last.started_at is not None
    assert row["last_meeting_at"][:19] == last.started_at.isoformat()[:19]
    assert row["meeting"]["planned_at"][:19] == sooner[:19]
    assert row["open_proposals"] == 1
    assert aisha.get("/api/v1/today").json()["meeting"]["id"] == row["meeting"]["id"]


def test_a_list_of_meetings_says_which_lesson_each_is_about(client: Client) -> None:
    coach, coachee, _ = a_pair()
    lesson = a_video(owner=coachee)
    made = client.as_(coach).post("/api/v1/meetings", json={"coachee": coachee.id, "lesson": lesson.id})
    assert made.status_code == 201
    line = client.as_(coach).get("/api/v1/meetings").json()["items"][0]
    assert (line["id"], line["lesson"]) == (made.json()["id"], lesson.id)
    client.as_(coachee).delete(f"/api/v1/videos/{lesson.id}")
    assert client.as_(coach).get("/api/v1/meetings").json()["items"][0]["lesson"] is None
