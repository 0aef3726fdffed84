"""Whatever people take back, remove or end stays so when an older backup is restored.

Each way to do it is in `BACK`, in the order in which they are done here. A route that deletes and is neither
there nor in `STAYS` fails the test, and so does a kind of the ledger that nothing here notes.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute

from pennydrop.access.viewer import Viewer
from pennydrop.care.backup.vault import Vault
from pennydrop.care.erase_person import erase_person
from pennydrop.care.erasures import entries_in_rows
from pennydrop.care.models import Erased
from pennydrop.care.scrub import Places
from pennydrop.clips.models import Clip, ClipShare
from pennydrop.coaching.models import Evidence
from pennydrop.db.session import SessionMaker, transaction
from pennydrop.exemplars.consent import PublicationState
from pennydrop.exemplars.models import Exemplar
from pennydrop.library.models import Step, StepState
from pennydrop.meetings.models import Meeting, MeetingConsent, MeetingKind
from pennydrop.moments.models import Moment, Reply
from pennydrop.people.invite import invite
from pennydrop.people.models import Invitation, Lead, LoginSession, Pairing, Person, PersonalToken
from pennydrop.proposals.models import ProposalState, StepProposal
from pennydrop.rounds.models import Round
from pennydrop.settings import Settings
from pennydrop.storage import keys
from pennydrop.storage.open import open_store
from pennydrop.terms.models import TermExample
from pennydrop.uploads.join_link import link_for_step
from pennydrop.uploads.models import JoinLink
from pennydrop.videos.models import Share, Video
from pennydrop_api.app import create_app
from tests.api.client import Client
from tests.care.steps import bring_back, places_of, take
from tests.factories import (
    PASSWORD,
    a_clip,
    a_clip_share,
    a_coach,
    a_lead,
    a_library_step,
    a_meeting,
    a_moment,
    a_person,
    a_proposal,
    a_reply,
    a_round,
    a_share,
    a_term,
    a_term_example,
    a_video,
    an_action_step,
    an_admin,
    an_exemplar,
    evidence,
    world,
)
from tests.support.databases import Databases

API = "/api/v1"

BACK: tuple[tuple[str, str, str, dict[str, Any] | None], ...] = (
    ("owner", "DELETE", "/videos/{video_id}/shares/{person_id}", None),
    ("owner", "DELETE", "/clips/{clip_id}/shares/{person_id}", None),
    ("owner", "DELETE", "/replies/{reply_id}", None),
    ("owner", "DELETE", "/moments/{moment_id}", None),
    ("owner", "DELETE", "/exemplars/{exemplar_id}", None),
    ("owner", "DELETE", "/exemplars/{permitted}/permission", None),
    ("lead", "DELETE", "/exemplars/{published}/publication", None),
    ("owner", "DELETE", "/term-examples/{example_id}", None),
    ("owner", "DELETE", "/term-examples/{permitted_example}/permission", None),
    ("lead", "DELETE", "/term-examples/{published_example}/publication", None),
    ("lead", "POST", "/library/steps/{withdrawn}/withdraw", None),
    ("owner", "DELETE", "/meetings/{filmed}/consent", None),
    ("coach", "DELETE", "/meetings/{meeting_id}", None),
    ("coach", "DELETE", "/rounds/{round_id}", None),
    ("owner", "DELETE", "/action-steps/{action_step_id}/evidence/{evidence_id}", None),
    ("owner", "PATCH", "/proposals/{proposal_id}", {"state": "withdrawn"}),
    ("owner", "DELETE", "/clips/{clip_id}", None),
    ("owner", "DELETE", "/videos/{video_id}", None),
    ("owner", "PATCH", "/pairings/{pairing_id}", {"ended": True}),
    ("admin", "PATCH", "/people/{lead}", {"leads": []}),
    ("admin", "PATCH", "/people/{other_admin}", {"is_admin": False}),
    ("admin", "PATCH", "/people/{coach}", {"disabled": True}),
    ("owner", "DELETE", "/join-links/{join_link_id}", None),
    ("owner", "DELETE", "/me/tokens/{token_id}", None),
    ("browser", "DELETE", "/session", None),
)
STAYS = {
    "/uploads/{upload_id}": "an arrived film's is noted as the film's, and what was on its way begins anew",
    "/exemplars/{exemplar_id}/chapters/{chapter_id}": "it says where to look in what is shown anyway",
    "/library/goals/{goal_id}": "the library's words are nobody's own",
    "/library/sequences/{sequence_id}": "the library's words are nobody's own",
    "/library/steps/{step_id}": "a draft was never shown to anybody",
    "/library/terms/{term_id}": "the library's words are nobody's own",
}
"""Routes that delete what a restore may bring back, and why."""

_EVERY_NAME = {
    "permitted": "exemplar_id",
    "published": "exemplar_id",
    "permitted_example": "example_id",
    "published_example": "example_id",
    "filmed": "meeting_id",
}

IN_FORCE: dict[str, tuple[InstrumentedAttribute[Any], tuple[ColumnElement[bool], ...]]] = {
    "films": (Video.id, ()),
    "clips": (Clip.id, ()),
    "shares of films": (Share.id, ()),
    "shares of clips": (ClipShare.id, ()),
    "moments": (Moment.id, ()),
    "replies": (Reply.id, ()),
    "models": (Exemplar.id, ()),
    "models permitted": (Exemplar.id, (Exemplar.permitted_at.is_not(None),)),
    "models published": (Exemplar.id, (Exemplar.state == PublicationState.PUBLISHED,)),
    "examples": (TermExample.id, ()),
    "examples permitted": (TermExample.id, (TermExample.permitted_at.is_not(None),)),
    "examples published": (TermExample.id, (TermExample.state == PublicationState.PUBLISHED,)),
    "steps published": (Step.id, (Step.state == StepState.PUBLISHED,)),
    "consents": (MeetingConsent.id, ()),
    "meetings": (Meeting.id, ()),
    "rounds": (Round.id, ()),
    "evidence": (Evidence.id, ()),
    "open proposals": (StepProposal.id, (StepProposal.state == ProposalState.OPEN,)),
    "pairings": (Pairing.id, (Pairing.ended_at.is_(None),)),
    "leads": (Lead.id, ()),
    "administrators": (Person.id, (Person.is_admin.is_(True),)),
    "accounts": (Person.id, (Person.disabled_at.is_(None),)),
    "names": (Person.name, ()),
}
LETS_IN: dict[str, tuple[InstrumentedAttribute[Any], tuple[ColumnElement[bool], ...]]] = {
    "log-ins": (LoginSession.id, ()),
    "tokens": (PersonalToken.id, (PersonalToken.revoked_at.is_(None),)),
    "codes": (JoinLink.id, ()),
    "links to set a password": (Invitation.id, (Invitation.used_at.is_(None),)),
}


def holding(
    sessions: SessionMaker,
    what: dict[str, tuple[InstrumentedAttribute[Any], tuple[ColumnElement[bool], ...]]],
) -> dict[str, set[str]]:
    """Return what holds now, by its ids."""
    with transaction(sessions) as session:
        return {
            name: set(session.scalars(select(column).where(*conditions)))
            for name, (column, conditions) in what.items()
        }


class School:
    """Everybody and everything that somebody here takes back."""

    def __init__(self, client: Client) -> None:
        owner = a_person("Aisha", email="aisha@elm.test", password=PASSWORD)
        friend = a_person(school=owner.school)
        coach = a_coach(of=owner)
        self.people = {
            "owner": owner,
            "coach": coach,
            "lead": a_lead(school=owner.school),
            "admin": an_admin(school=owner.school),
            "other_admin": an_admin(school=owner.school),
            "leaver": a_person("Zebedee", school=owner.school),
        }
        self.names = {role: person.id for role, person in self.people.items()}
        self.names |= {"person_id": friend.id, **self._film(owner, coach, friend), **self._shown(owner)}
        self.names |= self._cycle(owner, coach)
        self.browser = client.another()
        credentials = {"email": owner.email, "password": PASSWORD}
        assert self.browser.post(f"{API}/session", json=credentials).status_code == 200
        token = client.as_(owner).post(f"{API}/me/tokens", json={"name": "script"}).json()
        self.names["token_id"] = token["id"]

    def _film(self, owner: Person, coach: Person, friend: Person) -> dict[str, str]:
        film = a_video(owner=owner)
        clip = a_clip(film, made_by=coach)
        kept = a_video(owner=owner)
        moment = a_moment(kept, author=coach)
        a_share(film, friend)
        a_clip_share(clip, friend)
        return {
            "video_id": film.id,
            "clip_id": clip.id,
            "reply_id": a_reply(moment, author=owner).id,
            "moment_id": a_moment(kept, author=owner).id,
        }

    def _shown(self, owner: Person) -> dict[str, str]:
        organisation = owner.school.organisation_id
        step = a_library_step(organisation_id=organisation)
        models = {
            name: an_exemplar(a_video(owner=owner), step=step).id
            for name in ("exemplar_id", "permitted", "published")
        }
        term = a_term(organisation_id=organisation)
        examples = {
            name: a_term_example(a_clip(a_video(owner=owner)), term=term).id
            for name in ("example_id", "permitted_example", "published_example")
        }
        return {**models, **examples, "withdrawn": a_library_step(organisation_id=organisation).id}

    def _cycle(self, owner: Person, coach: Person) -> dict[str, str]:
        step = an_action_step(owner, set_by=coach)
        with world.session() as session:
            together = session.scalars(select(Pairing).where(Pairing.coachee_id == owner.id)).one()
            viewer = Viewer.of(session.get_one(Person, owner.id))
            link, _ = link_for_step(session, viewer, step.id)
            invite(session, session.get_one(Person, owner.id))
        filmed = a_meeting(together)
        for person in (owner, coach):
            world.saved(MeetingConsent(meeting_id=filmed.id, person_id=person.id))
        return {
            "filmed": filmed.id,
            "meeting_id": a_meeting(together, kind=MeetingKind.DROP_IN).id,
            "action_step_id": step.id,
            "round_id": a_round(step, by=coach, feedback="Nearly!").id,
            "evidence_id": evidence(step, by=owner).id,
            "proposal_id": a_proposal(owner).id,
            "pairing_id": together.id,
            "join_link_id": link.id,
        }

    def take_back(self, client: Client, role: str, method: str, path: str, body: Any) -> None:
        somebody = self.browser if role == "browser" else client.as_(self.people[role])
        said = somebody.request(method, API + path.format(**self.names), json=body)
        assert said.status_code < 300, f"{method} {path}: {said.text}"


@pytest.fixture
def elsewhere(tmp_path: Path, databases: Databases) -> Settings:
    """An empty place to restore to."""
    data = tmp_path / "elsewhere"
    data.mkdir()
    return Settings(data=data, database_url=databases.empty(data), keep_free_bytes=0)


@pytest.fixture
def places(settings: Settings, database: SessionMaker) -> Places:
    return Places(database, open_store(settings))


def carry_ledger(places: Places, to: Settings) -> None:
    """Let the ledger be where the store's own copy of it would be."""
    with transaction(places.sessions) as session:
        for entry in entries_in_rows(session):
            open_store(to).put_bytes(keys.erasure(entry.name), b"")


