"""The library as the HTTP contract shows it."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field

from pennydrop.library.difference import LineKind
from pennydrop.library.models import PlaceKind, StepState
from pennydrop_api.exemplars.schemas import ExemplarOut
from pennydrop_api.terms.schemas import TermExampleOut


class AreaRef(BaseModel):
    id: str
    slug: str
    name: str


class GoalOut(BaseModel):
    id: str
    slug: str
    wording: str
    problem: str | None = Field(description="The id of the learning problem it is about")
    steps: int = Field(description="How many steps lead there")


class AreaOut(BaseModel):
    id: str
    slug: str
    name: str
    summary: str
    steps: int
    goals: list[GoalOut]


class LearningProblemRef(BaseModel):
    id: str
    slug: str
    name: str


class LearningProblemOut(LearningProblemRef):
    summary: str = Field(description="How it looks and sounds, in plain words")


class SchoolRef(BaseModel):
    id: str
    name: str


class CriterionOut(BaseModel):
    id: str
    position: int
    text: str


class TermRef(BaseModel):
    id: str
    slug: str
    name: str
    meaning: str


class StepSummary(BaseModel):
    """A step, as lists show it."""

    id: str
    slug: str
    goal: str = Field(description="The first half of the wording")
    goal_id: str
    action: str = Field(description="The second half, in the -ing form")
    wording: str = Field(description="The whole step in one line: goal by action")
    area: AreaRef
    learning_problem: LearningProblemRef | None
    criteria: list[CriterionOut]
    phases: list[str] = Field(description="Slugs; none means every phase")
    subjects: list[str] = Field(description="Slugs; none means that it is generic")
    state: StepState
    version: int = Field(description="The newest version that was published; 0 before the first")
    school: SchoolRef | None = Field(description="Whose own copy it is; null for the trust's steps")


class StepRef(BaseModel):
    id: str
    slug: str
    wording: str


class OwnCopyRef(StepRef):
    state: StepState = Field(description="A draft is seen by those who curate, and stands in for nothing yet")


class StepOut(StepSummary):
    insight: str = Field(description="Why it works")
    practice_tasks: list[str]
    prompts: list[str] = Field(description="Questions a coach may ask")
    terms: list[TermRef]
    sounds_like: list[str] = Field(description="What somebody who needs this step says")
    based_on: StepRef | None = Field(description="The trust's step that this copy stands in for")
    base_has_changed: bool = Field(description="The trust's step has changed since")
    own_copy: OwnCopyRef | None = Field(description="What the viewer's own school uses instead of it")
    may_curate: bool = Field(description="Whether the viewer may change it")
    exemplars: list[ExemplarOut] = Field(description="Its published models, the newest first")


class StepPage(BaseModel):
    items: list[StepSummary]
    next_cursor: str | None


class TermOut(TermRef):
    synonyms: list[str] = Field(description="What people say who don't know the term")
    steps: list[StepRef] = Field(description="The steps that introduce it")
    example: TermExampleOut | None = Field(description="What it looks like in the school of who asks")


class SequencePlaceOut(StepRef):
    kind: PlaceKind = Field(description="To know something first, or to do something with it")


class SequenceOut(BaseModel):
    id: str
    slug: str
    name: str
    summary: str
    steps: list[SequencePlaceOut] = Field(description="In the order in which they build on each other")


class AreaList(BaseModel):
    items: list[AreaOut]
    next_cursor: None = None


class TermList(BaseModel):
    items: list[TermOut]
    next_cursor: None = None


class SequenceList(BaseModel):
    items: list[SequenceOut]
    next_cursor: None = None


class LoadProblem(BaseModel):
    file: str
    line: int
    detail: str


class LoadReportOut(BaseModel):
    """What an import did, or would do, by kind of thing."""

    dry_run: bool
    added: dict[str, int]
    changed: dict[str, int]
    unchanged: dict[str, int]
    problems: list[LoadProblem]


class ProblemList(BaseModel):
    items: list[LearningProblemOut]
    next_cursor: None = None


class TagsOut(BaseModel):
    """What steps can be filtered by besides areas, goals and terms; each with how many steps have it."""

    phases: dict[str, int]
    subjects: dict[str, int]
    generic: int = Field(description="Steps of no subject")
    drafts: int = Field(description="Drafts the viewer may see")


class VersionOut(BaseModel):
    number: int
    note: str
    changed_by: str | None = Field(description="A name; null where it came from the terminal")
    created_at: datetime
    wording: str


class VersionList(BaseModel):
    items: list[VersionOut]
    next_cursor: None = None


class TextChangeOut(BaseModel):
    field: str
    old: str
    new: str


class LineOut(BaseModel):
    kind: LineKind
    old: str | None
    new: str | None


class DifferenceOut(BaseModel):
    """What changed: fields that are worded differently, and every line of lists that differ."""

    old_name: str
    new_name: str
    texts: list[TextChangeOut]
    lists: dict[str, list[LineOut]]


class BuilderGoalOut(GoalOut):
    area: AreaRef


class BuiltStepOut(BaseModel):
    """An action step as `POST /action-steps` takes it, once a coachee is named."""

    step: str
    goal: str
    action: str
    wording: str
    criteria: list[str]
    why: str


class BuiltOut(BaseModel):
    """What there is to choose from after each choice, and what has come of them."""

    problems: list[LearningProblemOut]
    goals: list[BuilderGoalOut] = Field(description="Goals for the problem, those with the most steps first")
    steps: list[StepSummary] = Field(description="Steps for the goal")
    built: BuiltStepOut | None = Field(description="The step chosen, in the situation's words")
