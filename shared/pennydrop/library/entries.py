"""What library files say, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field

from pennydrop.library.models import PlaceKind, StepState
from pennydrop.library.places import Place


@dataclass(frozen=True, slots=True)
class AreaEntry:
    place: Place
    slug: str
    name: str
    summary: str


@dataclass(frozen=True, slots=True)
class ProblemEntry:
    place: Place
    slug: str
    name: str
    summary: str


@dataclass(frozen=True, slots=True)
class TermEntry:
    place: Place
    slug: str
    name: str
    meaning: str
    synonyms: list[str]


@dataclass(frozen=True, slots=True)
class StepEntry:
    place: Place
    slug: str
    goal: str
    action: str
    insight: str
    criteria: list[str]
    practice: list[str]
    prompts: list[str]
    terms: list[str]
    sounds_like: list[str]
    phases: list[str]
    subjects: list[str]
    state: StepState | None
    """None leaves a step that is there in its state; a new one is published."""
    school: str
    """The name of the school whose own copy it is; empty for the trust's steps."""
    based_on: str


@dataclass(frozen=True, slots=True)
class GoalEntry:
    place: Place
    slug: str
    wording: str
    area: str
    """Empty where a table names a goal of the library by its wording alone."""
    problem: str | None


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    step: str
    kind: PlaceKind


@dataclass(frozen=True, slots=True)
class SequenceEntry:
    place: Place
    slug: str
    name: str
    summary: str
    steps: list[PlaceEntry]


@dataclass(slots=True)
class Entries:
    """Everything that some files say, in their order."""

    areas: list[AreaEntry] = field(default_factory=list)
    problems: list[ProblemEntry] = field(default_factory=list)
    terms: list[TermEntry] = field(default_factory=list)
    goals: list[GoalEntry] = field(default_factory=list)
    steps: list[StepEntry] = field(default_factory=list)
    sequences: list[SequenceEntry] = field(default_factory=list)
    unread: set[tuple[str, str]] = field(default_factory=set)
    """Kind and slug of what has a problem of its own: that it can't be used is said once, not everywhere."""
