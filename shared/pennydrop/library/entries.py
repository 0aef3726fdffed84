"""What library files say, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field

from pennydrop.library.yaml_reader import Place


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


@dataclass(frozen=True, slots=True)
class TermEntry:
    place: Place
    slug: str
    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class StepEntry:
    place: Place
    slug: str
    action: str
    insight: str
    criteria: list[str]
    practice: list[str]
    prompts: list[str]
    terms: list[str]
    sounds_like: list[str]


@dataclass(frozen=True, slots=True)
class GoalEntry:
    place: Place
    slug: str
    wording: str
    area: str
    problem: str | None
    steps: list[StepEntry]


@dataclass(frozen=True, slots=True)
class SequenceEntry:
    place: Place
    slug: str
    name: str
    summary: str
    steps: list[str]


@dataclass(slots=True)
class Entries:
    """Everything that some files say, in their order."""

    areas: list[AreaEntry] = field(default_factory=list)
    problems: list[ProblemEntry] = field(default_factory=list)
    terms: list[TermEntry] = field(default_factory=list)
    goals: list[GoalEntry] = field(default_factory=list)
    sequences: list[SequenceEntry] = field(default_factory=list)

    @property
    def steps(self) -> list[StepEntry]:
        return [step for goal in self.goals for step in goal.steps]
