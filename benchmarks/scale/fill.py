"""An empty PostgreSQL filled with two years of coaching in five trusts, by SQL alone, in a minute or two."""

from __future__ import annotations

from pathlib import Path

import psycopg
import yaml
from sqlalchemy.engine import make_url

from benchmarks.libraries import many_steps
from pennydrop.db import migrate
from pennydrop.db.session import make_engine, make_sessions, transaction
from pennydrop.db.tables import Base  # noqa: F401 - every table is known before the first query
from pennydrop.library.documents import Document
from pennydrop.library.load import load

_HERE = Path(__file__).parent


def fill(url: str, *, films: int, moments: int, steps: int) -> None:
    """Fill the database at an SQLAlchemy `url`: each trust's library has `steps` steps."""
    migrate.upgrade(url)
    with connected(url) as connection:
        _run(connection, "people.sql")
        connection.commit()
        trusts = [str(row[0]) for row in connection.execute("SELECT id FROM organisations ORDER BY name")]
        _load_libraries(url, trusts, steps)
        _run(connection, "films.sql", films=films, moments=moments)
        connection.commit()
    with connected(url, autocommit=True) as connection:
        # What PostgreSQL does by itself within minutes.
        connection.execute("VACUUM ANALYZE")


def connected(url: str, *, autocommit: bool = False) -> psycopg.Connection[tuple[object, ...]]:
    parsed = make_url(url).set(drivername="postgresql")
    return psycopg.connect(parsed.render_as_string(hide_password=False), autocommit=autocommit)


def counts(url: str) -> dict[str, int]:
    """How many rows there are of what pages are about."""
    tables = ("people", "videos", "moments", "clips", "watches", "jobs")
    with connected(url) as connection:
        found = {}
        for table in tables:
            row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # type: ignore[arg-type]
            found[table] = int(str(row[0])) if row else 0
        return found


def _load_libraries(url: str, trusts: list[str], steps: int) -> None:
    engine = make_engine(url)
    content = yaml.safe_dump(many_steps(steps), allow_unicode=True).encode()
    for trust in trusts:
        with transaction(make_sessions(engine)) as session:
            load(session, trust, [Document("library.yaml", content)])
    engine.dispose()


def _run(connection: psycopg.Connection[tuple[object, ...]], file: str, **numbers: int) -> None:
    text = (_HERE / file).read_text("utf-8")
    for name, number in numbers.items():
        text = text.replace(f":{name}", str(number))
    connection.execute(text)  # type: ignore[arg-type]
