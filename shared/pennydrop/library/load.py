"""Loading library files: by slug, all of them or none, as often as one likes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from collections.abc import Sequence as Many
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.errors import Invalid
from pennydrop.ids import new_id
from pennydrop.library.content import content_of
from pennydrop.library.documents import Document, read
from pennydrop.library.entries import Entries, GoalEntry, SequenceEntry, StepEntry
from pennydrop.library.known import Known, Named
from pennydrop.library.lines import numbered
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
    StepState,
    Term,
)
from pennydrop.library.places import Problem
from pennydrop.library.references import dangling
from pennydrop.library.search import index_steps, index_steps_of_terms
from pennydrop.library.versions import first_version, record_version
from pennydrop.people.models import School

_NOTE = "Imported from a file"


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
    session: Session,
    organisation_id: str,
    documents: Many[Document],
    *,
    dry_run: bool = False,
    by: str | None = None,
    schools: Mapping[str, str] | None = None,
) -> LoadReport:
    """Bring an organisation's library up to what these files say.

    Things are known by their slugs: what is new is added, what differs is changed, what the files don't
    mention stays. Loading the same files again changes nothing. Criteria keep their identity by their
    position, so that whatever points at “criterion 2” goes on doing so; a published step that says something
    else has a new version. With problems, or in a dry run, nothing is done.

    `by` is the person the versions name. `schools` gives, by name, the ids of those whose own copies may be
    changed: all of the organisation's unless it is given.
    """
    entries, problems = read(documents)
    known = Known(session, organisation_id)
    allowed = _all_schools(session, organisation_id) if schools is None else schools
    problems += dangling(entries, known, allowed)
    if problems:
        order = {document.name: place for place, document in enumerate(documents)}
        return LoadReport(problems=sorted(problems, key=lambda one: (order.get(one.file, 0), one.line)))
    savepoint = session.begin_nested()
    with session.no_autoflush:
        loader = _Loader(session, organisation_id, known, allowed, by)
        loader.compare(entries)
        if dry_run:
            savepoint.rollback()
            return loader.report
        loader.write(entries)
    savepoint.commit()
    return loader.report


def _all_schools(session: Session, organisation_id: str) -> dict[str, str]:
    rows = session.execute(select(School.name, School.id).where(School.organisation_id == organisation_id))
    return dict(rows.all())


class _Loader:
    """Builds every row in memory and writes them all at once: a query for each would take minutes."""

    def __init__(
        self, session: Session, organisation_id: str, known: Known, schools: Mapping[str, str], by: str | None
    ) -> None:
        self.session = session
        self.organisation_id = organisation_id
        self.known = known
        self.schools = schools
        self.by = by
        self.report = LoadReport()
        self.goals: dict[str, Goal] = {}
        self.new: list[Step] = []
        self.touched: dict[str, Step] = {}
        """Steps that were there, and say or may say something else now."""
        self.reworded: list[str] = []
        """Terms whose words changed."""

    def compare(self, entries: Entries) -> None:
        for area in entries.areas:
            row = self._put(Area, self.known.areas, area.slug, {"name": area.name, "summary": area.summary})
            row.position = row.position or _last(self.known.areas) + 1
        for problem in entries.problems:
            values = {"name": problem.name, "summary": problem.summary}
            place = self._put(LearningProblem, self.known.problems, problem.slug, values)
            place.position = place.position or _last(self.known.problems) + 1
        for term in entries.terms:
            said: dict[str, Any] = {"name": term.name, "meaning": term.meaning, "synonyms": term.synonyms}
            differed = self.report.changed["terms"]
            row_of_term = self._put(Term, self.known.terms, term.slug, said)
            if self.report.changed["terms"] > differed:
                self.reworded.append(row_of_term.id)
        for goal in entries.goals:
            self._goal(goal)
        for step in entries.steps:
            self._step(step)
        for step in entries.steps:
            if step.based_on:
                self._base(self.known.steps[step.slug], self.known.steps[step.based_on])
        for sequence in entries.sequences:
            self._sequence(sequence)

    def write(self, entries: Entries) -> None:
        # Areas, goals and terms are in the steps' flush; what only knows a step's id comes behind it.
        self.session.flush()
        for step in self.new:
            if step.state is StepState.PUBLISHED:
                self.session.add(first_version(step, by=self.by, note=_NOTE))
        for step in self.touched.values():
            record_version(self.session, step, by=self.by, note=_NOTE)
        for sequence in entries.sequences:
            self._write_places(sequence)
        self.session.flush()
        index_steps(self.session, self.new)
        index_steps(self.session, list(self.touched.values()))
        index_steps_of_terms(self.session, self.reworded)

    def _put(self, model: type[Named], known: dict[str, Named], slug: str, values: dict[str, Any]) -> Named:
        """Add the row of this slug, or change what differs in it, and count which it was."""
        row = known.get(slug)
        if row is None:
            return self._add(model, known, slug, values)
        differs = any(getattr(row, name) != value for name, value in values.items())
        if differs:
            for name, value in values.items():
                setattr(row, name, value)
        self._count(model, differs)
        return row

    def _add(self, model: type[Named], known: dict[str, Named], slug: str, values: dict[str, Any]) -> Named:
        row = model(id=new_id(), organisation_id=self.organisation_id, slug=slug, **values)
        self.session.add(row)
        known[slug] = row
        self.report.added[model.__tablename__] += 1
        return row

    def _count(self, model: type[Named], differs: bool) -> None:
        (self.report.changed if differs else self.report.unchanged)[model.__tablename__] += 1

    def _goal(self, entry: GoalEntry) -> None:
        there = self.known.goal_like(entry)
        if there is not None and not entry.area:
            self.goals[entry.slug] = there
            return
        values = {
            "wording": entry.wording,
            "area": self.known.areas[entry.area],
            "learning_problem": self.known.problems[entry.problem] if entry.problem else None,
        }
        slug = there.slug if there is not None else entry.slug
        differed = self.report.changed["goals"]
        goal = self._put(Goal, self.known.goals, slug, values)
        self.goals[entry.slug] = goal
        if self.report.changed["goals"] > differed:
            # Its wording is half of theirs.
            self.touched |= {step.id: step for step in self.known.steps.values() if step.goal is goal}

    def _step(self, entry: StepEntry) -> None:
        goal = self.goals.get(entry.goal) or self.known.goals[entry.goal]
        old = self.known.steps.get(entry.slug)
        plain = {
            "goal": goal,
            "action": entry.action,
            "insight": entry.insight,
            "sounds_like": entry.sounds_like,
            "phases": entry.phases,
            "subjects": entry.subjects,
            "school_id": self.schools[entry.school] if entry.school else None,
        }
        terms = [self.known.terms[slug] for slug in dict.fromkeys(entry.terms)]
        if old is None:
            state = entry.state or StepState.PUBLISHED
            version = 1 if state is StepState.PUBLISHED else 0
            step = self._add(
                Step, self.known.steps, entry.slug, {**plain, "state": state, "version": version}
            )
            self.new.append(step)
        else:
            step, before = old, (content_of(old), old.goal, old.state)
            for name, value in plain.items():
                if getattr(step, name) != value:
                    setattr(step, name, value)
            step.state = entry.state or step.state
        step.criteria = numbered(Criterion, step.criteria, entry.criteria)
        step.practice_tasks = numbered(PracticeTask, step.practice_tasks, entry.practice)
        step.prompts = numbered(Prompt, step.prompts, entry.prompts)
        if {term.slug for term in step.terms} != {term.slug for term in terms}:
            step.terms = terms
        if old is not None:
            differs = before != (content_of(step), step.goal, step.state)
            self._count(Step, differs)
            if differs:
                self.touched[step.id] = step

    def _base(self, copy: Step, original: Step) -> None:
        if copy.based_on is not original:
            copy.based_on, copy.based_on_version = original, max(original.version, 1)

    def _sequence(self, entry: SequenceEntry) -> None:
        old = self.known.sequences.get(entry.slug)
        values: dict[str, Any] = {"name": entry.name, "summary": entry.summary}
        if old is None:
            self._add(Sequence, self.known.sequences, entry.slug, values)
            return
        slugs = {step.id: slug for slug, step in self.known.steps.items()}
        places = [(slugs[place.step_id], place.kind) for place in old.places]
        moved = places != [(place.step, place.kind) for place in entry.steps]
        differs = moved or (old.name, old.summary) != (entry.name, entry.summary)
        old.name, old.summary = entry.name, entry.summary
        self._count(Sequence, differs)

    def _write_places(self, entry: SequenceEntry) -> None:
        sequence = self.known.sequences[entry.slug]
        wanted = [(self.known.steps[place.step].id, place.kind) for place in entry.steps]
        if [(place.step_id, place.kind) for place in sequence.places] == wanted:
            return
        # Positions are the key of a place: the old ones go before the new ones come.
        sequence.places.clear()
        self.session.flush()
        sequence.places = [
            SequencePlace(position=at, step_id=step_id, kind=kind)
            for at, (step_id, kind) in enumerate(wanted, 1)
        ]


def _last(rows: Mapping[str, Area | LearningProblem]) -> int:
    """The position of the last one: what is new comes behind it."""
    return max((row.position or 0 for row in rows.values()), default=0)
