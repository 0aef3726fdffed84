"""A library of many steps, made from the starter library."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from pennydrop.access.viewer import Viewer
from pennydrop.db import migrate
from pennydrop.db.session import SessionMaker, make_engine, make_sessions, transaction
from pennydrop.db.tables import Base  # noqa: F401 - every table is known before the first query
from pennydrop.library.starter import starter_documents
from pennydrop.people.add import add_person
from pennydrop.people.models import Organisation, School


@contextmanager
def a_database() -> Iterator[tuple[SessionMaker, Viewer]]:
    """A fresh SQLite database with one lead in it."""
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'pennydrop.sqlite3'}"
        migrate.upgrade(url)
        engine = make_engine(url)
        sessions = make_sessions(engine)
        with transaction(sessions) as session:
            school = School(name="Elm", organisation=Organisation(name="Trust"))
            session.add(school)
            session.flush()
            person = add_person(
                session, school=school, email="lead@elm.test", name="Lead", password=None, lead=True
            )
            session.refresh(person, ["school"])
            viewer = Viewer.of(person)
        yield sessions, viewer
        engine.dispose()


def many_steps(count: int) -> dict[str, Any]:
    """The starter library again and again, under new slugs, until it has this many steps."""
    files = [yaml.safe_load(document.content) for document in starter_documents()]
    goals = [goal for file in files for goal in file.get("goals", [])]
    content: dict[str, Any] = {"goals": []}
    for file in files:
        for section in ("areas", "problems", "terms"):
            if section in file:
                content[section] = file[section]
    made, turn = 0, 0
    while made < count:
        for goal in copy.deepcopy(goals):
            goal["steps"] = goal["steps"][: count - made]
            if not goal["steps"]:
                break
            goal["slug"] += f"-{turn}"
            for step in goal["steps"]:
                step["slug"] += f"-{turn}"
            content["goals"].append(goal)
            made += len(goal["steps"])
        turn += 1
    return content
