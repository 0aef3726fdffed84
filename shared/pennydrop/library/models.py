"""The library: areas, problems, goals, steps worded *goal by action*, and what belongs to a step."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pennydrop.db.base import Base, CreatedAt, PrimaryId
from pennydrop.db.types import Id, Word
from pennydrop.people.models import Person, School


class StepState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"


class PlaceKind(StrEnum):
    """What a place of a sequence is for: to know something first, or to do something with it."""

    KNOWLEDGE = "knowledge"
    ACTION = "action"


class Area(Base):
    """One of the persistent challenges of teaching (behaviour, curriculum, …); schools may add their own."""

    __tablename__ = "areas"
    __table_args__ = (UniqueConstraint("organisation_id", "slug"),)

    id: Mapped[PrimaryId]
    organisation_id: Mapped[str] = mapped_column(Id, ForeignKey("organisations.id"))
    slug: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(120))
    summary: Mapped[str] = mapped_column(Text, default="")
    position: Mapped[int] = mapped_column(default=0)


class LearningProblem(Base):
    """What in learning goes wrong: attention, working memory, thought, long-term memory."""

    __tablename__ = "learning_problems"
    __table_args__ = (UniqueConstraint("organisation_id", "slug"),)

    id: Mapped[PrimaryId]
    organisation_id: Mapped[str] = mapped_column(Id, ForeignKey("organisations.id"))
    slug: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(120))
    summary: Mapped[str] = mapped_column(Text, default="")
    """How it looks and sounds at the table, in plain words."""
    position: Mapped[int] = mapped_column(default=0)


class Goal(Base):
    """What a step is for, as the first half of its wording: “Make sure every pupil hears the instruction”."""

    __tablename__ = "goals"
    __table_args__ = (UniqueConstraint("organisation_id", "slug"),)

    id: Mapped[PrimaryId]
    organisation_id: Mapped[str] = mapped_column(Id, ForeignKey("organisations.id"))
    area_id: Mapped[str] = mapped_column(Id, ForeignKey("areas.id"), index=True)
    learning_problem_id: Mapped[str | None] = mapped_column(Id, ForeignKey("learning_problems.id"))
    slug: Mapped[str] = mapped_column(String(120))
    wording: Mapped[str] = mapped_column(String(300))

    area: Mapped[Area] = relationship(lazy="joined")
    learning_problem: Mapped[LearningProblem | None] = relationship(lazy="joined")


class Step(Base):
    """A bite-sized change of practice: a goal reached **by** an action."""

    __tablename__ = "steps"
    __table_args__ = (UniqueConstraint("organisation_id", "slug"),)

    id: Mapped[PrimaryId]
    organisation_id: Mapped[str] = mapped_column(Id, ForeignKey("organisations.id"), index=True)
    goal_id: Mapped[str] = mapped_column(Id, ForeignKey("goals.id"), index=True)
    slug: Mapped[str] = mapped_column(String(120))
    action: Mapped[str] = mapped_column(String(300))
    """The second half of the wording, in the -ing form: “waiting for every eye before speaking”."""
    insight: Mapped[str] = mapped_column(Text, default="")
    sounds_like: Mapped[list[str]] = mapped_column(JSON, default=list)
    """What somebody who needs this step says in her own words, for the search box."""
    phases: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Slugs such as `key-stage-1`; none means every phase."""
    subjects: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Slugs such as `maths`; none means that the step is generic."""
    state: Mapped[StepState] = mapped_column(Word(StepState), default=StepState.PUBLISHED)
    version: Mapped[int] = mapped_column(default=1)
    """The newest version that was published; 0 as long as none was."""
    school_id: Mapped[str | None] = mapped_column(Id, ForeignKey("schools.id"), index=True)
    """The school whose own copy this is; None is the trust's."""
    based_on_id: Mapped[str | None] = mapped_column(Id, ForeignKey("steps.id"), index=True)
    """The trust's step that this copy stands in for, and the version it was made from."""
    based_on_version: Mapped[int | None]
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[datetime | None]

    school: Mapped[School | None] = relationship(lazy="joined")
    based_on: Mapped[Step | None] = relationship(remote_side="Step.id")
    goal: Mapped[Goal] = relationship(lazy="joined")
    criteria: Mapped[list[Criterion]] = relationship(
        order_by="Criterion.position", cascade="all, delete-orphan", lazy="selectin"
    )
    practice_tasks: Mapped[list[PracticeTask]] = relationship(
        order_by="PracticeTask.position", cascade="all, delete-orphan", lazy="selectin"
    )
    prompts: Mapped[list[Prompt]] = relationship(
        order_by="Prompt.position", cascade="all, delete-orphan", lazy="selectin"
    )
    terms: Mapped[list[Term]] = relationship(secondary="step_terms", lazy="selectin")

    @property
    def wording(self) -> str:
        """The whole step in one line: *goal* by *action*."""
        return worded(self.goal.wording, self.action)


