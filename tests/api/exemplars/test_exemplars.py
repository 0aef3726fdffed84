"""Exemplars: proposed by a coach, permitted by who is in it, published by a lead, taken back by either."""

from __future__ import annotations

from typing import Any

import pytest

from pennydrop.clips.models import Clip, ClipFileState
from pennydrop.library.models import Step
from pennydrop.meetings.models import MeetingKind
from pennydrop.people.models import Person
from pennydrop.settings import Settings
from pennydrop.storage.open import open_store
from pennydrop.videos.models import Purpose, VideoState
from tests.api.client import Client
from tests.factories import (
    a_clip,
    a_coach,
    a_lead,
    a_library_step,
    a_meeting,
    a_pairing,
    a_person,
    a_school,
    a_term_example,
    a_video,
    an_action_step,
    an_admin,
    an_exemplar,
    world,
)

API = "/api/v1"


def step_of(person: Person) -> str:
    return a_library_step(organisation_id=person.school.organisation_id).id


def proposed(client: Client, by: Person, owner: Person, **what: str) -> Any:
    return client.as_(by).post(f"{API}/library/exemplars", json={"step": step_of(owner), **what})


def test_a_film_becomes_a_model_by_three_peoples_word(client: Client) -> None:
    video = a_video("Tuesday")
    owner = video.owner
    coach, lead = a_coach(of=owner, name="Sam"), a_lead(school=owner.school)
    colleague = client.as_(a_person(school=owner.school))
    exemplar = proposed(client, coach, owner, video=video.id).json()
    assert (exemplar["state"], exemplar["permission"], exemplar["shown"]) == ("proposed", "asked", False)
    assert (exemplar["title"], exemplar["proposed_by"]["name"]) == ("Tuesday", "Sam")
    address = f"{API}/exemplars/{exemplar['id']}"

    assert client.as_(lead).get(address).status_code == 404
    permitted = client.as_(owner).put(f"{address}/permission").json()
    assert permitted["permission"] == "given"
    assert client.as_(lead).get(f"{API}/videos/{video.id}").json()["rights"]["mark"] is False
    assert colleague.get(f"{API}/videos/{video.id}").status_code == 404

    shown = client.as_(lead).put(f"{address}/publication").json()
    assert (shown["state"], shown["shown"], shown["published_by"]["id"]) == ("published", True, lead.id)
    step = colleague.get(f"{API}/library/steps/{exemplar['step']['id']}").json()
    assert [one["id"] for one in step["exemplars"]] == [exemplar["id"]]
    assert step["exemplars"][0]["video"]["playback"]["mp4"].startswith(f"/media/videos/{video.id}/720p.mp4")
    assert colleague.get(f"{API}/videos/{video.id}/moments").json()["items"] == []


def test_taking_the_permission_back_hides_it_at_once_everywhere(client: Client, settings: Settings) -> None:
    video = a_video()
    exemplar = an_exemplar(video)
    open_store(settings).put_bytes(video.renditions[0].key, b"film")
    colleague = client.as_(a_person(school=video.owner.school))
    media = colleague.get(f"{API}/videos/{video.id}").json()["playback"]["mp4"]
    hers = f"{API}/videos?owner={video.owner_id}"
    assert [one["id"] for one in colleague.get(hers).json()["items"]] == [video.id]
    assert colleague.get(media).status_code == 200

    withdrawn = client.as_(video.owner).delete(f"{API}/exemplars/{exemplar.id}/permission").json()
    assert (withdrawn["permission"], withdrawn["state"]) == ("declined", "proposed")
    assert colleague.get(media).status_code == 404
    assert colleague.get(f"{API}/videos/{video.id}").status_code == 404
    assert colleague.get(f"{API}/exemplars/{exemplar.id}").status_code == 404
    assert colleague.get(f"{API}/exemplars/{exemplar.id}/chapters.vtt").status_code == 404
    assert colleague.get(hers).json()["items"] == []
    assert colleague.get(f"{API}/library/exemplars").json()["items"] == []
    assert colleague.get(f"{API}/library/steps/{exemplar.step_id}").json()["exemplars"] == []


def test_models_dont_crowd_the_list_of_ones_own_films(client: Client) -> None:
    exemplar = an_exemplar()
    colleague = client.as_(a_person(school=exemplar.owner.school))
    assert colleague.get(f"{API}/videos").json()["items"] == []


