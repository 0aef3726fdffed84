"""Which services are alive: each process writes a beat, `/readyz` and `doctor` read them."""

from __future__ import annotations

import os
import secrets
import socket

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from pennydrop.db.types import db_now_ms
from pennydrop.jobs.models import ServiceBeat

SERVICES = ("api", "transcoder", "worker")

# Four beats: a machine that is busy transcoding is not dead.
ALIVE_MS = 20_000
_FORGET_MS = 24 * 3600 * 1000


def process_name(service: str) -> str:
    """Name this process among all machines: what leases and beats are signed with.

    Containers share process ids, and machines made from one image their names: chance tells them apart.
    """
    return f"{_on_this_machine(service)}{os.getpid()}.{secrets.token_hex(4)}"


def _on_this_machine(service: str) -> str:
    return f"{service}@{socket.gethostname()[:80]}#"


def beat(session: Session, service: str, name: str) -> None:
    """Say that this process is alive, and forget processes that were last heard of a day ago."""
    session.merge(ServiceBeat(id=name, service=service, beat_ms=db_now_ms()))
    session.execute(delete(ServiceBeat).where(ServiceBeat.beat_ms < db_now_ms() - _FORGET_MS))


def farewell(session: Session, name: str) -> None:
    """Take this process off the list: it stops on purpose."""
    session.execute(delete(ServiceBeat).where(ServiceBeat.id == name))


def alive(session: Session) -> frozenset[str]:
    """Return the services of which at least one process lives."""
    fresh = select(ServiceBeat.service).where(ServiceBeat.beat_ms > db_now_ms() - ALIVE_MS)
    return frozenset(session.scalars(fresh.distinct()))


def is_alive_here(session: Session, service: str) -> bool:
    """Say whether a process of the service lives on this machine."""
    fresh = select(ServiceBeat.id).where(
        ServiceBeat.id.startswith(_on_this_machine(service), autoescape=True),
        ServiceBeat.beat_ms > db_now_ms() - ALIVE_MS,
    )
    return session.scalars(fresh.limit(1)).first() is not None
