"""Which installation a database is of, when it was backed up, and what reading its films through found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pennydrop.db.types import UtcDateTime

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "installations",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(26), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_installations")),
    )
    op.create_table(
        "backups_taken",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("same_disk", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_backups_taken")),
    )
    op.add_column("scrub_marks", sa.Column("faults", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("scrub_marks", sa.Column("faults_before", sa.Integer(), nullable=False, server_default="0"))
