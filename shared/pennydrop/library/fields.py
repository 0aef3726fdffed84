"""Entries from the named parts of a library file, whichever form it has: YAML nodes or cells of a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, Protocol, TypeVar

from pennydrop.library import wording
from pennydrop.library.entries import (
    AreaEntry,
    GoalEntry,
    PlaceEntry,
    ProblemEntry,
    SequenceEntry,
    StepEntry,
    TermEntry,
)
from pennydrop.library.models import PlaceKind, StepState
from pennydrop.library.places import Place

Part = TypeVar("Part")
AnyPart = TypeVar("AnyPart", contravariant=True)
Parts = Mapping[str, Part]


class Reader(Protocol[AnyPart]):
    """What can be asked of a part of a file. What can't be read comes back empty, with a problem noted."""

    def place(self, part: AnyPart) -> Place: ...
    def say(self, part: AnyPart, detail: str) -> None: ...
    def text(self, part: AnyPart | None, at_most: int) -> str: ...
    def texts(self, part: AnyPart | None, longest: int, *, at_most: int) -> list[str]: ...
    def slug(self, part: AnyPart, longest: int) -> str: ...
    def named(self, part: AnyPart, longest: int, *, at_most: int) -> list[tuple[str, str]]:
        """Return the items of a list, each with the word before its colon, or an empty one."""
        ...


class Fields(Generic[Part]):
    """Builds entries; `at` is the part that stands for the whole entry in messages."""

    def __init__(self, reader: Reader[Part]) -> None:
        self.reader = reader

    def area(self, at: Part, parts: Parts[Part]) -> AreaEntry:
        return AreaEntry(
            self.reader.place(at),
            self.reader.slug(parts["slug"], 80),
            self.reader.text(parts["name"], 120),
            self.reader.text(parts.get("summary"), 2_000),
        )

    def problem(self, at: Part, parts: Parts[Part]) -> ProblemEntry:
        return ProblemEntry(
            self.reader.place(at),
            self.reader.slug(parts["slug"], 80),
            self.reader.text(parts["name"], 120),
            self.reader.text(parts.get("summary"), 2_000),
        )

    def term(self, at: Part, parts: Parts[Part]) -> TermEntry:
        return TermEntry(
            self.reader.place(at),
            self.reader.slug(parts["slug"], 80),
            self.reader.text(parts["name"], 120),
            self.reader.text(parts["meaning"], 2_000),
            self.reader.texts(parts.get("synonyms"), 120, at_most=40),
        )

    def goal(self, at: Part, parts: Parts[Part]) -> GoalEntry:
        problem = parts.get("problem")
        return GoalEntry(
            self.reader.place(at),
            self.reader.slug(parts["slug"], 120),
            self.reader.text(parts["wording"], wording.MAX_HALF),
            self.reader.slug(parts["area"], 80),
            self.reader.slug(problem, 80) if problem is not None else None,
        )

    def step(self, at: Part, parts: Parts[Part], *, slug: str, goal: str) -> StepEntry:
        texts = self.reader.texts
        criteria = parts.get("criteria")
        step = StepEntry(
            place=self.reader.place(at),
            slug=slug,
            goal=goal,
            action=self.reader.text(parts["action"], wording.MAX_HALF),
            insight=self.reader.text(parts.get("insight"), wording.MAX_INSIGHT),
            criteria=texts(criteria, wording.MAX_CRITERION, at_most=wording.MAX_CRITERIA),
            practice=texts(parts.get("practice"), wording.MAX_TASK, at_most=wording.MAX_LINES),
            prompts=texts(parts.get("prompts"), wording.MAX_PROMPT, at_most=wording.MAX_LINES),
            terms=texts(parts.get("terms"), 80, at_most=wording.MAX_LINES),
            sounds_like=texts(parts.get("sounds_like"), wording.MAX_SAID, at_most=wording.MAX_LINES),
            phases=self._slugs(parts.get("phases")),
            subjects=self._slugs(parts.get("subjects")),
            state=self._state(parts.get("state")),
            school=self.reader.text(parts.get("school"), 200),
            based_on=self.reader.text(parts.get("based_on"), 120),
        )
        if not step.criteria:
            self.reader.say(
                criteria if criteria is not None else at, "a step needs at least one success criterion."
            )
        return step

    def sequence(self, at: Part, parts: Parts[Part]) -> SequenceEntry:
        return SequenceEntry(
            self.reader.place(at),
            self.reader.slug(parts["slug"], 120),
            self.reader.text(parts["name"], 200),
            self.reader.text(parts.get("summary"), 2_000),
            self._places(parts["steps"]),
        )

    def _slugs(self, part: Part | None) -> list[str]:
        """Phases or subjects, in the order of the alphabet, each once."""
        slugs = self.reader.texts(part, 80, at_most=wording.MAX_LINES)
        for slug in slugs:
            if part is not None and slug and not wording.SLUG.fullmatch(slug):
                self.reader.say(part, f"“{slug}” should be small letters and digits joined by “-”.")
        return sorted(set(slugs))

    def _state(self, part: Part | None) -> StepState | None:
        if part is None:
            return None
        word = self.reader.text(part, 20)
        if word in tuple(StepState):
            return StepState(word)
        if word:
            self.reader.say(part, f"the state of a step is “draft” or “published”, not “{word}”.")
        return None

    def _places(self, part: Part) -> list[PlaceEntry]:
        """Steps of a sequence: `a-slug`, or `knowledge: a-slug` where it is there to know something first."""
        places, acting = list[PlaceEntry](), False
        for word, slug in self.reader.named(part, 120, at_most=50):
            if word not in ("", *PlaceKind):
                self.reader.say(part, f"before the colon stands “knowledge” or “action”, not “{word}”.")
                continue
            place = PlaceEntry(slug, PlaceKind(word or PlaceKind.ACTION))
            if acting and place.kind is PlaceKind.KNOWLEDGE:
                self.reader.say(part, f"knowledge comes before action in a sequence: move “{place.step}” up.")
            acting = acting or place.kind is PlaceKind.ACTION
            places.append(place)
        return places
