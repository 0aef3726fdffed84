"""`python -m pennydrop.db.migrations.write "What changes"`: write the next revision from the models."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.config import Config

from pennydrop.db import migrate
from pennydrop.db.session import make_engine


def write(message: str) -> None:
    """Compare the models with a fresh database at the newest revision, and write what differs."""
    config = Config()
    config.set_main_option("script_location", str(migrate.MIGRATIONS))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    number = 1 + max(
        (int(p.name[:4]) for p in (migrate.MIGRATIONS / "versions").glob("[0-9]*.py")), default=0
    )
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'fresh.sqlite3'}"
        if number > 1:
            migrate.upgrade(url)
        with make_engine(url).connect() as connection:
            config.attributes["connection"] = connection
            command.revision(config, message, autogenerate=True, rev_id=f"{number:04d}")


if __name__ == "__main__":
    write(sys.argv[1])
