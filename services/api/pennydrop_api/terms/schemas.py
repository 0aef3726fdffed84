"""The examples of terms as the HTTP contract shows them."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field

from pennydrop.exemplars.consent import Permission, PublicationState
from pennydrop_api.clips.schemas import ClipOut
from pennydrop_api.exemplars.schemas import ExampleRights
from pennydrop_api.people.schemas import PersonRef


class TermName(BaseModel):
    id: str
    slug: str
    name: str


class TermExampleOut(BaseModel):
    """A clip of the school's own that shows what a term means there."""

    id: str
    term: TermName
    clip: ClipOut
    state: PublicationState
    permission: Permission = Field(description="What the person in the clip says")
    shown: bool = Field(description="Published and permitted: her school can watch it")
    owner: PersonRef = Field(description="Who is in it")
    proposed_by: PersonRef
    proposed_at: datetime
    rights: ExampleRights


class TermExampleList(BaseModel):
    items: list[TermExampleOut]
    next_cursor: None = None


class TermExampleIn(BaseModel):
    clip: str


class TermsMet(BaseModel):
    """The terms somebody has met: a step that introduces them was set for her, or she looked them up."""

    items: list[TermName]
    next_cursor: None = None
