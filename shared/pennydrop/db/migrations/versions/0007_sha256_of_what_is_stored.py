"""The sha256 of every stored file, and how far a scrub has come."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pennydrop.db.types import UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Added in place: rebuilding a table, as SQLite would for more, would delete what cascades from it.
    op.add_column("renditions", sa.Column("sha256", sa.String(length=64), nullable=True))
    op.add_column("renditions", sa.Column("beside", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("clips", sa.Column("file_sha256", sa.String(length=64), nullable=True))
    op.add_column("clip_originals", sa.Column("sha256", sa.String(length=64), nullable=True))
    op.create_table(
        "scrub_marks",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("after", sa.String(length=60), nullable=False),
        sa.Column("whole_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scrub_marks")),
    )
