"""Who is looking. Every read starts from a viewer."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import ColumnElement

from pennydrop.db.base import Base
from pennydrop.people.models import Person


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person who is signed in, as services know her: ids only, so that it outlives any session."""

    person_id: str
    school_id: str
    organisation_id: str
    is_admin: bool = False
    join_link_id: str | None = None
    """A phone that came by a link of this person's: it may send films by that link and sees nothing."""
    written: dict[type[Base], ColumnElement[bool]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """The rules of `access.visible` written down for her so far: a request needs some of them many times."""

    @classmethod
    def of(cls, person: Person) -> Viewer:
        return cls(
            person_id=person.id,
            school_id=person.school_id,
            organisation_id=person.school.organisation_id,
            is_admin=person.is_admin,
        )
