"""People, schools and pairings."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Request

from pennydrop.access.viewer import Viewer
from pennydrop.paging import DEFAULT_LIMIT, MAX_LIMIT
from pennydrop.people import add, edit, find, invite, pair
from pennydrop.people.models import Person as PersonRow
from pennydrop_api import routing
from pennydrop_api.deps import SessionDep, SettingsDep, ViewerDep
from pennydrop_api.people.invitation_link import invitation_link
from pennydrop_api.people.schemas import (
    InvitationLink,
    InvitedPerson,
    NewPairing,
    NewPerson,
    NewSchool,
    Pairing,
    PairingChange,
    Pairings,
    People,
    Person,
    PersonChange,
    SchoolRef,
    Schools,
)

router = routing.router(tags=["people"])
Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT)]


@router.get("/people")
def list_people(
    session: SessionDep,
    viewer: ViewerDep,
    q: Annotated[str, Query(max_length=200)] = "",
    school: str | None = None,
    cursor: str | None = None,
    limit: Limit = DEFAULT_LIMIT,
) -> People:
    """The people I may know of, by name: colleagues, those I work with; administrators: everybody."""
    page = find.list_people(session, viewer, q=q, school=school, cursor=cursor, limit=limit)
    led = find.schools_led_by(session, page.items)
    people = [Person.of(person, led[person.id], viewer) for person in page.items]
    return People(items=people, next_cursor=page.next_cursor)


@router.post("/people", status_code=201)
def add_person(
    new: NewPerson, request: Request, session: SessionDep, viewer: ViewerDep, settings: SettingsDep
) -> InvitedPerson:
    """Add somebody to a school (administrators). The link to send to her is shown this once."""
    person, invitation, secret = add.invite_person(
        session,
        viewer,
        email=new.email,
        name=new.name,
        school_id=new.school,
        admin=new.is_admin,
        lead=new.is_lead,
    )
    link = invitation_link(request, settings, invitation, secret)
    return InvitedPerson(person=_shown(session, viewer, person), invitation=link)


@router.get("/people/{person_id}")
def get_person(person_id: str, session: SessionDep, viewer: ViewerDep) -> Person:
    return _shown(session, viewer, find.get_person(session, viewer, person_id))


@router.patch("/people/{person_id}")
def edit_person(person_id: str, change: PersonChange, session: SessionDep, viewer: ViewerDep) -> Person:
    """Change somebody's name or account (administrators)."""
    person = edit.edit_person(
        session,
        viewer,
        person_id=person_id,
        name=change.name,
        disabled=change.disabled,
        admin=change.is_admin,
        leads=change.leads,
    )
    return _shown(session, viewer, person)


@router.post("/people/{person_id}/invitation", status_code=201)
def renew_invitation(
    person_id: str, request: Request, session: SessionDep, viewer: ViewerDep, settings: SettingsDep
) -> InvitationLink:
    """Make a new link for somebody (administrators); her earlier links end."""
    invitation, secret = invite.renew_invitation(session, viewer, person_id=person_id)
    return invitation_link(request, settings, invitation, secret)


@router.get("/schools")
def list_schools(session: SessionDep, viewer: ViewerDep) -> Schools:
    return Schools(items=[SchoolRef.of(school) for school in find.list_schools(session, viewer)])


@router.post("/schools", status_code=201)
def add_school(new: NewSchool, session: SessionDep, viewer: ViewerDep) -> SchoolRef:
    """Add a school to my organisation (administrators)."""
    return SchoolRef.of(add.open_school(session, viewer, name=new.name))


@router.get("/pairings")
def list_pairings(
    session: SessionDep,
    viewer: ViewerDep,
    ended: bool = False,
    person: str | None = None,
    q: Annotated[str, Query(max_length=200)] = "",
    cursor: str | None = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Pairings:
    """Who coaches whom, as far as I may know: the pairings that last, or with `ended` those that are over."""
    page = find.list_pairings(session, viewer, ended=ended, person=person, q=q, cursor=cursor, limit=limit)
    return Pairings(items=[Pairing.of(pairing) for pairing in page.items], next_cursor=page.next_cursor)


@router.post("/pairings", status_code=201)
def start_pairing(new: NewPairing, session: SessionDep, viewer: ViewerDep) -> Pairing:
    """Bring a coach and a coachee together (leads in their schools, administrators)."""
    start = pair.start_both_ways if new.both_ways else pair.start_pairing
    return Pairing.of(start(session, viewer, coach_id=new.coach, coachee_id=new.coachee))


@router.patch("/pairings/{pairing_id}")
def end_pairing(pairing_id: str, change: PairingChange, session: SessionDep, viewer: ViewerDep) -> Pairing:
    """End a pairing, and with it everything the coach may see. Either of the two may, at any time."""
    return Pairing.of(pair.end_pairing(session, viewer, pairing_id=pairing_id))


def _shown(session: SessionDep, viewer: Viewer, person: PersonRow) -> Person:
    return Person.of(person, find.schools_led_by(session, [person])[person.id], viewer)
