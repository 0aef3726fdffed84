"""A command line that says what went wrong in a sentence."""

from __future__ import annotations

from typing import Any

import typer

from pennydrop.sentences import in_sentences


class Speaking(typer.Typer):
    """Turns the errors of commands into a sentence and an exit code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, pretty_exceptions_enable=False, **kwargs)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        with in_sentences():
            return super().__call__(*args, **kwargs)


def counted(number: int, word: str) -> str:
    """Return “1 file”, “2 files”, “1,000 files”."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"
