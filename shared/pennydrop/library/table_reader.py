"""The library as a table (CSV): one row for each thing, as it comes from Excel or Google Sheets.

The first row names the columns. `kind` says what a row is: area, problem, term, goal, sequence or step; a row
without one is a step. Several lines in a cell (or “|” between them) are several criteria, tasks and so on.

    kind, slug, name, summary                              area, problem, sequence (with `steps`)
    kind, slug, name, meaning, synonyms                    term
    kind, slug, wording, area, problem                     goal
    kind, slug, goal, action, insight, criteria, …         step

A step's `goal` is a slug or the goal's wording; a new wording makes a goal, if the row says its `area`. A
step without a `slug` is called by its action.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass

from pennydrop.errors import Invalid
from pennydrop.library.entries import Entries, GoalEntry
from pennydrop.library.fields import Fields
from pennydrop.library.places import Place, Problem
from pennydrop.library.wording import MAX_HALF, SLUG, one_line, slug_of

MAX_BYTES = 8_000_000
COLUMNS = (
    "kind",
    "slug",
    "name",
    "summary",
    "meaning",
    "synonyms",
    "wording",
    "area",
    "problem",
    "goal",
    "action",
    "insight",
    "criteria",
    "practice",
    "prompts",
    "terms",
    "sounds_like",
    "phases",
    "subjects",
    "state",
    "school",
    "based_on",
    "steps",
)
NOT_A_TABLE = "this file isn't a table we can read. Its first line names the columns, as an export shows."
_NEEDED = {
    "area": ("slug", "name"),
    "problem": ("slug", "name"),
    "term": ("slug", "name", "meaning"),
    "goal": ("slug", "wording", "area"),
    "step": ("goal", "action", "criteria"),
    "sequence": ("slug", "name", "steps"),
}
_SEVERAL = re.compile(r"[\n|]")
# What a spreadsheet would run as a formula: exports put an apostrophe before it, which is taken off here.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Cell:
    line: int
    text: str


def looks_like_a_table(name: str, content: bytes) -> bool:
    """Whether a file is CSV: by its name, or, where that says nothing, by the columns in its first line."""
    if name.lower().endswith((".csv", ".tsv")):
        return True
    if name.lower().endswith((".yaml", ".yml")):
        return False
    first = content.lstrip(b"\xef\xbb\xbf").split(b"\n", 1)[0].decode("utf-8", "replace")
    named = {name.strip().strip('"').lower() for name in re.split(r"[,;\t]", first)}
    return len(named & set(COLUMNS)) >= 2


def read_table(name: str, content: bytes, entries: Entries) -> list[Problem]:
    """Read a table into the entries of all files and return its problems."""
    reader = _CellReader(name)
    if len(content) > MAX_BYTES:
        return [Problem(name, 1, "the file is larger than 8 MB.")]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return [Problem(name, line, "this isn't UTF-8 text. Save it as “CSV UTF-8”.")]
    if "\0" in text:
        return [Problem(name, 1, NOT_A_TABLE)]
    rows = _Rows(reader, entries)
    try:
        rows.read(text)
    except csv.Error as error:
        reader.problems.append(Problem(name, rows.line, f"this row can't be read: {error}."))
    return reader.problems


class _CellReader:
    """What `fields.Reader` asks for, of cells."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def place(self, part: Cell) -> Place:
        return Place(self.file, part.line)

    def say(self, part: Cell, detail: str) -> None:
        self.problems.append(self.place(part).problem(detail))

    def text(self, part: Cell | None, at_most: int) -> str:
        if part is None:
            return ""
        paragraphs = [one_line(paragraph) for paragraph in re.split(r"\n\s*\n", part.text)]
        text = "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
        if len(text) > at_most:
            self.say(part, f"this text has {len(text)} characters; {at_most} are the most.")
        return text

    def texts(self, part: Cell | None, longest: int, *, at_most: int) -> list[str]:
        if part is None:
            return []
        texts = [one_line(text) for text in _SEVERAL.split(part.text) if text.strip()]
        if len(texts) > at_most:
            self.say(part, f"this list has {len(texts)} items; {at_most} are the most.")
        for text in texts:
            if len(text) > longest:
                self.say(part, f"this text has {len(text)} characters; {longest} are the most.")
        return texts

    def slug(self, part: Cell, longest: int) -> str:
        slug = self.text(part, longest)
        if slug and not SLUG.fullmatch(slug):
            self.say(part, f"“{slug}” should be small letters and digits joined by “-”.")
        return slug

    def named(self, part: Cell, longest: int, *, at_most: int) -> list[tuple[str, str]]:
        pairs = (text.rpartition(":") for text in self.texts(part, longest + 20, at_most=at_most))
        return [(word.strip(), text.strip()) for word, _, text in pairs]


