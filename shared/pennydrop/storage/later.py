"""Removing objects once the transaction that no longer needs them stands."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from pennydrop.jobs.ledger import enqueue
from pennydrop.jobs.models import Queue

FORGET = "storage.forget"


def forget_later(
    session: Session, name: str, *, keys: Iterable[str] = (), prefixes: Iterable[str] = (), delay_ms: int = 0
) -> None:
    """Have objects removed by a job of this transaction; `name` makes the work unique."""
    enqueue(
        session,
        FORGET,
        queue=Queue.BULK,
        unique_key=f"{FORGET}:{name}",
        payload={"keys": list(keys), "prefixes": list(prefixes)},
        delay_ms=delay_ms,
    )
