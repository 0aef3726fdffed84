"""An organisation's library by slug, as an import finds it."""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.library.entries import GoalEntry
from pennydrop.library.models import Area, Goal, LearningProblem, Sequence, Step, Term

Named = TypeVar("Named", Area, LearningProblem, Term, Goal, Step, Sequence)


class Known:
    """Everything that is there. What an import adds is put in as well."""

    def __init__(self, session: Session, organisation_id: str) -> None:
        self._session = session
        self._organisation_id = organisation_id
        self.areas = self._all(Area)
        self.problems = self._all(LearningProblem)
        self.terms = self._all(Term)
        self.goals = self._all(Goal)
        self.steps = self._all(Step)
        self.sequences = self._all(Sequence)
        self._goals_by_wording = {goal.wording.lower(): goal for goal in self.goals.values()}

    def goal_like(self, entry: GoalEntry) -> Goal | None:
        """Return the goal of this slug; where a table names it by its wording, the one that is worded so."""
        return self.goals.get(entry.slug) or self._goals_by_wording.get(entry.wording.lower())

    def _all(self, model: type[Named]) -> dict[str, Named]:
        rows = self._session.scalars(select(model).where(model.organisation_id == self._organisation_id))
        return {row.slug: row for row in rows.unique()}