def test_permitting_it_again_asks_the_lead_again(client: Client) -> None:
    exemplar = an_exemplar()
    owner, address = client.as_(exemplar.owner), f"{API}/exemplars/{exemplar.id}/permission"
    owner.delete(address)
    assert owner.put(address).json()["shown"] is False


def test_a_lead_cannot_publish_what_its_owner_has_not_permitted(client: Client) -> None:
    owner = a_person()
    lead = a_lead(school=owner.school)
    coached = a_coach(of=owner)
    # A lead who coaches her sees the proposal, and still has to wait.
    exemplar = an_exemplar(a_video(owner=owner), permitted=False, proposed_by=coached)
    a_pairing(lead, owner)
    refused = client.as_(lead).put(f"{API}/exemplars/{exemplar.id}/publication")
    assert (refused.status_code, refused.json()["code"]) == (409, "permission_missing")
    assert "hasn't permitted this yet" in refused.json()["detail"]


def test_an_administrator_can_take_a_model_back_but_not_publish_it(client: Client) -> None:
    exemplar = an_exemplar()
    admin = client.as_(an_admin(school=exemplar.owner.school))
    address = f"{API}/exemplars/{exemplar.id}/publication"
    assert admin.put(address).status_code == 403
    assert admin.delete(address).status_code == 204
    assert admin.get(f"{API}/exemplars/{exemplar.id}").status_code == 404
    lead = client.as_(a_lead(school=exemplar.owner.school))
    assert lead.get(f"{API}/exemplars/{exemplar.id}").json()["state"] == "unpublished"
    assert lead.put(address).json()["shown"] is True


def test_who_has_said_no_is_not_asked_again(client: Client) -> None:
    video = a_video()
    coach = client.as_(a_coach(of=video.owner))
    body = {"step": step_of(video.owner), "video": video.id}
    exemplar = coach.post(f"{API}/library/exemplars", json=body).json()
    owner = client.as_(video.owner)
    assert len(owner.get(f"{API}/today").json()["requests"]) == 1
    owner.delete(f"{API}/exemplars/{exemplar['id']}/permission")
    assert owner.get(f"{API}/today").json()["requests"] == []
    # Nor by way of removing the proposal, which only she can do, or a lead who sees it.
    assert coach.delete(f"{API}/exemplars/{exemplar['id']}").status_code == 403
    assert coach.get(f"{API}/exemplars/{exemplar['id']}").json()["rights"]["remove"] is False
    again = coach.post(f"{API}/library/exemplars", json=body)
    assert (again.status_code, again.json()["code"]) == (409, "permission_declined")
    assert owner.put(f"{API}/exemplars/{exemplar['id']}/permission").json()["permission"] == "given"


def test_today_asks_the_coachee_in_words(client: Client) -> None:
    video = a_video("Tuesday")
    coach = a_coach(of=video.owner, name="Sam")
    exemplar = proposed(client, coach, video.owner, video=video.id).json()
    (request,) = client.as_(video.owner).get(f"{API}/today").json()["requests"]
    assert (request["kind"], request["id"], request["by"]["name"]) == ("exemplar", exemplar["id"], "Sam")
    assert (request["title"], request["video"]) == ("Tuesday", video.id)
    assert request["shows"].endswith("by waiting for every eye before speaking")
    assert client.as_(coach).get(f"{API}/today").json()["requests"] == []


def test_who_proposes_herself_permits_it_by_that(client: Client) -> None:
    video = a_video()
    assert proposed(client, video.owner, video.owner, video=video.id).json()["permission"] == "given"


def test_proposing_twice_is_proposing_once(client: Client) -> None:
    video = a_video()
    body = {"step": step_of(video.owner), "video": video.id}
    mine = client.as_(video.owner)
    first, second = (mine.post(f"{API}/library/exemplars", json=body).json()["id"] for _ in range(2))
    assert first == second


def test_only_who_is_in_it_and_her_coach_propose_a_film(client: Client) -> None:
    exemplar = an_exemplar()
    owner = exemplar.owner
    for other in (a_person(school=owner.school), a_lead(school=owner.school)):
        assert proposed(client, other, owner, video=exemplar.video_id).status_code == 403
    past = a_coach(of=owner, ended=True)
    assert proposed(client, past, owner, video=a_video(owner=owner).id).status_code == 404


