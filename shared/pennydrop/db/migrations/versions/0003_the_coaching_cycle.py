"""The coaching cycle: meetings, rounds and marks, proposals, rewatching, phones that join."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pennydrop.db.types import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "action_step_states",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("action_step_id", sa.String(length=26), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("by_id", sa.String(length=26), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["action_step_id"],
            ["action_steps.id"],
            name=op.f("fk_action_step_states_action_step_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_action_step_states_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_step_states")),
    )
    op.create_index(op.f("ix_action_step_states_action_step_id"), "action_step_states", ["action_step_id"])

    op.create_table(
        "meetings",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("pairing_id", sa.String(length=26), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("planned_at", UtcDateTime(), nullable=True),
        sa.Column("started_at", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("lesson_video_id", sa.String(length=26), nullable=True),
        sa.Column("previous_action_step_id", sa.String(length=26), nullable=True),
        sa.Column("action_step_id", sa.String(length=26), nullable=True),
        sa.Column("library_step_id", sa.String(length=26), nullable=True),
        sa.Column("praise", sa.Text(), nullable=False),
        sa.Column("script", sa.Text(), nullable=False),
        sa.Column("model_video_id", sa.String(length=26), nullable=True),
        sa.Column("film_video_id", sa.String(length=26), nullable=True),
        sa.Column("about_meeting_id", sa.String(length=26), nullable=True),
        sa.Column("next_at", UtcDateTime(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("created_by_id", sa.String(length=26), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["about_meeting_id"],
            ["meetings.id"],
            name=op.f("fk_meetings_about_meeting_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["action_step_id"],
            ["action_steps.id"],
            name=op.f("fk_meetings_action_step_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(["created_by_id"], ["people.id"], name=op.f("fk_meetings_created_by_id")),
        sa.ForeignKeyConstraint(
            ["film_video_id"], ["videos.id"], name=op.f("fk_meetings_film_video_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["lesson_video_id"], ["videos.id"], name=op.f("fk_meetings_lesson_video_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["library_step_id"], ["steps.id"], name=op.f("fk_meetings_library_step_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["model_video_id"], ["videos.id"], name=op.f("fk_meetings_model_video_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["pairing_id"], ["pairings.id"], name=op.f("fk_meetings_pairing_id")),
        sa.ForeignKeyConstraint(
            ["previous_action_step_id"],
            ["action_steps.id"],
            name=op.f("fk_meetings_previous_action_step_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings")),
    )
    op.create_index(op.f("ix_meetings_action_step_id"), "meetings", ["action_step_id"])
    op.create_index(op.f("ix_meetings_film_video_id"), "meetings", ["film_video_id"])
    op.create_index(op.f("ix_meetings_lesson_video_id"), "meetings", ["lesson_video_id"])
    op.create_index(op.f("ix_meetings_model_video_id"), "meetings", ["model_video_id"])
    op.create_index("ix_meetings_pairing", "meetings", ["pairing_id", "id"])

    op.create_table(
        "step_proposals",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("coachee_id", sa.String(length=26), nullable=False),
        sa.Column("step_id", sa.String(length=26), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("action_step_id", sa.String(length=26), nullable=True),
        sa.Column("decided_by_id", sa.String(length=26), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["action_step_id"],
            ["action_steps.id"],
            name=op.f("fk_step_proposals_action_step_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(["coachee_id"], ["people.id"], name=op.f("fk_step_proposals_coachee_id")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["people.id"], name=op.f("fk_step_proposals_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["step_id"], ["steps.id"], name=op.f("fk_step_proposals_step_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step_proposals")),
    )
    op.create_index(op.f("ix_step_proposals_coachee_id"), "step_proposals", ["coachee_id"])

    op.create_table(
        "join_links",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("made_by_id", sa.String(length=26), nullable=False),
        sa.Column("action_step_id", sa.String(length=26), nullable=False),
        sa.Column("meeting_id", sa.String(length=26), nullable=True),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["action_step_id"],
            ["action_steps.id"],
            name=op.f("fk_join_links_action_step_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["made_by_id"], ["people.id"], name=op.f("fk_join_links_made_by_id")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_join_links_meeting_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_join_links")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_join_links_secret_hash")),
    )
    op.create_index(op.f("ix_join_links_action_step_id"), "join_links", ["action_step_id"])
    op.create_index(op.f("ix_join_links_made_by_id"), "join_links", ["made_by_id"])

    op.create_table(
        "meeting_consents",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("meeting_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("given_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_meeting_consents_meeting_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_meeting_consents_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_consents")),
        sa.UniqueConstraint("meeting_id", "person_id", name=op.f("uq_meeting_consents_meeting_id_person_id")),
    )
    op.create_table(
        "meeting_phases",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("meeting_id", sa.String(length=26), nullable=False),
        sa.Column("phase", sa.String(length=20), nullable=False),
        sa.Column("start_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_meeting_phases_meeting_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_phases")),
    )
    op.create_index(op.f("ix_meeting_phases_meeting_id"), "meeting_phases", ["meeting_id"])

    op.create_table(
        "meeting_questions",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("meeting_id", sa.String(length=26), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_meeting_questions_meeting_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_questions")),
    )
    op.create_index(op.f("ix_meeting_questions_meeting_id"), "meeting_questions", ["meeting_id"])

    op.create_table(
        "proposal_replies",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("proposal_id", sa.String(length=26), nullable=False),
        sa.Column("author_id", sa.String(length=26), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name=op.f("fk_proposal_replies_author_id")),
        sa.ForeignKeyConstraint(
            ["proposal_id"],
            ["step_proposals.id"],
            name=op.f("fk_proposal_replies_proposal_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_replies")),
    )
    op.create_index(op.f("ix_proposal_replies_proposal_id"), "proposal_replies", ["proposal_id"])

    op.create_table(
        "rounds",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("action_step_id", sa.String(length=26), nullable=False),
        sa.Column("meeting_id", sa.String(length=26), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("video_id", sa.String(length=26), nullable=True),
        sa.Column("feedback", sa.Text(), nullable=False),
        sa.Column("reflection", sa.Text(), nullable=False),
        sa.Column("is_best", sa.Boolean(), nullable=False),
        sa.Column("created_by_id", sa.String(length=26), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["action_step_id"], ["action_steps.id"], name=op.f("fk_rounds_action_step_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["created_by_id"], ["people.id"], name=op.f("fk_rounds_created_by_id")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_rounds_meeting_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["video_id"], ["videos.id"], name=op.f("fk_rounds_video_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rounds")),
        sa.UniqueConstraint(
            "action_step_id", "kind", "number", name=op.f("uq_rounds_action_step_id_kind_number")
        ),
    )
    op.create_index(op.f("ix_rounds_meeting_id"), "rounds", ["meeting_id"])
    op.create_index(op.f("ix_rounds_video_id"), "rounds", ["video_id"])

    op.create_table(
        "joined_uploads",
        sa.Column("upload_id", sa.String(length=26), nullable=False),
        sa.Column("join_link_id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["join_link_id"],
            ["join_links.id"],
            name=op.f("fk_joined_uploads_join_link_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["upload_id"], ["uploads.id"], name=op.f("fk_joined_uploads_upload_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("upload_id", name=op.f("pk_joined_uploads")),
    )
    op.create_index(op.f("ix_joined_uploads_join_link_id"), "joined_uploads", ["join_link_id"])

    op.create_table(
        "marks",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("round_id", sa.String(length=26), nullable=False),
        sa.Column("criterion_id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("entered_by_id", sa.String(length=26), nullable=False),
        sa.Column("value", sa.String(length=20), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["criterion_id"],
            ["action_step_criteria.id"],
            name=op.f("fk_marks_criterion_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["entered_by_id"], ["people.id"], name=op.f("fk_marks_entered_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_marks_person_id")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["rounds.id"], name=op.f("fk_marks_round_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_marks")),
        sa.UniqueConstraint(
            "round_id", "criterion_id", "person_id", name=op.f("uq_marks_round_id_criterion_id_person_id")
        ),
    )
    op.create_index(op.f("ix_marks_criterion_id"), "marks", ["criterion_id"])

    op.create_table(
        "meeting_clips",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("meeting_id", sa.String(length=26), nullable=False),
        sa.Column("clip_id", sa.String(length=26), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["clip_id"], ["clips.id"], name=op.f("fk_meeting_clips_clip_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_meeting_clips_meeting_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_clips")),
        sa.UniqueConstraint("meeting_id", "clip_id", name=op.f("uq_meeting_clips_meeting_id_clip_id")),
    )
    op.create_index(op.f("ix_meeting_clips_clip_id"), "meeting_clips", ["clip_id"])

    op.create_table(
        "own_watches",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("video_id", sa.String(length=26), nullable=True),
        sa.Column("clip_id", sa.String(length=26), nullable=True),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("last_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clip_id"], ["clips.id"], name=op.f("fk_own_watches_clip_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_own_watches_person_id")),
        sa.ForeignKeyConstraint(
            ["video_id"], ["videos.id"], name=op.f("fk_own_watches_video_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_watches")),
        sa.UniqueConstraint("person_id", "clip_id", name=op.f("uq_own_watches_person_id_clip_id")),
        sa.UniqueConstraint("person_id", "video_id", name=op.f("uq_own_watches_person_id_video_id")),
    )
    op.create_index(op.f("ix_own_watches_clip_id"), "own_watches", ["clip_id"])
    op.create_index(op.f("ix_own_watches_video_id"), "own_watches", ["video_id"])

    op.add_column("action_steps", sa.Column("next_observation_at", UtcDateTime(), nullable=True))
