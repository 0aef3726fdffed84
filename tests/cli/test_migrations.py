"""The revisions make the tables that the code expects."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import select
from sqlalchemy.orm import Session

from pennydrop.access.viewer import Viewer
from pennydrop.db import migrate
from pennydrop.db.session import make_engine
from pennydrop.db.tables import Base
from pennydrop.library.content import content_of
from pennydrop.library.models import Step, StepVersion
from pennydrop.library.search import matching
from pennydrop.library.search.tables import is_of_the_index
from pennydrop.uploads.models import Upload, UploadState
from tests.factories.every_table import fill_every_table
from tests.support.databases import Databases

pytestmark = pytest.mark.each_database


def differences(url: str) -> list[Any]:
    migrate.upgrade(url)
    with make_engine(url).connect() as connection:
        opts = {
            "compare_type": True,
            "include_name": lambda name, kind, _: kind != "table" or not is_of_the_index(name),
        }
        context = MigrationContext.configure(connection, opts=opts)
        return list(compare_metadata(context, Base.metadata))


def test_models_and_revisions_agree(tmp_path: Path, databases: Databases) -> None:
    assert differences(databases.empty(tmp_path)) == []


def test_the_highest_number_is_the_newest_revision() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrate.MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [migrate.newest()]


def test_an_installation_with_steps_keeps_them_as_version_1_and_finds_them(
    tmp_path: Path, databases: Databases
) -> None:
    url = databases.empty(tmp_path)
    engine = make_engine(url)
    config = Config()
    config.set_main_option("script_location", str(migrate.MIGRATIONS))
    with engine.execution_options(writes=True).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0003")
        for statement in (
            "INSERT INTO organisations (id, name, created_at) VALUES ('o', 'Trust', '2026-01-01')",
            "INSERT INTO areas (id, organisation_id, slug, name, summary, position) "
            "VALUES ('a', 'o', 'behaviour', 'Behaviour', '', 1)",
            "INSERT INTO goals (id, organisation_id, area_id, slug, wording) "
            "VALUES ('g', 'o', 'a', 'heard', 'Be heard')",
            "INSERT INTO steps "
            "(id, organisation_id, goal_id, slug, action, insight, sounds_like, created_at) "
            "VALUES ('s', 'o', 'g', 'wait', 'waiting', '', '[\"nobody looks\"]', '2026-01-01')",
            "INSERT INTO criteria (id, step_id, position, text) VALUES ('c', 's', 1, 'Waits')",
        ):
            connection.exec_driver_sql(statement)
    migrate.upgrade(url)
    with Session(engine) as session:
        version = session.scalars(select(StepVersion)).one()
        step = session.scalars(select(Step)).one()
        assert (version.number, version.content) == (1, content_of(step))
        assert matching(session, Viewer("p", "x", "o"), "nobody looks") == ["s"]
        assert [one.text for one in step.criteria] == ["Waits"]
    engine.dispose()


def test_an_upload_of_a_film_that_is_gone_forgets_what_it_was_called(
    tmp_path: Path, databases: Databases
) -> None:
    url = databases.empty(tmp_path)
    engine = make_engine(url)
    with engine.execution_options(writes=True).begin() as connection:
        migrate.bring_to(connection, "0016")
        fill_every_table(connection)
        connection.exec_driver_sql("UPDATE uploads SET video_id = NULL, state = 'finished'")
    migrate.upgrade(url)
    with Session(engine) as session:
        upload = session.scalars(select(Upload)).one()
        assert (upload.upload_metadata, upload.reserved) == ("", 0)
        assert upload.state is UploadState.TERMINATED
    engine.dispose()
