"""Who hears of a model, reads of it on her record, and finds its step by what is said in it."""

from __future__ import annotations

from sqlalchemy import delete, select

from pennydrop.access.viewer import Viewer
from pennydrop.audit.models import AuditEntry
from pennydrop.changes.hearing import heard_by
from pennydrop.changes.models import Change
from pennydrop.people.models import Person
from tests.api.client import Client
from tests.api.exemplars.test_exemplars import step_of
from tests.factories import (
    a_clip,
    a_coach,
    a_lead,
    a_person,
    a_term,
    a_video,
    an_exemplar,
    world,
)

API = "/api/v1"


def test_her_record_says_what_was_done_and_screens_hear_of_it(client: Client) -> None:
    exemplar = an_exemplar(published=False)
    lead = client.as_(a_lead(school=exemplar.owner.school))
    lead.put(f"{API}/exemplars/{exemplar.id}/publication")
    client.as_(exemplar.owner).delete(f"{API}/exemplars/{exemplar.id}/permission")
    entries = client.as_(exemplar.owner).get(f"{API}/audit/entries").json()["items"]
    assert [entry["action"] for entry in entries] == ["exemplar.withdrawn", "exemplar.published"]
    with world.session() as session:
        assert session.scalar(select(AuditEntry.detail)).startswith(exemplar.title)
        topics = set(session.scalars(select(Change.topic)))
    assert {"exemplar", "step", "video"} <= topics


def test_colleagues_hear_of_a_model_only_while_they_see_it_or_lose_it(client: Client) -> None:
    film, clip = a_video(), a_clip()
    owner, term = film.owner, a_term(organisation_id=clip.video.owner.school.organisation_id)
    examples = (
        (owner, f"{API}/library/exemplars", {"step": step_of(owner), "video": film.id}, "step"),
        (clip.video.owner, f"{API}/library/terms/{term.id}/examples", {"clip": clip.id}, "term"),
    )
    for owner, propose, body, topic in examples:
        mine, lead = client.as_(owner), client.as_(a_lead(school=owner.school))
        colleague = a_person(school=owner.school)
        made = client.as_(a_coach(of=owner)).post(propose, json=body).json()["id"]
        address = f"{API}/{'exemplars' if topic == 'step' else 'term-examples'}/{made}"
        for answer in (mine.delete, mine.put, mine.delete, mine.put):
            assert answer(f"{address}/permission").is_success
        assert heard(colleague) == []
        assert lead.put(f"{address}/publication").is_success
        assert topic in heard(colleague)
        with world.session() as session:
            session.execute(delete(Change))
        assert mine.delete(f"{address}/permission").is_success
        assert heard(colleague) == [topic]


def heard(person: Person) -> list[str]:
    """The topics of all changes so far that a person may hear of."""
    with world.session() as session:
        changes = session.scalars(select(Change).order_by(Change.id)).all()
        return [news.topic for news in heard_by(session, Viewer.of(person), changes)]


def test_a_step_is_found_by_what_is_said_in_its_published_models(client: Client) -> None:
    video = a_video()
    exemplar = an_exemplar(video, published=False)
    lead, owner = client.as_(a_lead(school=video.owner.school)), client.as_(video.owner)

    def found() -> list[str]:
        page = lead.get(f"{API}/library/steps", params={"q": "caterpillar"}).json()
        return [step["id"] for step in page["items"]]

    said = "WEBVTT\n\n00:01.000 --> 00:03.000\nEyes on the caterpillar\n"
    vtt = {"Content-Type": "text/vtt"}
    assert owner.post(f"{API}/videos/{video.id}/captions", content=said, headers=vtt).status_code == 201
    assert found() == []
    lead.put(f"{API}/exemplars/{exemplar.id}/publication")
    assert found() == [exemplar.step_id]
    owner.delete(f"{API}/exemplars/{exemplar.id}/permission")
    assert found() == []
    owner.put(f"{API}/exemplars/{exemplar.id}/permission")
    lead.put(f"{API}/exemplars/{exemplar.id}/publication")
    owner.delete(f"{API}/videos/{video.id}")
    assert found() == []
