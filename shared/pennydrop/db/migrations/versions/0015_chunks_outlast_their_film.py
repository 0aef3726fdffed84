"""Chunks stay readable for a while after their film's copies are there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pennydrop.db.types import UtcDateTime

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("chunks", sa.Column("retired_at", UtcDateTime(), nullable=True))
