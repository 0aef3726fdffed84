"""The library: areas, problems, goals, steps worded *goal by action*, and what belongs to a step."""

from __future__ import annotations

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pennydrop.db.base import Base, CreatedAt, PrimaryId
from pennydrop.db.types import Id


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
    created_at: Mapped[CreatedAt]

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
        return f"{self.goal.wording} by {self.action}"


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
    step_id: Mapped[str] = mapped_column(Id, ForeignKey("steps.id", ondelete="CASCADE"), index=True)
