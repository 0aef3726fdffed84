"""The library as one file: YAML in the form that `documents` describes, or CSV in that of `table_reader`."""

from __future__ import annotations

import csv
import io
from typing import Any

import yaml

from pennydrop.library.contents import Contents, Entry
from pennydrop.library.table_reader import COLUMNS, FORMULA

_WIDTH = 110
# As in reading: libyaml's own writer, where it is there.
_Dumper: type[Any] = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def to_yaml(found: Contents) -> str:
    """Return the library as YAML; importing it again changes nothing."""
    steps: dict[str, list[Entry]] = {}
    for step in found.steps:
        steps.setdefault(step["goal"], []).append({name: step[name] for name in step if name != "goal"})
    content = {
        "areas": found.areas,
        "problems": found.problems,
        "terms": found.terms,
        "goals": [{**goal, "steps": steps.get(goal["slug"], [])} for goal in found.goals],
        "sequences": found.sequences,
    }
    return str(yaml.dump(content, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH))


def to_csv(found: Contents) -> str:
    """Return the library as a table for Excel or Google Sheets; importing it again changes nothing.

    It begins with a byte order mark, by which Excel knows UTF-8.
    """
    out = io.StringIO(newline="")
    out.write("\ufeff")
    rows = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\r\n")
    rows.writeheader()
    for kind, entries in (
        ("area", found.areas),
        ("problem", found.problems),
        ("term", found.terms),
        ("goal", found.goals),
        ("step", found.steps),
        ("sequence", found.sequences),
    ):
        for entry in entries:
            rows.writerow({"kind": kind} | {name: _cell(value) for name, value in entry.items()})
    return out.getvalue()


def _cell(value: str | list[str | dict[str, str]]) -> str:
    """One text, or several lines. What a spreadsheet would run as a formula is kept a text."""
    if isinstance(value, str):
        text = value
    else:
        text = "\n".join(one if isinstance(one, str) else ": ".join(next(iter(one.items()))) for one in value)
    return f"'{text}" if text.startswith(FORMULA) else text
