"""Where in a file something stands, and what is wrong there."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What is wrong where, as a sentence."""

    file: str
    line: int
    detail: str

    def __str__(self) -> str:
        return f"{self.file} line {self.line}: {self.detail}"


@dataclass(frozen=True, slots=True)
class Place:
    file: str
    line: int

    def problem(self, detail: str) -> Problem:
        return Problem(self.file, self.line, detail)
