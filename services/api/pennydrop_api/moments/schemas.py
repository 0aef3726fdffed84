"""A moment as the HTTP contract shows it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, cast

from pydantic import BaseModel, Field

from pennydrop.moments.mark import MomentChanges
from pennydrop.moments.models import MomentKind
from pennydrop_api.bodies import sent
from pennydrop_api.people.schemas import PersonRef

# Wider than the rule, so that the rule answers with its own sentence.
Text = Annotated[str, Field(max_length=50_000)]
Ms = Annotated[int, Field(le=2**53, description="Whole milliseconds on the film")]


class ReplyOut(BaseModel):
    id: str
    author: PersonRef
    credited_to: str | None = Field(description="Whose words an imported file says they are")
    text: str
    mine: bool
    created_at: datetime


class MomentOut(BaseModel):
    id: str
    video: str
    start_ms: int
    end_ms: int | None = Field(description="Empty for a point")
    kind: MomentKind
    text: str
    terms: list[str]
    criterion: str | None = Field(description="A success criterion of the film owner's action step")
    criterion_text: str | None
    drawing: dict[str, Any] | None
    author: PersonRef
    credited_to: str | None = Field(description="Whose words an imported file says they are")
    mine: bool = Field(description="Written by the person who asks: hers to change and remove")
    replies: list[ReplyOut]
    created_at: datetime
    updated_at: datetime | None


class MomentPage(BaseModel):
    items: list[MomentOut]
    next_cursor: str | None


class MomentIn(BaseModel):
    start_ms: Ms
    end_ms: Ms | None = None
    kind: MomentKind = MomentKind.NOTE
    text: Text = ""
    terms: list[str] = []
    criterion: str | None = None
    drawing: dict[str, Any] | None = None


class MomentChange(BaseModel):
    """What isn't sent stays as it is. Null empties `end_ms`, `criterion` and `drawing`."""

    start_ms: Ms | None = None
    end_ms: Ms | None = None
    kind: MomentKind | None = None
    text: Text | None = None
    terms: list[str] | None = None
    criterion: str | None = None
    drawing: dict[str, Any] | None = None

    def changes(self) -> MomentChanges:
        return cast(MomentChanges, sent(self, may_be_empty={"end_ms", "criterion", "drawing"}))


class ReplyIn(BaseModel):
    text: Text


class ImportProblem(BaseModel):
    line: int
    detail: str


class ImportReport(BaseModel):
    """What an import did, or would do."""

    dry_run: bool
    added: int
    already_there: int
    problems: list[ImportProblem]
    moments: list[MomentOut] = Field(description="The added moments; empty in a dry run")


class MomentsFile(BaseModel):
    """The moments of one video, to keep."""

    video: str
    title: str
    duration_ms: int | None
    moments: list[MomentOut]
