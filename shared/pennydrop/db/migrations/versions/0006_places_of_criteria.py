"""Where in a film a criterion of an action step is to be seen."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pennydrop.db.types import UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "criterion_places",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("criterion_id", sa.String(length=26), nullable=False),
        sa.Column("video_id", sa.String(length=26), nullable=False),
        sa.Column("start_ms", sa.BigInteger(), nullable=False),
        sa.Column("end_ms", sa.BigInteger(), nullable=True),
        sa.Column("set_by_id", sa.String(length=26), nullable=False),
        sa.Column("set_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["criterion_id"],
            ["action_step_criteria.id"],
            name=op.f("fk_criterion_places_criterion_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["set_by_id"], ["people.id"], name=op.f("fk_criterion_places_set_by_id")),
        sa.ForeignKeyConstraint(
            ["video_id"], ["videos.id"], name=op.f("fk_criterion_places_video_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criterion_places")),
        sa.UniqueConstraint(
            "criterion_id", "video_id", name=op.f("uq_criterion_places_criterion_id_video_id")
        ),
    )
    op.create_index(op.f("ix_criterion_places_video_id"), "criterion_places", ["video_id"])
