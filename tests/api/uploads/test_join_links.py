"""A phone without a log-in joins by a code: it may send rehearsals of one step, and nothing else."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from pennydrop.clock import utcnow
from pennydrop.people.models import Pairing, Person
from pennydrop.people.pair import end
from pennydrop.uploads import join_link
from pennydrop.uploads.models import JoinLink
from pennydrop.videos.models import Video
from pennydrop_api.uploads.reachable import is_only_here, reachable
from tests.api.client import Client
from tests.api.uploads.tus import metadata
from tests.factories import a_meeting, a_pairing, a_person, a_round, a_video, an_action_step, world

FILM = b"not really a film"


class Phone:
    """Nobody is logged in on it; all it has is what the code said."""

    def __init__(self, client: Client, token: str) -> None:
        self.http = client.another()
        self.http.headers.update({"Authorization": f"Bearer {token}", "Tus-Resumable": "1.0.0"})

    def begin(self, *, size: int = len(FILM), **said: str):  # type: ignore[no-untyped-def]
        headers = {"Upload-Length": str(size), "Upload-Metadata": metadata(filename="take.mp4", **said)}
        return self.http.post("/api/v1/uploads", headers=headers)

    def add(self, location: str, body: bytes = FILM, offset: int = 0) -> int:
        headers = {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
        return self.http.patch(location, content=body, headers=headers).status_code


def a_pair() -> tuple[Person, Person, Pairing]:
    coachee = a_person("Aisha")
    coach = a_person("Sam", school=coachee.school)
    return coach, coachee, a_pairing(coach, coachee)


def a_phone(client: Client, person: Person, path: str) -> Phone:
    made = client.as_(person).post(f"/api/v1/{path}/join-link")
    assert made.status_code == 201, made.text
    assert made.json()["url"].endswith(f"/join#{made.json()['token']}")
    return Phone(client, made.json()["token"])


def video_of(answer) -> Video:  # type: ignore[no-untyped-def]
    with world.session() as session:
        return session.get_one(Video, answer.headers["content-location"].rsplit("/", 1)[1])


def test_a_phone_sends_a_rehearsal_that_becomes_a_round(client: Client) -> None:
    coach, coachee, _ = a_pair()
    step = an_action_step(coachee)
    phone = a_phone(client, coach, f"action-steps/{step.id}")
    told = phone.http.get("/api/v1/join-link").json()
    assert (told["coachee"], told["wording"]) == ("Aisha", step.wording)
    begun = phone.begin()
    assert begun.status_code == 201
    assert phone.add(begun.headers["location"]) == 204
    video = video_of(begun)
    assert (video.owner_id, video.filmed_by_id, video.action_step_id) == (coachee.id, coach.id, step.id)
    assert video.purpose == "rehearsal"
    rounds = client.as_(coachee).get(f"/api/v1/action-steps/{step.id}/rounds").json()["items"]
    assert [(one["video"]["id"], one["number"]) for one in rounds] == [(video.id, 1)]


def test_in_a_meeting_the_film_goes_to_the_round_that_waits_for_it(client: Client) -> None:
    coach, coachee, pairing = a_pair()
    step = an_action_step(coachee)
    meeting = a_meeting(pairing, action_step=step)
    phone = a_phone(client, coachee, f"meetings/{meeting.id}")
    waiting = a_round(step, meeting=meeting)
    films = [video_of(phone.begin()).id for _ in range(2)]
    rounds = client.as_(coach).get(f"/api/v1/meetings/{meeting.id}").json()["rounds"]
    assert [one["video"]["id"] for one in rounds] == films
    assert rounds[0]["id"] == waiting.id


def test_a_meeting_without_a_step_has_nothing_to_film(client: Client) -> None:
    coach, _, pairing = a_pair()
    refused = client.as_(coach).post(f"/api/v1/meetings/{a_meeting(pairing).id}/join-link")
    assert (refused.status_code, refused.json()["code"]) == (409, "no_step_agreed")


def test_a_meeting_that_is_over_gets_no_new_rounds(client: Client) -> None:
    coach, coachee, pairing = a_pair()
    step = an_action_step(coachee)
    path = f"meetings/{a_meeting(pairing, action_step=step).id}"
    phone = a_phone(client, coach, path)
    client.as_(coach).patch(f"/api/v1/{path}", json={"state": "done"})
    assert phone.begin().status_code == 201
    assert client.as_(coach).get(f"/api/v1/{path}").json()["rounds"] == []
    assert len(client.as_(coach).get(f"/api/v1/action-steps/{step.id}/rounds").json()["items"]) == 1
    late = client.as_(coach).post(f"/api/v1/{path}/join-link")
    assert (late.status_code, late.json()["code"]) == (409, "meeting_not_running")


def test_the_code_opens_nothing_but_uploads(client: Client) -> None:
    coach, coachee, _ = a_pair()
    step, video = an_action_step(coachee), a_video(owner=coachee)
    phone = a_phone(client, coach, f"action-steps/{step.id}").http
    for path in ("me", "videos", f"videos/{video.id}", f"action-steps/{step.id}", "events", "today", "desk"):
        assert phone.get(f"/api/v1/{path}").status_code == 401, path
    assert phone.get(f"/media/videos/{video.id}/720p.mp4").status_code == 401
    assert phone.post(f"/api/v1/action-steps/{step.id}/join-link").status_code == 401
    assert phone.post(f"/api/v1/action-steps/{step.id}/rounds", json={}).status_code == 401
    assert phone.delete(f"/api/v1/videos/{video.id}").status_code == 401


def test_a_phone_cannot_say_whose_film_it_is_or_what_it_is_for(client: Client) -> None:
    coach, coachee, _ = a_pair()
    other = a_person(school=coachee.school)
    a_pairing(coach, other)
    step = an_action_step(coachee)
    theirs = a_round(an_action_step(other))
    phone = a_phone(client, coach, f"action-steps/{step.id}")
    for said in (
        {"owner": coach.id},
        {"owner": other.id},
        {"owner": "me"},
        {"action_step": an_action_step(coachee).id},
        {"purpose": "meeting"},
        {"purpose": "model"},
        {"round": theirs.id},
    ):
        assert phone.begin(**said).status_code == 400, said
    assert phone.begin(owner=coachee.id, action_step=step.id, purpose="rehearsal").status_code == 201


def test_a_phone_goes_on_only_with_what_it_began(client: Client) -> None:
    coach, coachee, _ = a_pair()
    step = an_action_step(coachee)
    mine, other = (a_phone(client, coach, f"action-steps/{step.id}") for _ in range(2))
    location = mine.begin().headers["location"]
    logged_in = client.as_(coach)
    headers = {
        "Tus-Resumable": "1.0.0",
        "Upload-Length": "10",
        "Upload-Metadata": metadata(filename="a.mp4", owner=coachee.id),
    }
    theirs = logged_in.post("/api/v1/uploads", headers=headers).headers["location"]
    assert other.http.head(location).status_code == 404
    assert other.add(location) == 404
    assert mine.http.head(theirs).status_code == 404
    assert mine.http.delete(theirs).status_code == 404
    assert mine.add(location) == 204


def test_a_code_lives_a_quarter_of_an_hour_and_what_was_begun_still_arrives(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    coach, coachee, _ = a_pair()
    phone = a_phone(client, coach, f"action-steps/{an_action_step(coachee).id}")
    location = phone.begin().headers["location"]
    now = utcnow()
    monkeypatch.setattr(join_link, "utcnow", lambda: now + timedelta(minutes=16))
    assert phone.begin().status_code == 410
    assert phone.http.get("/api/v1/join-link").status_code == 410
    assert phone.add(location) == 204
    monkeypatch.setattr(join_link, "utcnow", lambda: now + timedelta(hours=27))
    assert phone.http.head(location).status_code == 410


def test_each_film_keeps_the_code_open_but_never_beyond_two_hours(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    coach, coachee, _ = a_pair()
    phone = a_phone(client, coach, f"action-steps/{an_action_step(coachee).id}")
    now = utcnow()
    statuses = []
    for minutes in range(10, 140, 10):
        at = now + timedelta(minutes=minutes)
        monkeypatch.setattr(join_link, "utcnow", lambda at=at: at)
        statuses.append(phone.begin().status_code)
    assert statuses == [201] * 11 + [410] * 2


def test_a_code_can_be_ended_by_who_made_it_and_by_the_coachee(client: Client) -> None:
    coach, coachee, _ = a_pair()
    step = an_action_step(coachee)
    for ender in (coach, coachee):
        made = client.as_(coach).post(f"/api/v1/action-steps/{step.id}/join-link").json()
        path = f"/api/v1/join-links/{made['id']}"
        assert client.as_(a_person(school=coachee.school)).delete(path).status_code == 404
        assert client.as_(ender).delete(path).status_code == 204
        assert Phone(client, made["token"]).begin().status_code == 410


def test_a_coachs_code_ends_with_the_pairing(client: Client) -> None:
    coach, coachee, pairing = a_pair()
    phone = a_phone(client, coach, f"action-steps/{an_action_step(coachee).id}")
    location = phone.begin().headers["location"]
    with world.session() as session:
        end(session, None, session.get_one(Pairing, pairing.id))
    assert phone.begin().status_code == 410
    assert phone.add(location) == 410


def test_a_code_of_an_account_that_is_closed_is_worth_nothing(client: Client) -> None:
    coach, coachee, _ = a_pair()
    phone = a_phone(client, coach, f"action-steps/{an_action_step(coachee).id}")
    with world.session() as session:
        session.get_one(Person, coach.id).disabled_at = utcnow()
    assert phone.begin().status_code == 401


def test_nobody_of_another_organisation_or_without_a_pairing_makes_a_code(client: Client) -> None:
    _coach, coachee, pairing = a_pair()
    step = an_action_step(coachee)
    meeting = a_meeting(pairing, action_step=step)
    for stranger in (a_person(), a_person(school=coachee.school)):
        for path in (f"action-steps/{step.id}", f"meetings/{meeting.id}"):
            assert client.as_(stranger).post(f"/api/v1/{path}/join-link").status_code == 404


def test_only_a_fingerprint_of_the_code_is_kept_and_guesses_are_worth_nothing(client: Client) -> None:
    coach, coachee, _ = a_pair()
    made = client.as_(coach).post(f"/api/v1/action-steps/{an_action_step(coachee).id}/join-link").json()
    with world.session() as session:
        link = session.get_one(JoinLink, made["id"])
        kept = " ".join(str(value) for value in vars(link).values())
    assert made["token"] not in kept
    assert Phone(client, "pdj_guessed").begin().status_code == 401
    assert Phone(client, "guessed").http.get("/api/v1/join-link").status_code == 401
    assert client.get("/api/v1/join-link").status_code == 401


def test_codes_and_films_by_one_code_are_limited(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    coach, coachee, _ = a_pair()
    step = an_action_step(coachee)
    monkeypatch.setattr(join_link, "MAX_FILMS", 1)
    monkeypatch.setattr(join_link, "MAX_LINKS", 2)
    phone = a_phone(client, coach, f"action-steps/{step.id}")
    assert phone.begin().status_code == 201
    assert phone.begin().status_code == 429
    a_phone(client, coach, f"action-steps/{step.id}")
    many = client.as_(coach).post(f"/api/v1/action-steps/{step.id}/join-link")
    assert (many.status_code, many.headers["retry-after"]) == (429, "900")


def test_whoever_is_logged_in_names_the_round_a_film_is_of(client: Client) -> None:
    _, coachee, _ = a_pair()
    one = a_round(an_action_step(coachee))
    headers = {"Tus-Resumable": "1.0.0", "Upload-Defer-Length": "1"}
    headers["Upload-Metadata"] = metadata(filename="a.webm", purpose="rehearsal", round=one.id)
    begun = client.as_(coachee).post("/api/v1/uploads", headers=headers)
    assert begun.status_code == 201, begun.text
    shown = client.as_(coachee).get(f"/api/v1/rounds/{one.id}").json()
    assert shown["video"]["id"] == video_of(begun).id
    ended = client.as_(coachee).delete(begun.headers["location"], headers={"Tus-Resumable": "1.0.0"})
    assert ended.status_code == 204
    assert client.as_(coachee).get(f"/api/v1/rounds/{one.id}").json()["video"] is None


def test_the_laptop_sees_what_came_by_its_code(client: Client) -> None:
    coach, coachee, _ = a_pair()
    step = an_action_step(coachee)
    made = client.as_(coach).post(f"/api/v1/action-steps/{step.id}/join-link").json()
    phone = Phone(client, made["token"])
    path = f"/api/v1/join-links/{made['id']}"
    assert client.as_(coach).get(path).json()["films"] == []
    begun = phone.begin()
    for person in (coach, coachee):
        shown = client.as_(person).get(path).json()
        assert [(film["id"], film["state"]) for film in shown["films"]] == [(video_of(begun).id, "uploading")]
        assert shown["is_open"] is True
        assert shown["expires_at"] > made["expires_at"]
    phone.add(begun.headers["location"])
    assert client.as_(coach).get(path).json()["films"][0]["state"] == "processing"
    client.as_(coach).delete(path)
    assert client.as_(coach).get(path).json()["is_open"] is False
    assert client.as_(a_person(school=coachee.school)).get(path).status_code == 404


def test_a_phone_takes_back_its_film_and_the_round_that_began_with_it(client: Client) -> None:
    coach, coachee, _ = a_pair()
    step = an_action_step(coachee)
    phone = a_phone(client, coach, f"action-steps/{step.id}")
    for finished in (False, True):
        begun = phone.begin()
        if finished:
            phone.add(begun.headers["location"])
        assert phone.http.delete(begun.headers["location"]).status_code == 204
        assert client.as_(coachee).get(f"/api/v1/action-steps/{step.id}/rounds").json()["items"] == []


def test_a_round_that_waited_for_its_film_waits_again_when_that_is_taken_back(client: Client) -> None:
    coach, coachee, pairing = a_pair()
    step = an_action_step(coachee)
    meeting = a_meeting(pairing, action_step=step)
    waiting = a_round(step, meeting=meeting)
    phone = a_phone(client, coach, f"meetings/{meeting.id}")
    location = phone.begin().headers["location"]
    phone.add(location)
    assert phone.http.delete(location).status_code == 204
    rounds = client.as_(coach).get(f"/api/v1/meetings/{meeting.id}").json()["rounds"]
    assert [(one["id"], one["video"]) for one in rounds] == [(waiting.id, None)]


def test_a_phone_cannot_take_back_a_film_that_was_marked(client: Client) -> None:
    coach, coachee, _ = a_pair()
    step = an_action_step(coachee)
    phone = a_phone(client, coach, f"action-steps/{step.id}")
    location = phone.begin().headers["location"]
    phone.add(location)
    one = client.as_(coachee).get(f"/api/v1/action-steps/{step.id}/rounds").json()["items"][0]
    client.as_(coachee).patch(f"/api/v1/rounds/{one['id']}", json={"reflection": "Calmer than before."})
    assert phone.http.delete(location).status_code == 409


def test_a_code_for_a_phone_names_no_localhost_where_it_can_be_helped() -> None:
    here = "http://localhost:8000/"
    assert reachable(here, listening_on="127.0.0.1") == here
    assert reachable("https://pennydrop.school/", listening_on="0.0.0.0") == "https://pennydrop.school/"
    elsewhere = urlsplit(reachable(here, listening_on="0.0.0.0"))
    assert elsewhere.port == 8000
    assert elsewhere.hostname == "localhost" or not is_only_here(elsewhere.hostname or "")