@pytest.mark.parametrize(
    ("what", "status"), [({}, 422), ({"video": "x", "clip": "y"}, 422), ({"video": "x"}, 404)]
)
def test_a_proposal_needs_a_film_or_a_clip(client: Client, what: dict[str, str], status: int) -> None:
    person = a_person()
    assert proposed(client, person, person, **what).status_code == status


def test_a_film_nobody_can_watch_yet_is_no_model(client: Client) -> None:
    video = a_video("Tuesday", state=VideoState.PROCESSING)
    refused = proposed(client, video.owner, video.owner, video=video.id)
    assert refused.status_code == 409
    assert "“Tuesday” can't be watched yet" in refused.json()["detail"]


def test_a_step_of_another_trust_is_not_there(client: Client) -> None:
    video = a_video()
    body = {"step": a_library_step().id, "video": video.id}
    assert client.as_(video.owner).post(f"{API}/library/exemplars", json=body).status_code == 404


def test_a_clip_as_a_model_plays_from_its_own_file_for_everybody_else(client: Client) -> None:
    clip = a_clip(file_state=ClipFileState.READY)
    with world.session() as session:
        session.get_one(Clip, clip.id).file_key = f"clips/{clip.id}/x.mp4"
    exemplar = an_exemplar(clip=clip)
    colleague = client.as_(a_person(school=clip.video.owner.school))
    shown = colleague.get(f"{API}/exemplars/{exemplar.id}").json()
    assert shown["video"] is None
    assert shown["clip"]["video"] is None
    assert shown["clip"]["playback"]["mp4"].startswith(f"/media/clips/{clip.id}.mp4")
    assert shown["duration_ms"] == 4000
    assert colleague.get(f"{API}/videos/{clip.video_id}").status_code == 404


def test_a_clip_that_her_coach_cuts_anew_needs_a_new_permission(client: Client) -> None:
    clip = a_clip()
    owner, coach = clip.video.owner, a_coach(of=clip.video.owner)
    exemplar = an_exemplar(clip=clip)
    address = f"{API}/exemplars/{exemplar.id}"
    client.as_(owner).patch(f"{API}/clips/{clip.id}", json={"end_ms": 6000})
    assert client.as_(owner).get(address).json()["shown"] is True
    same = {"title": clip.title, "start_ms": 1000, "end_ms": 6000}
    assert client.as_(coach).patch(f"{API}/clips/{clip.id}", json=same).status_code == 200
    assert client.as_(owner).get(address).json()["shown"] is True
    another = {"title": "Longer", "end_ms": 30_000}
    assert client.as_(coach).patch(f"{API}/clips/{clip.id}", json=another).json()["title"] == "Longer"
    after = client.as_(owner).get(address).json()
    assert (after["permission"], after["state"]) == ("asked", "proposed")
    assert client.as_(a_person(school=owner.school)).get(f"{API}/clips/{clip.id}").status_code == 404


def test_once_she_has_permitted_it_her_coach_words_nothing_that_others_read(client: Client) -> None:
    film = a_video("Tuesday")
    owner, clip = film.owner, a_clip(film)
    waiting = an_exemplar(film, permitted=False)
    coach, lead = client.as_(a_coach(of=owner)), client.as_(a_lead(school=owner.school))
    assert coach.patch(f"{API}/exemplars/{waiting.id}", json={"title": "A calm start"}).status_code == 200
    exemplar = an_exemplar(film, published=False)
    an_exemplar(clip=clip, published=False)
    title = {"title": "Look how badly she does it"}
    model = f"{API}/exemplars/{exemplar.id}"
    for address in (model, f"{API}/videos/{film.id}", f"{API}/clips/{clip.id}"):
        refused = coach.patch(address, json=title)
        assert refused.status_code == 403, address
        assert client.as_(owner).patch(address, json={"title": "Mine"}).status_code == 200
    assert refused.json()["detail"].endswith(
        "permits that others are shown this, so only she changes its title."
    )
    assert lead.patch(model, json={"title": "Every eye"}).json()["title"] == "Every eye"
    kept = coach.patch(f"{API}/videos/{film.id}", json={"title": "Mine", "purpose": "lesson"})
    assert kept.status_code == 200


