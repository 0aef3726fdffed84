"""A round as the HTTP contract shows it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, cast

from pydantic import BaseModel, Field

from pennydrop.rounds.change import RoundChanges
from pennydrop.rounds.mark import MarkChange
from pennydrop.rounds.models import MarkValue, RoundKind
from pennydrop_api.bodies import sent
from pennydrop_api.people.schemas import PersonRef
from pennydrop_api.videos.schemas import VideoOut

# Wider than the rule, so that the rule answers with its own sentence.
Text = Annotated[str, Field(max_length=50_000)]
Marks = Annotated[list["MarkIn"], Field(max_length=100)]


class MarkOut(BaseModel):
    criterion: str
    person: PersonRef = Field(description="Whose judgement it is")
    value: MarkValue
    entered_by: str = Field(description="Who typed it: in a meeting the coach may type what the coachee says")


class RoundRights(BaseModel):
    """What the person who asks may do with it."""

    change: bool = Field(description="Give it a film, call it the best take, mark it for oneself")
    feedback: bool
    reflect: bool
    mark_for_coachee: bool = Field(description="Type what the coachee says: her coach, while they meet")
    waits_for_coachee: list[str] = Field(
        description="Criteria of a model that the coachee marks before anybody else may"
    )
    remove: bool


class RoundOut(BaseModel):
    id: str
    action_step: str
    meeting: str | None = Field(description="Empty where it was made between meetings, or in one not mine")
    kind: RoundKind
    number: int = Field(description="Counts the models, and the rehearsals, of a step from 1")
    video: VideoOut | None = Field(description="Its film; empty where there is none, or none I may watch")
    feedback: str = Field(description="The coach's words before the next go")
    reflection: str = Field(description="The coachee's own words")
    is_best: bool
    marks: list[MarkOut]
    created_by: PersonRef
    rights: RoundRights
    created_at: datetime
    updated_at: datetime | None


class RoundList(BaseModel):
    items: list[RoundOut] = Field(description="Oldest first")


class MarkIn(BaseModel):
    """One criterion as I saw it; null takes the mark back. `person`: whom a coach types for, in a meeting."""

    criterion: str
    value: MarkValue | None
    person: str | None = None

    def change(self) -> MarkChange:
        return MarkChange(self.criterion, self.value, self.person)


class RoundIn(BaseModel):
    """One try, filmed or not. A `video` may still be on its way up."""

    kind: RoundKind = RoundKind.REHEARSAL
    video: str | None = None
    feedback: Text = ""
    reflection: Text = ""
    marks: Marks = []

    def changes(self) -> list[MarkChange]:
        return [mark.change() for mark in self.marks]


class RoundChange(BaseModel):
    """What isn't sent stays as it is. Null takes the film away; marks not named stay."""

    video: str | None = None
    feedback: Text | None = None
    reflection: Text | None = None
    is_best: bool | None = None
    marks: Marks | None = None

    def changes(self) -> RoundChanges:
        changes = cast(RoundChanges, sent(self, may_be_empty={"video"}))
        if self.marks is not None:
            changes["marks"] = [mark.change() for mark in self.marks]
        return changes
