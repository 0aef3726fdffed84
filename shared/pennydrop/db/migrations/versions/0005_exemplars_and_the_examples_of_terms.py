"""Exemplars and the examples of terms."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pennydrop.db.types import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "term_openings",
        sa.Column("term_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_term_openings_person_id")),
        sa.ForeignKeyConstraint(
            ["term_id"], ["terms.id"], name=op.f("fk_term_openings_term_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("term_id", "person_id", name=op.f("pk_term_openings")),
    )
    op.create_table(
        "exemplars",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("step_id", sa.String(length=26), nullable=False),
        sa.Column("video_id", sa.String(length=26), nullable=False),
        sa.Column("clip_id", sa.String(length=26), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("owner_id", sa.String(length=26), nullable=False),
        sa.Column("proposed_by_id", sa.String(length=26), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("permitted_at", UtcDateTime(), nullable=True),
        sa.Column("declined_at", UtcDateTime(), nullable=True),
        sa.Column("published_by_id", sa.String(length=26), nullable=True),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clip_id"], ["clips.id"], name=op.f("fk_exemplars_clip_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name=op.f("fk_exemplars_owner_id")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["people.id"], name=op.f("fk_exemplars_proposed_by_id")),
        sa.ForeignKeyConstraint(
            ["published_by_id"], ["people.id"], name=op.f("fk_exemplars_published_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["step_id"], ["steps.id"], name=op.f("fk_exemplars_step_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["video_id"], ["videos.id"], name=op.f("fk_exemplars_video_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exemplars")),
        sa.UniqueConstraint(
            "step_id", "video_id", "clip_id", name=op.f("uq_exemplars_step_id_video_id_clip_id")
        ),
    )
    with op.batch_alter_table("exemplars", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exemplars_clip_id"), ["clip_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_exemplars_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_exemplars_step_id"), ["step_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_exemplars_video_id"), ["video_id"], unique=False)

    op.create_table(
        "term_examples",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("term_id", sa.String(length=26), nullable=False),
        sa.Column("school_id", sa.String(length=26), nullable=False),
        sa.Column("clip_id", sa.String(length=26), nullable=False),
        sa.Column("owner_id", sa.String(length=26), nullable=False),
        sa.Column("proposed_by_id", sa.String(length=26), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("permitted_at", UtcDateTime(), nullable=True),
        sa.Column("declined_at", UtcDateTime(), nullable=True),
        sa.Column("published_by_id", sa.String(length=26), nullable=True),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clip_id"], ["clips.id"], name=op.f("fk_term_examples_clip_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name=op.f("fk_term_examples_owner_id")),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["people.id"], name=op.f("fk_term_examples_proposed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["published_by_id"], ["people.id"], name=op.f("fk_term_examples_published_by_id")
        ),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_term_examples_school_id")),
        sa.ForeignKeyConstraint(
            ["term_id"], ["terms.id"], name=op.f("fk_term_examples_term_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term_examples")),
        sa.UniqueConstraint("term_id", "clip_id", name=op.f("uq_term_examples_term_id_clip_id")),
    )
    with op.batch_alter_table("term_examples", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_term_examples_clip_id"), ["clip_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_term_examples_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_term_examples_school_id"), ["school_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_term_examples_term_id"), ["term_id"], unique=False)

    op.create_table(
        "exemplar_chapters",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("exemplar_id", sa.String(length=26), nullable=False),
        sa.Column("criterion_id", sa.String(length=26), nullable=False),
        sa.Column("start_ms", sa.BigInteger(), nullable=False),
        sa.Column("end_ms", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["criterion_id"],
            ["criteria.id"],
            name=op.f("fk_exemplar_chapters_criterion_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["exemplar_id"],
            ["exemplars.id"],
            name=op.f("fk_exemplar_chapters_exemplar_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exemplar_chapters")),
    )
    with op.batch_alter_table("exemplar_chapters", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exemplar_chapters_criterion_id"), ["criterion_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_exemplar_chapters_exemplar_id"), ["exemplar_id"], unique=False)
