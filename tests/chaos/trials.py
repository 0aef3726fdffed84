"""The trials of `python -m tests.chaos`, in the order in which they run.

Each lives in a module of its own, with a long form, `long(folder, seed)`, which is named here, and a short
one that a test runs by a fixed seed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.chaos import deploys, storm
from tests.chaos.report import Report


@dataclass(frozen=True, slots=True)
class Trial:
    name: str
    about: str
    run: Callable[[Path, int], Report]
    """In an empty folder, by a seed."""


TRIALS = (
    Trial("kills", "kill -9 of everything at random while films come in", storm.long),
    Trial(
        "deploys", "every process of many machines restarted one by one while people use them", deploys.long
    ),
)
