"""PostgreSQL's full-text index keeps words in their rows, with a mark of whose they are, written at once."""

from __future__ import annotations

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_POSTGRESQL = (
    "ALTER TABLE library_search SET (toast_tuple_target = 8160)",
    "ALTER INDEX ix_library_search_words SET (fastupdate = off)",
    # Writing each row anew also moves its words from where large values are kept.
    "UPDATE library_search SET words = array_to_tsvector(ARRAY['@' || organisation_id]) || words "
    "FROM indexed_steps WHERE indexed_steps.id = library_search.id",
    "SELECT gin_clean_pending_list('ix_library_search_words')",
)


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for statement in _POSTGRESQL:
            op.execute(statement)