def test_every_route_that_deletes_is_known_here(app: FastAPI) -> None:
    deleting = {
        path.removeprefix(API) for path, methods in app.openapi()["paths"].items() if "delete" in methods
    }
    known = {path for _, method, path, _ in BACK if method == "DELETE"}
    for name, usual in _EVERY_NAME.items():
        known = {path.replace("{" + name + "}", "{" + usual + "}") for path in known}
    assert known | STAYS.keys() == deleting


@pytest.mark.each_database
def test_what_was_taken_back_stays_so(
    client: Client, places: Places, elsewhere: Settings, tmp_path: Path
) -> None:
    school = School(client)
    vault = Vault(tmp_path / "disk" / "backups")
    before = holding(places.sessions, IN_FORCE)
    take(places, vault)
    for one in BACK:
        school.take_back(client, *one)
    with transaction(places.sessions) as session:
        erase_person(session, None, session.get_one(Person, school.names["leaver"]))
        noted = {entry.kind for entry in entries_in_rows(session)}
    assert noted == set(Erased) - {Erased.LIFTED}
    after = holding(places.sessions, IN_FORCE)
    assert [name for name in IN_FORCE if before[name] == after[name]] == []
    carry_ledger(places, elsewhere)
    bring_back(vault, elsewhere)
    restored = places_of(elsewhere).sessions
    assert holding(restored, IN_FORCE) == after
    assert holding(restored, LETS_IN) == {name: set() for name in LETS_IN}