def test_once_she_has_permitted_it_only_she_captions_it(client: Client) -> None:
    film = a_video()
    owner, coach = client.as_(film.owner), client.as_(a_coach(of=film.owner))
    said = {"content": "WEBVTT\n\n00:01.000 --> 00:03.000\nEyes\n", "headers": {"Content-Type": "text/vtt"}}
    captions = f"{API}/videos/{film.id}/captions"
    assert coach.post(captions, **said).status_code == 201
    an_exemplar(clip=a_clip(film), published=False)
    refused = coach.post(captions, **said)
    assert refused.status_code == 403
    assert refused.json()["detail"].endswith("so only she changes its captions.")
    assert owner.post(captions, **said).status_code == 201


def test_a_clip_that_explains_a_term_is_named_by_its_owner(client: Client) -> None:
    clip = a_term_example(published=False).clip
    coach = client.as_(a_coach(of=clip.video.owner))
    assert coach.patch(f"{API}/clips/{clip.id}", json={"title": "Worse"}).status_code == 403


def test_a_film_says_what_it_is_a_model_of_and_how_far_it_reaches(client: Client) -> None:
    video = a_video()
    mine = client.as_(video.owner)
    assert mine.get(f"{API}/videos/{video.id}").json()["shown_to"] == "nobody"
    exemplar = an_exemplar(video, published=False)
    film = mine.get(f"{API}/videos/{video.id}").json()
    assert (film["shown_to"], film["exemplars"][0]["id"]) == ("leads", exemplar.id)
    client.as_(a_lead(school=video.owner.school)).put(f"{API}/exemplars/{exemplar.id}/publication")
    assert mine.get(f"{API}/videos/{video.id}").json()["shown_to"] == "organisation"


def test_a_model_goes_with_its_step_and_its_owner_still_takes_her_word_back(client: Client) -> None:
    exemplar = an_exemplar()
    owner, school = client.as_(exemplar.owner), exemplar.owner.school
    lead, colleague = client.as_(a_lead(school=school)), client.as_(a_person(school=school))
    film = f"{API}/videos/{exemplar.video_id}"
    step = f"{API}/library/steps/{exemplar.step_id}"
    assert lead.post(f"{step}/withdraw").is_success
    assert colleague.get(film).status_code == 404
    assert colleague.get(f"{API}/videos?owner={exemplar.owner_id}").json()["items"] == []
    assert owner.get(film).json()["shown_to"] == "leads"
    answer = owner.delete(f"{API}/exemplars/{exemplar.id}/permission")
    assert (answer.status_code, answer.json()["permission"]) == (200, "declined")


def test_a_model_of_a_schools_own_step_says_that_it_reaches_the_school(client: Client) -> None:
    clip = a_clip()
    owner = clip.video.owner
    step = a_library_step(organisation_id=owner.school.organisation_id)
    an_exemplar(clip.video, step=step)
    an_exemplar(clip=clip, step=step)
    with world.session() as session:
        session.get_one(Step, step.id).school_id = owner.school_id
    for address in (f"{API}/videos/{clip.video_id}", f"{API}/clips/{clip.id}"):
        assert client.as_(owner).get(address).json()["shown_to"] == "school"


def test_deleting_the_film_deletes_the_model(client: Client) -> None:
    exemplar = an_exemplar()
    mine = client.as_(exemplar.owner)
    assert mine.delete(f"{API}/videos/{exemplar.video_id}").status_code == 204
    assert mine.get(f"{API}/exemplars/{exemplar.id}").status_code == 404


def test_a_coach_removes_what_she_proposed_until_it_is_published(client: Client) -> None:
    video = a_video()
    coach = a_coach(of=video.owner)
    waiting = an_exemplar(video, proposed_by=coach, permitted=False)
    out = an_exemplar(video, proposed_by=coach)
    assert client.as_(coach).delete(f"{API}/exemplars/{out.id}").status_code == 403
    assert client.as_(coach).delete(f"{API}/exemplars/{waiting.id}").status_code == 204
    assert client.as_(video.owner).delete(f"{API}/exemplars/{out.id}").status_code == 204


