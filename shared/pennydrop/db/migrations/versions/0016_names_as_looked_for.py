"""Names as they are looked for and sorted: without accents and capitals."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pennydrop.spelling import sortable

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_people = sa.table("people", sa.column("id"), sa.column("name"), sa.column("sort_name"))


def upgrade() -> None:
    op.add_column("people", sa.Column("sort_name", sa.String(200), nullable=False, server_default=""))
    connection = op.get_bind()
    for person_id, name in connection.execute(sa.select(_people.c.id, _people.c.name)).all():
        connection.execute(
            sa.update(_people).where(_people.c.id == person_id).values(sort_name=sortable(name))
        )
