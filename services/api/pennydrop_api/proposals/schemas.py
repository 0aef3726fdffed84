"""Proposals as the HTTP contract shows them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from pennydrop.proposals.models import ProposalState
from pennydrop_api.people.schemas import PersonRef

# Wider than the rule, so that the rule answers with its own sentence.
Text = Annotated[str, Field(max_length=50_000)]


class ProposalReplyOut(BaseModel):
    id: str
    author: PersonRef
    text: str
    mine: bool = Field(description="Written by the person who asks: hers to change")
    created_at: datetime
    updated_at: datetime | None


class ProposalRights(BaseModel):
    """What the person who asks may do with it."""

    change: bool
    answer: bool


class ProposalOut(BaseModel):
    id: str
    coachee: PersonRef
    step: str | None = Field(description="A step of the library")
    wording: str | None = Field(description="Of that step")
    words: str
    state: ProposalState
    action_step: str | None = Field(description="What came of it")
    decided_by: PersonRef | None
    replies: list[ProposalReplyOut]
    rights: ProposalRights
    created_at: datetime
    updated_at: datetime | None


class ProposalPage(BaseModel):
    items: list[ProposalOut]
    next_cursor: str | None


class ProposalIn(BaseModel):
    """A step of the library, my own words, or both."""

    step: str | None = None
    words: Text = ""


class ProposalChange(BaseModel):
    """The coachee words it anew or takes it back; her coach accepts or declines it.

    `action_step` goes with `accepted`: a step that was set already. Without it the library step is set.
    `reply` goes with `declined`: nobody need be turned down without a word.
    """

    step: str | None = None
    words: Text | None = None
    state: Literal[ProposalState.ACCEPTED, ProposalState.DECLINED, ProposalState.WITHDRAWN] | None = None
    action_step: str | None = None
    reply: Text | None = None


class ProposalReplyIn(BaseModel):
    text: Text
