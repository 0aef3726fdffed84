"""Library files read into plain values, with every problem named by file and line.

A file is YAML, as below, or a table (CSV), as `table_reader` describes: its name or its beginning tells.

    areas:      [{slug, name, summary}]
    problems:   [{slug, name, summary}]                     what in learning goes wrong
    terms:      [{slug, name, meaning, synonyms}]           the shared language
    goals:      [{slug, wording, area, problem, steps: […]}]
    steps:      [{slug, action, insight, criteria, practice, prompts, terms, sounds_like, phases, subjects,
                  state, school, based_on}]                 inside their goal
    sequences:  [{slug, name, summary, steps: [slug, …]}]   or “knowledge: slug” for what to know first

`area`, `problem`, `terms`, `based_on` and the steps of a sequence are slugs, from any of the files or the
library itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from yaml.nodes import MappingNode, Node, ScalarNode

from pennydrop.library.entries import Entries
from pennydrop.library.fields import Fields
from pennydrop.library.places import Place, Problem
from pennydrop.library.table_reader import looks_like_a_table, read_table
from pennydrop.library.yaml_reader import YamlReader

_STEP = (
    "insight",
    "practice",
    "prompts",
    "terms",
    "sounds_like",
    "phases",
    "subjects",
    "state",
    "school",
    "based_on",
)


@dataclass(frozen=True, slots=True)
class Document:
    """One file as it came: its name for messages, and its bytes."""

    name: str
    content: bytes


def read(documents: Sequence[Document]) -> tuple[Entries, list[Problem]]:
    """Read library files. Entries with a problem may be incomplete; the problems come in the files' order."""
    entries, problems = Entries(), list[Problem]()
    for document in documents:
        if looks_like_a_table(document.name, document.content):
            problems += read_table(document.name, document.content, entries)
            continue
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
    """Reads the sections of one YAML file into the entries of all."""

    def __init__(self, reader: YamlReader, entries: Entries) -> None:
        self.reader = reader
        self.entries = entries
        self.fields = Fields[Node](reader)

    def read(self, root: Node) -> None:
        sections = self.reader.mapping(
            root, "the file", optional=("areas", "problems", "terms", "goals", "sequences")
        )
        for name, node in (sections or {}).items():
            for item in self.reader.items(node, f"“{name}”"):
                getattr(self, f"_{name}")(item)

    def _areas(self, node: Node) -> None:
        found = self._parts(node, "area", "an area", ("slug", "name"), ("summary",))
        if found:
            self.entries.areas.append(self.fields.area(node, found))

    def _problems(self, node: Node) -> None:
        found = self._parts(node, "problem", "a problem", ("slug", "name"), ("summary",))
        if found:
            self.entries.problems.append(self.fields.problem(node, found))

    def _terms(self, node: Node) -> None:
        found = self._parts(node, "term", "a term", ("slug", "name", "meaning"), ("synonyms",))
        if found:
            self.entries.terms.append(self.fields.term(node, found))

    def _goals(self, node: Node) -> None:
        found = self._parts(node, "goal", "a goal", ("slug", "wording", "area", "steps"), ("problem",))
        if found:
            goal = self.fields.goal(node, found)
            self.entries.goals.append(goal)
            for item in self.reader.items(found["steps"], "“steps”"):
                self._step(item, goal.slug)

    def _step(self, node: Node, goal: str) -> None:
        found = self._parts(node, "step", "a step", ("slug", "action", "criteria"), _STEP)
        if found:
            slug = self.reader.slug(found["slug"], 120)
            self.entries.steps.append(self.fields.step(node, found, slug=slug, goal=goal))

    def _sequences(self, node: Node) -> None:
        found = self._parts(node, "sequence", "a sequence", ("slug", "name", "steps"), ("summary",))
        if found:
            self.entries.sequences.append(self.fields.sequence(node, found))

    def _parts(
        self, node: Node, kind: str, what: str, required: tuple[str, ...], optional: tuple[str, ...]
    ) -> dict[str, Node] | None:
        found = self.reader.mapping(node, what, required=required, optional=optional)
        if found is None:
            self.entries.unread.update((kind, slug) for slug in _slugs_in(node))
        return found


def _slugs_in(node: Node) -> list[str]:
    """The slug of an entry that can't be read otherwise, if it has one."""
    pairs = node.value if isinstance(node, MappingNode) else []
    return [
        value.value
        for key, value in pairs
        if isinstance(key, ScalarNode) and key.value == "slug" and isinstance(value, ScalarNode)
    ]
