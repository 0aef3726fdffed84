"""Server-sent events: who hears what, and when a stream ends."""

from __future__ import annotations

import asyncio
import json
import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest

from pennydrop.changes import feed
from pennydrop.changes.models import Change
from pennydrop.db.session import SessionMaker
from pennydrop.people.models import Person
from pennydrop.people.sessions import end_all_sessions
from pennydrop_api.events import hub as hubs
from pennydrop_api.events.hub import WAITING, Hub, Listener
from tests.api.client import Client
from tests.factories import (
    PASSWORD,
    a_clip,
    a_clip_share,
    a_coach,
    a_moment,
    a_person,
    a_video,
    world,
)
from tests.support.loops import run_apart

PATIENCE_S = 10


def changed(topic: str, subject_id: str, *, video_id: str | None = None, person: Person | None = None) -> int:
    with world.session() as session:
        person_id = person.id if person else None
        feed.record(session, topic, subject_id, video_id=video_id, person_id=person_id)
        return feed.newest(session)


class Ears:
    """Reads one stream in a thread of its own, so that a test can wait with a limit."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines: queue.Queue[str | None] = queue.Queue()
        threading.Thread(target=self._read, args=(lines,), daemon=True).start()

    def _read(self, lines: Iterator[str]) -> None:
        # The test may close the stream while this thread waits for its next line.
        with suppress(Exception):
            for line in lines:
                self._lines.put(line)
        self._lines.put(None)

    def line(self) -> str | None:
        return self._lines.get(timeout=PATIENCE_S)

    def event(self) -> dict[str, Any] | None:
        """The next event, or None when the stream has ended."""
        while (line := self.line()) is not None:
            if line.startswith("data: "):
                data: dict[str, Any] = json.loads(line.removeprefix("data: "))
                return data
        return None


@contextmanager
def listening(client: Client, *, after: int | None = None) -> Iterator[Ears]:
    headers = {} if after is None else {"Last-Event-ID": str(after)}
    with client.stream("GET", "/api/v1/events", headers=headers) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        ears = Ears(answer.iter_lines())
        assert ears.line() == "retry: 2000"
        yield ears


def test_owner_and_coach_hear_of_a_moment_and_others_only_of_their_own(client: Client) -> None:
    video = a_video()
    moment = a_moment(video)
    stranger = a_person(school=video.owner.school)
    hers = a_video(owner=stranger)
    people = [client.as_(one) for one in (video.owner, a_coach(of=video.owner), stranger)]
    with listening(people[0]) as owner, listening(people[1]) as coach, listening(people[2]) as other:
        changed("moment", moment.id, video_id=video.id)
        changed("video", hers.id, video_id=hers.id)
        assert owner.event() == {"topic": "moment", "id": moment.id, "video": video.id}
        assert coach.event() == {"topic": "moment", "id": moment.id, "video": video.id}
        assert other.event() == {"topic": "video", "id": hers.id, "video": hers.id}


def test_who_was_away_hears_what_she_missed(client: Client) -> None:
    video = a_video()
    first = changed("video", video.id, video_id=video.id)
    changed("clip", a_clip(video).id, video_id=video.id)
    with listening(client.as_(video.owner), after=first) as ears:
        event = ears.event()
    assert event is not None
    assert event["topic"] == "clip"


def test_of_a_shared_clip_she_hears_without_learning_of_its_film(client: Client) -> None:
    clip = a_clip()
    friend = a_person(school=clip.video.owner.school)
    a_clip_share(clip, friend)
    before = changed("video", clip.video_id, video_id=clip.video_id)
    changed("clip", clip.id, video_id=clip.video_id)
    with listening(client.as_(friend), after=before - 1) as ears:
        assert ears.event() == {"topic": "clip", "id": clip.id, "video": None}


def test_owner_and_coach_hear_that_a_video_is_gone(client: Client) -> None:
    owner = a_person()
    coach = a_coach(of=owner)
    changed("video", "0" * 26, person=owner)
    with listening(client.as_(coach), after=0) as ears:
        event = ears.event()
    assert event is not None
    assert event["id"] == "0" * 26


def test_the_two_of_a_meeting_hear_that_it_is_gone_and_another_coach_of_hers_does_not(client: Client) -> None:
    coachee = a_person()
    coach, other = a_coach(of=coachee), a_coach(of=coachee)
    meeting = client.as_(coach).post("/api/v1/meetings", json={"coachee": coachee.id}).json()["id"]
    assert client.as_(coach).delete(f"/api/v1/meetings/{meeting}").status_code == 204
    video = a_video(owner=coachee)
    changed("video", video.id, video_id=video.id)
    gone = {"topic": "meeting", "id": meeting, "video": None}
    for person in (coachee, coach):
        with listening(client.as_(person), after=0) as ears:
            assert ears.event() == gone
    with listening(client.as_(other), after=0) as ears:
        assert ears.event() == {"topic": "video", "id": video.id, "video": video.id}


def test_a_stream_ends_when_she_is_logged_out(client: Client) -> None:
    video = a_video(owner=a_person(email="aisha@elm.test", password=PASSWORD))
    browser = client.another()
    browser.post("/api/v1/session", json={"email": "aisha@elm.test", "password": PASSWORD})
    with listening(browser) as ears:
        with world.session() as session:
            end_all_sessions(session, person_id=video.owner_id)
        changed("video", video.id, video_id=video.id)
        assert ears.event() is None


def test_a_stream_on_which_nothing_happens_ends_too(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hubs, "LOOK_S", 0.0)
    owner = a_person(email="aisha@elm.test", password=PASSWORD)
    browser, other = client.another(), client.another()
    for one in (browser, other):
        one.post("/api/v1/session", json={"email": "aisha@elm.test", "password": PASSWORD})
    with listening(browser) as ears, listening(client.as_(owner)) as by_token, listening(other) as others:
        other.delete("/api/v1/session")
        assert others.event() is None
        video = a_video(owner=owner)
        changed("video", video.id, video_id=video.id)
        assert ears.event() == by_token.event() == {"topic": "video", "id": video.id, "video": video.id}


def test_nobody_listens_without_logging_in(client: Client) -> None:
    assert client.get("/api/v1/events").status_code == 401


def test_who_doesnt_take_her_events_is_let_go_before_they_pile_up() -> None:
    listener = Listener("somebody", "by whom")
    for _ in range(WAITING * 3):
        listener.tell([Change(id=1, topic="video", subject_id="x")])
    waiting = [listener.batches.get_nowait() for _ in range(listener.batches.qsize())]
    assert len(waiting) <= WAITING + 1
    assert waiting[-1] is None


def test_streams_end_at_once_when_the_server_stops(database: SessionMaker) -> None:
    async def stop_while_listening() -> object:
        hub = Hub(database)
        with hub.listening("somebody", "by whom") as listener:
            hub.close()
            return await asyncio.wait_for(listener.batches.get(), PATIENCE_S)

    assert run_apart(stop_while_listening()) is None


def test_changes_of_before_yesterday_are_forgotten(database: SessionMaker) -> None:
    owner = a_person()
    number = changed("video", "0" * 26, person=owner)
    with world.session() as session:
        change = session.get_one(Change, number)
        change.created_at = change.created_at - feed.KEPT - feed.KEPT
    with world.session() as session:
        feed.prune(session)
        assert feed.since(session, 0) == []
