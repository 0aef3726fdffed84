"""The ledger of work that must not be lost (DESIGN 4)."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pennydrop.db.base import Base, CreatedAt, PrimaryId
from pennydrop.db.types import Id, Word

CRASHED = "crashed"
"""The error code of a job whose worker fell silent, until the job has ended."""


class JobState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Queue(StrEnum):
    INTERACTIVE = "interactive"
    """Somebody is waiting: ingest, clips, posters."""
    TRANSCODE = "transcode"
    SOUND = "sound"
    """Encoding takes a hundredth of the time that it lasts: it never waits behind pictures."""
    BULK = "bulk"


class Job(Base):
    """One piece of work. The row is the truth; a Celery message only says “look here”."""

    __tablename__ = "jobs"
    __table_args__ = (
        UniqueConstraint("unique_key"),
        Index("ix_jobs_claim", "queue", "state", "priority", "run_after_ms"),
        Index("ix_jobs_lease", "state", "lease_until_ms"),
        Index("ix_jobs_subject", "subject_id"),
    )

    id: Mapped[PrimaryId]
    kind: Mapped[str] = mapped_column(String(60))
    queue: Mapped[Queue] = mapped_column(Word(Queue))
    priority: Mapped[int] = mapped_column(default=100)
    """Lower goes first."""
    unique_key: Mapped[str] = mapped_column(String(200))
    """The same work is never in the ledger twice."""
    subject_id: Mapped[str | None] = mapped_column(Id)
    """The video or clip it is about, so that progress and rights can be found."""
    payload: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    state: Mapped[JobState] = mapped_column(Word(JobState), default=JobState.QUEUED)
    attempt: Mapped[int] = mapped_column(default=0)
    """Counted at the claim, so that a job which kills its worker comes to an end."""
    fence: Mapped[int] = mapped_column(default=0)
    """Grows with every claim; only who holds the newest may publish."""
    lease_owner: Mapped[str | None] = mapped_column(String(120))
    lease_until_ms: Mapped[int | None] = mapped_column(BigInteger)
    run_after_ms: Mapped[int] = mapped_column(BigInteger, default=0)
    nudged_at_ms: Mapped[int] = mapped_column(BigInteger, default=0)
    waits_since_ms: Mapped[int | None] = mapped_column(BigInteger)
    """When something it needs was first found to be away; None once an attempt has ended otherwise."""
    progress: Mapped[int] = mapped_column(default=0)
    """In percent."""
    error_code: Mapped[str | None] = mapped_column(String(80))
    error_detail: Mapped[str | None] = mapped_column(Text)
    sandbox: Mapped[str | None] = mapped_column(String(120))
    """How well the hostile part was locked in, as the run recorded it."""
    created_at: Mapped[CreatedAt]
    started_at_ms: Mapped[int | None] = mapped_column(BigInteger)
    finished_at_ms: Mapped[int | None] = mapped_column(BigInteger)


class Leader(Base):
    """Which of many equal processes does what one of them is enough for."""

    __tablename__ = "leaders"

    what: Mapped[str] = mapped_column(String(60), primary_key=True)
    holder: Mapped[str] = mapped_column(String(160))
    until_ms: Mapped[int] = mapped_column(BigInteger)
    """By the database's clock."""


class ServiceBeat(Base):
    """A service process that is alive: what `/readyz` and `doctor` read."""

    __tablename__ = "service_beats"

    id: Mapped[str] = mapped_column(String(160), primary_key=True)
    """Service, host and process."""
    service: Mapped[str] = mapped_column(String(40), index=True)
    beat_ms: Mapped[int] = mapped_column(BigInteger)
