"""Kinds of jobs: which function does what, on which queue, and for how long at most."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from pennydrop.db.session import SessionMaker
from pennydrop.jobs.attempt import Attempt
from pennydrop.jobs.models import Job, Queue
from pennydrop.settings import Settings
from pennydrop.storage.port import ObjectStore


@dataclass(frozen=True, slots=True)
class WorkerParts:
    """What every handler may use; made once by the service."""

    settings: Settings
    sessions: SessionMaker
    store: ObjectStore


Handler = Callable[[Attempt, WorkerParts], None]
OnFailed = Callable[[Session, Job], None]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of job. Handlers may run twice, so they do their work again from the start, safely."""

    name: str
    queue: Queue
    handle: Handler
    limit_s: float
    """Longer than any honest run: an attempt that takes more is ended and tried again."""
    on_failed: OnFailed | None = None
    """Runs in the transaction in which the job fails for good."""
    max_attempts: int = 3
    every_s: float | None = None
    """Started by itself so long after it last ended, with an empty payload: housekeeping."""


Kinds = Mapping[str, Kind]


def registry(kinds: Iterable[Kind]) -> Kinds:
    """Index kinds by name. Raises `ValueError` when two have the same name."""
    found: dict[str, Kind] = {}
    for kind in kinds:
        if kind.name in found:
            raise ValueError(f"two kinds of job are called {kind.name}")
        found[kind.name] = kind
    return found