def test_a_restore_lets_nobody_in_by_what_was_given_to_her_before(
    client: Client, places: Places, elsewhere: Settings, tmp_path: Path
) -> None:
    school = School(client)
    vault = Vault(tmp_path / "disk" / "backups")
    assert all(holding(places.sessions, LETS_IN).values())
    take(places, vault)
    bring_back(vault, elsewhere)
    with Client(create_app(elsewhere)) as restored:
        authorization = client.as_(school.people["owner"]).headers["Authorization"]
        assert restored.get(f"{API}/me", headers={"Authorization": authorization}).status_code == 401
        cookies = dict(school.browser.cookies)
        assert cookies
        assert restored.get(f"{API}/me", cookies=cookies).status_code == 401
        credentials = {"email": "aisha@elm.test", "password": PASSWORD}
        assert restored.post(f"{API}/session", json=credentials).status_code == 200


def test_what_was_given_back_since_is_not_taken_again(
    client: Client, places: Places, elsewhere: Settings, tmp_path: Path
) -> None:
    admin = an_admin()
    back, again = an_admin(school=admin.school), an_admin(school=admin.school)
    vault = Vault(tmp_path / "disk" / "backups")

    def change(person: Person, **changes: bool) -> None:
        said = client.as_(admin).patch(f"{API}/people/{person.id}", json=changes)
        assert said.status_code == 200, said.text

    take(places, vault)
    for person in (back, again):
        for on in (False, True):
            change(person, is_admin=on, disabled=not on)
    change(again, is_admin=False, disabled=True)
    carry_ledger(places, elsewhere)
    assert bring_back(vault, elsewhere).erased_again == 2
    with transaction(places_of(elsewhere).sessions) as session:
        returned, gone = session.get_one(Person, back.id), session.get_one(Person, again.id)
        assert (returned.is_admin, returned.disabled_at) == (True, None)
        assert gone.is_admin is False
        assert gone.disabled_at is not None


def test_what_is_published_again_and_taken_back_again_stays_so(
    client: Client, places: Places, elsewhere: Settings, tmp_path: Path
) -> None:
    owner = a_person()
    lead = client.as_(a_lead(school=owner.school))
    exemplar = an_exemplar(a_video(owner=owner))
    path = f"{API}/exemplars/{exemplar.id}/publication"
    vault = Vault(tmp_path / "disk" / "backups")
    assert lead.delete(path).status_code == 204
    assert lead.put(path).status_code == 200
    take(places, vault)
    assert lead.delete(path).status_code == 204
    carry_ledger(places, elsewhere)
    bring_back(vault, elsewhere)
    with transaction(places_of(elsewhere).sessions) as session:
        assert session.get_one(Exemplar, exemplar.id).is_shown is False
