"""What is different between two wordings of a step: the halves of its wording, its criteria, its lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from pennydrop.library.content import StepContent

# Two lines that share less than this are two different things, not one thing reworded.
_ALIKE = 0.5


class LineKind(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion, task or prompt on its way from old to new."""

    kind: LineKind
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class TextChange:
    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed. `texts` holds only fields that differ; `lists` holds every line of lists that differ."""

    texts: list[TextChange]
    lists: dict[str, list[Line]]

    @property
    def nothing(self) -> bool:
        return not self.texts and not self.lists


def difference(old: StepContent, new: StepContent) -> Difference:
    """Compare two contents of a step."""
    texts = [
        TextChange(field, before, after)
        for field, before, after in (
            ("goal", old["goal"], new["goal"]),
            ("action", old["action"], new["action"]),
            ("insight", old["insight"], new["insight"]),
            ("area", old["area"], new["area"]),
            ("problem", old["problem"], new["problem"]),
        )
        if before != after
    ]
    lists = {
        field: compared(before, after)
        for field, before, after in (
            ("criteria", old["criteria"], new["criteria"]),
            ("practice_tasks", old["practice_tasks"], new["practice_tasks"]),
            ("prompts", old["prompts"], new["prompts"]),
            ("terms", old["terms"], new["terms"]),
            ("sounds_like", old["sounds_like"], new["sounds_like"]),
            ("phases", old["phases"], new["phases"]),
            ("subjects", old["subjects"], new["subjects"]),
        )
        if before != after
    }
    return Difference(texts, lists)


def compared(old: Sequence[str], new: Sequence[str]) -> list[Line]:
    """Return the lines in the new order; a removed one stands where it stood."""
    lines: list[Line] = []
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    for what, a, b, c, d in matcher.get_opcodes():
        if what == "equal":
            lines += [Line(LineKind.SAME, text, text) for text in old[a:b]]
        else:
            lines += _reworded(old[a:b], new[c:d])
    return lines


def _reworded(old: Sequence[str], new: Sequence[str]) -> list[Line]:
    """Pair lines that say nearly the same; the rest were removed or added."""
    partners: dict[int, int] = {}
    alike = sorted(
        (
            (SequenceMatcher(a=a.split(), b=b.split()).ratio(), i, j)
            for i, a in enumerate(old)
            for j, b in enumerate(new)
        ),
        reverse=True,
    )
    for ratio, i, j in alike:
        if ratio >= _ALIKE and i not in partners.values() and j not in partners:
            partners[j] = i
    lines = [Line(LineKind.REMOVED, text, None) for i, text in enumerate(old) if i not in partners.values()]
    for j, text in enumerate(new):
        before = partners.get(j)
        lines.append(
            Line(LineKind.ADDED, None, text) if before is None else Line(LineKind.CHANGED, old[before], text)
        )
    return lines
