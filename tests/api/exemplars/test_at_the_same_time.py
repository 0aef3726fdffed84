"""What two people say of an example at the same moment: her no counts, and her yes is for what she saw."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from pennydrop.access.may_exemplars import PermissionMissing
from pennydrop.access.viewer import Viewer
from pennydrop.access.visible import get_visible
from pennydrop.clips.make import change_clip
from pennydrop.db.session import SessionMaker, transaction
from pennydrop.exemplars.decide import permit, publish
from pennydrop.exemplars.models import Exemplar
from pennydrop.people.models import Person
from pennydrop.settings import Settings
from pennydrop.storage.open import open_store
from pennydrop.terms.models import TermExample
from tests.api.client import Client
from tests.factories import (
    a_clip,
    a_coach,
    a_lead,
    a_library_step,
    a_person,
    a_term_example,
    an_exemplar,
)
from tests.support.waiting import somebody_else

pytestmark = pytest.mark.on_database("postgresql")

API = "/api/v1"
Example = Exemplar | TermExample
each_kind = pytest.mark.parametrize("make", [an_exemplar, a_term_example])


def address_of(example: Example) -> str:
    kind = "exemplars" if isinstance(example, Exemplar) else "term-examples"
    return f"{API}/{kind}/{example.id}"


def viewer_of(session: Session, person: Person) -> Viewer:
    return Viewer.of(session.get_one(Person, person.id))


@each_kind
def test_a_lead_who_read_a_yes_cannot_publish_after_a_no(
    client: Client, database: SessionMaker, make: Callable[..., Example]
) -> None:
    example = make(published=False)
    lead = a_lead(school=example.owner.school)
    with database() as session:
        viewer = viewer_of(session, lead)
        seen = get_visible(session, viewer, type(example), example.id)
        assert client.as_(example.owner).delete(f"{address_of(example)}/permission").is_success
        with pytest.raises(PermissionMissing):
            publish(session, viewer, seen)


@each_kind
def test_a_no_while_a_lead_publishes_ends_her_word_as_well(
    client: Client, database: SessionMaker, make: Callable[..., Example]
) -> None:
    example = make(published=False)
    lead = a_lead(school=example.owner.school)
    owner, address = client.as_(example.owner), f"{address_of(example)}/permission"
    with somebody_else(database) as begins:
        with transaction(database) as session:
            viewer = viewer_of(session, lead)
            publish(session, viewer, get_visible(session, viewer, type(example), example.id))
            said = begins(lambda: owner.delete(address))
        assert said.result().json()["permission"] == "declined"
    assert owner.put(address).json()["shown"] is False


def test_a_clip_that_is_cut_while_its_owner_permits_it_asks_her_again(
    client: Client, database: SessionMaker
) -> None:
    exemplar = an_exemplar(clip=a_clip(), permitted=False, published=False)
    coach = client.as_(a_coach(of=exemplar.owner))
    with somebody_else(database) as begins:
        with transaction(database) as session:
            viewer = viewer_of(session, exemplar.owner)
            permit(session, viewer, get_visible(session, viewer, Exemplar, exemplar.id))
            cut = begins(lambda: coach.patch(f"{API}/clips/{exemplar.clip_id}", json={"end_ms": 9_000}))
        assert cut.result().is_success
    assert coach.get(address_of(exemplar)).json()["permission"] == "asked"


@pytest.mark.parametrize("what", ["permit", "propose", "propose for a term", "share"])
def test_a_yes_while_the_clip_is_cut_is_not_a_yes_to_the_other_cut(
    client: Client, database: SessionMaker, settings: Settings, what: str
) -> None:
    clip = a_clip()
    owner, coach = clip.video.owner, a_coach(of=clip.video.owner)
    mine, friend = client.as_(owner), a_person(school=owner.school)
    asked = an_exemplar(clip=clip, permitted=False, published=False)
    step = a_library_step(organisation_id=owner.school.organisation_id)
    term = a_term_example(a_clip(clip.video)).term_id
    ways = {
        "permit": lambda: mine.put(f"{address_of(asked)}/permission"),
        "propose": lambda: mine.post(f"{API}/library/exemplars", json={"step": step.id, "clip": clip.id}),
        "propose for a term": lambda: mine.post(
            f"{API}/library/terms/{term}/examples", json={"clip": clip.id}
        ),
        "share": lambda: mine.post(f"{API}/clips/{clip.id}/shares", json={"person": friend.id}),
    }
    with somebody_else(database) as begins:
        with transaction(database) as session:
            viewer = viewer_of(session, coach)
            change_clip(session, viewer, clip.id, {"end_ms": 9_000}, store=open_store(settings))
            said = begins(ways[what])
        refused = said.result()
    assert (refused.status_code, refused.json()["code"]) == (409, "cut_anew")
