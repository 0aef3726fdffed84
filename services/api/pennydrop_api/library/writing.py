"""What those who curate the library send."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, cast

from pydantic import BaseModel, Field

from pennydrop.library.edit import CriterionLine, NewGoal, StepChanges
from pennydrop_api.bodies import sent

ExportFormat = Literal["yaml", "csv"]
_Texts = list[str]


class NewGoalIn(BaseModel):
    """A goal that isn't in the library yet."""

    wording: str
    area: str = Field(description="An area's id or slug")
    problem: str | None = Field(default=None, description="A learning problem's id or slug")


class CriterionIn(BaseModel):
    text: str
    id: str | None = Field(default=None, description="Which criterion it was; null for a new one")


class _StepWords(BaseModel):
    def changes(self) -> StepChanges:
        """Return what was sent, as the library takes it."""
        changes = sent(self, may_be_empty=set())
        for name in ("note", "seen_version"):
            changes.pop(name, None)
        goal = changes.get("goal")
        if isinstance(goal, dict):
            changes["goal"] = NewGoal(**goal)
        if "criteria" in changes:
            changes["criteria"] = _lines(changes["criteria"])
        return cast(StepChanges, changes)


class StepIn(_StepWords):
    goal: str | NewGoalIn = Field(description="A goal's id or slug, or a new goal")
    action: str = Field(description="The second half of the wording, in the -ing form")
    criteria: list[CriterionIn]
    insight: str = ""
    practice_tasks: _Texts = []
    prompts: _Texts = []
    terms: _Texts = Field(default=[], description="Ids or slugs")
    sounds_like: _Texts = []
    phases: _Texts = []
    subjects: _Texts = []


class StepPatch(_StepWords):
    """What is sent changes; the rest stays."""

    goal: str | NewGoalIn | None = None
    action: str | None = None
    criteria: list[CriterionIn] | None = None
    insight: str | None = None
    practice_tasks: _Texts | None = None
    prompts: _Texts | None = None
    terms: _Texts | None = None
    sounds_like: _Texts | None = None
    phases: _Texts | None = None
    subjects: _Texts | None = None
    note: str = Field(default="", description="What changed and why, for the list of versions")
    seen_version: int | None = Field(default=None, description="The version edited; 409 if there is a newer")


class PublishIn(BaseModel):
    note: str = ""


class CopyIn(BaseModel):
    school: str | None = Field(default=None, description="Its id; the viewer's own school unless given")


def _lines(criteria: Sequence[dict[str, str | None]]) -> list[CriterionLine]:
    return [CriterionLine(text=one["text"] or "", id=one.get("id")) for one in criteria]
