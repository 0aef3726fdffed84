"""What the API says about people."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from pennydrop.people.models import Organisation as OrganisationRow
from pennydrop.people.models import Pairing as PairingRow
from pennydrop.people.models import Person as PersonRow
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
            coaches=[_other(pairing, pairing.coachee) for pairing in me.coaches],
            coached_by=[_other(pairing, pairing.coach) for pairing in me.coached_by],
        )


def _other(pairing: PairingRow, person: PersonRow) -> PairedPerson:
    return PairedPerson(pairing=pairing.id, person=PersonRef.of(person), started_at=pairing.started_at)
