"""The library as the HTTP contract shows it."""

from __future__ import annotations

from pydantic import BaseModel, Field


class AreaRef(BaseModel):
    id: str
    slug: str
    name: str


class GoalOut(BaseModel):
    id: str
    slug: str
    wording: str
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


class StepOut(StepSummary):
    insight: str = Field(description="Why it works")
    practice_tasks: list[str]
    prompts: list[str] = Field(description="Questions a coach may ask")
    terms: list[TermRef]
    sounds_like: list[str] = Field(description="What somebody who needs this step says")


class StepPage(BaseModel):
    items: list[StepSummary]
    next_cursor: str | None


class StepRef(BaseModel):
    id: str
    slug: str
    wording: str


class TermOut(TermRef):
    steps: list[StepRef] = Field(description="The steps that introduce it")


class SequenceOut(BaseModel):
    id: str
    slug: str
    name: str
    summary: str
    steps: list[StepRef] = Field(description="In the order in which they build on each other")


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
