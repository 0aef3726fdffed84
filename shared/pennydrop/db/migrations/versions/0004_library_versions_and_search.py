"""A library with versions, drafts, schools' own copies and a full-text index."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

from pennydrop.clock import utcnow
from pennydrop.db.types import UtcDateTime
from pennydrop.ids import new_id

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_INDEX = (
    "CREATE VIRTUAL TABLE library_search USING fts5(wording, said, criteria, terms, why, shown, "
    "tokenize = 'porter unicode61 remove_diacritics 2')"
)


def upgrade() -> None:
    op.create_table(
        "step_versions",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("step_id", sa.String(length=26), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("changed_by_id", sa.String(length=26), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["people.id"], name=op.f("fk_step_versions_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["step_id"], ["steps.id"], name=op.f("fk_step_versions_step_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step_versions")),
        sa.UniqueConstraint("step_id", "number", name=op.f("uq_step_versions_step_id_number")),
    )
    op.create_table(
        "indexed_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("step_id", sa.String(length=26), nullable=False),
        sa.Column("organisation_id", sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_indexed_steps_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["step_id"], ["steps.id"], name=op.f("fk_indexed_steps_step_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indexed_steps")),
        sa.UniqueConstraint("step_id", name=op.f("uq_indexed_steps_step_id")),
    )
    op.create_index(op.f("ix_indexed_steps_organisation_id"), "indexed_steps", ["organisation_id"])
    op.create_table(
        "indexed_words",
        sa.Column("organisation_id", sa.String(length=26), nullable=False),
        sa.Column("word", sa.String(length=40), nullable=False),
        sa.Column("initial", sa.String(length=1), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_indexed_words_organisation_id")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "word", name=op.f("pk_indexed_words")),
    )
    op.create_index("ix_indexed_words_initial", "indexed_words", ["organisation_id", "initial"])
    for table, column in (
        ("action_steps", sa.Column("step_version", sa.Integer(), nullable=True)),
        ("learning_problems", sa.Column("summary", sa.Text(), nullable=False, server_default="")),
        ("sequence_places", sa.Column("kind", sa.String(length=20), nullable=False, server_default="action")),
        ("terms", sa.Column("synonyms", sa.JSON(), nullable=False, server_default="[]")),
        ("steps", sa.Column("phases", sa.JSON(), nullable=False, server_default="[]")),
        ("steps", sa.Column("subjects", sa.JSON(), nullable=False, server_default="[]")),
        ("steps", sa.Column("state", sa.String(length=20), nullable=False, server_default="published")),
        ("steps", sa.Column("version", sa.Integer(), nullable=False, server_default="1")),
        ("steps", sa.Column("based_on_version", sa.Integer(), nullable=True)),
        ("steps", sa.Column("updated_at", UtcDateTime(), nullable=True)),
    ):
        op.add_column(table, column)
    # As text: Alembic would copy the table to add these on SQLite, and dropping the old one would delete
    # every criterion with it.
    op.execute(
        "ALTER TABLE steps ADD COLUMN school_id VARCHAR(26) "
        "CONSTRAINT fk_steps_school_id REFERENCES schools (id)"
    )
    op.execute(
        "ALTER TABLE steps ADD COLUMN based_on_id VARCHAR(26) "
        "CONSTRAINT fk_steps_based_on_id REFERENCES steps (id)"
    )
    op.create_index(op.f("ix_steps_school_id"), "steps", ["school_id"])
    op.create_index(op.f("ix_steps_based_on_id"), "steps", ["based_on_id"])
    op.execute("UPDATE action_steps SET step_version = 1 WHERE step_id IS NOT NULL")
    if op.get_bind().dialect.name == "sqlite":
        op.execute(_INDEX)
    _keep_what_steps_say()


def _keep_what_steps_say() -> None:
    """Each step that is there becomes its version 1. `db.migrate` fills the index once all is new."""
    database = op.get_bind()

    def texts(query: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for step_id, text in database.execute(sa.text(query)):
            found.setdefault(step_id, []).append(text)
        return found

    criteria = texts("SELECT step_id, text FROM criteria ORDER BY position")
    tasks = texts("SELECT step_id, text FROM practice_tasks ORDER BY position")
    prompts = texts("SELECT step_id, text FROM prompts ORDER BY position")
    terms = texts(
        "SELECT step_terms.step_id, terms.name FROM step_terms "
        "JOIN terms ON terms.id = step_terms.term_id ORDER BY terms.name"
    )
    steps = database.execute(
        sa.text(
            "SELECT steps.id, goals.wording, areas.name, learning_problems.name, steps.action, "
            "steps.insight, steps.sounds_like FROM steps JOIN goals ON goals.id = steps.goal_id "
            "JOIN areas ON areas.id = goals.area_id "
            "LEFT JOIN learning_problems ON learning_problems.id = goals.learning_problem_id"
        )
    ).all()
    versions = sa.table(
        "step_versions",
        *(sa.column(name) for name in ("id", "step_id", "number", "note")),
        sa.column("content", sa.JSON()),
        sa.column("created_at", UtcDateTime()),
    )
    rows: list[dict[str, Any]] = [
        {
            "id": new_id(),
            "step_id": step_id,
            "number": 1,
            "note": "",
            "created_at": utcnow(),
            "content": {
                "goal": goal,
                "area": area,
                "problem": problem or "",
                "action": action,
                "insight": insight,
                "criteria": criteria.get(step_id, []),
                "practice_tasks": tasks.get(step_id, []),
                "prompts": prompts.get(step_id, []),
                "terms": terms.get(step_id, []),
                "sounds_like": json.loads(said) if isinstance(said, str) else said,
                "phases": [],
                "subjects": [],
            },
        }
        for step_id, goal, area, problem, action, insight, said in steps
    ]
    if rows:
        op.bulk_insert(versions, rows)
