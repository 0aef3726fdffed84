"""What changed lately: the feed behind server-sent events, pruned after a day."""

from __future__ import annotations

from sqlalchemy import BigInteger, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from pennydrop.db.base import Base, CreatedAt
from pennydrop.db.types import Id


class Change(Base):
    """Something about `subject_id` is different now; who may see the subject is asked when it is sent."""

    __tablename__ = "changes"

    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )
    topic: Mapped[str] = mapped_column(String(30))
    """What kind of thing it is: `video`, `moment`, `step`, …"""
    subject_id: Mapped[str] = mapped_column(Id)
    video_id: Mapped[str | None] = mapped_column(Id)
    person_id: Mapped[str | None] = mapped_column(Id)
    """Whose it is, where no video says so."""
    created_at: Mapped[CreatedAt]
