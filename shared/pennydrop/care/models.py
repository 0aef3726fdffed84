"""What looking after an installation leaves behind: how far a scrub is, and what must stay erased."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from pennydrop.db.base import Base


class ScrubMark(Base):
    """How far the pass of scrubs with a time limit has come. There is one row at most."""

    __tablename__ = "scrub_marks"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    after: Mapped[str] = mapped_column(String(60), default="")
    """The last row that was read, as `kind/id`; empty at the beginning of a pass."""
    whole_at: Mapped[datetime | None]
    """When every stored file had been read once more."""