def worded(goal: str, action: str) -> str:
    """Return a whole step in one line: *goal* by *action*."""
    return f"{goal} by {action}"


class StepVersion(Base):
    """What a step said at one version: written when that version is published, never changed afterwards."""

    __tablename__ = "step_versions"
    __table_args__ = (UniqueConstraint("step_id", "number"),)

    id: Mapped[PrimaryId]
    step_id: Mapped[str] = mapped_column(Id, ForeignKey("steps.id", ondelete="CASCADE"))
    number: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    changed_by_id: Mapped[str | None] = mapped_column(Id, ForeignKey("people.id"))
    """None where it came from the terminal."""
    note: Mapped[str] = mapped_column(String(500), default="")
    created_at: Mapped[CreatedAt]

    changed_by: Mapped[Person | None] = relationship(lazy="joined")


class Criterion(Base):
    """One thing to see or hear when the step is done well."""

    __tablename__ = "criteria"

    id: Mapped[PrimaryId]
    step_id: Mapped[str] = mapped_column(Id, ForeignKey("steps.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    text: Mapped[str] = mapped_column(String(500))


class PracticeTask(Base):
    __tablename__ = "practice_tasks"

    id: Mapped[PrimaryId]
    step_id: Mapped[str] = mapped_column(Id, ForeignKey("steps.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    text: Mapped[str] = mapped_column(String(1000))


class Prompt(Base):
    """A question a coach may ask about the step or its model."""

    __tablename__ = "prompts"

    id: Mapped[PrimaryId]
    step_id: Mapped[str] = mapped_column(Id, ForeignKey("steps.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    text: Mapped[str] = mapped_column(String(500))


class Term(Base):
    """A word of the shared language, with its meaning in plain words."""

    __tablename__ = "terms"
    __table_args__ = (UniqueConstraint("organisation_id", "slug"),)

    id: Mapped[PrimaryId]
    organisation_id: Mapped[str] = mapped_column(Id, ForeignKey("organisations.id"))
    slug: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(120))
    meaning: Mapped[str] = mapped_column(Text)
    synonyms: Mapped[list[str]] = mapped_column(JSON, default=list)
    """What people say who don't know the term, in plain words: the search finds it by them."""


class StepTerm(Base):
    """A step introduces a term."""

    __tablename__ = "step_terms"

    step_id: Mapped[str] = mapped_column(Id, ForeignKey("steps.id", ondelete="CASCADE"), primary_key=True)
    term_id: Mapped[str] = mapped_column(Id, ForeignKey("terms.id", ondelete="CASCADE"), primary_key=True)


class Sequence(Base):
    """An order in which steps build on each other: knowledge before action."""

    __tablename__ = "sequences"
    __table_args__ = (UniqueConstraint("organisation_id", "slug"),)

    id: Mapped[PrimaryId]
    organisation_id: Mapped[str] = mapped_column(Id, ForeignKey("organisations.id"))
    slug: Mapped[str] = mapped_column(String(120))
    name: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(Text, default="")

    places: Mapped[list[SequencePlace]] = relationship(
        order_by="SequencePlace.position", cascade="all, delete-orphan", lazy="selectin"
    )


class SequencePlace(Base):
    __tablename__ = "sequence_places"

    sequence_id: Mapped[str] = mapped_column(
        Id, ForeignKey("sequences.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[PlaceKind] = mapped_column(Word(PlaceKind), default=PlaceKind.ACTION)
    step_id: Mapped[str] = mapped_column(Id, ForeignKey("steps.id", ondelete="CASCADE"), index=True)
