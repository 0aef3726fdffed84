"""The numbered lines of a step: criteria, practice tasks and prompts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from pennydrop.library.models import Criterion, PracticeTask, Prompt

LineRow = TypeVar("LineRow", Criterion, PracticeTask, Prompt)


def numbered(model: type[LineRow], old: list[LineRow], texts: Sequence[str]) -> list[LineRow]:
    """Return numbered lines with these texts: those that were there, worded anew, then new ones."""
    if [line.text for line in old] == list(texts):
        return old
    lines = list(old[: len(texts)])
    lines += [model(position=position) for position in range(len(lines) + 1, len(texts) + 1)]
    for line, text in zip(lines, texts, strict=True):
        line.text = text
    return lines
