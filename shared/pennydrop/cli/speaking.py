"""Errors at the terminal: a sentence and an exit code, never a stack trace."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import typer
from pydantic import ValidationError

from pennydrop.errors import PennydropError

MISUSED = 2
"""The exit code for what was typed or set wrongly; 1 is for everything else."""


class Speaking(typer.Typer):
    """A command line that says what went wrong."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, pretty_exceptions_enable=False, **kwargs)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        with in_sentences():
            return super().__call__(*args, **kwargs)


@contextmanager
def in_sentences() -> Iterator[None]:
    """Turn the errors of the block that people can do something about into a sentence and an exit."""
    try:
        yield
    except PennydropError as error:
        _end(error.detail)
    except ValidationError as error:
        _end(_settings_in_words(error), MISUSED)
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        _end(f"{error.strerror or error}{where}.")
    except Exception as error:
        # SQLAlchemy is known by name, so that commands that need no database needn't load it.
        if type(error).__module__ != "sqlalchemy.exc":
            raise
        _end(_database_in_words(error))


def _settings_in_words(error: ValidationError) -> str:
    lines = ["Some settings can't be used:"]
    for item in error.errors():
        name = "PENNYDROP_" + "_".join(str(place) for place in item["loc"]).upper()
        lines.append(f"  {name}: {item['msg']}")
    return "\n".join(lines)


def _database_in_words(error: Exception) -> str:
    why = str(getattr(error, "orig", error)).strip().splitlines()[0]
    if "no such table" in why or "does not exist" in why:
        return "The database isn't set up yet. Type `pennydrop migrate` first."
    return f"The database can't be used: {why}."


def _end(sentence: str, code: int = 1) -> NoReturn:
    print(sentence, file=sys.stderr)
    sys.exit(code)
