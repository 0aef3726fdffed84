"""What the API says about people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from pennydrop.access.viewer import Viewer
from pennydrop.people.models import Organisation as OrganisationRow
from pennydrop.people.models import Pairing as PairingRow
from pennydrop.people.models import Person as PersonRow
from pennydrop.people.models import PersonalToken
from pennydrop.people.models import School as SchoolRow
from pennydrop.people.relations import Relations

Password = Annotated[str, Field(max_length=1000)]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Email = Annotated[str, Field(min_length=3, max_length=320)]


class PersonRef(BaseModel):
    """A person, wherever one is named."""

    id: str
    name: str

    @classmethod
    def of(cls, person: PersonRow) -> PersonRef:
        return cls(id=person.id, name=person.name)


class SchoolRef(BaseModel):
    id: str
    name: str

    @classmethod
    def of(cls, school: SchoolRow) -> SchoolRef:
        return cls(id=school.id, name=school.name)


class OrganisationRef(BaseModel):
    id: str
    name: str

    @classmethod
    def of(cls, organisation: OrganisationRow) -> OrganisationRef:
        return cls(id=organisation.id, name=organisation.name)


class Credentials(BaseModel):
    email: Email
    password: Password


class PairedPerson(BaseModel):
    """The other person of one of my pairings."""

    pairing: str
    person: PersonRef
    started_at: datetime
    is_coach: bool = Field(description="Of those I coach: coaches others, so that we can look at that too")


class Me(BaseModel):
    """Who is logged in, and who she is to others."""

    id: str
    name: str
    email: str
    school: SchoolRef
    organisation: OrganisationRef
    is_admin: bool
    is_coach: bool
    is_coachee: bool
    is_lead: bool
    leads: list[SchoolRef]
    coaches: list[PairedPerson]
    coached_by: list[PairedPerson]

    @classmethod
    def of(cls, me: Relations) -> Me:
        person = me.person
        return cls(
            id=person.id,
            name=person.name,
            email=person.email,
            school=SchoolRef.of(person.school),
            organisation=OrganisationRef.of(person.school.organisation),
            is_admin=person.is_admin,
            is_coach=bool(me.coaches),
            is_coachee=bool(me.coached_by),
            is_lead=bool(me.leads),
            leads=[SchoolRef.of(school) for school in me.leads],
            coaches=[_other(pairing, pairing.coachee, me.coaching) for pairing in me.coaches],
            coached_by=[_other(pairing, pairing.coach, me.coaching) for pairing in me.coached_by],
        )


class Person(BaseModel):
    """Somebody I may know of. What only concerns those who look after accounts is null for others."""

    id: str
    name: str
    school: SchoolRef
    email: str | None
    is_admin: bool | None
    is_lead: bool | None
    leads: list[SchoolRef] | None
    invited: bool | None
    """No password set yet."""
    disabled: bool

    @classmethod
    def of(cls, person: PersonRow, led: Sequence[SchoolRow], viewer: Viewer) -> Person:
        whole = viewer.is_admin or person.id == viewer.person_id
        return cls(
            id=person.id,
            name=person.name,
            school=SchoolRef.of(person.school),
            email=person.email if whole else None,
            is_admin=person.is_admin if whole else None,
            is_lead=bool(led) if whole else None,
            leads=[SchoolRef.of(school) for school in led] if whole else None,
            invited=person.password_hash is None if whole else None,
            disabled=person.disabled_at is not None,
        )


class People(BaseModel):
    items: list[Person]
    next_cursor: str | None


class NewPerson(BaseModel):
    name: Name
    email: Email
    school: str | None = Field(None, description="The id of a school; empty: your own.")
    is_admin: bool = False
    is_lead: bool = False


class PersonChange(BaseModel):
    """What is left out stays as it is."""

    name: Name | None = None
    disabled: bool | None = None
    is_admin: bool | None = None
    leads: list[str] | None = Field(None, max_length=500, description="Ids of all schools she leads.")


class InvitationLink(BaseModel):
    """A link to hand over. It can't be shown again."""

    url: str
    token: str
    expires_at: datetime


class InvitedPerson(BaseModel):
    person: Person
    invitation: InvitationLink


class InvitationView(BaseModel):
    """Whose link this is."""

    name: str
    email: str
    school: SchoolRef
    organisation: OrganisationRef
    expires_at: datetime
    first_time: bool
    """False when she has a password already and sets a new one."""


class InvitationAnswer(BaseModel):
    name: Name | None = None
    password: Password


class PasswordChange(BaseModel):
    present: Password
    new: Password


class Token(BaseModel):
    id: str
    name: str
    created_at: datetime
    last_used_at: datetime | None

    @classmethod
    def of(cls, token: PersonalToken) -> Token:
        return cls(id=token.id, name=token.name, created_at=token.created_at, last_used_at=token.last_used_at)


class Tokens(BaseModel):
    items: list[Token]
    next_cursor: str | None = None


class NewToken(BaseModel):
    name: Annotated[str, Field(max_length=200)] = ""


class MadeToken(Token):
    token: str
    """The secret itself. It can't be shown again."""


class Schools(BaseModel):
    items: list[SchoolRef]
    next_cursor: str | None = None


class NewSchool(BaseModel):
    name: Name


class Pairing(BaseModel):
    id: str
    coach: PersonRef
    coachee: PersonRef
    started_at: datetime
    ended_at: datetime | None

    @classmethod
    def of(cls, pairing: PairingRow) -> Pairing:
        return cls(
            id=pairing.id,
            coach=PersonRef.of(pairing.coach),
            coachee=PersonRef.of(pairing.coachee),
            started_at=pairing.started_at,
            ended_at=pairing.ended_at,
        )


class Pairings(BaseModel):
    items: list[Pairing]
    next_cursor: str | None


class NewPairing(BaseModel):
    coach: str
    coachee: str
    both_ways: bool = Field(False, description="Each coaches the other")


class PairingChange(BaseModel):
    ended: Literal[True]
    """A pairing that has ended stays so; begin a new one instead."""


def _other(pairing: PairingRow, person: PersonRow, coaching: frozenset[str]) -> PairedPerson:
    return PairedPerson(
        pairing=pairing.id,
        person=PersonRef.of(person),
        started_at=pairing.started_at,
        is_coach=person.id in coaching,
    )
