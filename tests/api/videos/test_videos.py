"""Listing videos, changing, sharing and deleting them."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from pennydrop.clips.models import Clip
from pennydrop.jobs.models import Job, JobState
from pennydrop.people.models import Person
from pennydrop.storage.later import FORGET
from pennydrop.videos.models import Purpose, Source, Video, VideoState
from tests.api.client import Client
from tests.factories import (
    a_clip,
    a_coach,
    a_lead,
    a_moment,
    a_person,
    a_share,
    a_video,
    an_action_step,
    an_admin,
    an_exemplar,
    world,
)

VTT = b"WEBVTT\n\n00:01.000 --> 00:03.000\nWell done, Leo.\n"


def jobs_about(kind: str) -> list[Job]:
    with world.session() as session:
        return list(session.scalars(select(Job).where(Job.kind == kind)))


def test_a_list_shows_the_newest_first_and_goes_on_where_it_stopped(client: Client) -> None:
    owner = a_person()
    made = [a_video(owner=owner).id for _ in range(5)]
    me = client.as_(owner)
    first = me.get("/api/v1/videos", params={"limit": 3}).json()
    rest = me.get("/api/v1/videos", params={"limit": 3, "cursor": first["next_cursor"]}).json()
    assert [v["id"] for v in first["items"] + rest["items"]] == made[::-1]
    assert rest["next_cursor"] is None


def test_a_coach_can_ask_for_one_coachees_films_and_for_one_purpose(client: Client) -> None:
    aisha, tom = a_person(), a_person()
    coach = a_coach(of=aisha)
    lesson, take = a_video(owner=aisha), a_video(owner=aisha, purpose=Purpose.REHEARSAL)
    a_video(owner=tom)
    found = client.as_(coach).get("/api/v1/videos", params={"owner": aisha.id}).json()["items"]
    assert {v["id"] for v in found} == {lesson.id, take.id}
    takes = client.as_(coach).get("/api/v1/videos", params={"purpose": "rehearsal"}).json()["items"]
    assert [v["id"] for v in takes] == [take.id]


def test_a_title_is_kept_on_one_line(client: Client) -> None:
    video = a_video()
    changed = client.as_(video.owner).patch(f"/api/v1/videos/{video.id}", json={"title": " Blue\n table  "})
    assert changed.json()["title"] == "Blue table"


def test_an_empty_title_is_refused_with_a_sentence(client: Client) -> None:
    video = a_video(title="Kept")
    me = client.as_(video.owner)
    refused = me.patch(f"/api/v1/videos/{video.id}", json={"title": "  \n "})
    assert refused.status_code == 422
    assert refused.json()["detail"] == "Please give it a title."
    assert me.get(f"/api/v1/videos/{video.id}").json()["title"] == "Kept"


def test_somebody_it_is_shared_with_may_watch_and_not_change(client: Client) -> None:
    video = a_video(title="Mine")
    lead = a_lead(school=video.owner.school)
    assert client.as_(lead).get(f"/api/v1/videos/{video.id}").status_code == 404
    shared = client.as_(video.owner).post(f"/api/v1/videos/{video.id}/shares", json={"person": lead.id})
    assert shared.status_code == 201
    seen = client.as_(lead).get(f"/api/v1/videos/{video.id}")
    assert seen.status_code == 200
    assert not any(seen.json()["rights"].values())
    assert client.as_(lead).patch(f"/api/v1/videos/{video.id}", json={"title": "x"}).status_code == 403


@pytest.mark.each_database
def test_what_is_about_somebodys_coaching_is_told_to_the_two_alone(client: Client) -> None:
    owner = a_person("Aisha")
    coach, friend = a_coach(of=owner), a_person(school=owner.school)
    step = an_action_step(owner, set_by=coach)
    film = a_video(owner=owner, filmed_by=coach, action_step=step)
    with world.session() as session:
        session.get_one(Video, film.id).filename = "Leo Smith 2B.mov"
    a_share(film, friend)
    exemplar = an_exemplar(film, published=False)

    def told(person: Person) -> tuple[object, ...]:
        shown = client.as_(person).get(f"/api/v1/videos/{film.id}").json()
        by = shown["filmed_by"] and shown["filmed_by"]["id"]
        return by, shown["action_step"], shown["filename"], shown["shown_to"]

    for one in (owner, coach):
        assert told(one) == (coach.id, step.id, "Leo Smith 2B.mov", "leads")
    lead = a_lead(school=owner.school)
    assert told(friend) == (None, None, "", "nobody")
    assert told(lead) == (None, None, "", "leads")
    assert client.as_(lead).put(f"/api/v1/exemplars/{exemplar.id}/publication").status_code == 200
    for one in (friend, a_person(school=owner.school)):
        assert told(one) == (None, None, "", "organisation")


def test_a_film_that_was_filmed_in_the_page_says_so_to_everybody(client: Client) -> None:
    film = a_video()
    friend = a_person(school=film.owner.school)
    a_share(film, friend)
    with world.session() as session:
        session.get_one(Video, film.id).filename = "video.webm"
    assert client.as_(friend).get(f"/api/v1/videos/{film.id}").json()["filename"] == "video.webm"


def test_a_share_that_is_taken_back_ends_at_once(client: Client) -> None:
    video = a_video()
    friend = a_person(school=video.owner.school)
    a_share(video, friend)
    me = client.as_(video.owner)
    assert client.as_(friend).get(f"/api/v1/videos/{video.id}").status_code == 200
    assert me.delete(f"/api/v1/videos/{video.id}/shares/{friend.id}").status_code == 204
    assert client.as_(friend).get(f"/api/v1/videos/{video.id}").status_code == 404
    assert me.get(f"/api/v1/videos/{video.id}/shares").json() == []


def test_a_coach_does_not_see_with_whom_a_film_is_shared(client: Client) -> None:
    video = a_video()
    coach = a_coach(of=video.owner)
    assert client.as_(coach).get(f"/api/v1/videos/{video.id}/shares").status_code == 403
    assert client.as_(coach).get(f"/api/v1/videos/{video.id}/watches").status_code == 403


def test_deleting_a_lesson_deletes_what_was_made_of_it(client: Client) -> None:
    video = a_video()
    a_moment(video)
    clip = a_clip(video)
    with world.session() as session:
        source_key = session.get_one(Source, video.source_id).key
    assert client.as_(video.owner).delete(f"/api/v1/videos/{video.id}").status_code == 204
    with world.session() as session:
        assert session.get(Video, video.id) is None
        assert session.get(Clip, clip.id) is None
        assert session.get(Source, video.source_id) is None
    (job,) = jobs_about(FORGET)
    assert job.payload["keys"] == [source_key]
    assert f"renditions/{video.id}/" in job.payload["prefixes"]
    assert f"clips/{clip.id}/" in job.payload["prefixes"]


def test_bytes_that_another_film_of_the_owner_uses_are_kept(client: Client) -> None:
    video = a_video()
    twin = a_video(owner=video.owner)
    with world.session() as session:
        session.get_one(Video, twin.id).source_id = video.source_id
    client.as_(video.owner).delete(f"/api/v1/videos/{video.id}")
    (job,) = jobs_about(FORGET)
    assert job.payload["keys"] == []
    with world.session() as session:
        assert session.get(Source, video.source_id) is not None


def test_work_on_a_deleted_film_is_cancelled(client: Client) -> None:
    video = a_video()
    with world.session() as session:
        session.add(
            Job(kind="video.proxies", queue="transcode", unique_key="p", subject_id=video.id, payload={})
        )
    client.as_(video.owner).delete(f"/api/v1/videos/{video.id}")
    (job,) = jobs_about("video.proxies")
    assert job.state is JobState.CANCELLED


def test_an_admin_may_delete_a_film_and_its_owner_reads_of_it(client: Client) -> None:
    video = a_video(title="Reading")
    admin = an_admin(school=video.owner.school)
    assert client.as_(admin).get(f"/api/v1/videos/{video.id}").status_code == 404
    assert client.as_(admin).delete(f"/api/v1/videos/{video.id}").status_code == 204
    record = client.as_(video.owner).get("/api/v1/audit/entries").json()["items"]
    assert any(entry["action"] == "video.deleted" and entry["detail"] == "Reading" for entry in record)


def test_a_coach_may_not_delete_a_coachees_film(client: Client) -> None:
    video = a_video()
    coach = a_coach(of=video.owner)
    assert client.as_(coach).delete(f"/api/v1/videos/{video.id}").status_code == 403
    assert client.as_(coach).get(f"/api/v1/videos/{video.id}").status_code == 200


def test_a_film_that_failed_says_why(client: Client) -> None:
    video = a_video(state=VideoState.FAILED)
    with world.session() as session:
        row = session.get_one(Video, video.id)
        row.failure_code, row.failure_detail = "damaged", "This film is damaged."
    seen = client.as_(video.owner).get(f"/api/v1/videos/{video.id}").json()
    assert seen["failure"] == {"code": "damaged", "detail": "This film is damaged."}


def test_captions_are_kept_by_language_and_written_anew(client: Client) -> None:
    video = a_video()
    me = client.as_(video.owner)
    added = me.post(
        f"/api/v1/videos/{video.id}/captions",
        params={"language": "en", "label": "English"},
        content=VTT,
        headers={"Content-Type": "text/vtt"},
    )
    assert added.status_code == 201, added.text
    (seen,) = me.get(f"/api/v1/videos/{video.id}").json()["captions"]
    assert seen["label"] == "English"
    assert "Well done, Leo." in me.get(seen["url"]).text


def test_captions_that_are_none_are_refused_with_a_sentence(client: Client) -> None:
    video = a_video()
    me = client.as_(video.owner)
    for body, words in (
        (b"1\n00:00:01,000 --> 00:00:02,000\nHi", "WEBVTT"),
        (b"WEBVTT\n\n", "no captions"),
        (b"WEBVTT\n\n\xff\xfe", "UTF-8"),
    ):
        refused = me.post(
            f"/api/v1/videos/{video.id}/captions", content=body, headers={"Content-Type": "text/vtt"}
        )
        assert refused.status_code == 422
        assert words in refused.json()["detail"]