class _Rows:
    def __init__(self, reader: _CellReader, entries: Entries) -> None:
        self.reader = reader
        self.entries = entries
        self.fields = Fields[Cell](reader)
        self.line = 1

    def read(self, text: str) -> None:
        first = text.split("\n", 1)[0]
        # Excel separates by what the country uses: the first line shows which.
        separator = max(",;\t", key=first.count)
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        head = [one_line(name).lower().replace(" ", "_") for name in next(rows, [])]
        if not self._head_is_known(head):
            return
        self.line = rows.line_num + 1
        for row in rows:
            # A cell of several lines makes `line_num` the last of them.
            self._row(head, row)
            self.line = rows.line_num + 1

    def _head_is_known(self, head: list[str]) -> bool:
        at = Cell(1, "")
        if head and not set(head) & set(COLUMNS):
            self.reader.say(at, NOT_A_TABLE)
            return False
        for name in head:
            if name not in COLUMNS:
                self.reader.say(at, f"there is no column “{name}”. What there can be: {', '.join(COLUMNS)}.")
            elif head.count(name) > 1:
                self.reader.say(at, f"the column “{name}” is here twice.")
        if not head:
            self.reader.say(at, "the file is empty.")
        return not self.reader.problems

    def _row(self, head: list[str], row: list[str]) -> None:
        at = Cell(self.line, "")
        if len(row) > len(head) and any(cell.strip() for cell in row[len(head) :]):
            self.reader.say(at, f"this row has {len(row)} cells, but there are {len(head)} columns.")
            return
        parts = {
            name: Cell(self.line, _unquoted(text))
            for name, text in zip(head, row, strict=False)
            if text.strip()
        }
        if not parts:
            return
        kind = one_line(parts.pop("kind", Cell(self.line, "step")).text).lower()
        if kind not in _NEEDED:
            self.reader.say(at, f"a row can't be a “{kind}”, only one of {', '.join(_NEEDED)}.")
            return
        missing = [name for name in _NEEDED[kind] if name not in parts]
        for name in missing:
            self.reader.say(at, f"{_a(kind)} needs “{name}”.")
        if missing:
            self.entries.unread.update((kind, slug) for slug in _slugs_meant(parts))
            return
        getattr(self, f"_{kind}")(at, parts)

    def _area(self, at: Cell, parts: dict[str, Cell]) -> None:
        self.entries.areas.append(self.fields.area(at, parts))

    def _problem(self, at: Cell, parts: dict[str, Cell]) -> None:
        self.entries.problems.append(self.fields.problem(at, parts))

    def _term(self, at: Cell, parts: dict[str, Cell]) -> None:
        self.entries.terms.append(self.fields.term(at, parts))

    def _goal(self, at: Cell, parts: dict[str, Cell]) -> None:
        self.entries.goals.append(self.fields.goal(at, parts))

    def _sequence(self, at: Cell, parts: dict[str, Cell]) -> None:
        self.entries.sequences.append(self.fields.sequence(at, parts))

    def _step(self, at: Cell, parts: dict[str, Cell]) -> None:
        goal = self.reader.text(parts["goal"], MAX_HALF)
        try:
            slug = (
                self.reader.slug(parts["slug"], 120) if "slug" in parts else slug_of(parts["action"].text, 60)
            )
            if not SLUG.fullmatch(goal):
                goal = self._goal_by_wording(at, goal, parts)
        except Invalid as error:
            self.reader.say(at, error.detail)
            return
        self.entries.steps.append(self.fields.step(at, parts, slug=slug, goal=goal))

    def _goal_by_wording(self, at: Cell, words: str, parts: dict[str, Cell]) -> str:
        """Return the slug of the goal that is worded like this, here or, for the loader to see, elsewhere."""
        for goal in self.entries.goals:
            if goal.wording.lower() == words.lower():
                return goal.slug
        area, problem = parts.get("area"), parts.get("problem")
        made = GoalEntry(
            self.reader.place(at),
            slug_of(words, 60),
            words,
            self.reader.slug(area, 80) if area else "",
            self.reader.slug(problem, 80) if problem else None,
        )
        self.entries.goals.append(made)
        return made.slug


def _slugs_meant(parts: dict[str, Cell]) -> list[str]:
    """What a row that can't be used would have been called."""
    named = parts.get("slug") or parts.get("action")
    return ["-".join(re.findall(r"[a-z0-9]+", named.text.lower()))[:60]] if named else []


def _a(kind: str) -> str:
    return f"{'an' if kind == 'area' else 'a'} {kind}"


def _unquoted(text: str) -> str:
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text
