"""Whether what library files refer to is there: every reference that leads nowhere, named by line."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from pennydrop.library.entries import Entries, GoalEntry, StepEntry
from pennydrop.library.known import Known
from pennydrop.library.places import Place, Problem


def dangling(entries: Entries, known: Known, schools: Mapping[str, str]) -> list[Problem]:
    """Return the problems. `schools` are those, by name, whose own copies may be changed."""
    return _References(entries, known, schools).problems()


class _References:
    def __init__(self, entries: Entries, known: Known, schools: Mapping[str, str]) -> None:
        self.entries = entries
        self.known = known
        self.schools = schools
        self.found: list[Problem] = []

    def problems(self) -> list[Problem]:
        entries = self.entries
        there: dict[str, set[str]] = {
            "area": {one.slug for one in entries.areas} | self.known.areas.keys(),
            "problem": {one.slug for one in entries.problems} | self.known.problems.keys(),
            "term": {one.slug for one in entries.terms} | self.known.terms.keys(),
            "goal": {one.slug for one in entries.goals} | self.known.goals.keys(),
            "step": {one.slug for one in entries.steps} | self.known.steps.keys(),
        }
        for goal in entries.goals:
            self._goal(goal, there)
        for step in entries.steps:
            self._named(there["goal"], step.goal, "goal", step.place)
            for term in step.terms:
                self._named(there["term"], term, "term", step.place)
            if step.based_on:
                self._named(there["step"], step.based_on, "step", step.place)
            self._school(step)
        for sequence in entries.sequences:
            for place in sequence.steps:
                self._named(there["step"], place.step, "step", sequence.place)
        return self.found

    def _goal(self, goal: GoalEntry, there: dict[str, set[str]]) -> None:
        if not goal.area:
            if self.known.goal_like(goal) is None:
                detail = f"the goal “{goal.wording}” is new here. Please fill in its area too."
                self.found.append(goal.place.problem(detail))
            return
        self._named(there["area"], goal.area, "area", goal.place)
        if goal.problem:
            self._named(there["problem"], goal.problem, "problem", goal.place)

    def _school(self, step: StepEntry) -> None:
        old = self.known.steps.get(step.slug)
        if step.school and step.school not in self.schools:
            detail = f"there is no school “{step.school}” whose steps you can change."
            self.found.append(step.place.problem(detail))
        elif step.based_on and not step.school:
            self.found.append(step.place.problem("“based_on” is for a school's own copy: say whose."))
        elif old is not None and old.school_id != self.schools.get(step.school):
            # Whose it is would tell of a draft that she may not see.
            detail = f"the slug “{step.slug}” is taken already. Please give this step another one."
            self.found.append(step.place.problem(detail))

    def _named(self, there: Collection[str], slug: str, kind: str, place: Place) -> None:
        # An empty slug, or one that stands in an entry with a problem of its own, has been spoken of already.
        if slug and slug not in there and (kind, slug) not in self.entries.unread:
            detail = f"there is no {kind} “{slug}”, neither in these files nor in the library."
            self.found.append(place.problem(detail))
