"""Notes that two people write at the same time: nothing that either of them typed is lost."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from pennydrop.errors import Conflict
from pennydrop.moments.rules import clean_text


class NotesChanged(Conflict):
    """Both changed the same lines; `present` is what stands there now."""

    def __init__(self, present: str) -> None:
        super().__init__("These notes were changed meanwhile. Please choose what stays: nothing is lost.")
        self.present = present


def notes_together(present: str, *, before: str, wanted: str) -> str:
    """Return notes that hold what was `wanted` by who began from `before`, and what came in meanwhile.

    Changes of different lines are both kept. What both added at one place stands below each other, what was
    there first at first. Raises `NotesChanged` where both changed the same lines.
    """
    begun, mine = clean_text(before, "notes"), clean_text(wanted, "notes")
    if present in (begun, mine):
        return mine
    lines = _together(_lines(begun), _lines(present), _lines(mine))
    if lines is None:
        raise NotesChanged(present)
    return "\n".join(lines)


def _together(begun: Sequence[str], theirs: Sequence[str], mine: Sequence[str]) -> list[str] | None:
    changes = dict.fromkeys([*_changes(begun, theirs), *_changes(begun, mine)])
    together: list[str] = []
    done = 0
    for start, end, new in sorted(changes, key=lambda change: change[:2]):
        if start < done:
            return None
        together += [*begun[done:start], *new]
        done = end
    return [*together, *begun[done:]]


def _changes(begun: Sequence[str], now: Sequence[str]) -> list[tuple[int, int, tuple[str, ...]]]:
    """Return which lines of `begun` were replaced by which, as [start, end) and the new ones."""
    steps = SequenceMatcher(None, begun, now, autojunk=False).get_opcodes()
    return [(start, end, tuple(now[at:to])) for tag, start, end, at, to in steps if tag != "equal"]


def _lines(text: str) -> list[str]:
    return text.split("\n") if text else []
