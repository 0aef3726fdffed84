"""What a film was called that was deleted goes from its upload too."""

from __future__ import annotations

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("UPDATE uploads SET upload_metadata = '', reserved = 0 WHERE video_id IS NULL")
    op.execute("UPDATE uploads SET state = 'terminated' WHERE video_id IS NULL AND state = 'finished'")