def test_the_trust_shares_a_model_and_another_trust_never_hears_of_it(client: Client) -> None:
    exemplar = an_exemplar()
    oak = a_school("Oak", beside=exemplar.owner.school)
    assert client.as_(a_person(school=oak)).get(f"{API}/exemplars/{exemplar.id}").status_code == 200
    assert client.as_(a_person()).get(f"{API}/exemplars/{exemplar.id}").status_code == 404
    other_lead = client.as_(a_lead(school=oak))
    refused = other_lead.delete(f"{API}/exemplars/{exemplar.id}/publication")
    assert refused.status_code == 403
    assert exemplar.owner.school.name in refused.json()["detail"]


def test_a_schools_own_copy_of_a_step_shows_the_models_of_the_trusts(client: Client) -> None:
    exemplar = an_exemplar()
    school = exemplar.owner.school
    lead = client.as_(a_lead(school=school))
    copy = lead.post(f"{API}/library/steps/{exemplar.step_id}/copies", json={"school": school.id})
    assert copy.status_code == 201, copy.text
    shown = lead.get(f"{API}/library/steps/{copy.json()['id']}").json()["exemplars"]
    assert [one["id"] for one in shown] == [exemplar.id]


def test_the_librarys_model_is_what_a_coachee_watches_until_her_coach_filmed_one(client: Client) -> None:
    exemplar = an_exemplar()
    coachee = a_person(school=exemplar.owner.school)
    with world.session() as session:
        step = session.get_one(Step, exemplar.step_id)
    action_step = an_action_step(coachee, step=step)
    mine = client.as_(coachee)
    model = mine.get(f"{API}/today").json()["watch"]["model"]
    assert (model["video"], model["place"]) == (exemplar.video_id, "model")
    thread = mine.get(f"{API}/action-steps/{action_step.id}/thread").json()
    assert exemplar.video_id in str(thread)
    client.as_(exemplar.owner).delete(f"{API}/exemplars/{exemplar.id}/permission")
    assert mine.get(f"{API}/today").json()["watch"]["model"] is None


def test_the_film_of_a_meeting_shows_two_people_and_becomes_no_model(client: Client) -> None:
    owner = a_person()
    coach = a_coach(of=owner, name="Sam")
    film = a_video("Feedback on Tuesday", owner=owner, purpose=Purpose.MEETING)
    refused = proposed(client, coach, owner, video=film.id)
    assert refused.status_code == 409
    assert (refused.json()["code"], "two people" in refused.json()["detail"]) == ("shows_two_people", True)
    assert proposed(client, owner, owner, clip=a_clip(film).id).status_code == 409


def test_what_was_proposed_before_it_was_known_to_be_a_meeting_is_neither_permitted_nor_published(
    client: Client,
) -> None:
    film = a_video()
    lead = a_lead(school=film.owner.school)
    asked, permitted = an_exemplar(film, permitted=False, published=False), an_exemplar(film, published=False)
    owner = client.as_(film.owner)
    assert owner.patch(f"{API}/videos/{film.id}", json={"purpose": "meeting"}).status_code == 200
    assert owner.put(f"{API}/exemplars/{asked.id}/permission").status_code == 409
    assert client.as_(lead).put(f"{API}/exemplars/{permitted.id}/publication").status_code == 409


def test_a_drop_ins_film_is_a_lesson_like_any_other(client: Client) -> None:
    film = a_video()
    pairing = a_pairing(a_person(school=film.owner.school), film.owner)
    a_meeting(pairing, kind=MeetingKind.DROP_IN, film=film)
    assert proposed(client, film.owner, film.owner, video=film.id).status_code == 201


def test_a_model_is_not_made_the_film_of_a_meeting(client: Client) -> None:
    film = a_video(purpose=Purpose.MEETING)
    pairing = a_pairing(a_person(school=film.owner.school), film.owner)
    meeting = a_meeting(pairing)
    an_exemplar(clip=a_clip(film))
    path = f"{API}/meetings/{meeting.id}"
    for person in (film.owner, pairing.coach):
        assert client.as_(person).post(f"{path}/consent").is_success
    refused = client.as_(film.owner).patch(path, json={"film": film.id})
    assert (refused.status_code, refused.json()["code"]) == (409, "shown_to_others")
