"""PostgreSQL's own full-text index. SQLite has had one since 0004."""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_POSTGRESQL = (
    "CREATE TEXT SEARCH DICTIONARY pennydrop_stem (TEMPLATE = snowball, LANGUAGE = english)",
    "CREATE TEXT SEARCH CONFIGURATION pennydrop (PARSER = default)",
    "ALTER TEXT SEARCH CONFIGURATION pennydrop ADD MAPPING FOR "
    "asciiword, word, numword, int, uint, float, sfloat, version WITH pennydrop_stem",
    "CREATE TABLE library_search (id integer PRIMARY KEY REFERENCES indexed_steps (id) ON DELETE CASCADE, "
    "words tsvector NOT NULL)",
    "CREATE INDEX ix_library_search_words ON library_search USING gin (words)",
    # What was indexed without a place to put its words is indexed again after the revisions.
    "DELETE FROM indexed_steps",
)


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for statement in _POSTGRESQL:
            op.execute(statement)
