"""Library files: YAML read into plain values, with every problem named by file and line.

    areas:      [{slug, name, summary}]
    problems:   [{slug, name}]                              what in learning goes wrong
    terms:      [{slug, name, meaning}]                     the shared language
    goals:      [{slug, wording, area, problem, steps: […]}]
    steps:      [{slug, action, insight, criteria, practice, prompts, terms, sounds_like}]   inside their goal
    sequences:  [{slug, name, summary, steps: [slug, …]}]

`area`, `problem`, `terms` and the steps of a sequence are slugs, from any of the files or the library itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from yaml.nodes import Node

from pennydrop.library.entries import (
    AreaEntry,
    Entries,
    GoalEntry,
    ProblemEntry,
    SequenceEntry,
    StepEntry,
    TermEntry,
)
from pennydrop.library.yaml_reader import Place, Problem, YamlReader


@dataclass(frozen=True, slots=True)
class Document:
    """One file as it came: its name for messages, and its bytes."""

    name: str
    content: bytes


def read(documents: Sequence[Document]) -> tuple[Entries, list[Problem]]:
    """Read library files. Entries with a problem are left out; the problems come in the files' order."""
    entries, problems = Entries(), list[Problem]()
    for document in documents:
        reader = YamlReader(document.name)
        root = reader.root(document.content)
        if root is not None:
            _Sections(reader, entries).read(root)
        problems += reader.problems
    problems += _twice(entries)
    return entries, problems


def _twice(entries: Entries) -> list[Problem]:
    problems = []
    for kind, listed in (
        ("area", entries.areas),
        ("problem", entries.problems),
        ("term", entries.terms),
        ("goal", entries.goals),
        ("step", entries.steps),
        ("sequence", entries.sequences),
    ):
        seen: dict[str, Place] = {}
        for entry in listed:
            if entry.slug in seen:
                first = seen[entry.slug]
                detail = f"the {kind} “{entry.slug}” is here already, in {first.file} line {first.line}."
                problems.append(entry.place.problem(detail))
            seen.setdefault(entry.slug, entry.place)
    return problems


class _Sections:
    """Reads the sections of one file into the entries of all."""

    def __init__(self, reader: YamlReader, entries: Entries) -> None:
        self.reader = reader
        self.entries = entries

    def read(self, root: Node) -> None:
        sections = self.reader.mapping(
            root, "the file", optional=("areas", "problems", "terms", "goals", "sequences")
        )
        for name, node in (sections or {}).items():
            for item in self.reader.items(node, f"“{name}”"):
                getattr(self, f"_{name}")(item)

    def _areas(self, node: Node) -> None:
        found = self.reader.mapping(node, "an area", required=("slug", "name"), optional=("summary",))
        if found:
            text = self.reader.text
            self.entries.areas.append(
                AreaEntry(
                    self.reader.place(node),
                    self.reader.slug(found["slug"], 80),
                    text(found["name"], 120),
                    text(found.get("summary"), 2_000),
                )
            )

    def _problems(self, node: Node) -> None:
        found = self.reader.mapping(node, "a problem", required=("slug", "name"))
        if found:
            self.entries.problems.append(
                ProblemEntry(
                    self.reader.place(node),
                    self.reader.slug(found["slug"], 80),
                    self.reader.text(found["name"], 120),
                )
            )

    def _terms(self, node: Node) -> None:
        found = self.reader.mapping(node, "a term", required=("slug", "name", "meaning"))
        if found:
            self.entries.terms.append(
                TermEntry(
                    self.reader.place(node),
                    self.reader.slug(found["slug"], 80),
                    self.reader.text(found["name"], 120),
                    self.reader.text(found["meaning"], 2_000),
                )
            )

    def _goals(self, node: Node) -> None:
        found = self.reader.mapping(
            node, "a goal", required=("slug", "wording", "area", "steps"), optional=("problem",)
        )
        if found:
            problem = found.get("problem")
            steps = [self._step(item) for item in self.reader.items(found["steps"], "“steps”")]
            self.entries.goals.append(
                GoalEntry(
                    self.reader.place(node),
                    self.reader.slug(found["slug"], 120),
                    self.reader.text(found["wording"], 300),
                    self.reader.slug(found["area"], 80),
                    self.reader.slug(problem, 80) if problem is not None else None,
                    [step for step in steps if step is not None],
                )
            )

    def _step(self, node: Node) -> StepEntry | None:
        found = self.reader.mapping(
            node,
            "a step",
            required=("slug", "action", "criteria"),
            optional=("insight", "practice", "prompts", "terms", "sounds_like"),
        )
        if found is None:
            return None
        texts = self.reader.texts
        step = StepEntry(
            place=self.reader.place(node),
            slug=self.reader.slug(found["slug"], 120),
            action=self.reader.text(found["action"], 300),
            insight=self.reader.text(found.get("insight"), 5_000),
            criteria=texts(found["criteria"], 500, at_most=10),
            practice=texts(found.get("practice"), 1_000, at_most=20),
            prompts=texts(found.get("prompts"), 500, at_most=20),
            terms=texts(found.get("terms"), 80, at_most=20),
            sounds_like=texts(found.get("sounds_like"), 200, at_most=20),
        )
        if not step.criteria:
            self.reader.say(found["criteria"], "a step needs at least one success criterion.")
        return step

    def _sequences(self, node: Node) -> None:
        found = self.reader.mapping(
            node, "a sequence", required=("slug", "name", "steps"), optional=("summary",)
        )
        if found:
            self.entries.sequences.append(
                SequenceEntry(
                    self.reader.place(node),
                    self.reader.slug(found["slug"], 120),
                    self.reader.text(found["name"], 200),
                    self.reader.text(found.get("summary"), 2_000),
                    self.reader.texts(found["steps"], 120, at_most=50),
                )
            )
