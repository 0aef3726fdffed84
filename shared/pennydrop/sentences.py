"""What goes wrong at a terminal: a sentence and an exit code, never a stack trace."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from pydantic import ValidationError

from pennydrop.errors import PennydropError

MISUSED = 2
"""The exit code for what was typed or set wrongly; 1 is for everything else."""


@contextmanager
def in_sentences() -> Iterator[None]:
    """Turn the errors of the block that people can do something about into a sentence and an exit."""
    try:
        yield
    except Exception as error:
        sentence = sentence_of(error)
        if sentence is None:
            raise
        sys.stderr.write(f"{sentence}\n")
        sys.exit(MISUSED if isinstance(error, ValidationError) else 1)


def sentence_of(error: Exception) -> str | None:
    """Say an error in words, or return None when it is a fault of the program."""
    if isinstance(error, PennydropError):
        return error.detail
    if isinstance(error, ValidationError):
        return _settings_in_words(error)
    if isinstance(error, OSError):
        where = f" ({error.filename})" if error.filename else ""
        return f"{error.strerror or error}{where}."
    # By name, so that commands that need no database needn't load SQLAlchemy.
    return _database_in_words(error) if type(error).__module__ == "sqlalchemy.exc" else None


def _settings_in_words(error: ValidationError) -> str:
    lines = ["Some settings can't be used:"]
    for item in error.errors():
        name = "PENNYDROP_" + "_".join(str(place) for place in item["loc"]).upper()
        lines.append(f"  {name}: {item['msg'].removeprefix('Value error, ')}.")
    return "\n".join(lines)


def _database_in_words(error: Exception) -> str:
    why = str(getattr(error, "orig", error)).strip().splitlines()[0]
    if "no such table" in why or "does not exist" in why:
        return "The database isn't set up yet. Type `pennydrop migrate` first."
    return f"The database can't be used: {why}."
