"""Endpoints in one thread and one transaction, a few at a time."""

from __future__ import annotations

import threading

import pytest
from fastapi import FastAPI
from sqlalchemy import select

from pennydrop.errors import NotFound
from pennydrop.people.models import Person
from pennydrop_api import routing
from pennydrop_api.deps import SessionDep, ViewerDep
from tests.api.client import Client
from tests.factories import a_person, world

SEEN: list[str] = []


def rename(session: SessionDep, viewer: ViewerDep, name: str, fails: bool = False) -> dict[str, str]:
    """Change something, then succeed or not."""
    SEEN.append(threading.current_thread().name)
    session.get_one(Person, viewer.person_id).name = name
    if fails:
        raise NotFound
    return {"was": name}


@pytest.fixture
def renaming(app: FastAPI, client: Client) -> Client:
    router = routing.router()
    router.post("/rename")(rename)
    app.include_router(router)
    return client


def test_what_it_changed_is_there_when_the_answer_comes(renaming: Client) -> None:
    person = a_person(name="Sam")
    answer = renaming.as_(person).post("/rename?name=Alex")
    assert (answer.status_code, answer.json()) == (200, {"was": "Alex"})
    with world.session() as session:
        assert session.scalar(select(Person.name).where(Person.id == person.id)) == "Alex"
    assert SEEN[-1] != threading.main_thread().name


def test_nothing_is_changed_when_it_fails_or_nobody_is_logged_in(renaming: Client) -> None:
    person = a_person(name="Sam")
    assert renaming.as_(person).post("/rename?name=Alex&fails=1").status_code == 404
    assert renaming.post("/rename?name=Alex").status_code == 401
    with world.session() as session:
        assert session.scalar(select(Person.name).where(Person.id == person.id)) == "Sam"


def test_an_endpoint_of_another_kind_stays_as_it_is() -> None:
    async def waits(session: SessionDep) -> None: ...

    def asks_nothing() -> None: ...

    assert routing.at_one_go(waits) is waits
    assert routing.at_one_go(asks_nothing) is asks_nothing
