"""An owner sees what was done with what is hers; administrators see storage, not films."""

from __future__ import annotations

from pennydrop.videos.models import Watch
from tests.api.client import Client
from tests.factories import a_clip, a_coach, a_person, a_video, an_admin, world


def test_a_coachee_reads_who_coaches_her_and_who_decided_it(client: Client) -> None:
    admin = an_admin()
    coach, coachee = a_person("Sam", school=admin.school), a_person(school=admin.school)
    client.as_(admin).post("/api/v1/pairings", json={"coach": coach.id, "coachee": coachee.id})
    (entry,) = client.as_(coachee).get("/api/v1/audit/entries").json()["items"]
    assert (entry["action"], entry["detail"]) == ("pairing.started", "Sam")
    assert entry["by"]["id"] == admin.id
    for other in (admin, coach):
        assert client.as_(other).get("/api/v1/audit/entries").json()["items"] == []


def test_the_record_comes_in_pages_newest_first(client: Client) -> None:
    admin = an_admin()
    person = a_person(school=admin.school)
    for name in ("One", "Two", "Three"):
        client.as_(admin).patch(f"/api/v1/people/{person.id}", json={"name": name})
    seen, cursor = [], ""
    while True:
        page = client.as_(person).get(f"/api/v1/audit/entries?limit=2&cursor={cursor}").json()
        seen += [entry["id"] for entry in page["items"]]
        if page["next_cursor"] is None:
            break
        cursor = page["next_cursor"]
    assert len(seen) == 3
    assert seen == sorted(seen, reverse=True)


def test_the_owner_sees_who_watched_and_nobody_else_does(client: Client) -> None:
    video = a_video("Tuesday")
    coach = a_coach(of=video.owner, name="Sam")
    clip = a_clip(video)
    world.saved(Watch(video_id=video.id, person_id=coach.id))
    world.saved(Watch(video_id=video.id, person_id=coach.id, clip_id=clip.id))
    seen = client.as_(video.owner).get("/api/v1/audit/watches").json()["items"]
    assert [(one["by"]["name"], one["video"]["title"], one["clip"]) for one in seen] == [
        ("Sam", "Tuesday", clip.id),
        ("Sam", "Tuesday", None),
    ]
    assert client.as_(coach).get("/api/v1/audit/watches").json()["items"] == []


def test_an_administrator_sees_that_a_film_takes_room_but_neither_title_nor_film(client: Client) -> None:
    video = a_video("Tuesday with Leo")
    a_video()
    admin = an_admin(school=video.owner.school)
    answer = client.as_(admin).get("/api/v1/reports/films")
    (film,) = answer.json()["items"]
    assert (film["id"], film["bytes"]) == (video.id, 2000)
    assert "Tuesday" not in answer.text
    assert client.as_(admin).get(f"/api/v1/videos/{video.id}").status_code == 404
    assert client.as_(video.owner).get("/api/v1/reports/films").status_code == 403
