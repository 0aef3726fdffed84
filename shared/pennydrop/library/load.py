"""Loading library files: by slug, all of them or none, as often as one likes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from collections.abc import Sequence as Many
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.errors import Invalid
from pennydrop.library.documents import Document, read
from pennydrop.library.entries import Entries, GoalEntry, SequenceEntry, StepEntry
from pennydrop.library.models import (
    Area,
    Criterion,
    Goal,
    LearningProblem,
    PracticeTask,
    Prompt,
    Sequence,
    SequencePlace,
    Step,
    Term,
)
from pennydrop.library.yaml_reader import Place, Problem

Named = TypeVar("Named", Area, LearningProblem, Term, Goal, Step, Sequence)
Line = TypeVar("Line", Criterion, PracticeTask, Prompt)


class LibraryUnreadable(Invalid):
    """A library file has problems; the sentence names the first of them by line."""

    def __init__(self, problems: Many[Problem]) -> None:
        shown = " ".join(str(problem) for problem in problems[:5])
        more = f" And {len(problems) - 5} more." if len(problems) > 5 else ""
        super().__init__(f"Nothing was imported. {shown}{more}")


@dataclass(slots=True)
class LoadReport:
    """How many of each kind were added, changed or left alone; with problems, nothing was done."""

    added: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)


def load(
    session: Session, organisation_id: str, documents: Many[Document], *, dry_run: bool = False
) -> LoadReport:
    """Bring an organisation's library up to what these files say.

    Things are known by their slugs: what is new is added, what differs is changed, what the files don't
    mention stays. Loading the same files again changes nothing. Criteria keep their identity by their
    position, so that whatever points at “criterion 2” goes on doing so. With problems, or in a dry run,
    nothing is done.
    """
    entries, problems = read(documents)
    if problems:
        return LoadReport(problems=problems)
    loader = _Loader(session, organisation_id)
    savepoint = session.begin_nested()
    report = loader.load(entries)
    if report.problems or dry_run:
        savepoint.rollback()
        return report
    savepoint.commit()
    return report


class _Loader:
    def __init__(self, session: Session, organisation_id: str) -> None:
        self.session = session
        self.organisation_id = organisation_id
        self.report = LoadReport()
        self.areas = self._all(Area)
        self.problems = self._all(LearningProblem)
        self.terms = self._all(Term)
        self.goals = self._all(Goal)
        self.steps = self._all(Step)
        self.sequences = self._all(Sequence)

    def load(self, entries: Entries) -> LoadReport:
        for area in entries.areas:
            row = self._put(Area, self.areas, area.slug, {"name": area.name, "summary": area.summary})
            row.position = row.position or _last(self.areas) + 1
        for problem in entries.problems:
            place = self._put(LearningProblem, self.problems, problem.slug, {"name": problem.name})
            place.position = place.position or _last(self.problems) + 1
        for term in entries.terms:
            self._put(Term, self.terms, term.slug, {"name": term.name, "meaning": term.meaning})
        for goal in entries.goals:
            self._goal(goal)
        for sequence in entries.sequences:
            self._sequence(sequence)
        return self.report

    def _all(self, model: type[Named]) -> dict[str, Named]:
        rows = self.session.scalars(select(model).where(model.organisation_id == self.organisation_id))
        return {row.slug: row for row in rows.unique()}

    def _put(self, model: type[Named], known: dict[str, Named], slug: str, values: dict[str, Any]) -> Named:
        """Add the row of this slug, or change what differs in it, and count which it was."""
        row, kind = known.get(slug), model.__tablename__
        if row is None:
            row = model(organisation_id=self.organisation_id, slug=slug, **values)
            self.session.add(row)
            self.session.flush()
            known[slug] = row
            self.report.added[kind] += 1
            return row
        before = {name: getattr(row, name) for name in values}
        differs = before != values
        if differs:
            for name, value in values.items():
                setattr(row, name, value)
            self.session.flush()
        (self.report.changed if differs else self.report.unchanged)[kind] += 1
        return row

    def _goal(self, entry: GoalEntry) -> None:
        area = self._named(self.areas, entry.area, "area", entry.place)
        problem = self._named(self.problems, entry.problem, "problem", entry.place) if entry.problem else None
        if area is None:
            return
        values = {
            "wording": entry.wording,
            "area_id": area.id,
            "learning_problem_id": problem.id if problem else None,
        }
        goal = self._put(Goal, self.goals, entry.slug, values)
        for step in entry.steps:
            self._step(goal, step)

    def _step(self, goal: Goal, entry: StepEntry) -> None:
        terms = [self._named(self.terms, slug, "term", entry.place) for slug in entry.terms]
        old = self.steps.get(entry.slug)
        values = {
            "goal_id": goal.id,
            "action": entry.action,
            "insight": entry.insight,
            "sounds_like": entry.sounds_like,
            "criteria": _lines(Criterion, old.criteria if old else [], entry.criteria),
            "practice_tasks": _lines(PracticeTask, old.practice_tasks if old else [], entry.practice),
            "prompts": _lines(Prompt, old.prompts if old else [], entry.prompts),
            "terms": _kept_order([term for term in terms if term], old.terms if old else []),
        }
        self._put(Step, self.steps, entry.slug, values)

    def _sequence(self, entry: SequenceEntry) -> None:
        steps = [self._named(self.steps, slug, "step", entry.place) for slug in entry.steps]
        wanted = [step.id for step in steps if step]
        old = self.sequences.get(entry.slug)
        same = old is not None and [place.step_id for place in old.places] == wanted
        places = old.places if old is not None and same else None
        if old is not None and not same:
            # Positions are the key of a place: the old ones go before the new ones come.
            old.places.clear()
            self.session.flush()
        values: dict[str, Any] = {
            "name": entry.name,
            "summary": entry.summary,
            "places": places
            or [SequencePlace(position=at, step_id=step) for at, step in enumerate(wanted, 1)],
        }
        self._put(Sequence, self.sequences, entry.slug, values)

    def _named(self, known: dict[str, Named], slug: str, kind: str, place: Place) -> Named | None:
        found = known.get(slug)
        if found is None:
            detail = f"there is no {kind} “{slug}”, neither in these files nor in the library."
            self.report.problems.append(place.problem(detail))
        return found


def _last(rows: Mapping[str, Area | LearningProblem]) -> int:
    """The position of the last one: what is new comes behind it."""
    return max((row.position for row in rows.values()), default=0)


def _lines(model: type[Line], old: list[Line], texts: list[str]) -> list[Line]:
    """Return numbered lines with these texts: those that were there, worded anew, then new ones."""
    if [line.text for line in old] == texts:
        return old
    lines = list(old[: len(texts)])
    lines += [model(position=position) for position in range(len(lines) + 1, len(texts) + 1)]
    for line, text in zip(lines, texts, strict=True):
        line.text = text
    return lines


def _kept_order(terms: list[Term], old: list[Term]) -> list[Term]:
    same = {term.id for term in terms} == {term.id for term in old}
    return old if same else terms
